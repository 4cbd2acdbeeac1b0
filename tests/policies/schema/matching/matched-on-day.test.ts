import { countCommands } from '@zhitong/kit/testing';
import { GraphUnreachable, type EnterpriseFromGraph } from '../../../../subgraphs/policies/src/graph/facts-source.js';
import type { officer } from '../../support/policies-under-test.js';
import {
  auditor,
  enterprise,
  fromGraph,
  NOW,
  policiesUnderTest,
  usccOf,
  type PoliciesUnderTest,
} from '../../support/policies-under-test.js';
import { toldRegister } from '../../support/told-register.js';

const DAY = '2025-06-30';
/** What the register and the credit department knew, by day. */
let then: Record<string, readonly EnterpriseFromGraph[]> | null = {};
const asked: { usccs: readonly string[]; day: string }[] = [];

const register = toldRegister();
let policies: PoliciesUnderTest;
beforeAll(async () => {
  const enterprisesOn = async (usccs: readonly string[], day: string): Promise<readonly EnterpriseFromGraph[]> => {
    asked.push({ usccs, day });
    if (then === null) throw new GraphUnreachable('down');
    return (then[day] ?? []).filter(({ uscc }) => usccs.includes(uscc));
  };
  policies = await policiesUnderTest(import.meta.url, { now: () => NOW }, { ...register.source, enterprisesOn });
  await policies.publish(
    { id: 'staff', title_zh: '稳岗奖励(2025版)', valid_from: '2025-01-01', valid_to: '2025-12-31' },
    {
      id: 'young',
      valid_to: '2025-12-31',
      criteria: [{ fact: 'registeredOn', op: 'withinLast', value: { count: 3, unit: 'YEARS' } }],
    },
    { id: 'later', valid_from: '2026-01-01' },
  );
  await policies.publish({
    id: 'staff',
    title_zh: '稳岗奖励(2026版)',
    valid_from: '2026-01-01',
    criteria: [{ fact: 'employees', op: 'gte', value: 500 }],
  });
});
beforeEach(() => {
  then = { [DAY]: [known(1, { employees: 12, registeredOn: '2022-07-01' }), known(2, { employees: 3 })] };
  asked.length = 0;
});
afterAll(async () => policies.close());

const known = (number: number, values: Record<string, number | string>): EnterpriseFromGraph => {
  const found = fromGraph(usccOf(number), values);
  return {
    ...found,
    facts: { ...found.facts, dates: Object.fromEntries(Object.keys(values).map((fact) => [fact, '2024-12-31'])) },
  };
};

const MATCHES = `query ($representations: [_Any!]!, $asOf: Date, $first: Int, $after: String, $filter: MatchFilter) {
  _entities(representations: $representations) { ... on Enterprise { matchedPolicies(asOf: $asOf, first: $first, after: $after, filter: $filter) {
    totalCount pageInfo { endCursor } nodes { outcome referenceDate policy { id title version } criteria { outcome expected actual asOf } amount { amount } }
  } } }
}`;
interface Matches {
  _entities: {
    matchedPolicies: {
      totalCount: number;
      pageInfo: { endCursor: string };
      nodes: { referenceDate: string; policy: { id: string } }[];
    } | null;
  }[];
}
const representation = (number: number) => ({
  __typename: 'Enterprise',
  uscc: usccOf(number),
  factsVersion: register.tell(number, { employees: 900 }),
  creditStanding: null,
});
const ask = async (
  numbers: readonly number[],
  variables: Record<string, unknown> = { asOf: DAY },
  actor: typeof officer | null = auditor,
) =>
  policies.ask<Matches>(MATCHES, { variables: { representations: numbers.map(representation), ...variables }, actor });

