import { createLogger, type Actor } from '@zhitong/kit';
import { addDays } from '@zhitong/values';
import type { GrantRecord } from '../../../../subgraphs/policies/src/models/grants/grant-record.js';
import type { EnterpriseFromGraph } from '../../../../subgraphs/policies/src/graph/facts-source.js';
import { applicationCommands } from '../../../../subgraphs/policies/src/usecases/application-commands.js';
import { readStaleEnterprises } from '../../../../subgraphs/policies/src/usecases/facts/keep-current.js';
import { recordOf } from '../../../../subgraphs/policies/src/usecases/facts/read-facts.js';
import { matchAll } from '../../../../subgraphs/policies/src/usecases/match-enterprises.js';
import { chances } from '../../support/chances.js';
import { accountOf, CASHIER, grantRig, MAKER } from '../../support/grant-rig.js';
import { runAndKill } from '../../support/killed-worker.js';
import {
  booksByLedger,
  booksOf,
  entry as newEntry,
  faultsOf,
  hadStaff,
  hasStaff,
  NEXT,
  paidOf,
  PLEDGED_FEN,
  setAmount,
  STAFF,
  staffPolicy,
  VERSIONS,
  type Entry,
} from '../../support/money-ledger.js';
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

let policies: PoliciesUnderTest;
let day = '2026-11-20';
const now = (): Date => new Date(`${day}T04:00:00Z`);
const rig = grantRig(() => policies, now);
const source = {
  page: async () => Promise.reject(new Error('not asked')),
  enterprise: async (uscc: string) => Promise.resolve(toldOf(uscc)),
};
beforeAll(async () => void (policies = await policiesUnderTest(import.meta.url, { now }, source)));
afterAll(async () => policies.close());

const { chance, oneOf } = chances(SEED);

/** What the city knows, kept here beside the database: the staff of today, and that of each year before. */
const staffOf = new Map<string, number>();
const staffIn = new Map<string, Map<number, number>>();
const dishonest = new Set<string>();
/** Who is struck off the register or without licence, and which of the two. */
const gone = new Map<string, 'DEREGISTERED' | 'LICENCE_REVOKED'>();

const ledger = new Map<string, Entry>();
/** What has happened at least once. */
const happened = new Set<string>();
const wentThroughAll = (): boolean =>
  [...ledger.values()].filter((one) => paidOf(one) > 0).length > 2 &&
  [...ledger.values()].some(({ backFen }) => backFen > 0) &&
  [
    ...['upheld', 'rejected', 'broken', 'changed after it was shown', 'second part', 'given once'],
    ...['DEREGISTERED', 'LICENCE_REVOKED', 'waited for it', 'brought back'],
  ].every((what) => happened.has(what));
const entryOf = (id: string): Entry => {
  const entry = ledger.get(id);
  if (entry === undefined) throw new Error(`${id} is in no ledger`);
  return entry;
};

/** An enterprise as the register tells it today. */
function toldOf(uscc: string): EnterpriseFromGraph {
  const values = {
    employees: staffOf.get(uscc) ?? 0,
    dishonestyRecord: dishonest.has(uscc),
    hasUnfulfilledJudgment: false,
    isDeregistered: gone.get(uscc) === 'DEREGISTERED',
    isLicenceRevoked: gone.get(uscc) === 'LICENCE_REVOKED',
  };
  const years = Object.fromEntries([...(staffIn.get(uscc) ?? [])].map(([year, staff]) => [`employees@${year}`, staff]));
  return {
    ...fromGraph(uscc, values),
    facts: { values, dates: { employees: day, dishonestyRecord: day, hasUnfulfilledJudgment: day }, years },
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
    source,
  });
/** In an order that is the same in each run, which that of their ids is not. */
const placeOf = ({ policyId, uscc, identifiedAt }: GrantRecord): string =>
  `${policyId} ${uscc} ${identifiedAt.toISOString()}`;
