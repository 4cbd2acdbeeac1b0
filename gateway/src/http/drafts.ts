import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ApolloServer } from '@apollo/server';
import type { ServerAt } from '../contracts/contract-servers.js';
import { askedDraft, DRAFT_HEADER, type DraftGraphs } from '../live/draft-graphs.js';
import type { GatewayContext } from '../request-context.js';
import { refusedInput } from '../gateway-error.js';
import { said } from '../refusal-words.js';

type Server = ApolloServer<GatewayContext>;

/**
 * What answers a request: the graph with the draft that it asks for, else the usual one.
 * @throws GraphQLError with an HTTP status, see `DraftGraphs.serverFor`
 */
export type Drafts = (asked: {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly context: GatewayContext;
  readonly usual: Server;
}) => Promise<Server>;

/** Drafts of the whole graph; a contract has none. */
export const draftsOf =
  (graphs: Pick<DraftGraphs, 'serverFor'>, serverAt: ServerAt): Drafts =>
  async ({ request, response, context: { actor }, usual }) => {
    const name = askedDraft(request);
    if (name === undefined) return usual;
    if (usual !== serverAt('/graphql')) throw refusedInput(said('NO_DRAFTS_OF_CONTRACT', { header: DRAFT_HEADER }));
    const server = await graphs.serverFor({ name, actor, response });
    response.setHeader(DRAFT_HEADER, name);
    return server;
  };

/** Where there are none. */
export const noDrafts: Drafts = async ({ usual }) => usual;
