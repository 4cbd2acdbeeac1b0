import { Kind, parse, type ExecutionResult } from 'graphql';
import type { ExecutorRequest } from '../../../gateway/src/execution/supergraph-executor.js';
import { PlanExecutor } from '../../../gateway/src/execution/plan-executor.js';
import type { DepartmentAnswer } from '../../../gateway/src/execution/subgraph.js';
import { bearer, FIRST, startSmallCity } from '../support/small-city.js';
import { threeDepartments } from './three-subgraphs.js';

const { supergraphSdl } = threeDepartments();

/** Executes an operation over departments that answer what is given here, each always the same. */
async function execute(
  query: string,
  answers: Readonly<Record<string, DepartmentAnswer>>,
  variables: Record<string, unknown> = {},
): Promise<ExecutionResult> {
  const gateway = PlanExecutor.over({
    supergraphSdl,
    department: ({ name }) => ({ ask: async () => structuredClone(answers[name] ?? { data: null }) }),
  });
  const { executor, schema } = await gateway.load({ apollo: {} });
  const document = parse(query);
  const operation = document.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
  return executor({
    request: { query, variables },
    document,
    operation,
    schema,
    queryHash: query,
    context: {},
  } as unknown as ExecutorRequest);
}

describe('where the executor does better than that of @apollo/gateway', () => {
  it('puts an error of one item at that item, also when an item before it could not be asked for', async () => {
    const { data, errors } = await execute(
      '{ ledger { other { ... on Person { workload } ... on Money { amount } } } }',
      {
        credit: {
          data: {
            ledger: [{ other: { __typename: 'Money', amount: '1' } }, { other: { __typename: 'Person', id: 'p' } }],
          },
        },
        cases: {
          data: { _entities: [{ workload: null }] },
          errors: [{ message: 'Not known.', path: ['_entities', 0, 'workload'] }],
        },
      },
    );
    expect(data).toEqual({ ledger: [{ other: { amount: '1' } }, { other: { workload: null } }] });
    expect(errors?.map(({ path }) => path)).toEqual([['ledger', 1, 'other', 'workload']]);
  });

  it.each<[string, unknown, unknown]>([
    ['a list where one thing is promised', [{ code: '1' }], null],
    ['text where an object is promised', 'Xianning', null],
    ['an object', { code: '1' }, { code: '1' }],
  ])('loses no more than the place when a department answers %s', async (_what, region, shown) => {
    const { data, errors = [] } = await execute('{ enterprises { name region { code } } }', {
      registry: { data: { enterprises: [{ name: '甲', region }] } },
    });
    expect(data).toEqual({ enterprises: [{ name: '甲', region: shown }] });
    expect(errors.map(({ message, path }) => ({ message, path }))).toEqual(
      shown === null
        ? [{ message: 'A department answered no object for Enterprise.region.', path: ['enterprises', 0, 'region'] }]
        : [],
    );
  });

  it('loses no more than the list when a department answers something else', async () => {
    const { data } = await execute('{ enterprises { name } strict { must } }', {
      registry: { data: { enterprises: { name: '甲' }, strict: { must: 'x' } } },
    });
    expect(data).toEqual({ enterprises: null, strict: { must: 'x' } });
  });

  it('says which variable decides and may not be null', async () => {
    const { data, errors } = await execute(
      'query Q($show: Boolean = true) { enterprises @include(if: $show) { name } }',
      {},
      { show: null },
    );
    expect(data).toBeUndefined();
    expect(errors?.map(({ message, extensions }) => ({ message, ...extensions }))).toEqual([
      {
        message: '$show decides @skip or @include and must be true or false, not null.',
        code: 'BAD_USER_INPUT',
        reason: 'UNDECIDED',
        parameters: { variable: 'show', value: 'null' },
        zh: '变量 $show 用于 @skip 或 @include，须为 true 或 false，而不是 null',
      },
    ]);
  });

  it('says how many entities a department left out, beside what the others say', async () => {
    const { data, errors } = await execute('{ enterprises { name openCount } }', {
      registry: {
        data: {
          enterprises: [
            { __typename: 'Enterprise', uscc: 'a', name: '甲' },
            { __typename: 'Enterprise', uscc: 'b', name: '乙' },
          ],
        },
      },
      cases: { data: { _entities: [{ openCount: 1 }] } },
    });
    expect(data).toEqual({ enterprises: [null, null] });
    expect(errors?.map(({ message, path }) => ({ message, path }))).toEqual(
      [0, 1].map((item) => ({
        message: 'The department "cases" was asked for 2 entities and answered 1.',
        path: ['enterprises', item, 'openCount'],
      })),
    );
  });
});

describe('the executor of @apollo/gateway', () => {
  it('runs the graph when the configuration says so', async () => {
    const city = await startSmallCity({ GATEWAY_EXECUTOR: 'apollo' });
    try {
      const { body } = await city.ask(
        { query: `{ enterprise(uscc: "${FIRST}") { name openCount } }` },
        bearer(await city.token('AUDITOR')),
      );
      expect(body).toEqual({ data: { enterprise: { name: '甲公司', openCount: 1 } } });
    } finally {
      await city.stop();
    }
  });
});
