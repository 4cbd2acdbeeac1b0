import { isDeepStrictEqual } from 'node:util';
import { ApolloGateway } from '@apollo/gateway';
import fc from 'fast-check';
import { Kind, parse, specifiedRules, validate, type ExecutionResult, type GraphQLSchema } from 'graphql';
import type {
  SupergraphExecutor,
  Executor,
  ExecutorRequest,
} from '../../../gateway/src/execution/supergraph-executor.js';
import { PlanExecutor } from '../../../gateway/src/execution/plan-executor.js';
import { randomAnswer, type Manners } from './random-subgraph.js';
import { randomOperation } from './random-operation.js';
import { threeDepartments } from './three-subgraphs.js';

const OPERATIONS: Readonly<Record<string, string>> = {
  'one entity, three departments':
    'query Q($uscc: ID!) { enterprise(uscc: $uscc) { uscc name size cases(first: 2) { number title handler { name workload } pledge { ... on Money { amount } ... on Person { id name owes { id } } } } standing { grade note } debts { amount } } }',
  'a list of entities':
    '{ enterprises(first: 3) { name openCount standing { grade } cases { title of { name standing { note } } } } }',
  'required fields, of required fields': '{ enterprises { rate hint mood } }',
  'the same field in several places':
    'query Q { enterprises { ...A name ... on Enterprise { region { name } } ...B } } fragment A on Enterprise { region { code } cases { number } twins { uscc } } fragment B on Enterprise { cases { title tags } twins { name openCount } name }',
  aliases:
    'query Q($a: ID!, $b: ID!) { first: enterprise(uscc: $a) { code: uscc a: openCount b: name cases { n: number } } second: enterprise(uscc: $b) { label: name c: cases(open: false) { n: title } } }',
  'names that every object answers to':
    '{ enterprises { constructor: name toString: openCount hasOwnProperty: uscc size valueOf: region { constructor: code toString: name } } }',
  unions:
    '{ found { __typename ... on Enterprise { name openCount standing { grade } } ... on Person { age workload owes { id amount { amount } } } } ledger { id of { name } other { __typename ... on Money { amount } ... on Person { name } } } }',
  interfaces:
    '{ named { name kind: __typename ... on Enterprise { size cases { title } } ... on Person { workload knows { name openCount } } } }',
  'lists of lists': '{ grid { value owner { name openCount } } cases { history tags handler { knows { name } } } }',
  'what must not be null':
    '{ strict { must numbers enterprise { name standing { grade } twins { size openCount } } } ledger { id amount { amount } of { uscc } } }',
  conditions:
    'query Q($yes: Boolean!, $no: Boolean = false) { enterprises @include(if: $yes) { name openCount @skip(if: $no) standing @include(if: $no) { grade } ... on Enterprise @include(if: $yes) { size cases @skip(if: $yes) { title } } ...F @skip(if: $no) } } fragment F on Enterprise { since debts { amount } mood @include(if: $yes) }',
  'leaves of every kind': '{ enterprises { size since grade turnover share listed name } }',
  'a mutation, one field after the other':
    'mutation Q($uscc: ID!) { a: touch(uscc: $uscc) { name openCount } close(number: "1") { title of { name } pledge { __typename } } b: touch(uscc: $uscc) { standing { grade } } }',
  'introspection beside data':
    'query Q($type: String!) { __type(name: $type) { name fields { name type { kind name } } } __schema { queryType { name } mutationType { ...T } } enterprises { __typename uscc } } fragment T on __Type { name kind }',
  'only the name of the root': '{ __typename }',
  'a variable that is not given':
    'query Q($first: Int, $open: Boolean) { enterprises(first: $first) { cases(first: $first, open: $open) { title } } }',
};
const VARIABLES: Readonly<Record<string, unknown>> = { uscc: 'x', a: 'x', b: 'y', yes: true, type: 'Enterprise' };

const { supergraphSdl, schemas } = threeDepartments();

/** Answers of every department by chance. */
const chance =
  (seed: number, manners: Manners): Stub['answer'] =>
  (department, query, variables) => {
    const schema = schemas.get(department);
    if (schema === undefined) throw new Error(`There is no department ${department}.`);
    return randomAnswer({ schema, query, variables, seed, manners });
  };

