import { addDays } from '@zhitong/values';
import { decide } from '../../../subgraphs/credit/src/domain/ledger/ledger.js';
import type { LedgerCommand } from '../../../subgraphs/credit/src/domain/ledger/ledger-command.js';
import type { AuditGroupRow, AuditQuestion } from '../../../subgraphs/credit/src/models/audit/audit-groups.js';
import { verifyLedger } from '../../../subgraphs/credit/src/usecases/verify-ledger.js';
import { fulfil, reverse, transfer, waive } from '../support/builders.js';
import { creditOfDemoCity, keeper, TODAY } from '../support/credit-under-test.js';

let credit: Awaited<ReturnType<typeof creditOfDemoCity>>;
beforeAll(async () => {
  credit = await creditOfDemoCity(import.meta.url);
});
afterAll(async () => credit.close());

const GROUPINGS = ['DEPARTMENT', 'DISTRICT', 'YEAR', 'KIND'] as const;
const plain = (groups: readonly AuditGroupRow[]) =>
  groups.map(
    ({ key, promisor, promisedCount, count, overdueCount, promised, fulfilled, waived, outstanding, overdue }) =>
      [key, promisor, promisedCount, count, overdueCount, promised, fulfilled, waived, outstanding, overdue].map(
        String,
      ),
  );
/** The same questions from the figures that run along, and from all entries: those with every figure are never kept. */
async function bothWays(): Promise<{ running: string[][][]; ofEntries: string[][][] }> {
  const { audit } = credit.department.stores;
  const questions = [0, 1, 19, 200, 400, 700, 1_000].flatMap((days) =>
    GROUPINGS.map((groupBy): AuditQuestion => ({ asOf: addDays(TODAY, -days), knownOn: TODAY, groupBy })),
  );
  const [running, ofEntries] = await Promise.all([
    Promise.all(questions.map(async (question) => audit.groups(question, []))),
    Promise.all(questions.map(async (question) => audit.groups(question))),
  ]);
  return { running: running.map(plain), ofEntries: ofEntries.map(plain) };
}
async function write(no: number, command: LedgerCommand, commitmentId: string): Promise<string | undefined> {
  const on = {
    idempotencyKey: `running-figures-${String(no).padStart(4, '0')}`,
    actor: keeper,
    commitmentId,
    expectedVersion: null,
    mayWriteFor: () => true,
  };
  return (await credit.department.commands.onCommitment(on, command)).refusal?.code;
}
/** Promises of money of which nothing was kept, in order. */
const owed = () =>
  credit.chains.flatMap(([first, ...others]) =>
    others.length === 0 && first?.body.kind === 'PROMISED' && first.body.terms.measure === 'MONEY' ? [first] : [],
  );
const findings = async () => (await verifyLedger({ stores: credit.department.stores })).findings;

it('figures that run along are those of the entries on every day, folded or not, whatever is recorded how late', async () => {
  const { running } = credit.department.stores;
  const [one, two, three] = owed();
  expect(await running.groups({ asOf: TODAY, knownOn: TODAY, groupBy: 'DEPARTMENT' })).not.toBeNull();
  const loaded = await bothWays();
  expect(loaded.running).toEqual(loaded.ofEntries);
  // However many entries were written at once, what is folded in one transaction is bounded.
  const noted = await credit.database.connection.collection<{ steps: unknown[] }>('running_changes').find().toArray();
  expect(noted.flatMap(({ steps }) => steps).length).toBeGreaterThan(1_000);
  expect(Math.max(...noted.map(({ steps }) => steps.length))).toBeLessThanOrEqual(500);
  expect(await running.fold()).toBeGreaterThan(0);
  expect(await running.fold()).toBe(0);
  expect((await bothWays()).running).toEqual(loaded.ofEntries);

  const late = (entry: typeof one, days: number) => addDays(entry?.effectiveOn ?? TODAY, days);
  const [a, b, c] = [one, two, three].map((entry) => entry?.commitmentId ?? '');
  expect(await write(1, fulfil(12_300, late(one, 3), 'HD-1'), a ?? '')).toBeUndefined();
  expect(await write(2, transfer('SLHPJ', late(two, 5)), b ?? '')).toBeUndefined();
  expect(await write(3, waive(4_500, late(two, 2), 1), b ?? '')).toBeUndefined();
  expect(await write(4, reverse(1), c ?? '')).toBeUndefined();
  expect(await write(5, reverse(2), a ?? '')).toBeUndefined();
  for (const fold of [false, true]) {
    if (fold) await running.fold();
    const written = await bothWays();
    expect(written.ofEntries).not.toEqual(loaded.ofEntries);
    expect(written.running).toEqual(written.ofEntries);
  }
  expect(await findings()).toEqual([]);
});

it('what was known before is not answered from them, nor a grouping of many groups', async () => {
  const { running } = credit.department.stores;
  const question = { asOf: TODAY, knownOn: TODAY, groupBy: 'DEPARTMENT' } as const;
  expect(await running.groups({ ...question, knownOn: addDays(TODAY, -1) })).toBeNull();
  expect(await running.groups({ ...question, groupBy: 'OFFICIAL' })).toBeNull();
});

it('are made anew when no writer knows the former ones, beside writers, by two processes at a time', async () => {
  const { running, audit, ledger } = credit.department.stores;
  const given = owed()[5];
  if (!given) throw new Error('too little is owed');
  const { commitmentId, effectiveOn } = given;
  const session = await credit.database.connection.startSession();
  session.startTransaction({ readConcern: { level: 'snapshot' }, writeConcern: { w: 'majority' } });
  const recording = { recordedAt: credit.clock.now().toISOString(), recordedBy: 'officer-1' };
  const inFlight = (before: Parameters<typeof decide>[0]) =>
    decide(before, fulfil(777, effectiveOn, 'HD-777'), recording);
  expect(await ledger.append(commitmentId, inFlight, session)).toMatchObject({ ok: true });
  await running.forget();
  const question = { asOf: TODAY, knownOn: TODAY, groupBy: 'DEPARTMENT' } as const;
  await running.make();
  expect(await running.groups(question)).toBeNull();
  // Being made is no finding.
  expect(await findings()).toEqual([]);
  await session.commitTransaction();
  await session.endSession();
  credit.clock.set(`${TODAY}T02:02:01.000Z`);
  const ofEntries = plain(await audit.groups(question));
  expect(plain(await audit.groups(question, []))).toEqual(ofEntries);
  const some = owed().slice(10, 22);
  await Promise.all([
    running.make(),
    running.make(),
    ...some.map(async ({ commitmentId, effectiveOn }, at) =>
      write(100 + at, fulfil(100 + at, effectiveOn, `HD-${String(100 + at)}`), commitmentId),
    ),
    running.fold(),
  ]);
  await running.make();
  expect(await running.groups(question)).not.toBeNull();
  for (const fold of [false, true]) {
    if (fold) await running.fold();
    const { running: kept, ofEntries: expected } = await bothWays();
    expect(kept).toEqual(expected);
  }
  expect(await findings()).toEqual([]);
});
