import { createLogger, type Actor } from '@zhitong/kit';
import { addDays } from '@zhitong/values';
import type { GrantMove, GrantStatus } from '../../../../subgraphs/policies/src/domain/grant/grant.js';
import type { EnterpriseFromGraph } from '../../../../subgraphs/policies/src/graph/facts-source.js';
import { readStaleEnterprises } from '../../../../subgraphs/policies/src/usecases/facts/keep-current.js';
import { recordOf } from '../../../../subgraphs/policies/src/usecases/facts/read-facts.js';
import { matchAll } from '../../../../subgraphs/policies/src/usecases/match-enterprises.js';
import { CASHIER, grantRig, MAKER } from '../../support/grant-rig.js';
import { runAndKill } from '../../support/killed-worker.js';
import {
  fromGraph,
  officer,
  policiesUnderTest,
  usccOf,
  type PoliciesUnderTest,
} from '../../support/policies-under-test.js';

/** How long it runs; a long one: GRANT_SIMULATION_STEPS=1000 GRANT_SIMULATION_SEED=1. */
const STEPS = Number(process.env['GRANT_SIMULATION_STEPS'] ?? 24);
const SEED = Number(process.env['GRANT_SIMULATION_SEED'] ?? 7);
const MOST_STEPS = STEPS * 6;
const ENTERPRISES = 6;
const BANK: Actor = { sub: 'bank', roles: ['SERVICE'], department: 'RSJ' };
const REVIEWER: Actor = { ...officer, sub: 'reviewer' };
const BUDGET_FEN = 1_000_000;
/** What each version gives, in fen for one of the staff, and from which day on. */
const VERSIONS = [
  { from: '2026-01-01', to: '2026-12-31', fenOfOne: 10_000 },
  { from: '2027-01-01', to: '2027-03-31', fenOfOne: 12_500 },
  { from: '2027-04-01', to: '2040-12-31', fenOfOne: 9_999 },
] as const;

let policies: PoliciesUnderTest;
let day = '2026-11-20';
const now = (): Date => new Date(`${day}T04:00:00Z`);
const rig = grantRig(() => policies, now);
beforeAll(async () => void (policies = await policiesUnderTest(import.meta.url, { now })));
afterAll(async () => policies.close());

/** Numbers that look random and are the same each time. */
let state = SEED;
const chance = (below: number): number => {
  // mulberry32; a product beyond 2^53 would lose its low digits and soon go in circles.
  state = (state + 0x6d2b79f5) | 0;
  let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
  return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
};
const oneOf = <Item>(items: readonly Item[]): Item | undefined => items[chance(items.length)];

/** What the city knows, kept here beside the database: the staff of today, and that of each year before. */
const staffOf = new Map<string, number>();
const staffIn = new Map<string, Map<number, number>>();
const dishonest = new Set<string>();

/**
 * The ledger of decisions, kept by hand from what was decided and what the bank and the cashier saw, in plain
 * arithmetic: of each grant its amount in two parts, which of them the bank has settled, and what was paid back.
 */
interface Entry {
  readonly policyId: string;
  readonly uscc: string;
  amountFen: number;
  parts: [number, number];
  settled: Set<number>;
  backFen: number;
}
const ledger = new Map<string, Entry>();
/** The first part is 60 %, rounded down to the fen; the second takes what is left. */
const inParts = (fen: number): [number, number] => [Math.floor((fen * 6) / 10), fen - Math.floor((fen * 6) / 10)];
const paidOf = ({ parts, settled }: Entry): number => [...settled].reduce((sum, part) => sum + (parts[part] ?? 0), 0);
const wentThroughAll = (): boolean =>
  [...ledger.values()].filter((entry) => paidOf(entry) > 0).length > 2 &&
  [...ledger.values()].some(({ backFen }) => backFen > 0);
const entryOf = (id: string): Entry => {
  const entry = ledger.get(id);
  if (entry === undefined) throw new Error(`${id} is in no ledger`);
  return entry;
};