interface Stub {
  answer: (
    department: string,
    query: string,
    variables: Readonly<Record<string, unknown>>,
  ) => ReturnType<typeof randomAnswer>;
  asked: string[];
}

/** Both executors over departments that answer alike. */
async function executors(
  stub: Stub,
): Promise<{ schema: GraphQLSchema; ours: Executor; apollos: Executor; stop: () => Promise<void> }> {
  const ask = async (
    name: string,
    query: string,
    variables: Readonly<Record<string, unknown>>,
  ): Promise<ReturnType<typeof randomAnswer>> => {
    stub.asked.push(`${name} ${query} ${JSON.stringify(variables)}`);
    return structuredClone(stub.answer(name, query, variables));
  };
  const apollo = new ApolloGateway({
    supergraphSdl,
    logger: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined },
    buildService: ({ name }) => ({
      process: async ({ request }) => ask(name, request.query ?? '', request.variables ?? {}),
    }),
  });
  const plan = PlanExecutor.over({
    supergraphSdl,
    department: ({ name }) => ({ ask: async ({ query, variables }) => ask(name, query, variables) }),
  });
  const load = async (gateway: SupergraphExecutor): ReturnType<SupergraphExecutor['load']> =>
    gateway.load({ apollo: {} });
  const [ours, apollos] = [await load(plan), await load(apollo)];
  return { schema: ours.schema, ours: ours.executor, apollos: apollos.executor, stop: () => apollo.stop() };
}

function requestOf(
  query: string,
  variables: Readonly<Record<string, unknown>>,
  schema: GraphQLSchema,
): ExecutorRequest {
  const faults = validate(schema, parse(query));
  if (faults.length > 0) throw new Error(faults.map(String).join('\n'));
  return operationOf(query, variables, schema);
}

/** The request for an operation that is known to be valid. */
function operationOf(
  query: string,
  variables: Readonly<Record<string, unknown>>,
  schema: GraphQLSchema,
): ExecutorRequest {
  const document = parse(query);
  const operation = document.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
  // What Apollo Server hands over and executors read; the rest of its context is for plugins.
  return {
    request: { query, variables: { ...variables } },
    document,
    operation,
    queryHash: query,
    schema,
    context: {},
    metrics: {},
    logger: console,
  } as unknown as ExecutorRequest;
}

/**
 * An answer as far as @apollo/gateway is right: its data, keys in any order. It puts errors beside what it makes of
 * missing values, gives silent nulls for what nobody answered, and orders keys by its plan; ours is held to more by the
 * oracle.
 */
function comparable({ data }: ExecutionResult): unknown {
  return JSON.parse(JSON.stringify(data ?? null));
}

/**
 * Our answer with null wherever Apollo's has null. Apollo's planner forgets fields of some fragments with conditions on
 * unions, and says null for what it did not ask for, up to the next place that may be null; that our value there is
 * right is for the oracle (`oracle/`), which knows the departments' data. Everything that Apollo does answer must be
 * the same.
 */
function asFarAsAnswered(ours: unknown, apollos: unknown): unknown {
  if (apollos === null) return null;
  if (Array.isArray(ours) && Array.isArray(apollos))
    return ours.map((item, index) => asFarAsAnswered(item, apollos[index]));
  if (typeof ours !== 'object' || ours === null || typeof apollos !== 'object') return ours;
  const told = apollos as Readonly<Record<string, unknown>>;
  return Object.fromEntries(Object.entries(ours).map(([key, value]) => [key, asFarAsAnswered(value, told[key])]));
}

