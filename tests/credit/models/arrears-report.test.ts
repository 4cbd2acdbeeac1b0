import { countCommands } from '@zhitong/kit/testing';
import { addDays } from '@zhitong/values';
import fc from 'fast-check';
import {
  aroseBetween,
  arrearPosition,
  type ArrearPosition,
} from '../../../subgraphs/credit/src/domain/arrears/arrears.js';
import { ONE_YEAR_LPR } from '../../../subgraphs/credit/src/domain/figures/loan-prime-rate.js';
import { debtorOn } from '../../../subgraphs/credit/src/domain/arrears/arrear-transfer.js';
import { PAYMENT_REGULATION } from '../../../subgraphs/credit/src/domain/figures/sme-payment.js';
import type { ArrearRecord } from '../../../subgraphs/credit/src/models/arrears/arrear.js';
import type { ArrearsFigures } from '../../../subgraphs/credit/src/domain/arrears/arrears-figures.js';
import { figuresKnownOn } from '../../../subgraphs/credit/src/usecases/arrears/arrears-known.js';
import { LAW } from '../support/law.js';
import { coordinator, creditUnderTest, type CreditUnderTest } from '../support/credit-under-test.js';

let credit: CreditUnderTest;
beforeAll(async () => {
  credit = await creditUnderTest(import.meta.url);
});
afterAll(async () => credit.close());
const empty = async () => {
  for (const collection of ['arrears', 'arrear_reckonings'])
    await credit.database.connection.collection(collection).deleteMany({});
};

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
    // A thousandth part of the debt that is disputed, what of it was settled, and how many days after the delivery.
    disputedPart: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 400 })),
    settled: maybe(fc.integer({ min: 0, max: 90 })),
    costs: fc.array(fc.integer({ min: 0, max: 90 }), { maxLength: 2 }),
    principalFirst: fc.boolean(),
    debtorIsLargeEnterprise: fc.boolean(),
    retention: maybe(fc.integer({ min: 0, max: 40 })),
    transferred: maybe(fc.integer({ min: 0, max: 90 })),
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
      disputedPart,
      settled,
      costs,
      principalFirst,
      debtorIsLargeEnterprise,
      retention,
      transferred,
      debtor,
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
      const disputed = Math.floor((principal / 1_000) * disputedPart);
      const left = Math.min(disputed, owed);
      const [kept, struckOff] = [Math.ceil(left / 2), Math.floor(left / 4)];
      const isSettled = settled !== null && kept + struckOff > 0;
      const document = { number: '1号', date: '2026-01-01', digest: null };
      return {
        debtor: transferred === null ? debtor : 'RSJ',
        ...(transferred === null
          ? {}
          : {
              transfers: [
                {
                  ...REVERSAL,
                  from: debtor,
                  to: 'RSJ',
                  effectiveOn: addDays(deliveredOn, transferred),
                  reason: '划转',
                },
              ],
            }),
        principal: principal - (isSettled ? struckOff : 0),
        disputed: isSettled ? left - kept - struckOff : disputed,
        settledDisputes: isSettled
          ? [
              {
                settledOn: addDays(deliveredOn, settled),
                owed: kept,
                struckOff,
                reason: '对账',
                document,
                before: { principal, disputed },
              },
            ]
          : [],
        costs: costs.map((days, index) => ({
          amount: index + 1,
          incurredOn: addDays(deliveredOn, days),
          subject: '诉讼费',
          document,
        })),
        contract: {
          signedOn,
          creditorIsSme,
          agreedTermDays,
          agreedRateBasisPoints,
          principalFirst,
          debtorIsLargeEnterprise,
        },
        delivery: {
          deliveredOn,
          acceptance: acceptance && { agreedBy: after(acceptance.agreedBy), acceptedOn: after(acceptance.acceptedOn) },
          settlementConfirmedOn: after(settledAfter),
          retentionUntil: after(retention),
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
  const delivered = records.filter(
    ({ delivery, contract }) => delivery.deliveredOn <= asOf && contract.debtorIsLargeEnterprise !== true,
  );
  return [...new Set(delivered.map((record) => debtorOn(record, asOf)))].map((debtor) => {
    const own = delivered.filter((record) => debtorOn(record, asOf) === debtor);
    const positions = own.map((record) => arrearPosition(record, asOf, LAW));
    const sum = (of: (position: ArrearPosition) => number) =>
      positions.reduce((total, position) => total + BigInt(of(position)), 0n);
    return {
      debtor,
      count: own.length,
      clearedCount: positions.filter(({ isCleared }) => isCleared).length,
      overdueCount: positions.filter(({ daysOverdue }) => daysOverdue > 0).length,
      principal: sum(({ principal }) => principal),
      paid: sum(({ paid }) => paid),
      overdue: sum(({ daysOverdue, undisputedOutstanding }) => (daysOverdue > 0 ? undisputedOutstanding : 0)),
      disputed: sum(({ disputed }) => disputed),
      interest: sum(({ interest }) => interest?.amount ?? 0),
      interestPaid: sum(({ interest }) => interest?.paid ?? 0),
      costsLeft: sum(({ costsOutstanding }) => costsOutstanding),
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
          await empty();
          await arrears.addMissing(records);
          const figures = await arrearsReports.figures(to);
          expect(byDebtor(figures)).toEqual(byDebtor(byTheDomain(records, to)));
          // No department ever owes less than nothing, whatever passed on to another.
          expect(
            figures.filter(
              ({ principal, paid, interest, interestPaid }) => paid > principal || interestPaid > interest,
            ),
          ).toEqual([]);
          const known = { asOf: to, knownOn: '2030-01-01' };
          expect(await figuresKnownOn(credit.department.stores, known)).toEqual(figures);
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
                  ['ZJJ', 'JYJ'].includes(debtorOn(record, to)) &&
                  record.contract.debtorIsLargeEnterprise !== true &&
                  record.delivery.deliveredOn <= to &&
                  aroseBetween(record, from, to, LAW),
              )
              .map(({ id }) => id),
          );
        },
      ),
      { numRuns: 40 },
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
      await empty();
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
