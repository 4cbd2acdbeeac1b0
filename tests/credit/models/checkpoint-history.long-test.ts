import { inTransaction } from '@zhitong/kit/mongo';
import { randomStream, type RandomStream } from '@zhitong/demo';
import { addDays, daysBetween, endOfDayInShanghai } from '@zhitong/values';
import { ageingBucket, AGEING_BUCKETS } from '../../../subgraphs/credit/src/domain/commitments/ageing.js';
import { entriesAsOf, positionAsOf, type AsOf } from '../../../subgraphs/credit/src/domain/ledger/as-of.js';
import { addSums, NO_SUMS, type AuditSums } from '../../../subgraphs/credit/src/domain/audit/audit-sums.js';
import { COMMITMENT_KINDS } from '../../../subgraphs/credit/src/domain/commitments/commitment.js';
import type { EntryDraft } from '../../../subgraphs/credit/src/domain/ledger/ledger-entry.js';
import type { LedgerCommand } from '../../../subgraphs/credit/src/domain/ledger/ledger-command.js';
import { decide, promise } from '../../../subgraphs/credit/src/domain/ledger/ledger.js';
import {
  COMMITMENT_GROUPINGS,
  type CommitmentGrouping,
} from '../../../subgraphs/credit/src/models/audit/audit-groups.js';
import { makeCheckpoints } from '../../../subgraphs/credit/src/usecases/make-checkpoint.js';
import { sealLedger } from '../../../subgraphs/credit/src/usecases/seal-ledger.js';
import { verifyLedger } from '../../../subgraphs/credit/src/usecases/verify-ledger.js';
import { creditUnderTest, type CreditUnderTest } from '../support/credit-under-test.js';
import { A_DIGEST, fulfil, handOver, recordedOn, reverse, someTerms, transfer, waive } from '../support/builders.js';

const FIRST = '2023-11-01';
const LAST = '2026-06-30';
const COMMITMENTS = 90;
const SEALS = ['2025-05-20', '2025-11-30'];

let credit: CreditUnderTest;
beforeAll(async () => {
  credit = await creditUnderTest(import.meta.url);
});
afterAll(async () => credit.close());

const dayBetween = (random: RandomStream, from: string, to: string): string =>
  addDays(from, random.int(0, daysBetween(from, to)));

/** A promise and what became of it, much of it recorded long after the day on which it counts. */
function drawHistory(random: RandomStream, number: number): EntryDraft[] {
  const promisedOn = dayBetween(random, FIRST, '2025-12-31');
  const isMoney = random.bool(0.8);
  const dueDays = Array.from({ length: random.int(1, 4) }, () => addDays(promisedOn, random.int(0, 500))).sort();
  const instalments = dueDays.map((dueOn, i) => ({
    no: i + 1,
    dueOn,
    amount: isMoney ? random.int(1, 400) * 100 : random.int(1, 3),
  }));
  const amount = instalments.reduce((sum, part) => sum + part.amount, 0);
  const terms = someTerms({
    measure: isMoney ? 'MONEY' : 'DELIVERABLE',
    kind: isMoney ? random.pick(COMMITMENT_KINDS) : 'INFRASTRUCTURE',
    deliverable: isMoney ? null : '道路',
    promisor: random.pick(['ZSJ', 'FGW', 'CZJ']),
    projectId: random.pick([null, 'P-1', 'P-2']),
    districtCode: random.pick(['421202', '421221']),
    document: random.bool() ? null : { number: '文1号', date: promisedOn, digest: null },
    official: { name: random.pick(['甲', '乙']), post: '科长' },
    amount,
    instalments,
  });
  let recorded = addDays(promisedOn, random.int(0, 60));
  const first = promise(`C-${String(number).padStart(3, '0')}`, terms, promisedOn, recordedOn(recorded));
  if (!first.ok) throw new Error(first.refusal.message);
  const entries = [...first.drafts];
  for (let left = random.int(0, 14); left > 0; left -= 1) {
    recorded = addDays(recorded, random.int(0, 70));
    if (recorded > LAST) break;
    const on = dayBetween(random, promisedOn, recorded);
    const part = random.weighted([
      [random.int(1, amount), 2],
      [random.pick(instalments).amount, 3],
    ]);
    const command = random.weighted<() => LedgerCommand>([
      [() => fulfil(part, on, `${number}-${entries.length}`), 12],
      [() => waive(part, on, number * 100 + entries.length), 3],
      [() => reverse(random.int(1, entries.length)), 5],
      [() => transfer(random.pick(['ZSJ', 'FGW', 'CZJ']), on), 3],
      [() => handOver(random.pick(['甲', '乙', '丙']), on), 2],
      [
        () => ({ type: 'ATTACH_DOCUMENT', document: { number: '文2号', date: on, digest: A_DIGEST }, effectiveOn: on }),
        2,
      ],
    ])();
    const decision = decide(entries, command, recordedOn(recorded));
    if (decision.ok) entries.push(...decision.drafts);
  }
  return entries;
}

