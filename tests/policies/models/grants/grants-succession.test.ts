import { createLogger } from '@zhitong/kit';
import type { EnterpriseFromGraph } from '../../../../subgraphs/policies/src/graph/facts-source.js';
import { readStaleEnterprises } from '../../../../subgraphs/policies/src/usecases/facts/keep-current.js';
import { readAllFacts } from '../../../../subgraphs/policies/src/usecases/facts/read-facts.js';
import { matchAll } from '../../../../subgraphs/policies/src/usecases/match-enterprises.js';
import { inTransaction } from '@zhitong/kit/mongo';
import { grantRig } from '../../support/grant-rig.js';
import {
  auditor,
  fromGraph,
  NOW,
  policiesUnderTest,
  usccOf,
  type PoliciesUnderTest,
} from '../../support/policies-under-test.js';

const logger = createLogger({ name: 'test', level: 'silent' });
let policies: PoliciesUnderTest;
let now = NOW;
/** Whom the second enterprise goes on from, as the register tells it. */
let predecessors: { uscc: string; on: string }[] = [];
const told = (number: number): EnterpriseFromGraph => ({
  ...fromGraph(usccOf(number), { employees: 20 }),
  predecessors: number === 2 ? predecessors : [],
  told: { version: 'same', asOf: '2025-12-31', current: [] },
});
const source = {
  enterprise: async (uscc: string) => Promise.resolve([1, 2].map(told).find((one) => one.uscc === uscc) ?? null),
  page: async () => Promise.resolve({ enterprises: [1, 2].map(told), total: 2, next: null }),
  versions: async () =>
    Promise.resolve({
      enterprises: [1, 2].map(told).map(({ facts: _, creditKnown: __, ...one }) => ({
        ...one,
        factsVersion: 'same',
        credit: null,
      })),
      total: 2,
      next: null,
    }),
  sheets: async () =>
    Promise.resolve(
      [1, 2].map((number) => ({
        uscc: usccOf(number),
        factsVersion: 'same',
        sheet: { asOf: '2025-12-31', values: { employees: 20 }, dates: {} },
      })),
    ),
};
const rig = grantRig(
  () => policies,
  () => now,
);
beforeAll(async () => void (policies = await policiesUnderTest(import.meta.url, { now: () => now }, source)));
afterEach(async () => {
  now = NOW;
  predecessors = [];
  await policies.reset();
});
afterAll(async () => policies.close());

/** The first enterprise is given the policy; what the second may have of it is what is asked. */
async function givenToTheFirst(policy: Record<string, unknown> = {}): Promise<void> {
  await policies.publish({ id: 'staff', ...policy });
  await policies.know({ [usccOf(1)]: { employees: 20 } });
  await matchAll(policies.department);
  expect((await rig.identify()).result).toMatchObject({ identified: 1 });
}
/** What the register tells of the second one is read because an event named it. */
async function readTheSecond(): Promise<void> {
  await inTransaction(policies.database.connection, async (session) =>
    policies.department.stores.matchState.noteStale(usccOf(2), now, session),
  );
  expect(await readStaleEnterprises({ ...policies.department, logger, source })).toBeGreaterThan(0);
}
const payTheFirst = async (): Promise<void> => {
  const [id = ''] = await rig.publicise();
  now = new Date('2026-12-10T04:00:00Z');
  await rig.move([id], 'APPROVE');
  await rig.move([id], 'PAY');
  const [order] = await policies.department.stores.funds.ofGrants([id]);
  await rig.settle(order?.id ?? '');
};
const second = async () => {
  const { data } = await policies.ask<{ _entities: { matchedPolicies: { nodes: Record<string, unknown>[] } }[] }>(
    'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Enterprise { matchedPolicies(first: 10, filter: { outcomes: [ELIGIBLE, NOT_ELIGIBLE] }) { nodes { outcome bar { reason } amount { amount } } } } } }',
    {
      variables: { r: [{ __typename: 'Enterprise', uscc: usccOf(2), factsVersion: null, creditStanding: null }] },
      actor: auditor,
    },
  );
  return data?._entities[0]?.matchedPolicies.nodes[0];
};

