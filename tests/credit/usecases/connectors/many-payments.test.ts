import type { CommandSucceededEvent } from 'mongodb';
import { countCommands } from '@zhitong/kit/testing';
import { verifyLedger } from '../../../../subgraphs/credit/src/usecases/verify-ledger.js';
import { creditUnderTest, keeper, type CreditUnderTest } from '../../support/credit-under-test.js';
import { deliveries } from '../../support/deliveries.js';

const PROMISE = {
  externalNumber: 'CZ-2025-017',
  title: '用电补贴',
  kind: 'CASH',
  uscc: '91421222MA3L4W7M5Q',
  district: '421222',
  promisedOn: '2025-01-10',
  amount: '1000000',
  dueOn: '2025-12-31',
  officialName: '王建国',
  officialPost: '科长',
};
const payment = (n: number, part: Readonly<Record<string, string>> = {}) => ({
  externalNumber: `ZF-${String(n)}`,
  commitment: 'CZ-2025-017',
  amount: '1000',
  // Not in the order of their days.
  paidOn: `2025-0${String(2 + (n % 7))}-${String(10 + (n % 17))}`,
  paymentReference: `HD-${String(n)}`,
  ...part,
});

let under: CreditUnderTest;
let payments: ReturnType<typeof deliveries>;
beforeAll(async () => void (under = await creditUnderTest(import.meta.url)));
beforeEach(async () => {
  await under.database.empty();
  await under.department.stores.running.make();
  payments = deliveries(under, 'payment', 'CZJ');
  await deliveries(under, 'commitment', 'CZJ').deliver([
    PROMISE,
    { ...PROMISE, externalNumber: 'CZ-2025-018', title: '用水补贴' },
  ]);
});
afterEach(async () => {
  // Chains, summaries, receipts, numbers and running figures, each reckoned again from the entries.
  expect((await verifyLedger(under.department)).findings).toEqual([]);
});
afterAll(async () => under.close());

/** What a delivery asked the database for: how many commands, and entries of the ledger that it read. */
async function askedFor(rows: readonly ReturnType<typeof payment>[]): Promise<{ commands: number; entries: number }> {
  const { connection } = under.database;
  let entries = 0;
  const listener = ({ reply }: CommandSucceededEvent): void => {
    const { cursor } = reply as { cursor?: { ns: string; firstBatch?: object[]; nextBatch?: object[] } };
    if (cursor?.ns.endsWith('.ledger_entries') === true)
      entries += (cursor.firstBatch ?? cursor.nextBatch ?? []).length;
  };
  connection.getClient().on('commandSucceeded', listener);
  const { commands } = await countCommands(connection, async () => {
    const { run } = await payments.deliver(rows);
    expect(run.counts).toMatchObject({ read: rows.length, new: rows.length });
  });
  connection.getClient().off('commandSucceeded', listener);
  return { commands: commands.length, entries };
}
const range = (from: number, to: number) => Array.from({ length: to - from }, (_none, index) => payment(from + index));
const ledgers = async () => {
  const { data } = await under.ask<{
    commitments: { nodes: { title: string; fulfilledAmount: unknown; entries: Record<string, unknown>[] }[] };
  }>(
    '{ commitments(first: 5) { nodes { title fulfilledAmount { amount } entries { seq kind paymentReference reverses } } } }',
    { actor: keeper },
  );
  return new Map(data?.commitments.nodes.map(({ title, ...ledger }) => [title, ledger]));
};

describe('many payments of one promise in one delivery', () => {
  it('read its chain once and are written together, however many they are', async () => {
    const few = await askedFor(range(0, 10));
    // The promise alone.
    expect(few.entries).toBe(1);
    const many = await askedFor(range(10, 90));
    // The promise and the ten.
    expect(many.entries).toBe(11);
    expect(many.commands).toBeLessThanOrEqual(few.commands + 5);
    expect((await ledgers()).get('用电补贴')).toMatchObject({ fulfilledAmount: { amount: '900.00' } });
  });

  it('are each an entry with its event, in the order of the rows', async () => {
    await payments.deliver(range(0, 3));
    const entries = (await ledgers()).get('用电补贴')?.entries ?? [];
    expect(entries.map(({ seq, paymentReference }) => [seq, paymentReference])).toEqual([
      [1, null],
      [2, 'HD-0'],
      [3, 'HD-1'],
      [4, 'HD-2'],
    ]);
    const told = (await under.database.connection.collection('outbox').find().sort({ recorded: 1, _id: 1 }).toArray())
      .map(({ event }) => event as { type: string; data: { seq: number; effectiveOn: string } })
      .filter(({ type }) => type === 'cn.zhitong.commitment.fulfilled');
    expect(told.map(({ data: { seq, effectiveOn } }) => [seq, effectiveOn])).toEqual([
      [2, '2025-02-10'],
      [3, '2025-03-11'],
      [4, '2025-04-12'],
    ]);
  });

  it('settle no more than was promised between them', async () => {
    const { run } = await payments.deliver([
      payment(1, { amount: '600000' }),
      payment(2, { amount: '500000' }),
      payment(3, { amount: '400000' }),
    ]);
    expect(run.counts).toMatchObject({ new: 2, refused: 1 });
    expect(await payments.refusals()).toEqual([['amount', expect.stringContaining('4000.00')]]);
    expect((await ledgers()).get('用电补贴')).toMatchObject({ fulfilledAmount: { amount: '10000.00' } });
  });

  it('name a receipt once, of whichever promise', async () => {
    const { run } = await payments.deliver([
      payment(1),
      payment(2, { commitment: 'CZ-2025-018', paymentReference: 'ｈｄ-1' }),
      payment(3, { paymentReference: ' hd-1' }),
    ]);
    expect(run.counts).toMatchObject({ new: 1, refused: 2 });
    expect((await payments.refusals()).map(([field]) => field)).toEqual(['paymentReference', 'paymentReference']);
  });

  it('may name a receipt that a row before gave back, and are undone together', async () => {
    await payments.deliver([payment(1)]);
    const { run } = await payments.deliver([
      payment(1, { paymentReference: 'HD-9' }),
      payment(2, { paymentReference: 'HD-1' }),
    ]);
    expect(run.counts).toMatchObject({ changed: 1, new: 1 });
    const kinds = async () => (await ledgers()).get('用电补贴')?.entries.map(({ kind, reverses }) => [kind, reverses]);
    const before = [
      ['PROMISED', null],
      ['FULFILLED', null],
      ['CORRECTED', 2],
      ['FULFILLED', null],
      ['FULFILLED', null],
    ];
    expect(await kinds()).toEqual(before);
    expect(await payments.undo(run._id)).toMatchObject({ undoing: { left: 0 } });
    expect((await ledgers()).get('用电补贴')).toMatchObject({ fulfilledAmount: { amount: '10.00' } });
    // The receipt of the first payment is its own again, and the other one is free.
    expect((await payments.deliver([payment(5, { paymentReference: 'HD-1' })])).run.counts.refused).toBe(1);
    expect((await payments.deliver([payment(6, { paymentReference: 'HD-9' })])).run.counts.new).toBe(1);
  });
});