/** The audit as the domain answers it, promise by promise, without a database. */
function expectedGroups(
  histories: readonly EntryDraft[][],
  at: AsOf,
  groupBy: CommitmentGrouping,
): [string, AuditSums][] {
  const groups = new Map<string, AuditSums>();
  for (const history of histories) {
    const position = positionAsOf(history, at);
    if (position === null || position.state === 'VOID') continue;
    const { terms, promisor, official } = position;
    const key = {
      DEPARTMENT: promisor,
      DISTRICT: terms.districtCode,
      YEAR: position.promisedOn.slice(0, 4),
      KIND: terms.kind,
      PROJECT: terms.projectId ?? '',
      OFFICIAL: `${promisor}/${official.name}/${official.post}`,
    }[groupBy];
    const money = terms.measure === 'MONEY' ? 1 : 0;
    const paidBy = (day: string) =>
      entriesAsOf(history, at)
        .flatMap(({ effectiveOn, postings }) => (effectiveOn <= day ? postings : []))
        .reduce((sum, { account, amount }) => sum + (account === 'FULFILLED' ? amount : 0), 0);
    const through = position.instalments.map((_, i) =>
      position.instalments.slice(0, i + 1).reduce((sum, { amount }) => sum + amount, 0),
    );
    const fallenDue = position.instalments.filter(({ dueOn }) => dueOn < at.asOf);
    const own: AuditSums = {
      promisedCount: 1,
      count: position.outstanding > 0 ? 1 : 0,
      overdueCount: position.overdue > 0 ? 1 : 0,
      undocumentedCount: position.outstanding > 0 && position.document === null ? 1 : 0,
      promised: BigInt(money * position.promised),
      fulfilled: BigInt(money * position.fulfilled),
      waived: BigInt(money * position.waived),
      outstanding: BigInt(money * position.outstanding),
      overdue: BigInt(money * position.overdue),
      ageingAmounts: AGEING_BUCKETS.map((bucket) =>
        BigInt(
          money *
            position.instalments.reduce(
              (sum, { ageing, outstanding }) => sum + (ageing === bucket ? outstanding : 0),
              0,
            ),
        ),
      ),
      ageingCounts: AGEING_BUCKETS.map((bucket) => (ageingBucket(position.daysOverdue) === bucket ? 1 : 0)),
      fallenDue: fallenDue.length,
      inTime: fallenDue.filter(({ dueOn, no }) => paidBy(dueOn) >= (through[no - 1] ?? 0)).length,
    };
    groups.set(key, addSums(groups.get(key) ?? NO_SUMS, own));
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** What a department has not kept, what was due first comes first. */
const expectedUnkept = (
  histories: readonly EntryDraft[][],
  at: AsOf,
  department: string,
): { id: string; dueOn: string }[] =>
  histories
    .flatMap((history) => {
      const position = positionAsOf(history, at);
      return position !== null && position.promisor === department && position.dueOn !== null
        ? [{ id: history[0]?.commitmentId ?? '', dueOn: position.dueOn }]
        : [];
    })
    .sort((a, b) => (a.dueOn === b.dueOn ? (a.id < b.id ? -1 : 1) : a.dueOn < b.dueOn ? -1 : 1));

describe('audits of a random history', () => {
  it('answer as the promises themselves do on any two days, by every grouping, before checkpoints, on them and after them', async () => {
    const random = randomStream('credit', 'checkpoint history');
    const histories = Array.from({ length: COMMITMENTS }, (_, number) => drawHistory(random, number));
    const { stores } = credit.department;
    const written = histories.map(() => 0);
    const recordUntil = async (day: string): Promise<void> => {
      const due = histories.map((history, i) =>
        history.slice(written[i]).filter(({ recordedAt }) => recordedAt < endOfDayInShanghai(day).toISOString()),
      );
      await stores.ledger.importChains(due.filter((_, i) => written[i] === 0));
      for (const [i, drafts] of due.entries()) {
        const id = drafts[0]?.commitmentId;
        if (id !== undefined && written[i] !== 0)
          await inTransaction(credit.database.connection, async (session) =>
            stores.ledger.append(id, () => ({ ok: true, drafts }), session),
          );
        written[i] = (written[i] ?? 0) + drafts.length;
      }
    };
    const questions = (): AsOf[] => [
      // On a checkpoint's own day, a day after it, and a year and more after it.
      ...['2025-04-30', '2025-05-01', '2026-05-01', '2026-06-30'].map((day) => ({ asOf: day, knownOn: day })),
      ...Array.from({ length: 8 }, () => ({
        asOf: dayBetween(random, FIRST, LAST),
        knownOn: dayBetween(random, FIRST, LAST),
      })),
    ];
    const compare = async (known: readonly EntryDraft[][]): Promise<void> => {
      for (const { asOf, knownOn } of questions()) {
        await Promise.all(
          COMMITMENT_GROUPINGS.map(async (groupBy) => {
            const question = { asOf, knownOn: knownOn ?? asOf, groupBy };
            const expected = expectedGroups(known, question, groupBy);
            const found = await stores.audit.groups(question);
            expect([
              question,
              ...found
                .map(({ key, promisor: _promisor, official: _official, ...sums }) => [key, sums] as const)
                .sort(([a], [b]) => (a < b ? -1 : 1)),
            ]).toEqual([question, ...expected]);
          }),
        );
        const byDepartment = { asOf, knownOn: knownOn ?? asOf, groupBy: 'DEPARTMENT' as const };
        const [all, lean] = [await stores.audit.groups(byDepartment), await stores.audit.groups(byDepartment, [])];
        const unkept = await stores.audit.unfulfilled(byDepartment, ['ZSJ', 'FGW', 'CZJ'], {
          limit: 3,
          position: undefined,
        });
        expect([byDepartment, ...['ZSJ', 'FGW', 'CZJ'].map((code) => unkept.get(code) ?? [])]).toEqual([
          byDepartment,
          ...['ZSJ', 'FGW', 'CZJ'].map((code) => expectedUnkept(known, byDepartment, code).slice(0, 4)),
        ]);
        const second = expectedUnkept(known, byDepartment, 'ZSJ')[1];
        if (second) {
          const rest = await stores.audit.unfulfilled(byDepartment, ['ZSJ'], {
            limit: 200,
            position: [second.dueOn, second.id],
          });
          expect([byDepartment, rest.get('ZSJ') ?? []]).toEqual([
            byDepartment,
            expectedUnkept(known, byDepartment, 'ZSJ').slice(2),
          ]);
        }
        const told = (rows: typeof all) =>
          rows.map(({ key, promisor, official, promised, outstanding, overdue, overdueCount }) => ({
            key,
            promisor,
            official,
            promised,
            outstanding,
            overdue,
            overdueCount,
          }));
        expect(told(lean)).toEqual(told(all));
      }
    };

    for (const sealed of SEALS) {
      await recordUntil(sealed);
      await compare(histories.map((history, i) => history.slice(0, written[i])));
      await sealLedger({ stores, cutoff: endOfDayInShanghai(sealed).toISOString() });
      expect((await makeCheckpoints(stores)).length).toBeGreaterThan(0);
      await compare(histories.map((history, i) => history.slice(0, written[i])));
    }
    await recordUntil(LAST);
    expect(written).toEqual(histories.map(({ length }) => length));
    await compare(histories);
    // The history holds what could go wrong: late entries, corrections of what a checkpoint had settled, withdrawn
    // promises.
    const late = histories
      .flat()
      .filter(
        ({ effectiveOn, recordedAt }) =>
          recordedAt >= endOfDayInShanghai('2025-11-30').toISOString() && effectiveOn <= '2025-10-31',
      );
    expect(late.filter(({ body }) => body.kind === 'CORRECTED').length).toBeGreaterThan(3);
    expect(
      histories.filter((history) => history.some(({ body }) => body.kind === 'CORRECTED' && body.reverses === 1))
        .length,
    ).toBeGreaterThan(0);
    expect((await verifyLedger({ stores })).findings).toEqual([]);
  }, 300_000);
});
