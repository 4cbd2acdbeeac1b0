import fc from 'fast-check';
import { factSheet, type RegisterFacts, type YearFacts } from '../../../subgraphs/enterprises/src/domain/fact-sheet.js';
import { factsVersions, versionOn } from '../../../subgraphs/enterprises/src/domain/facts-version.js';

const DAYS = [
  '2023-02-27',
  '2023-02-28',
  '2023-03-01',
  '2023-12-31',
  '2024-01-01',
  '2024-02-28',
  '2024-02-29',
  '2024-03-01',
  '2026-11-20',
];
const day = fc.constantFrom(...DAYS);
const honour = fc.record({
  title: fc.constantFrom('高新技术企业', '瞪羚企业'),
  awardedOn: day,
  validTo: fc.option(day),
  firstTime: fc.boolean(),
});
const register: fc.Arbitrary<RegisterFacts> = fc.record({
  legalForm: fc.constantFrom('LIMITED_COMPANY', 'INDIVIDUAL_BUSINESS'),
  scale: fc.constantFrom('SMALL', 'MICRO'),
  industryCode: fc.constantFrom('C1330', 'F5211'),
  regionCode: fc.constantFrom('421281', '421202'),
  registeredOn: fc.constantFrom('2019-05-20', '2020-01-01'),
  status: fc.constantFrom('IN_OPERATION', 'ABNORMAL_LISTED', 'LICENCE_REVOKED', 'DEREGISTERED'),
  honours: fc.array(honour, { maxLength: 4 }),
});
const figures: fc.Arbitrary<YearFacts | undefined> = fc.option(
  fc.record({
    asOf: fc.constantFrom('2024-12-31', '2025-12-31'),
    values: fc.dictionary(
      fc.constantFrom('employees', 'yearsAboveScale', 'honourFirstTime'),
      fc.constantFrom(1, 2, true),
    ),
    prior: fc.dictionary(fc.constant('employeesPriorYear'), fc.constantFrom(1, 2)),
  }),
  { nil: undefined },
);

/** A sheet without the day for which the register's facts are returned, in an order of its own. */
function content(of: RegisterFacts, newest: YearFacts | undefined, today: string): string {
  const { asOf, values, dates } = factSheet(of, newest, today);
  return JSON.stringify([
    asOf,
    Object.entries(values).sort(([one], [other]) => (one < other ? -1 : 1)),
    Object.keys(dates).sort(),
  ]);
}

describe('the version of the facts', () => {
  it("is equal on two days just when the sheets are equal but for the day under which the register's facts are told", () => {
    fc.assert(
      fc.property(register, figures, day, day, (of, newest, one, other) => {
        const versions = factsVersions(of, newest);
        expect(versionOn(versions, one) === versionOn(versions, other)).toBe(
          content(of, newest, one) === content(of, newest, other),
        );
      }),
      { numRuns: 500 },
    );
  });

  it('is equal for two records just when their sheets are', () => {
    fc.assert(
      fc.property(
        register,
        figures,
        register,
        figures,
        fc.boolean(),
        day,
        (one, newest, other, figuresOfOther, onlyFigures, today) => {
          const second = onlyFigures ? one : other;
          expect(
            versionOn(factsVersions(one, newest), today) === versionOn(factsVersions(second, figuresOfOther), today),
          ).toBe(content(one, newest, today) === content(second, figuresOfOther, today));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('does not depend on the order in which figures were recorded', () => {
    const of = {
      legalForm: 'LIMITED_COMPANY',
      scale: 'SMALL',
      industryCode: 'C1330',
      regionCode: '421281',
      registeredOn: '2019-05-20',
      status: 'IN_OPERATION',
      honours: [],
    };
    expect(factsVersions(of, { asOf: '2025-12-31', values: { employees: 1, insuredEmployees: 2 }, prior: {} })).toEqual(
      factsVersions(of, { asOf: '2025-12-31', values: { insuredEmployees: 2, employees: 1 }, prior: {} }),
    );
  });

  it('changes with an award, with the years after it and behind the last day of a title', () => {
    const honours = [
      { title: '瞪羚企业', awardedOn: '2023-03-01', validTo: '2024-02-29', firstTime: true },
      { title: '瞪羚企业', awardedOn: '2025-01-01', validTo: null, firstTime: true },
    ];
    const versions = factsVersions(
      {
        legalForm: 'LIMITED_COMPANY',
        scale: 'SMALL',
        industryCode: 'C1330',
        regionCode: '421281',
        registeredOn: '2019-05-20',
        status: 'IN_OPERATION',
        honours,
      },
      undefined,
    );
    expect(versions.map(({ from }) => from)).toEqual([
      '0001-01-01',
      '2023-03-01',
      '2024-01-01',
      '2024-03-01',
      '2025-01-01',
      '2026-01-01',
      '2027-01-01',
    ]);
    expect(versionOn(versions, '2023-02-28')).toBe(versionOn(versions, '2024-03-01'));
    // The title is back, by another recognition.
    expect(versionOn(versions, '2023-12-31')).not.toBe(versionOn(versions, '2025-01-01'));
    expect(versionOn(versions, '2024-02-29')).not.toBe(versionOn(versions, '2024-03-01'));
  });
});
