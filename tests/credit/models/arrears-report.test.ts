import { countCommands } from '@zhitong/kit/testing';
import { addDays } from '@zhitong/values';
import fc from 'fast-check';
import { aroseBetween, arrearPosition } from '../../../subgraphs/credit/src/domain/arrears/arrears.js';
import { ONE_YEAR_LPR } from '../../../subgraphs/credit/src/domain/figures/loan-prime-rate.js';
import { PAYMENT_REGULATION } from '../../../subgraphs/credit/src/domain/figures/sme-payment.js';
import type { ArrearRecord } from '../../../subgraphs/credit/src/models/arrears/arrear.js';
import type { ArrearsFigures } from '../../../subgraphs/credit/src/models/arrears/arrears-report.js';
import { coordinator, creditUnderTest, type CreditUnderTest } from '../support/credit-under-test.js';

let credit: CreditUnderTest;
beforeAll(async () => {
  credit = await creditUnderTest(import.meta.url);
});
afterAll(async () => credit.close());
const debts = () => credit.database.connection.collection('arrears');

/** Few enough days that due days, payments, agreed days and the ends of the period often coincide. */
const aDay = (first = '2025-06-01', days = 60) =>
  fc.integer({ min: 0, max: days }).map((offset) => addDays(first, offset));
/** The days on which an edition of the regulation or a loan prime rate begins, and those beside them. */
const aDayOfSigning = fc
  .tuple(
    fc.constantFrom(...[...ONE_YEAR_LPR.values, ...PAYMENT_REGULATION.values].flatMap(({ from }) => from ?? [])),
    fc.integer({ min: -1, max: 1 }),
  )
  .map(([day, offset]) => addDays(day, offset));
const maybe = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: null, freq: 1 });
const REVERSAL = {
  reason: '错记',
  document: { number: '1号', date: '2026-01-01', digest: null },
  recordedAt: '2026-01-01T00:00:00.000Z',
  recordedBy: 'o',
  department: 'ZJJ',
};

const aDebt = fc
  .record({
    debtor: fc.constantFrom('ZJJ', 'JYJ', 'WJW'),
    signedOn: aDayOfSigning,
    creditorIsSme: fc.boolean(),
    agreedTermDays: maybe(fc.integer({ min: 0, max: 70 })),
    agreedRateBasisPoints: maybe(fc.integer({ min: 200, max: 500 })),
    deliveredOn: aDay(),
    acceptance: maybe(
      fc.record({
        agreedBy: maybe(fc.integer({ min: 0, max: 20 })),
        acceptedOn: maybe(fc.integer({ min: 0, max: 25 })),
      }),
    ),
    settledAfter: maybe(fc.integer({ min: 0, max: 30 })),
    principal: fc.oneof(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 1_000_000_000_000 })),
    disputed: fc.constant(0),
    // Parts of a thousandth of what is owed then, and how many days after the delivery.
    payments: fc.array(
      fc.record({
        part: fc.oneof(fc.constant(1_000), fc.integer({ min: 0, max: 999 })),
        after: fc.oneof(fc.constant(30), fc.integer({ min: -10, max: 80 })),
        reversed: fc.boolean(),
      }),
      { maxLength: 4 },
    ),
    plan: fc.array(fc.integer({ min: 1, max: 20 }), { maxLength: 3 }),
  })
  .map(
    ({
      signedOn,
      creditorIsSme,
      agreedTermDays,
      agreedRateBasisPoints,
      deliveredOn,
      acceptance,
      settledAfter,
      payments,
      plan,
      principal,
      ...debt
    }) => {
      const after = (days: number | null) => (days === null ? null : addDays(deliveredOn, days));
      let owed = principal;
      const paid = payments.flatMap(({ part, after: days, reversed }, index) => {
        const amount = part === 1_000 ? owed : Math.floor((owed / 1_000) * part);
        if (amount < 1) return [];
        if (!reversed) owed -= amount;
        return [
          {
            paidOn: addDays(deliveredOn, days),
            amount,
            reference: `HD-${index}`,
            ...(reversed ? { reversal: REVERSAL } : {}),
          },
        ];
      });
      const share = Math.floor(owed / Math.max(1, plan.length));
      return {
        ...debt,
        principal,
        contract: { signedOn, creditorIsSme, agreedTermDays, agreedRateBasisPoints },
        delivery: {
          deliveredOn,
          acceptance: acceptance && { agreedBy: after(acceptance.agreedBy), acceptedOn: after(acceptance.acceptedOn) },
          settlementConfirmedOn: after(settledAfter),
        },
        payments: paid,
        plan:
          owed < plan.length
            ? []
            : plan.map((days, index) => ({
                no: index + 1,
                dueOn: addDays(deliveredOn, days * (index + 2)),
                amount: index === plan.length - 1 ? owed - share * index : share,
              })),
        paid: principal - owed,
        isCleared: owed === 0,
      };
    },
  );