const grants = async () => (await rig.all()).toSorted((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
const ordersOf = async (all: readonly GrantRecord[]) => {
  const orders = await policies.department.stores.funds.ofGrants(all.map(({ id }) => id));
  return all.flatMap(({ id }) => orders.filter(({ grantId }) => grantId === id));
};
const somebody = async () => oneOf(await grants());

/** Two officers press at once; the database decides who was first. */
const race = async <Result>(attempt: () => Promise<Result>): Promise<Result[]> =>
  (await Promise.allSettled(chance(3) === 0 ? [attempt(), attempt()] : [attempt()])).flatMap((outcome) =>
    outcome.status === 'fulfilled' ? [outcome.value] : [],
  );

async function identify(): Promise<void> {
  await matchAll(policies.department);
  const version = VERSIONS.find(({ from, to }) => from <= day && day <= to) ?? VERSIONS[0];
  const isOnce = version.period === 'ONCE';
  const due = [...staffOf].flatMap(([uscc, staff]) =>
    staff >= STAFF && !gone.has(uscc) && !hasStaff(ledger.values(), uscc, isOnce ? null : day.slice(0, 4))
      ? [uscc]
      : [],
  );
  if (isOnce && due.length < staffOf.size) happened.add('given once');
  await race(async () => rig.identify());
  const found = (await grants()).filter(({ id, policyId }) => policyId === 'staff' && !ledger.has(id));
  expect([day, found.map(({ uscc }) => uscc)]).toEqual([day, due.sort()]);
  // Who follows is read of what was paid, by the figure of the year before that for which it is.
  const year = Number(day.slice(0, 4));
  const before = new Set((await grants()).map(({ id }) => id));
  await race(async () => rig.identify('follow'));
  for (const { id, uscc, policyId } of await grants()) {
    if (ledger.has(id)) continue;
    const follows = policyId === 'follow';
    expect([uscc, gone.has(uscc)]).toEqual([uscc, false]);
    if (follows) expect([uscc, hadStaff(ledger.values(), uscc), before.has(id)]).toEqual([uscc, true, false]);
    const amountFen = follows
      ? (staffIn.get(uscc)?.get(year - 1) ?? 0) * 1_000
      : (staffOf.get(uscc) ?? 0) * version.fenOfOne;
    expect(amountFen).toBeGreaterThan(0);
    ledger.set(id, newEntry({ policyId, uscc, foundOn: day, amountFen }));
  }
  const following = new Set([...ledger.values()].flatMap((one) => (one.policyId === 'follow' ? [one.uscc] : [])));
  for (const uscc of staffOf.keys())
    expect([uscc, hadStaff(ledger.values(), uscc) && !following.has(uscc) && !gone.has(uscc)]).toEqual([uscc, false]);
}

/** Somebody applies under a pledge, or a pledge is checked. */
async function pledges(): Promise<void> {
  const { apply, check } = applicationCommands({ ...policies.department, source });
  const uscc = oneOf([...staffOf.keys()]) ?? '';
  const actor: Actor = { sub: 'contact', roles: ['ENTERPRISE'], uscc };
  const application = { uscc, policyId: 'asked', signatory: '张三', account: accountOf(uscc) };
  for (const { kind, result } of await race(async () => apply({ ...rig.command(actor), ...application }))) {
    if (kind !== 'done') continue;
    expect([uscc, dishonest.has(uscc), gone.has(uscc)]).toEqual([uscc, false, false]);
    const approved = { approvedFen: PLEDGED_FEN, approvedOn: day };
    ledger.set(result, newEntry({ policyId: 'asked', uscc, foundOn: day, amountFen: PLEDGED_FEN, ...approved }));
  }
  const checked = oneOf((await grants()).filter(({ policyId, id }) => policyId === 'asked' && !entryOf(id).isBroken));
  if (checked === undefined || chance(3) > 0) return;
  const kept = chance(3) === 0;
  const finding = { grantId: checked.id, kept, finding: kept ? '属实' : '承诺不实' };
  const { kind } = await check({ ...rig.command(MAKER), ...finding });
  if (kind === 'done' && !kept) {
    entryOf(checked.id).isBroken = true;
    happened.add('broken');
  }
}

/** Somebody objects to what is shown, and somebody else decides. */
async function objections(): Promise<void> {
  const { objectionCommands, stores } = policies.department;
  const shown = oneOf((await grants()).filter(({ status }) => status === 'PUBLICISED'));
  if (shown !== undefined && chance(3) === 0) {
    const raised = await objectionCommands.raise({ ...rig.command(REVIEWER), grantId: shown.id, text: '金额有误' });
    if (raised.kind === 'done') entryOf(shown.id).objections += 1;
  }
  const all = await grants();
  const open = (await stores.objections.ofGrants(all.map(({ id }) => id))).filter((one) => one.state === 'OPEN');
  expect(open).toHaveLength([...ledger.values()].reduce((sum, one) => sum + one.objections, 0));
  const [objection] = all.flatMap(({ id }) => open.filter(({ grantId }) => grantId === id));
  if (objection === undefined || chance(2) === 0) return;
  const upheld = chance(2) === 0;
  const outcomes = await race(async () =>
    objectionCommands.decide({ ...rig.command(MAKER), objectionId: objection.id, upheld, reason: '经核实' }),
  );
  const accepted = outcomes.filter(({ kind }) => kind === 'done').length;
  expect(accepted).toBeLessThan(2);
  entryOf(objection.grantId).objections -= accepted;
  if (accepted === 1) happened.add(upheld ? 'upheld' : 'rejected');
}

/** Each order that was sent since is one that the ledger would send. */
const known = new Set<string>();
async function ordersAgree(): Promise<void> {
  for (const order of await ordersOf(await grants())) {
    if (known.has(order.id)) continue;
    known.add(order.id);
    const { uscc } = order;
    const staff = staffOf.get(uscc) ?? 0;
    const city = { day, staff, isDishonest: dishonest.has(uscc), gone: gone.get(uscc) ?? null };
    expect([order.id, faultsOf(entryOf(order.grantId), order, city)]).toEqual([order.id, []]);
    if (order.instalment === 1) happened.add('second part');
  }
}

/** The bank reports of one of its orders, twice now and then. */
async function bankReports(): Promise<void> {
  const all = await grants();
  const order = oneOf((await ordersOf(all)).filter(({ status }) => status !== 'RETURNED'));
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
  if (grant.suspension?.doubts.some(({ code }) => code === gone.get(grant.uscc)) === true)
    happened.add('waited for it');
  const entry = entryOf(grant.id);
  const paid = paidOf(entry);
  const decision = oneOf(['KEEP', 'CHANGE_AMOUNT', 'WITHDRAW'] as const) ?? 'KEEP';
  const amountFen = paid + 1 + chance(200_000);
  const outcomes = await race(async () =>
    rig.decide(grant.id, decision, decision === 'CHANGE_AMOUNT' ? amountFen : null),
  );
  if (!outcomes.some(({ kind }) => kind === 'done')) return;
  if (decision === 'WITHDRAW') {
    entry.isWithdrawn = true;
    return;
  }
  for (const { code } of grant.suspension?.doubts ?? []) entry.seen.add(code);
  if (decision === 'KEEP') return;
  if (entry.shownFen !== null) happened.add('changed after it was shown');
  setAmount(entry, amountFen);
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

async function officers(): Promise<void> {
  for (const [from, move] of NEXT) {
    const ids = (await grants()).filter(({ status }) => status === from && chance(3) > 0).map(({ id }) => id);
    if (ids.length === 0) continue;
    await race(async () => rig.move(ids, move));
    for (const { id, status } of (await grants()).filter((grant) => ids.includes(grant.id))) {
      const entry = entryOf(id);
      if (move === 'PUBLICISE' && status === 'PUBLICISED') entry.shownFen = entry.amountFen;
      if (move !== 'APPROVE' || status !== 'APPROVED') continue;
      expect([id, entry.objections, entry.shownFen]).toEqual([id, 0, entry.amountFen]);
      entry.approvedFen = entry.amountFen;
      entry.approvedOn ??= day;
    }
    if (move === 'PAY') await ordersAgree();
  }
  const leaving = chance(15) === 0 ? await somebody() : undefined;
  if (leaving !== undefined && (await rig.move([leaving.id], 'WITHDRAW')).kind === 'done')
    entryOf(leaving.id).isWithdrawn = true;
}

async function enterprises(): Promise<void> {
  for (const grant of await grants()) if (['NOTIFIED', 'RETURNED'].includes(grant.status)) await rig.confirm(grant);
}

async function facts(): Promise<void> {
  const uscc = oneOf([...staffOf.keys()]) ?? '';
  if (chance(4) === 0) {
    const off = oneOf(['DEREGISTERED', 'LICENCE_REVOKED'] as const) ?? 'DEREGISTERED';
    if (gone.delete(uscc)) happened.add('brought back');
    else gone.set(uscc, off);
    happened.add(gone.get(uscc) ?? 'brought back');
  } else if (chance(3) === 0) {
    if (!dishonest.delete(uscc)) dishonest.add(uscc);
  } else if (chance(3) === 0) staffIn.get(uscc)?.set(2025 + chance(3), 1 + chance(9));
  else staffOf.set(uscc, 8 + chance(12));
  await know(uscc);
}

const booksAgree = async (): Promise<void> => {
  expect(await booksOf(policies.department, await grants(), day)).toEqual(booksByLedger(await grants(), entryOf));
  expect((await policies.department.stores.funds.budget('staff'))?.reservedFen).toBeLessThanOrEqual(BUDGET_FEN);
};

it(
  'what is paid is what an independent ledger of decisions says, whatever happens meanwhile',
  async () => {
    for (const version of VERSIONS) await policies.publish(staffPolicy(version, BUDGET_FEN));
    await policies.publish({
      id: 'asked',
      valid_to: '2040-12-31',
      exempt_from_application: false,
      grant_period: 'YEAR',
      benefit: { kind: 'cash', amount_yuan: PLEDGED_FEN / 100, instalments: [0.6, 0.4] },
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
      await objections();
      await officers();
      if (chance(3) === 0) await pledges();
      for (let times = 0; times < 3; times += 1) await bankReports();
      await keepCurrent();
      await decide();
      for (let times = 0; times < 3; times += 1) await askBack();
      if (chance(2) === 0) await facts();
      const before = day;
      day = addDays(day, chance(8));
      // The register tells everybody's figures of the year that is over.
      if (day.slice(0, 4) !== before.slice(0, 4)) for (const uscc of staffOf.keys()) await know(uscc);
      if (chance(10) === 0 || VERSIONS.some(({ from }) => before < from && from <= day)) await identify();
      // A process that pays is killed wherever it is, and another one goes on.
      if (step % 24 === 14)
        for (const after of [1, Number.POSITIVE_INFINITY]) {
          await runAndKill({ worker: 'pay-worker.mjs', database: policies.database, args: ['staff', day], after });
          await ordersAgree();
        }
      if (step % 10 === 0) await booksAgree();
    }
    await booksAgree();
    expect(wentThroughAll()).toBe(true);
  },
  180_000 + MOST_STEPS * 10_000,
);
