import { coordinator, creditUnderTest, TODAY, type CreditUnderTest } from '../support/credit-under-test.js';
import { promiseWrites } from '../support/promise-writes.js';

let credit: CreditUnderTest;
beforeAll(async () => void (credit = await creditUnderTest(import.meta.url)));
afterAll(async () => credit.close());
const { write, aPromise, payment } = promiseWrites(() => credit);

const audit = async (asOf = TODAY) => {
  const { data } = await credit.ask<{ commitmentAudit: Record<string, unknown> }>(
    `{ commitmentAudit(asOf: "${asOf}") { overdueCount overdueAmount { amount } onTimeRate { numerator denominator } } }`,
    { actor: coordinator },
  );
  return data?.commitmentAudit;
};
const due = (dueOn: string) => ({ instalments: [{ dueOn, amount: '1000.00' }] });
const consent = (documentNumber: string, digest: string) => ({
  consent: { documentNumber, signedOn: '2026-05-01', signedBy: '李强', digest: digest.repeat(64) },
  effectiveOn: '2026-05-01',
});

it('a promise due today is neither kept nor missed yet, and what was waived was not kept, however early it was', async () => {
  const kept = await aPromise(due('2026-06-30'));
  await write('recordFulfilment', payment(kept, { amount: '1000.00', effectiveOn: '2026-06-30' }));
  const late = await aPromise(due('2026-06-30'));
  await write('recordFulfilment', payment(late, { amount: '1000.00', effectiveOn: '2026-07-01' }));
  await aPromise(due(TODAY));
  const early = await aPromise(due(TODAY));
  await write('recordFulfilment', payment(early, { amount: '1000.00', effectiveOn: '2026-07-01' }));
  expect(await audit()).toEqual({
    overdueCount: 0,
    overdueAmount: { amount: '0.00' },
    onTimeRate: { numerator: 1, denominator: 2 },
  });
  const waived = await aPromise(due('2026-06-30'));
  await write('waiveCommitment', { commitment: waived, amount: '1000.00', ...consent('同意1号', 'a') });
  const nearly = await aPromise(due('2026-06-30'));
  await write('recordFulfilment', payment(nearly, { amount: '0.01', effectiveOn: '2026-05-01' }));
  await write('waiveCommitment', { commitment: nearly, amount: '999.99', ...consent('同意2号', 'b') });
  expect(await audit()).toMatchObject({ overdueCount: 0, onTimeRate: { numerator: 1, denominator: 4 } });
  credit.clock.set('2026-11-21T02:00:00.000Z');
  expect(await audit('2026-11-21')).toMatchObject({
    overdueCount: 1,
    overdueAmount: { amount: '1000.00' },
    onTimeRate: { numerator: 2, denominator: 6 },
  });
});
