import { inTransaction } from '@zhitong/kit/mongo';
import { dayInShanghai } from '@zhitong/values';
import { withSheet } from '../../../../subgraphs/policies/src/graph/facts-source.js';
import type { CreditFacts } from '../../../../subgraphs/policies/src/domain/matching/match.js';
import type { GrantRecord } from '../../../../subgraphs/policies/src/models/grants/grant-record.js';
import { eligibleInMemory } from '../../../../subgraphs/policies/src/memory/eligible-in-memory.js';
import type { VersionedFacts } from '../../../../subgraphs/policies/src/domain/facts/versioned-facts.js';
import { recordOf } from '../../../../subgraphs/policies/src/usecases/facts/read-facts.js';
import {
  auditor,
  fromGraph,
  NOW,
  policiesUnderTest,
  usccOf,
  type PoliciesUnderTest,
} from '../../support/policies-under-test.js';

const USCC = usccOf(1);
const HONEST: CreditFacts = { hasOpenDishonestyRecord: false, hasUnfulfilledJudgment: false };
const MATCHES = `query($of: [_Any!]!, $filter: MatchFilter) {
  _entities(representations: $of) { ... on Enterprise {
    matchedPolicies(first: 10, filter: $filter) { nodes { outcome policy { id } } }
  } }
}`;
interface Matches {
  readonly _entities: readonly [
    { readonly matchedPolicies: { readonly nodes: readonly { outcome: string; policy: { id: string } }[] } },
  ];
}

let policies: PoliciesUnderTest;
beforeAll(async () => {
  policies = await policiesUnderTest(import.meta.url, { now: () => NOW }, {}, { follow: true });
  await policies.publish(
    { id: 'staff', grant_period: 'ONCE' },
    { id: 'honest', criteria: [{ fact: 'dishonestyRecord', op: 'eq', value: false, text_zh: '无失信记录' }] },
    { id: 'loan', benefit: { kind: 'loan', amount_yuan: 1000, text_zh: '贷款' } },
  );
});
afterAll(async () => policies.close());

/** Holds the enterprise's facts in a version, as a reading brings them. */
const hold = async (factsVersion: string, employees: number): Promise<void> => {
  const sheet = { asOf: '2025-12-31', values: { employees }, dates: {} };
  const told = withSheet(
    { ...fromGraph(USCC, {}), factsVersion, credit: null },
    { factsVersion, sheet },
    dayInShanghai(NOW),
  );
  const reading = { readingId: factsVersion, readAt: NOW, before: undefined };
  await policies.department.stores.facts.putAll([recordOf(told, reading)]);
};

/** Policies that the enterprise is offered, by id; with outcomes where others than ELIGIBLE are asked for. */
async function offered(
  factsVersion: string,
  creditStanding: CreditFacts = HONEST,
  filter: Record<string, unknown> | null = null,
): Promise<string[]> {
  const { data, errors } = await policies.ask<Matches>(MATCHES, {
    variables: { of: [{ __typename: 'Enterprise', uscc: USCC, factsVersion, creditStanding }], filter },
    actor: auditor,
  });
  expect(errors).toBeUndefined();
  return (data?._entities[0].matchedPolicies.nodes ?? []).map(({ outcome, policy: { id } }) =>
    outcome === 'ELIGIBLE' ? id : `${id} ${outcome}`,
  );
}

it('what was decided serves again until credit, facts, policies or benefits are others, and whatever is asked', async () => {
  await hold('first', 30);
  const all = ['honest', 'loan', 'staff'];
  for (let time = 1; time <= 3; time += 1) expect(await offered('first')).toEqual(all);
  expect(await offered('first', HONEST, { benefitKinds: ['LOAN'] })).toEqual(['loan']);
  expect(await offered('first', HONEST, { outcomes: [] })).toEqual([]);

  const dishonest = { hasOpenDishonestyRecord: true, hasUnfulfilledJudgment: false };
  expect(await offered('first', dishonest)).toEqual(['loan', 'staff']);
  expect(await offered('first', dishonest, { outcomes: ['NOT_ELIGIBLE'] })).toEqual(['honest NOT_ELIGIBLE']);
  expect(await offered('first')).toEqual(all);
  expect(await offered('first', { ...HONEST, hasOpenDishonestyRecord: null })).toEqual(['loan', 'staff']);

  await hold('second', 5);
  for (let time = 1; time <= 2; time += 1) expect(await offered('second')).toEqual(['honest']);
  await hold('third', 30);
  for (let time = 1; time <= 2; time += 1) expect(await offered('third')).toEqual(all);

  await policies.publish({ id: 'newer' });
  for (let time = 1; time <= 2; time += 1) expect(await offered('third')).toEqual(['honest', 'loan', 'newer', 'staff']);

  const paid = {
    ...{ id: 'g-1', uscc: USCC, policyId: 'staff', policyVersion: 1, period: 'ALL', status: 'PAID', version: 1 },
    ...{ amountFen: 100_000, paidFen: 100_000, instalmentsFen: [100_000], settled: 1, reserved: true, account: null },
    ...{
      identifiedAt: NOW,
      updatedAt: NOW,
      publicUntil: null,
      publicityDays: 0,
      department: 'RSJ',
      regionCode: '421202',
    },
  } as GrantRecord;
  await inTransaction(policies.database.connection, async (session) =>
    policies.department.stores.grants.putHistory([paid], [], session),
  );
  for (let time = 1; time <= 2; time += 1) expect(await offered('third')).toEqual(['honest', 'loan', 'newer']);
});

it('decides again after each single change of what it is decided by, and not without one', () => {
  const kept = eligibleInMemory<number>();
  let times = 0;
  const facts = {} as VersionedFacts;
  const basis = { credit: HONEST, held: [], applying: [] };
  const decisionsAfter = (of: VersionedFacts, now: Parameters<typeof kept.find>[1]): number =>
    kept.find(of, now, () => [(times += 1)])[0] ?? 0;
  expect([decisionsAfter(facts, basis), decisionsAfter(facts, { ...basis, credit: { ...HONEST } })]).toEqual([1, 1]);
  const paid = { ...basis, held: [] };
  expect([decisionsAfter(facts, paid), decisionsAfter(facts, paid)]).toEqual([2, 2]);
  const dishonest = { ...paid, credit: { ...HONEST, hasOpenDishonestyRecord: true } };
  expect([decisionsAfter(facts, dishonest), decisionsAfter({ ...facts }, dishonest)]).toEqual([3, 4]);
  expect(decisionsAfter(facts, { ...dishonest, applying: [] })).toBe(5);
});
