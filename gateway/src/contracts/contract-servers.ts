import type { ApolloServer } from '@apollo/server';
import type { Logger } from '@zhitong/kit';
import type { SupergraphExecutor } from '../execution/supergraph-executor.js';
import type { GatewayContext } from '../request-context.js';
import { ContractExecutor } from './contract-executor.js';
import { CONTRACTS } from './contracts.js';
import type { PublishedGraph } from './published-graph.js';

const GRAPH = '/graphql';

/** Which server answers at a path: `/graphql` or `/graphql/<contract>`; undefined where there is none. */
export type ServerAt = (path: string) => ApolloServer<GatewayContext> | undefined;

export interface ContractServers {
  readonly at: ServerAt;
  stop(): Promise<void>;
}

/**
 * A server for each contract of the graph that is served now; one that a later supergraph brings is started when it
 * comes, one that it takes away is gone at once.
 * @param whole Answers for the whole graph; started already, so that the graph is loaded.
 * @param isConfined Whether what runs operations keeps to the schema of the server that it runs for; otherwise only the
 *   whole graph is served.
 * @param serverOver Makes the server of a contract, not started.
 */
export async function contractServers({
  graph,
  whole,
  isConfined,
  serverOver,
  logger,
}: {
  graph: PublishedGraph;
  whole: ApolloServer<GatewayContext>;
  isConfined: boolean;
  serverOver: (gateway: SupergraphExecutor) => ApolloServer<GatewayContext>;
  logger: Logger;
}): Promise<ContractServers> {
  const servers = new Map<string, Promise<ApolloServer<GatewayContext>>>();
  const started = new Map<string, ApolloServer<GatewayContext>>();
  const start = async (contract: string): Promise<ApolloServer<GatewayContext>> => {
    const server = serverOver(new ContractExecutor(graph, contract));
    await server.start();
    started.set(contract, server);
    return server;
  };
  const startMissing = async (): Promise<void> => {
    for (const [contract, faults] of graph.unusable())
      logger.error({ contract, faults }, 'a contract is not closed and cannot be served; run npm run compose');
    if (!isConfined) return;
    for (const contract of graph.contracts()) if (!servers.has(contract)) servers.set(contract, start(contract));
    await Promise.all(servers.values());
  };
  const forget = graph.onSchemaLoadOrUpdate(
    () => void startMissing().catch((error: unknown) => logger.error({ error: String(error) }, 'a contract failed')),
  );
  await startMissing();
  return {
    at: (path) => {
      if (path === GRAPH) return whole;
      const contract = path.startsWith(`${GRAPH}/`) ? path.slice(GRAPH.length + 1) : '';
      if (!CONTRACTS.has(contract)) return undefined;
      if (CONTRACTS.get(contract) === null) return whole;
      return graph.schema(contract) === undefined ? undefined : started.get(contract);
    },
    stop: async () => {
      forget();
      await Promise.all([...started.values()].map((server) => server.stop()));
    },
  };
}
