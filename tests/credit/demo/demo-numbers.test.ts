import { arrearPosition } from '../../../subgraphs/credit/src/domain/arrears/arrears.js';
import { LAW } from '../support/law.js';
import { demoCity, type DemoCity } from '@zhitong/demo';
import fc from 'fast-check';
import { demoApprovalItems } from '../../../subgraphs/credit/src/demo/demo-approvals.js';
import { demoArrears } from '../../../subgraphs/credit/src/demo/demo-arrears.js';
import { demoCommitments } from '../../../subgraphs/credit/src/demo/demo-commitments.js';
import {
  demoDishonestyRecords,
  demoJudgments,
  demoPledges,
} from '../../../subgraphs/credit/src/demo/demo-credit-records.js';
import { receiptEnding } from '../../../subgraphs/credit/src/demo/receipt-number.js';

const base = demoCity({ referenceDate: '2026-11-20', enterprises: 400 });

/**
 * A city as large as wanted that is made in no time, because the same four hundred enterprises are in it again and
 * again. More of its promises are the same, word for word, than of a real one of that size.
 */
const cityOf = (size: number): DemoCity => ({
  ...base,
  enterprises: Array.from({ length: Math.ceil(size / base.enterprises.length) }, () => base.enterprises)
    .flat()
    .slice(0, size),
});

/** Numbers that stand more than once. */
const doubled = (numbers: readonly string[]): string[] => {
  const seen = new Set<string>();
  return numbers.filter((number) => seen.size === seen.add(number).size);
};

describe('the numbers that the demo city of any size gives out', () => {
  it('are other ones for each promise and each of its instalments, up to more than a city of a million has', () => {
    const place = fc.tuple(fc.integer({ min: 1, max: 9_999_999 }), fc.integer({ min: 1, max: 99 }));
    fc.assert(
      fc.property(
        place,
        place,
        (one, other) =>
          (receiptEnding(...one) === receiptEnding(...other)) === (one[0] === other[0] && one[1] === other[1]),
      ),
      { numRuns: 5_000 },
    );
  });

  it.each([200, 400, 1_000, 27_851, 60_000])('are used once in a city of %d', (size) => {
    const city = cityOf(size);
    const chains = demoCommitments(city);
    const arrears = demoArrears(city, LAW);
    const standing = chains.flatMap((chain) => {
      const reversed = new Set(chain.flatMap(({ body }) => (body.kind === 'CORRECTED' ? [body.reverses] : [])));
      return chain.flatMap(({ body, seq }) =>
        body.kind === 'FULFILLED' && !reversed.has(seq) ? [body.paymentReference] : [],
      );
    });
    expect(
      doubled([...standing, ...arrears.flatMap(({ payments }) => payments.map(({ reference }) => reference))]),
    ).toEqual([]);
    expect(doubled(chains.map(([first]) => first?.commitmentId ?? ''))).toEqual([]);
    expect(doubled(arrears.map(({ id }) => id))).toEqual([]);
    // Nothing is paid beyond what was owed, and each kind is there to be seen.
    const positions = arrears.map((debt) => arrearPosition(debt, city.referenceDate, LAW));
    expect(positions.filter(({ overpaid }) => overpaid > 0)).toEqual([]);
    if (size >= 27_851) {
      expect(positions.some(({ isCleared, interest }) => isCleared && (interest?.paid ?? 0) > 0)).toBe(true);
      expect(positions.some(({ plan }) => plan?.isBehind === true)).toBe(true);
      expect(arrears.some(({ plans = [] }) => plans.some(({ steps }) => steps.length === 1))).toBe(true);
    }
    const records = demoDishonestyRecords(city);
    expect(doubled(records.map(({ id }) => id))).toEqual([]);
    expect(
      doubled(records.map(({ recordedBy, documentNumber, uscc }) => `${recordedBy} ${documentNumber} ${uscc}`)),
    ).toEqual([]);
    expect(doubled(demoJudgments(city).map(({ caseNumber, uscc }) => `${caseNumber} ${uscc}`))).toEqual([]);
    expect(doubled(demoPledges(city).map(({ id }) => id))).toEqual([]);
    expect(doubled(demoApprovalItems(city).map(({ id }) => id))).toEqual([]);
  });
});