describe('the executor of query plans beside that of @apollo/gateway', () => {
  let both: Awaited<ReturnType<typeof executors>>;
  const stub: Stub = { answer: () => ({ data: {} }), asked: [] };
  beforeAll(async () => {
    both = await executors(stub);
  });
  afterAll(() => both.stop());

  /** What both answer to a request, and how often each asked a department. */
  const askedOfBoth = async (request: ExecutorRequest, answer: Stub['answer']) => {
    stub.answer = answer;
    stub.asked = [];
    const ours = await both.ours(request);
    const oursAsked = stub.asked.length;
    stub.asked = [];
    const apollos = await both.apollos(request);
    return { ours, apollos, oursAsked, apollosAsked: stub.asked.length };
  };

  /**
   * Whether Apollo answers all that ours does where no department says null: what it forgot shows there, and by nulls
   * alone it may not.
   */
  const isWholeWithoutNulls = async (request: ExecutorRequest, seed: number): Promise<boolean> => {
    const { ours, apollos } = await askedOfBoth(request, chance(seed, { nulls: 0 }));
    return isDeepStrictEqual(comparable(ours), comparable(apollos));
  };

  const manners: fc.Arbitrary<Manners> = fc.constantFrom({ nulls: 0 }, { nulls: 4 }, { nulls: 12 });

  it.each(Object.entries(OPERATIONS))('asks and answers the same: %s', async (_what, query) => {
    const variables = Object.fromEntries(Object.entries(VARIABLES).filter(([name]) => query.includes(`$${name}:`)));
    const request = requestOf(query, variables, both.schema);
    await fc.assert(
      fc.asyncProperty(fc.nat(), manners, async (seed, how) => {
        const { ours, apollos, oursAsked, apollosAsked } = await askedOfBoth(request, chance(seed, how));
        expect(comparable(ours)).toEqual(comparable(apollos));
        expect(oursAsked).toBeLessThanOrEqual(apollosAsked);
      }),
      { numRuns: 60 },
    );
  });

  it('asks and answers the same, whatever the operation', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.nat(), manners, async (chosen, seed, how) => {
        const query = randomOperation(both.schema, chosen);
        fc.pre(
          validate(
            both.schema,
            parse(query),
            specifiedRules.filter(({ name }) => name !== 'NoUnusedVariablesRule'),
          ).length === 0,
        );
        const request = operationOf(query, { yes: true }, both.schema);
        const { ours, apollos, oursAsked, apollosAsked } = await askedOfBoth(request, chance(seed, how));
        const [mine, theirs] = [comparable(ours), comparable(apollos)];
        expect(asFarAsAnswered(mine, theirs)).toEqual(theirs);
        // What it forgot it did not ask for either; and it may ask for the `rate` on which `mood` rests without telling
        // what that needs, which saves an exchange and is wrong (needs-of-needs.test.ts).
        if (oursAsked > apollosAsked && isDeepStrictEqual(mine, theirs) && !query.includes('mood'))
          expect(await isWholeWithoutNulls(request, seed)).toBe(false);
      }),
      // Apollo forgets what is null by chance, too, so that both data are equal.
      { numRuns: 250, examples: [[475940436, 664924343, { nulls: 4 }]] },
    );
  });

  it.each([
    ['of another type', { uscc: { a: 1 } }],
    ['that is missing', {}],
    ['that is null', { uscc: null }],
  ])('refuses a variable %s in the same words, and asks nobody', async (_what, variables) => {
    const request = requestOf('query Q($uscc: ID!) { enterprise(uscc: $uscc) { name } }', variables, both.schema);
    stub.asked = [];
    const [ours, apollos] = [await both.ours(request), await both.apollos(request)];
    expect(ours.errors?.length).toBeGreaterThan(0);
    expect(ours.errors?.map(({ message }) => message)).toEqual(apollos.errors?.map(({ message }) => message));
    expect(stub.asked).toEqual([]);
  });

  it('names the operation to run, or says that there is none of that name', async () => {
    const document = 'query A { enterprises { name } } query B { enterprises { uscc } }';
    stub.answer = chance(1, { nulls: 0 });
    const request = requestOf(document, {}, both.schema);
    const named = { ...request, request: { ...request.request, operationName: 'B' } };
    expect(comparable(await both.ours(named))).toEqual(comparable(await both.apollos(named)));
    expect(
      (await both.ours({ ...request, request: { ...request.request, operationName: 'C' } })).errors?.[0]?.message,
    ).toBe('The document has no operation named "C".');
    expect((await both.ours(request)).errors?.[0]?.message).toMatch(/operationName must say which one/);
  });
});