/** An enterprise as the register tells it today. */
function toldOf(uscc: string): EnterpriseFromGraph {
  const values = { employees: staffOf.get(uscc) ?? 0, dishonestyRecord: dishonest.has(uscc) };
  const years = Object.fromEntries([...(staffIn.get(uscc) ?? [])].map(([year, staff]) => [`employees@${year}`, staff]));
  return {
    ...fromGraph(uscc, values),
    facts: { values, dates: { employees: day, dishonestyRecord: day }, years },
    told: { version: 'told', asOf: day, current: [], years },
  };
}
const know = async (uscc: string): Promise<void> =>
  policies.department.stores.facts.putAll([
    recordOf(toldOf(uscc), { readingId: 'test', readAt: now(), before: undefined }),
  ]);
/** Who was paid is read and matched again, which others wait for. */
const keepCurrent = async (): Promise<number> =>
  readStaleEnterprises({
    ...policies.department,
    logger: createLogger({ name: 'test', level: 'silent' }),
    source: {
      page: async () => Promise.reject(new Error('not asked')),
      enterprise: async (uscc) => Promise.resolve(toldOf(uscc)),
    },
  });
const grants = async () => (await rig.all()).toSorted((a, b) => (a.id < b.id ? -1 : 1));
const somebody = async () => oneOf(await grants());

/** Two officers press at once; the database decides who was first. */
const race = async <Result>(attempt: () => Promise<Result>): Promise<Result[]> =>
  (await Promise.allSettled(chance(3) === 0 ? [attempt(), attempt()] : [attempt()])).flatMap((outcome) =>
    outcome.status === 'fulfilled' ? [outcome.value] : [],
  );

/** Whether money of the main policy has reached an enterprise and was not sent back by the bank. */
const hadStaff = (uscc: string): boolean =>
  [...ledger.values()].some((entry) => entry.policyId === 'staff' && entry.uscc === uscc && paidOf(entry) > 0);

async function identify(): Promise<void> {
  await matchAll(policies.department);
  await race(async () => rig.identify());
  // Who follows is read of what was paid, by the figure of the year before that for which it is.
  const year = Number(day.slice(0, 4));
  const before = new Set((await grants()).map(({ id }) => id));
  await race(async () => rig.identify('follow'));
  const version = VERSIONS.find(({ from, to }) => from <= day && day <= to);
  for (const { id, uscc, policyId } of await grants()) {
    if (ledger.has(id) || version === undefined) continue;
    const follows = policyId === 'follow';
    if (follows) expect([uscc, hadStaff(uscc), before.has(id)]).toEqual([uscc, true, false]);
    const amountFen = follows
      ? (staffIn.get(uscc)?.get(year - 1) ?? 0) * 1_000
      : (staffOf.get(uscc) ?? 0) * version.fenOfOne;
    expect(amountFen).toBeGreaterThan(0);
    ledger.set(id, { policyId, uscc, amountFen, parts: inParts(amountFen), settled: new Set(), backFen: 0 });
  }
  const following = new Set([...ledger.values()].flatMap((one) => (one.policyId === 'follow' ? [one.uscc] : [])));
  for (const uscc of staffOf.keys()) expect([uscc, hadStaff(uscc) && !following.has(uscc)]).toEqual([uscc, false]);
}

/** The bank reports of one of its orders, twice now and then. */
async function bankReports(): Promise<void> {
  const all = await grants();
  const order = oneOf(
    (await policies.department.stores.funds.ofGrants(all.map(({ id }) => id))).filter(
      ({ status }) => status !== 'RETURNED',
    ),
  );
  if (order === undefined) return;
  const entry = entryOf(order.grantId);
  // Each order is of what the decisions say.
  expect([order.id, order.amountFen]).toEqual([order.id, entry.parts[order.instalment]]);
  const settled = order.status === 'SENT' && chance(4) > 0;
  const outcomes = await race(async () =>
    policies.department.grantCommands.reportPayment({
      ...rig.command(BANK),
      orderId: order.id,
      settled,
      reason: '账户已销户',
    }),
  );
  const accepted = outcomes.filter(({ kind }) => kind === 'done').length;
  expect(accepted).toBeLessThan(2);
  if (accepted === 0) return;
  if (settled) entry.settled.add(order.instalment);
  else entry.settled.delete(order.instalment);
}

