import type { AuditQuestion } from '../../../subgraphs/credit/src/models/audit/audit-groups.js';
import { makeCheckpoints } from '../../../subgraphs/credit/src/usecases/make-checkpoint.js';
import { sealLedger } from '../../../subgraphs/credit/src/usecases/seal-ledger.js';
import { findingText } from '../../../subgraphs/credit/src/usecases/findings.js';
import { verifyLedger } from '../../../subgraphs/credit/src/usecases/verify-ledger.js';
import { fulfil } from '../support/builders.js';
import { creditOfDemoCity } from '../support/credit-under-test.js';

let credit: Awaited<ReturnType<typeof creditOfDemoCity>>;
beforeAll(async () => {
  credit = await creditOfDemoCity(import.meta.url);
});
afterAll(async () => credit.close());

const QUESTIONS: AuditQuestion[] = (['DEPARTMENT', 'OFFICIAL'] as const).flatMap((groupBy) =>
  [
    ['2026-11-20', '2026-11-20'],
    ['2026-10-31', '2026-10-31'],
    ['2026-03-15', '2026-11-20'],
    ['2026-11-20', '2026-03-15'],
    ['2025-12-31', '2026-01-31'],
    ['2024-01-01', '2026-11-20'],
  ].map(([asOf = '', knownOn = '']) => ({ asOf, knownOn, groupBy })),
);
const sameOrder = <Row extends { key: string }>(rows: readonly Row[]): Row[] =>
  rows.toSorted((a, b) => (a.key < b.key ? -1 : 1));
const answers = async () => {
  const { audit } = credit.department.stores;
  return Promise.all(
    QUESTIONS.map(async (question) => ({
      groups: sameOrder(await audit.groups(question)),
      unkept: [...(await audit.unfulfilled(question, ['ZSZX', 'CZJ'], { limit: 10, position: undefined }))].sort(),
    })),
  );
};

describe('checkpoints', () => {
  it('are made of sealed months alone, once, and change no answer on either axis of time', async () => {
    const { stores, commands } = credit.department;
    expect(await makeCheckpoints(stores)).toEqual([]);
    const without = await answers();
    await sealLedger({ stores, cutoff: '2026-11-19T16:00:00.000Z' });
    const days = await makeCheckpoints(stores);
    expect(days).toHaveLength(13);
    expect([days[0], days.at(-1)]).toEqual(['2025-10-31', '2026-10-31']);
    expect(await makeCheckpoints(stores)).toEqual([]);
    expect(await answers()).toEqual(without);

    // A payment of last winter that becomes known today counts in last winter's figures, checkpoint or not.
    const owed = credit.chains.find(
      (chain) =>
        chain.length === 1 &&
        chain[0]?.body.kind === 'PROMISED' &&
        chain[0].body.terms.measure === 'MONEY' &&
        chain[0].effectiveOn < '2026-01-01',
    )?.[0];
    const before = await stores.audit.groups({ asOf: '2026-03-15', knownOn: '2026-11-20', groupBy: 'KIND' });
    const outcome = await commands.onCommitment(
      {
        idempotencyKey: 'late-payment-1',
        actor: { sub: 'o', roles: ['OFFICER'] },
        commitmentId: owed?.commitmentId ?? '',
        expectedVersion: null,
        mayWriteFor: () => true,
      },
      fulfil(12_300, '2026-01-02', 'HD-LATE'),
    );
    expect(outcome.refusal).toBeNull();
    const after = await stores.audit.groups({ asOf: '2026-03-15', knownOn: '2026-11-20', groupBy: 'KIND' });
    const fulfilled = (rows: readonly { fulfilled: bigint }[]) => rows.reduce((sum, row) => sum + row.fulfilled, 0n);
    expect(fulfilled(after) - fulfilled(before)).toBe(12_300n);
    expect((await verifyLedger({ stores })).findings).toEqual([]);
  });

  it('whose figures of a group were touched are found, with the group named', async () => {
    const { stores } = credit.department;
    const figures = credit.database.connection.collection('checkpoint_figures');
    const of = { on: '2026-05-31', groupBy: 'DEPARTMENT', key: 'CZJ' };
    const before = await figures.findOne(of);
    await figures.updateOne(of, { $inc: { 'open.0': 100 } });
    expect((await verifyLedger({ stores })).findings.map(findingText)).toEqual([
      'group DEPARTMENT CZJ: the sums kept for 2026-05-31 are not those of its entries',
    ]);
    await figures.replaceOne(of, before ?? {});
    expect((await verifyLedger({ stores })).findings).toEqual([]);
  });

  it('of an older form are made anew, and not answered from before', async () => {
    const { stores } = credit.department;
    const { connection } = credit.database;
    const question: AuditQuestion = { asOf: '2026-11-20', knownOn: '2026-11-20', groupBy: 'DEPARTMENT' };
    const before = await stores.audit.groups(question);
    await connection.collection('checkpoints').updateOne({ on: '2026-10-31' }, { $unset: { form: '' } });
    await connection.collection('checkpoint_figures').deleteMany({ on: '2026-10-31' });
    expect(await stores.audit.groups(question)).toEqual(before);
    expect(await makeCheckpoints(stores)).toEqual(['2026-10-31']);
    expect(await stores.audit.groups(question)).toEqual(before);
  });

  it('that were touched are found and named by verify', async () => {
    const { stores } = credit.department;
    const positions = credit.database.connection.collection('checkpoint_positions');
    const victim = await positions.findOne({ on: '2026-05-31' }, { sort: { commitmentId: 1 } });
    await positions.updateOne({ _id: victim?._id }, { $inc: { fulfilled: 100 } });
    const id = String(victim?.['commitmentId']);
    expect((await verifyLedger({ stores })).findings.map(findingText)).toEqual([
      `commitment ${id}: the sums kept for 2026-05-31 are not those of its entries`,
    ]);
    await positions.deleteOne({ _id: victim?._id });
    expect((await verifyLedger({ stores })).findings.map(findingText)).toEqual([
      `commitment ${id}: the sums kept for 2026-05-31 are not those of its entries`,
    ]);
  });
});
