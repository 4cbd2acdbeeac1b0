import type { Logger } from '@zhitong/kit';
import { reckonArrears } from '../../../subgraphs/credit/src/usecases/arrears/arrear-writes.js';
import { creditUnderTest, officer, TODAY, type CreditUnderTest } from '../support/credit-under-test.js';
import { registerWrites } from '../support/register-writes.js';

let credit: CreditUnderTest;
beforeAll(async () => void (credit = await creditUnderTest(import.meta.url)));
afterAll(async () => credit.close());
beforeEach(() => credit.clock.set(`${TODAY}T02:00:00.000Z`));
const { write } = registerWrites(() => credit);

const interestOf = async (id: string) =>
  (
    await credit.ask<{ arrear: { lateInterest: { amount: { amount: string } } } }>(
      `{ arrear(id: "${id}") { lateInterest { amount { amount } } } }`,
      { actor: officer('ZJJ') },
    )
  ).data?.arrear.lateInterest.amount.amount;

it('debts are reckoned by a rate that was added, all but the damaged one, which is named', async () => {
  const ids: string[] = [];
  for (const contractNumber of ['HT-1', 'HT-2', 'HT-3']) {
    const { arrear, refusal } = await write(
      'recordArrear',
      'arrear { id }',
      {
        ...{ debtor: 'ZJJ', uscc: '91421200MA4F5E6G3P', subject: '道路维修款', contractNumber },
        ...{ contractSignedOn: '2026-03-02', deliveredOn: '2026-08-01', principal: '365000.00' },
        agreedRatePercent: '0.01',
      },
      { actor: officer('ZJJ') },
    );
    if (refusal) throw new Error(refusal.message);
    ids.push((arrear as { id: string }).id);
  }
  const [first = '', damaged = '', last = ''] = ids.sort();
  const before = await interestOf(first);
  await credit.database.connection.collection('arrears').updateOne({ id: damaged }, { $set: { payments: 'lost' } });
  const { stores, outbox } = credit.department;
  // At least the LPR at signing counts: 3.00 %, and 4.00 % by what was published late.
  await stores.publishedRates.add({ from: '2026-02-20', value: 400, source: '公告' });
  await stores.loanPrimeRates.refresh();
  const named: unknown[] = [];
  const logger = { error: ({ arrear }: { arrear: string }) => void named.push(arrear) } as unknown as Logger;
  await reckonArrears({ ...{ db: credit.database.connection, stores, outbox }, clock: credit.clock, logger });
  expect(named).toEqual([damaged]);
  // 81 days at 3 % and at 4 % of 365,000.00 yuan a year, 30.00 and 40.00 yuan a day.
  expect(before).toBe('2430.00');
  expect([await interestOf(first), await interestOf(last)]).toEqual(['3240.00', '3240.00']);
});