describe('Enterprise.matchedPolicies(asOf)', () => {
  it('decides the versions that applied on that day on the facts of that day, and shows their dates', async () => {
    const { data, errors } = await ask([1]);
    expect(errors).toBeUndefined();
    expect(data?._entities[0]?.matchedPolicies).toMatchObject({
      totalCount: 2,
      nodes: [
        {
          outcome: 'ELIGIBLE',
          referenceDate: DAY,
          policy: { id: 'staff', title: '稳岗奖励(2025版)', version: 1 },
          criteria: [{ expected: '≥ 10人', actual: '12人', asOf: '2024-12-31' }],
          amount: { amount: '1000.00' },
        },
        {
          outcome: 'ELIGIBLE',
          referenceDate: DAY,
          policy: { id: 'young' },
          criteria: [{ expected: '≥ 2022-06-30 且 ≤ 2025-06-30', actual: '2022-07-01' }],
        },
      ],
    });
  });

  it('is the live answer today, without asking the graph', async () => {
    const today = await ask([1], { asOf: '2026-11-20' });
    expect(today.data).toEqual((await ask([1], {})).data);
    expect(today.data?._entities[0]?.matchedPolicies?.nodes).toMatchObject([
      { policy: { id: 'later' } },
      { policy: { id: 'staff', title: '稳岗奖励(2026版)', version: 2 } },
    ]);
    expect(asked).toEqual([]);
  });

  it('reads fifty enterprises with one question, and asks the database nothing', async () => {
    const fifty = Array.from({ length: 50 }, (_, number) => number);
    const { result, commands } = await countCommands(policies.database.connection, async () =>
      ask(fifty, { asOf: DAY }, auditor),
    );
    expect(result.errors).toBeUndefined();
    expect(asked).toEqual([{ usccs: fifty.map(usccOf), day: DAY }]);
    expect(commands).toEqual([]);
  });

  it('lists nothing, whatever the outcome, for an enterprise that was not registered yet', async () => {
    const { data } = await ask([3, 2], {
      asOf: DAY,
      filter: { outcomes: ['ELIGIBLE', 'NOT_ELIGIBLE', 'UNDETERMINED'] },
    });
    expect(data?._entities.map(({ matchedPolicies }) => matchedPolicies?.totalCount)).toEqual([0, 2]);
  });

  it('says that the department does not answer instead of guessing, when the graph cannot be read', async () => {
    then = null;
    const { data, errors } = await ask([1]);
    expect(data?._entities).toEqual([{ matchedPolicies: null }]);
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'DEPARTMENT_UNAVAILABLE', subgraph: 'enterprises' });
  });

  it('refuses a day that has not come, and a cursor of another day', async () => {
    expect((await ask([1], { asOf: '2026-11-21' })).errors?.[0]).toMatchObject({
      message: expect.stringContaining('2026-11-21') as unknown,
      extensions: { code: 'BAD_USER_INPUT', argumentPath: ['asOf'] },
    });
    const first = await ask([1], { asOf: DAY, first: 1 });
    const after = first.data?._entities[0]?.matchedPolicies?.pageInfo.endCursor;
    expect((await ask([1], { asOf: DAY, first: 1, after })).data?._entities[0]?.matchedPolicies?.nodes).toMatchObject([
      { policy: { id: 'young' } },
    ]);
    expect((await ask([1], { asOf: '2025-07-01', after })).errors?.[0]?.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      argumentPath: ['after'],
    });
    expect((await ask([1], { after })).errors?.[0]?.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      argumentPath: ['after'],
    });
  });

  it("shows an enterprise its own past and nobody else's, and anonymous callers nothing", async () => {
    const { data, errors } = await ask([1, 2], { asOf: DAY }, enterprise(usccOf(1)));
    expect(data?._entities.map(({ matchedPolicies }) => matchedPolicies?.totalCount ?? null)).toEqual([2, null]);
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    expect(asked).toEqual([{ usccs: [usccOf(1)], day: DAY }]);
    expect((await ask([1], { asOf: DAY }, null)).errors?.[0]?.extensions).toMatchObject({ code: 'UNAUTHENTICATED' });
  });
});

describe('the shelf', () => {
  it('keeps a bounded number of days ready, and answers right for those it let go of', () => {
    const { shelf } = policies.department;
    const days = Array.from({ length: 28 }, (_, number) => `2025-02-${String(number + 1).padStart(2, '0')}`);
    const first = shelf.matchableOn('2025-02-01');
    expect(days.map((day) => shelf.matchableOn(day).map(({ id, version }) => `${id} ${version}`))).toEqual(
      days.map(() => ['staff 1', 'young 1']),
    );
    expect(shelf.matchableOn('2025-02-01')).not.toBe(first);
    expect(shelf.matchableOn('2025-02-28')).toBe(shelf.matchableOn('2025-02-28'));
    expect(shelf.versionOn('staff', '2025-02-01')?.record.version).toBe(1);
    expect(shelf.versionOn('later', '2025-02-01')).toBeNull();
  });
});