describe('an enterprise that goes on from another', () => {
  it('has had once what that one had, whichever way it is asked', async () => {
    await givenToTheFirst();
    await payTheFirst();
    predecessors = [{ uscc: usccOf(1), on: '2026-12-09' }];
    await readTheSecond();
    expect(await second()).toEqual({ outcome: 'NOT_ELIGIBLE', bar: { reason: 'ALREADY_PAID' }, amount: null });
    expect((await rig.identify()).result).toMatchObject({ identified: 0, alreadyGranted: 2 });
    const lists = await policies.ask(
      'query ($input: PreviewPolicyInput!) { policy(id: "staff") { eligibleEnterprises(first: 9) { totalCount } } previewPolicy(input: $input) { barred } }',
      { variables: { input: { policy: 'staff' } }, actor: auditor },
    );
    expect(lists.data).toEqual({ policy: { eligibleEnterprises: { totalCount: 0 } }, previewPolicy: { barred: 2 } });
  });

  it('has the difference alone, less what that one had, and what excludes it', async () => {
    await givenToTheFirst({
      valid_to: '2026-12-31',
      grant_period: 'YEAR',
      benefit: { kind: 'cash', amount_yuan: 300, top_up_difference: true },
    });
    await payTheFirst();
    await policies.publish(
      { id: 'beside', excludes: ['staff'] },
      { id: 'had', criteria: [{ fact: 'policiesHad', op: 'contains', value: 'staff', text_zh: '已享受' }] },
    );
    await policies.publish({
      ...{ id: 'staff', grant_period: 'YEAR', valid_from: '2027-01-01' },
      benefit: { kind: 'cash', amount_yuan: 1000, top_up_difference: true },
    });
    await policies.know({ [usccOf(1)]: { employees: 20 }, [usccOf(2)]: { employees: 20 } });
    predecessors = [{ uscc: usccOf(1), on: '2026-12-09' }];
    now = new Date('2027-03-01T04:00:00Z');
    await matchAll(policies.department);
    await readTheSecond();
    expect((await rig.identify('staff')).result).toMatchObject({ identified: 2 });
    const given = (await rig.all()).filter(({ period }) => period === '2027');
    expect(given.map(({ amountFen }) => amountFen)).toEqual([70_000, 70_000]);
    expect((await rig.identify('beside')).result).toMatchObject({ identified: 0, excluded: 2 });
    expect((await rig.identify('had')).result).toMatchObject({ identified: 2 });
  });

  it('has its own where that one was given it after it had passed on, or had to give it up unpaid', async () => {
    await givenToTheFirst();
    predecessors = [{ uscc: usccOf(1), on: '2026-11-19' }];
    await readTheSecond();
    expect((await rig.identify()).result).toMatchObject({ identified: 1, alreadyGranted: 1 });
    await policies.reset();
    await givenToTheFirst();
    await rig.move([(await rig.ofEnterprise(1)).id], 'WITHDRAW');
    predecessors = [{ uscc: usccOf(1), on: '2026-11-20' }];
    await readTheSecond();
    await matchAll(policies.department);
    expect((await rig.identify()).result).toMatchObject({ identified: 2 });
  });

  it('has had what that one is given on the very day, after it was known to pass on', async () => {
    await policies.publish({ id: 'staff' });
    predecessors = [{ uscc: usccOf(1), on: '2026-11-20' }];
    await readTheSecond();
    await policies.know({ [usccOf(1)]: { employees: 20 } });
    await matchAll(policies.department);
    await rig.identify();
    expect((await rig.ofEnterprise(1)).heirs).toEqual([{ uscc: usccOf(2), on: '2026-11-20' }]);
    now = new Date('2026-11-21T04:00:00Z');
    // Both were found at one time: what the second one waits for is decided by somebody.
    await rig.move(
      (await rig.all()).map(({ id }) => id),
      'NOTIFY',
    );
    expect((await rig.all()).map(({ uscc, status }) => [uscc, status]).sort()).toEqual([
      [usccOf(1), 'NOTIFIED'],
      [usccOf(2), 'SUSPENDED'],
    ]);
  });

  it('is known by the reading of the register as well, though its facts are what they were', async () => {
    await givenToTheFirst();
    const read = async () => readAllFacts({ ...policies.department, source, clock: { now: () => now } });
    await read();
    predecessors = [{ uscc: usccOf(1), on: '2026-11-20' }];
    expect(await read()).toMatchObject({ mended: 1 });
    expect(await read()).toMatchObject({ mended: 0 });
    await matchAll(policies.department);
    expect((await rig.identify()).result).toMatchObject({ identified: 0, alreadyGranted: 2 });
  });
});