async function decide(): Promise<void> {
  const grant = oneOf((await grants()).filter(({ status }) => status === 'SUSPENDED'));
  if (grant === undefined) return;
  const entry = entryOf(grant.id);
  const paid = paidOf(entry);
  const decision = oneOf(['KEEP', 'CHANGE_AMOUNT', 'WITHDRAW'] as const) ?? 'KEEP';
  const amountFen = paid + 1 + chance(200_000);
  const outcomes = await race(async () =>
    rig.decide(grant.id, decision, decision === 'CHANGE_AMOUNT' ? amountFen : null),
  );
  if (decision !== 'CHANGE_AMOUNT' || !outcomes.some(({ kind }) => kind === 'done')) return;
  entry.amountFen = amountFen;
  // What is paid stays, and what is left goes to what is not.
  if (paid === 0) entry.parts = inParts(amountFen);
  else entry.parts = entry.settled.has(0) ? [entry.parts[0], amountFen - paid] : [amountFen - paid, entry.parts[1]];
}

async function askBack(): Promise<void> {
  const { recoveryCommands, stores } = policies.department;
  const all = await grants();
  // Now and then of one of which nothing is paid, which is refused.
  const grant = oneOf(chance(5) === 0 ? all : all.filter(({ paidFen }) => paidFen > 0));
  if (grant === undefined) return;
  const known = await stores.recoveries.ofGrants([grant.id]);
  const open = known.find(({ state: where }) => where === 'PROPOSED' || where === 'DEMANDED');
  if (open === undefined) {
    const fen = 1 + chance(90_000);
    const instalments = [{ dueOn: '2031-06-02', fen }];
    await race(async () =>
      recoveryCommands.propose({ ...rig.command(MAKER), grantId: grant.id, reason: '核查发现', instalments }),
    );
    return;
  }
  if (open.state === 'PROPOSED') {
    const decision = oneOf(['DEMAND', 'DEMAND', 'REJECT'] as const) ?? 'DEMAND';
    await recoveryCommands.decide({ ...rig.command(REVIEWER), recoveryId: open.id, decision, reason: '复核' });
    return;
  }
  const fen = 1 + chance(open.amountFen);
  const reference = `HD${day}${String(chance(1_000_000))}`;
  const outcomes = await race(async () =>
    recoveryCommands.receive({ ...rig.command(CASHIER), recoveryId: open.id, fen, receivedOn: day, reference }),
  );
  const accepted = outcomes.filter(({ kind }) => kind === 'done').length;
  expect(accepted).toBeLessThan(2);
  if (accepted === 1) entryOf(grant.id).backFen += fen;
}

/** What officers do with a grant where it stands. */
const NEXT: readonly (readonly [GrantStatus, GrantMove])[] = [
  ['IDENTIFIED', 'NOTIFY'],
  ['CONFIRMED', 'PUBLICISE'],
  ['PUBLICISED', 'APPROVE'],
  ['APPROVED', 'PAY'],
  ['PAID', 'CLOSE'],
];

async function officers(): Promise<void> {
  for (const [from, move] of NEXT) {
    const ids = (await grants()).filter(({ status }) => status === from && chance(3) > 0).map(({ id }) => id);
    if (ids.length > 0) await race(async () => rig.move(ids, move));
  }
  const leaving = chance(15) === 0 ? await somebody() : undefined;
  if (leaving !== undefined) await rig.move([leaving.id], 'WITHDRAW');
}

async function enterprises(): Promise<void> {
  for (const grant of await grants()) if (['NOTIFIED', 'RETURNED'].includes(grant.status)) await rig.confirm(grant);
}

async function facts(): Promise<void> {
  const uscc = oneOf([...staffOf.keys()]) ?? '';
  if (chance(3) === 0) {
    if (!dishonest.delete(uscc)) dishonest.add(uscc);
  } else if (chance(3) === 0) staffIn.get(uscc)?.set(2025 + chance(3), 1 + chance(9));
  else staffOf.set(uscc, 8 + chance(12));
  await know(uscc);
}

