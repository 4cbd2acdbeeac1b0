import { matchAll } from '../../../../subgraphs/policies/src/usecases/match-enterprises.js';
import { runAndKill } from '../../support/killed-worker.js';
import { NOW, policiesUnderTest, usccOf, type PoliciesUnderTest } from '../../support/policies-under-test.js';

const STAFF = 30;
const AFTER_THE_NOTICE = new Date('2026-11-30T04:00:00Z'); // after five working days of public notice

let policies: PoliciesUnderTest;
let today = NOW;
beforeAll(async () => void (policies = await policiesUnderTest(import.meta.url, { now: () => today })));
afterAll(async () => policies.close());

let keys = 0;
const command = (now: Date) => ({
  idempotencyKey: `payment-kills-${String((keys += 1))}`,
  actor: { sub: 'officer', roles: ['OFFICER'], department: 'RSJ' },
  now,
});

/** Pays in a process of its own and kills it after so many orders, wherever it is then. */
const payAndKill = async (after: number): Promise<void> =>
  runAndKill({ worker: 'pay-worker.mjs', database: policies.database, args: ['staff'], after });

it('each order is sent once, though processes are killed while paying and two pay at once', async () => {
  await policies.publish({ id: 'staff' });
  await policies.know(
    Object.fromEntries(Array.from({ length: STAFF }, (_, number) => [usccOf(number), { employees: 10 + number }])),
  );
  await matchAll(policies.department);
  const { grantCommands, stores } = policies.department;
  await grantCommands.identify({ ...command(NOW), policyId: 'staff' });
  const grants = await stores.grants.list({}, { limit: STAFF, position: undefined, backwards: false });
  const ids = grants.map(({ id }) => id);
  const move = async (what: 'NOTIFY' | 'PUBLICISE' | 'APPROVE', now: Date) =>
    grantCommands.move({ ...command(now), grantIds: ids, move: what, note: '', mayWrite: () => true });
  await move('NOTIFY', NOW);
  for (const { id, uscc } of grants)
    await grantCommands.confirm({
      ...command(NOW),
      grantId: id,
      uscc,
      account: {
        holder: `企业${uscc.slice(12, 16)}`,
        bank: '农商行',
        number: `622202${uscc.slice(10, 16).replaceAll(/\D/g, '7')}7890`,
      },
    });
  await move('PUBLICISE', NOW);
  today = AFTER_THE_NOTICE;
  await move('APPROVE', AFTER_THE_NOTICE);

  for (const killAfter of [4, 3]) await Promise.all([payAndKill(killAfter), payAndKill(killAfter + 4)]);
  await payAndKill(Number.POSITIVE_INFINITY);

  const orders = await stores.funds.ofGrants(ids);
  expect(orders).toHaveLength(STAFF);
  expect(new Set(orders.map(({ grantId }) => grantId)).size).toBe(STAFF);
  const paid = await stores.grants.list({}, { limit: STAFF, position: undefined, backwards: false });
  expect(paid.every(({ status }) => status === 'PAYING')).toBe(true);
  expect((await stores.funds.budget('staff'))?.reservedFen).toBe(3_000_000);
}, 900_000); // five processes are started and killed
