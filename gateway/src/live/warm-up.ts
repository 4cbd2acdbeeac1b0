import {
  getOperationAST,
  parse,
  specifiedRules,
  validate,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { finiteNumbers } from '../limits/operation-checks.js';
import { viewsOf } from '../contracts/graph-views.js';
import { Cancellation } from '../cancellation.js';
import type { GatewayContext } from '../request-context.js';
import type { ExecutorRequest } from '../execution/supergraph-executor.js';
import { schemaPrefix, type DocumentStore } from './document-store.js';
import type { ServedGraph } from './live-executor.js';
import type { AskedOperation } from './operation-uses.js';
import { Slices } from './slices.js';

/** A graph that was published and cannot be served; the message says what failed. */
export class UnfitGraph extends Error {}

const SELF_TEST = '{ __typename __schema { queryType { name } } }';

/**
 * Tries a graph before anybody is served by it: it answers who it is, and the operations that are asked most are
 * parsed, validated and planned, so that nobody waits for that after the switch. An operation that is not valid any
 * more is left out: whoever published knew that from the check.
 * @throws UnfitGraph when it does not answer, or cannot plan an operation that is valid and that `current` can plan.
 */
export async function warmUp(
  graph: ServedGraph,
  {
    current,
    operations,
    documents,
  }: { current: ServedGraph; operations: readonly AskedOperation[]; documents: DocumentStore },
): Promise<void> {
  await selfTest(graph);
  const slices = new Slices();
  for (const asked of operations) {
    const schema = schemaFor(graph, asked);
    const document = parse(asked.text);
    const operation = getOperationAST(document, asked.operationName);
    await slices.pause();
    if (!schema || !operation || validate(schema, document, [...specifiedRules, finiteNumbers]).length > 0) continue;
    await plan(graph, current, { asked, document, operation });
    documents.put(schemaPrefix(schema), asked.text, document);
    await slices.pause(); // Requests come between.
  }
}

/** What an operation is asked of in a graph; undefined where the graph has no such contract. */
const schemaFor = ({ schema, sdl }: ServedGraph, { contract }: AskedOperation): GraphQLSchema | undefined =>
  contract === undefined ? schema : viewsOf(schema, sdl).schema(contract);

async function plan(
  graph: ServedGraph,
  current: ServedGraph,
  { asked, document, operation }: { asked: AskedOperation; document: DocumentNode; operation: OperationDefinitionNode },
): Promise<void> {
  for (const roles of asked.roles) {
    const failure = await failureOf(graph, asked, { roles, document, operation });
    if (failure === null) continue;
    // What could not be planned before is no fault of the new graph.
    const before = parse(asked.text);
    const same = getOperationAST(before, asked.operationName);
    if (same && (await failureOf(current, asked, { roles, document: before, operation: same })) === null)
      throw new UnfitGraph(`an operation that is asked cannot be planned any more: ${failure}`);
  }
}

async function failureOf(
  graph: ServedGraph,
  asked: AskedOperation,
  {
    roles,
    ...operation
  }: { roles: AskedOperation['roles'][number]; document: DocumentNode; operation: OperationDefinitionNode },
): Promise<string | null> {
  const schema = schemaFor(graph, asked);
  if (schema === undefined) return `there is no contract ${asked.contract ?? ''}`;
  try {
    await graph.guard.prepareFor(roles, { ...operation, schema });
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Asks a graph who it is. @throws UnfitGraph when it does not answer */
export async function selfTest({ execute, schema }: ServedGraph): Promise<void> {
  const document = parse(SELF_TEST);
  const operation = getOperationAST(document);
  const context: GatewayContext = {
    actor: null,
    place: { hold: () => () => undefined },
    requestId: 'self-test',
    language: 'en',
    traceparent: '',
    clientGone: new Cancellation(),
  };
  // The part of a request that executors read.
  const request = { request: { query: SELF_TEST }, source: SELF_TEST, document, operation, schema, context };
  const { data, errors } = await execute(request as unknown as ExecutorRequest);
  if (data?.['__typename'] !== 'Query')
    throw new UnfitGraph(`it does not answer ${SELF_TEST}: ${errors?.[0]?.message ?? 'another answer'}`);
}
