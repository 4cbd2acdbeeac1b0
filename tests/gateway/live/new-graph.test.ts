import { buildSchema, GraphQLError, type ExecutionResult } from 'graphql';
import type { AccessGuard } from '../../../gateway/src/access/access-guard.js';
import type { ExecutorRequest } from '../../../gateway/src/execution/supergraph-executor.js';
import { DocumentStore } from '../../../gateway/src/live/document-store.js';
import { LiveExecutor, loaded, type Graph } from '../../../gateway/src/live/live-executor.js';
import { warmUp } from '../../../gateway/src/live/warm-up.js';

const MINE = '{ mine }';
const OTHERS = '{ others }';
const outOfStep = new GraphQLError('Cannot query field "later".', {
  extensions: { code: 'GRAPHQL_VALIDATION_FAILED', serviceName: 'cases' },
});

interface MadeUp extends Graph {
  /** How often it was let go of. */
  readonly released: () => number;
}

/** A graph that answers as it is told. */
function graph({
  execute = async () => ({ data: { __typename: 'Query' } }),
  prepareFor = async () => undefined,
}: {
  execute?: (request: ExecutorRequest) => Promise<ExecutionResult>;
  prepareFor?: () => Promise<void>;
} = {}): MadeUp {
  const schema = buildSchema('type Query { mine: Int others: Int }');
  let released = 0;
  const guard = { load: async () => ({ schema, executor: execute }), stop: async () => undefined, prepareFor };
  return {
    sdl: 'made up',
    guard: guard as unknown as AccessGuard,
    release: async () => void (released += 1),
    released: () => released,
  };
}

describe('before a graph is served', () => {
  const asked = { text: MINE, operationName: undefined, roles: [null], total: 9, contract: undefined };
  const tried = async (candidate: Graph, current: Graph = graph()): Promise<void> =>
    warmUp(await loaded(candidate), {
      current: await loaded(current),
      operations: [asked, { ...asked, text: '{ gone }' }],
      documents: new DocumentStore(),
    });

  it('it says who it is', async () => {
    await tried(graph());
    const silent = graph({ execute: async () => ({ data: null, errors: [new GraphQLError('Lost.')] }) });
    await expect(tried(silent)).rejects.toThrow(
      'it does not answer { __typename __schema { queryType { name } } }: Lost.',
    );
  });

  it('it plans what is asked, but for what could not be planned before either', async () => {
    const unable = (): Graph => graph({ prepareFor: async () => Promise.reject(new Error('No way there.')) });
    await expect(tried(unable())).rejects.toThrow('cannot be planned any more: No way there.');
    await tried(unable(), unable());
  });
});

describe('a graph in its first time of service', () => {
  const backs: string[] = [];
  const trial = { isKnown: (text: string) => text === MINE, onBack: (reason: string) => void backs.push(reason) };
  beforeEach(() => void backs.splice(0));

  const live = async (first: Graph): Promise<LiveExecutor> =>
    LiveExecutor.over(first, undefined, (error) => {
      throw error;
    });
  const ask = async (executor: LiveExecutor, source: string): Promise<string> => {
    const { schema, executor: execute } = await executor.load({ apollo: {} });
    // The part of a request that is read here.
    const request = { source, schema } as unknown as ExecutorRequest;
    return execute(request).then(
      ({ errors }) => errors?.[0]?.message ?? 'answered',
      (error: unknown) => String(error),
    );
  };

  it.each([
    ['exceptions', async () => Promise.reject(new Error('The planner ended.')), 'Error: The planner ended.'],
    ['questions that a department cannot read', async () => ({ data: null, errors: [outOfStep] }), outOfStep.message],
  ])('gives way to the one before for %s of what was answered before', async (_what, execute, reason) => {
    const [before, after] = [graph(), graph({ execute })];
    const executor = await live(before);
    executor.serve(await loaded(after), trial);
    // What nobody asked before says nothing about the graph.
    for (let at = 0; at < 5; at += 1) expect(await ask(executor, OTHERS)).toBe(reason);
    for (let at = 0; at < 3; at += 1) expect(await ask(executor, MINE)).toBe(reason);
    expect(backs).toEqual([reason]);
    expect(await ask(executor, MINE)).toBe('answered');
    expect([before.released(), after.released()]).toEqual([0, 1]);
  });

  it('stays when what fails failed before it came, and lets go of the one before when the next one comes', async () => {
    const failing = async (): Promise<ExecutionResult> => ({ data: null, errors: [outOfStep] });
    const [before, after, last] = [graph({ execute: failing }), graph({ execute: failing }), graph()];
    const executor = await live(before);
    await ask(executor, MINE);
    executor.serve(await loaded(after), trial);
    for (let at = 0; at < 5; at += 1) await ask(executor, MINE);
    expect(backs).toEqual([]);
    expect(before.released()).toBe(0);
    executor.serve(await loaded(last), trial);
    expect([before.released(), after.released(), last.released()]).toEqual([1, 0, 0]);
    await executor.stop();
    expect([after.released(), last.released()]).toEqual([1, 1]);
  });

  it('is not served when a server cannot take it', async () => {
    const before = graph();
    const executor = await live(before);
    const after = await loaded(graph());
    const told: unknown[] = [];
    executor.onSchemaLoadOrUpdate(({ apiSchema }) => {
      told.push(apiSchema);
      if (apiSchema === after.schema) throw new Error('No.');
    });
    expect(() => executor.serve(after, trial)).toThrow('No.');
    expect(told).toEqual([after.schema, executor.graph.schema]);
    expect(executor.graph.schema).toBe((await loaded(before)).schema);
  });
});