/** The books against the ledger, to the fen. */
async function booksAgree(): Promise<void> {
  const all = await grants();
  const entries = all.map(({ id }) => entryOf(id));
  expect(all.map(({ id, paidFen, amountFen }) => [id, paidFen, amountFen])).toEqual(
    all.map(({ id }, at) => [id, paidOf(entries[at] ?? entryOf(id)), entries[at]?.amountFen]),
  );
  const paid = entries.reduce((sum, entry) => sum + paidOf(entry), 0);
  const back = entries.reduce((sum, { backFen }) => sum + backFen, 0);
  for (const policyId of ['staff', 'follow']) {
    const under = all.filter((grant) => grant.policyId === policyId);
    const paidUnder = under.reduce((sum, { id }) => sum + paidOf(entryOf(id)) - entryOf(id).backFen, 0);
    const held = under.reduce((sum, { reserved, status, id, amountFen }) => {
      const entry = entryOf(id);
      return sum + (reserved ? amountFen : status === 'WITHDRAWN' ? paidOf(entry) : 0) - entry.backFen;
    }, 0);
    const budget = await policies.department.stores.funds.budget(policyId);
    expect(budget).toMatchObject({ paidFen: paidUnder, reservedFen: held });
    if (policyId === 'staff') expect(held).toBeLessThanOrEqual(BUDGET_FEN);
  }
  const range = { from: '2026-01-01', to: day };
  const [sums] = await policies.department.stores.funds.sums(range, null);
  const [recovered] = await policies.department.stores.recoveries.sums(range, null);
  expect([(sums?.paidFen ?? 0) - (sums?.returnedFen ?? 0), recovered?.recoveredFen ?? 0]).toEqual([paid, back]);
}

it(
  'what is paid is what an independent ledger of decisions says, whatever happens meanwhile',
  async () => {
    for (const { from, to, fenOfOne } of VERSIONS)
      await policies.publish({
        id: 'staff',
        valid_from: from,
        valid_to: to,
        budget_yuan: BUDGET_FEN / 100,
        grant_period: 'YEAR',
        benefit: { kind: 'cash', formula: `${String(fenOfOne)} / 100 * employees`, instalments: [0.6, 0.4] },
      });
    // Had by who was paid under the other, once, by the figure of the year before.
    await policies.publish({
      id: 'follow',
      valid_to: '2040-12-31',
      criteria: [{ fact: 'policiesHad', op: 'contains', value: 'staff', text_zh: '已享受稳岗' }],
      benefit: { kind: 'cash', formula: '10 * employees@PREVIOUS', instalments: [0.6, 0.4] },
    });
    for (let number = 0; number < ENTERPRISES; number += 1) {
      staffOf.set(usccOf(number), 8 + chance(12));
      const years = Array.from({ length: 16 }, (_, at): [number, number] => [2025 + at, 1 + chance(9)]);
      staffIn.set(usccOf(number), new Map(years));
    }
    for (const uscc of staffOf.keys()) await know(uscc);
    await identify();
    // Chance may need some steps more until money was paid and paid back.
    for (let step = 0; step < STEPS || (step < MOST_STEPS && !wentThroughAll()); step += 1) {
      await enterprises();
      await officers();
      for (let times = 0; times < 3; times += 1) await bankReports();
      await keepCurrent();
      await decide();
      for (let times = 0; times < 3; times += 1) await askBack();
      if (chance(2) === 0) await facts();
      day = addDays(day, chance(6));
      if (chance(10) === 0) await identify();
      // A process that pays is killed wherever it is, and another one goes on.
      if (step % 24 === 14)
        for (const after of [1, Number.POSITIVE_INFINITY])
          await runAndKill({ worker: 'pay-worker.mjs', database: policies.database, args: ['staff'], after });
      if (step % 10 === 0) await booksAgree();
    }
    await booksAgree();
    expect(wentThroughAll()).toBe(true);
  },
  180_000 + MOST_STEPS * 10_000,
);