const stored = (debt: typeof aDebt extends fc.Arbitrary<infer Debt> ? Debt : never, index: number): ArrearRecord => ({
  ...debt,
  id: `QK-${String(index).padStart(6, '0')}`,
  uscc: '91421200MA4F5E6G3P',
  subject: '货款',
  contractNumber: `HT-${String(index)}`,
  version: 1,
});

/** The same sums by the domain's rules, one debt after another. */
function byTheDomain(records: readonly ArrearRecord[], asOf: string): ArrearsFigures[] {
  const delivered = records.filter(({ delivery }) => delivery.deliveredOn <= asOf);
  return [...new Set(delivered.map(({ debtor }) => debtor))].map((debtor) => {
    const own = delivered.filter((record) => record.debtor === debtor);
    const positions = own.map((record) => arrearPosition(record, asOf, ONE_YEAR_LPR));
    const sum = (amounts: readonly number[]) => BigInt(amounts.reduce((total, amount) => total + amount, 0));
    return {
      debtor,
      count: own.length,
      clearedCount: positions.filter(({ isCleared }) => isCleared).length,
      overdueCount: positions.filter(({ daysOverdue }) => daysOverdue > 0).length,
      principal: sum(own.map(({ principal }) => principal)),
      paid: sum(positions.map(({ paid }) => paid)),
      interest: sum(positions.map(({ interest }) => interest?.amount ?? 0)),
      plansBehind: positions.filter(({ plan }) => plan?.isBehind === true).length,
    };
  });
}
const byDebtor = (rows: readonly ArrearsFigures[]) => rows.toSorted((a, b) => (a.debtor < b.debtor ? -1 : 1));

describe('the report of arrears', () => {
  it('has the figures that the rules give debt by debt, and names the debts that arose', async () => {
    const { arrears, arrearsReports } = credit.department.stores;
    await fc.assert(
      fc.asyncProperty(
        fc.array(aDebt, { minLength: 1, maxLength: 40, size: 'max' }),
        aDay('2025-06-10', 90),
        fc.integer({ min: 0, max: 40 }),
        async (generated, from, days) => {
          const to = addDays(from, days);
          const records = generated.map(stored);
          await debts().deleteMany({});
          await arrears.addMissing(records);
          expect(byDebtor(await arrearsReports.figures(to, ONE_YEAR_LPR))).toEqual(byDebtor(byTheDomain(records, to)));
          const arisen = await arrearsReports.arisen(['ZJJ', 'JYJ'], { from, to });
          expect(
            [...arisen.values()]
              .flat()
              .map(({ id }) => id)
              .sort(),
          ).toEqual(
            records
              .filter(
                (record) =>
                  record.debtor !== 'WJW' && record.delivery.deliveredOn <= to && aroseBetween(record, from, to),
              )
              .map(({ id }) => id),
          );
        },
      ),
      { numRuns: 60 },
    );
  });

  it('is read with one command, however many debts there are, and with one more for those that arose', async () => {
    const { arrears } = credit.department.stores;
    const ask = async (shown: string) =>
      countCommands(credit.database.connection, async () =>
        credit.ask<{ arrearsReport: { departments: { count: number }[] } }>(
          `{ arrearsReport(from: "2025-07-01", to: "2025-08-31") { departments { count ${shown} } } }`,
          { actor: coordinator },
        ),
      );
    for (const number of [3, 1_500]) {
      await debts().deleteMany({});
      await arrears.addMissing(fc.sample(aDebt, { numRuns: number, seed: 1 }).map(stored));
      const figures = await ask('lateInterestAmount { amount } plansBehind');
      expect(figures.result.errors).toBeUndefined();
      expect(figures.commands).toEqual(['aggregate']);
      const all = await ask('newlyArisen { id daysOverdue }');
      expect(all.result.errors).toBeUndefined();
      expect(all.commands).toEqual(['aggregate', 'aggregate']);
    }
  });
});
