import { graphTokenFile, subgraphConfig } from '@zhitong/kit';
import type { HubConfig } from './config.js';
import { departmentSockets } from './subgraph-sockets.js';
import { eventRouteVariables } from './event-routes.js';

const LOOPBACK = '127.0.0.1';
/**
 * MiB of each half of the heap in which new objects are made, of Node's 16. What a request makes lives as long as the
 * request; with more room less of it is still alive, and copied, when the collector comes by.
 */
const YOUNG_HEAP_MIB = 32;

/**
 * The variables of the child processes together, of which each gets its share (`own-environment.ts`): what the operator
 * has set, and what the launcher adds to it. A setting that was given is kept; the launcher fills in what is missing
 * (graph, sockets, tokens) and adds the routes between the departments to the receivers and secrets that were given.
 * Its own are the data folder as an absolute path, the keys, the mode, `NODE_ENV` for the libraries, and the size of
 * the young heap, unless `NODE_OPTIONS` names another.
 * @param graph address of the gateway on this machine.
 * @param routesKey the secret from which those of the event routes are derived.
 * @param mongoUri the embedded MongoDB; undefined: every department has one that was configured.
 * @throws Error that names a variable which cannot be used.
 */
export function childEnvironment({
  config,
  graph,
  routesKey,
  mongoUri,
}: {
  config: HubConfig;
  graph: string;
  routesKey: string;
  mongoUri: string | undefined;
}): Record<string, string> {
  const { kit, departments, given, keyFiles, serviceIdentities, operationsPort, registryPort } = config;
  const present = Object.fromEntries(
    Object.entries(given).filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== ''),
  );
  const routes = eventRouteVariables({
    departments,
    host: LOOPBACK,
    root: routesKey,
    given: (name, port) => subgraphConfig(name, port, given),
  });
  return {
    ...departmentSockets(
      departments.map(({ name }) => name),
      kit.dataDir,
    ),
    ...Object.fromEntries(
      serviceIdentities.flatMap(({ name }) => [
        [`${name.toUpperCase()}_GRAPH_TOKEN_FILE`, graphTokenFile(kit.dataDir, name)],
        // Who has an identity of its own tells the schema registry itself what it needs.
        ...(registryPort === undefined ? [] : [[`${name.toUpperCase()}_REGISTRY_URL`, besideOf(graph, registryPort)]]),
      ]) as [string, string][],
    ),
    ZHITONG_GRAPH_URL: graph,
    ...present,
    ...routes,
    ...(keyFiles === undefined
      ? {}
      : { ZHITONG_GATEWAY_KEYS: keyFiles.published, GATEWAY_SIGNING_KEY_FILE: keyFiles.signing }),
    ZHITONG_DATA_DIR: kit.dataDir,
    ZHITONG_MODE: kit.mode,
    ...runtimeVariables(present['NODE_OPTIONS']),
    GATEWAY_OPERATIONS_PORT: String(operationsPort),
    APOLLO_TELEMETRY_DISABLED: '1',
    ...(mongoUri === undefined ? {} : { MONGODB_URI: mongoUri }),
  };
}

/**
 * How every process of the hub runs under Node.
 * @param given options of the operator; they stand last, so that they count.
 */
export const runtimeVariables = (given = ''): { readonly NODE_OPTIONS: string; readonly NODE_ENV: string } => ({
  NODE_OPTIONS: `--max-semi-space-size=${YOUNG_HEAP_MIB} ${given}`.trim(),
  // For the libraries, which check themselves at every step otherwise; our own mode is another variable.
  NODE_ENV: 'production',
});

/** The address of a graph that stands beside another one, on a port of its own. */
function besideOf(graph: string, port: number): string {
  const url = new URL(graph);
  url.port = String(port);
  return url.href;
}
