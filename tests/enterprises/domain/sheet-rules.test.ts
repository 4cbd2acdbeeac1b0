import {
  factSheet,
  priorYearFacts,
  registerFacts,
  type RegisterFacts,
  type YearFacts,
} from '../../../subgraphs/enterprises/src/domain/fact-sheet.js';
import { factsVersions, versionOn } from '../../../subgraphs/enterprises/src/domain/facts-version.js';

const register: RegisterFacts = {
  legalForm: 'LIMITED_COMPANY',
  scale: 'SMALL',
  industryCode: 'C1330',
  regionCode: '421281',
  registeredOn: '2019-05-20',
  status: 'IN_OPERATION',
  honours: [],
};
const honour = (awardedOn: string, firstTime: boolean, validTo: string | null = null) => ({
  title: `称号${awardedOn}`,
  awardedOn,
  validTo,
  firstTime,
});
const sheet = (part: Partial<RegisterFacts> = {}, newest?: YearFacts, today = '2026-11-22') =>
  factSheet({ ...register, ...part }, newest, today);
const year = (values: YearFacts['values']): YearFacts => ({ asOf: '2025-12-31', values, prior: {} });

describe('what a sheet tells of the register', () => {
  it('is read from the record, its industry and its region', () => {
    const { industryCode, regionCode, ...own } = register;
    expect(
      registerFacts({ ...own, industry: { code: industryCode ?? '' }, region: { code: regionCode ?? '' } }),
    ).toEqual(register);
  });

  it('says nothing of what no source has stated', () => {
    const { values } = sheet({ legalForm: null, scale: null, industryCode: null, regionCode: null, status: null });
    const titles = ['firstTimeHonours', 'honours', 'honoursOfLastYear', 'honoursOfThisYear'];
    expect(Object.keys(values).sort()).toEqual([...titles, 'registeredOn', 'titles']);
  });

  it.each([
    ['IN_OPERATION', []],
    ['ABNORMAL_LISTED', ['abnormalOperationListed']],
    ['LICENCE_REVOKED', ['isLicenceRevoked']],
    ['DEREGISTERED', ['isDeregistered']],
  ])('status %s: of the facts that are made of it %j hold', (status, holding) => {
    const { isDeregistered, isLicenceRevoked, abnormalOperationListed } = sheet({ status }).values;
    const told = Object.entries({ isDeregistered, isLicenceRevoked, abnormalOperationListed });
    expect(told.every(([, value]) => typeof value === 'boolean')).toBe(true);
    expect(told.flatMap(([fact, value]) => (value === true ? [fact] : []))).toEqual(holding);
  });

  it.each([
    ['the latest was the first', [honour('2024-01-01', false), honour('2025-01-01', true)], true],
    ['an earlier one was the first', [honour('2024-01-01', true), honour('2025-01-01', false)], false],
    ['the latest comes before in the list', [honour('2025-01-01', true), honour('2024-01-01', false)], true],
    ['of two on one day one was the first', [honour('2025-01-01', false), honour('2025-01-01', true)], true],
    ['the first one has run out', [honour('2024-01-01', false), honour('2025-01-01', true, '2025-12-31')], false],
    ['the first one has not begun', [honour('2024-01-01', false), honour('2026-12-01', true)], false],
    ['it was awarded today', [honour('2024-01-01', false), honour('2026-11-22', true)], true],
  ])('a first title: %s → %s', (_what, honours, first) =>
    expect(sheet({ honours }).values['honourFirstTime']).toBe(first),
  );

  it('the first title is told by the register over a recorded figure, and by the figure where no title is valid', () => {
    expect(
      sheet({ honours: [honour('2025-01-01', false)] }, year({ honourFirstTime: true })).values['honourFirstTime'],
    ).toBe(false);
    expect(sheet({}, year({ honourFirstTime: true })).values['honourFirstTime']).toBe(true);
    expect(sheet({}).values).not.toHaveProperty('honourFirstTime');
  });
});

describe('what a sheet tells of years', () => {
  it.each([
    [1, '2025-01-01'],
    [3, '2023-01-01'],
  ])('%d years above designated size began on %s', (years, since) => {
    expect(sheet({}, year({ yearsAboveScale: years })).values['aboveDesignatedSizeSince']).toBe(since);
  });

  it('says nothing of the size where the years are none or not known', () => {
    const unknown: Record<string, string | number>[] = [{ yearsAboveScale: 0 }, { yearsAboveScale: '3' }, {}];
    for (const values of unknown) expect(sheet({}, year(values)).values).not.toHaveProperty('aboveDesignatedSizeSince');
    expect(sheet().values).not.toHaveProperty('aboveDesignatedSizeSince');
  });

  it('names the figures that growth is measured against, and no others', () => {
    expect(
      priorYearFacts({
        annualRevenueYuan: 1,
        employees: 2,
        insuredEmployees: 3,
        rdExpenseYuan: 4,
        industrialOutputYuan: 5,
        taxArrears: false,
      }),
    ).toEqual({
      annualRevenuePriorYearYuan: 1,
      employeesPriorYear: 2,
      insuredEmployeesPriorYear: 3,
      rdExpensePriorYearYuan: 4,
      industrialOutputPriorYearYuan: 5,
    });
    expect(priorYearFacts({ employees: 0 })).toEqual({ employeesPriorYear: 0 });
  });
});

describe('the versions of a sheet', () => {
  it('begin before any registration, and change only on days on which the sheet does', () => {
    expect(factsVersions(register, undefined).map(({ from }) => from)).toEqual(['0001-01-01']);
    const titled = { ...register, honours: [honour('2025-01-01', true, '2025-02-28')] };
    expect(factsVersions(titled, undefined).map(({ from }) => from)).toEqual([
      '0001-01-01',
      '2025-01-01',
      '2025-03-01',
    ]);
    // A title that ran out before it was awarded is never listed.
    expect(factsVersions({ ...register, honours: [honour('2025-01-01', true, '2024-12-30')] }, undefined)).toHaveLength(
      1,
    );
  });

  it('are sixteen characters, whatever order the figures were recorded in', () => {
    const [one] = factsVersions(register, year({ employees: 1, taxArrears: false }));
    const [other] = factsVersions(register, year({ taxArrears: false, employees: 1 }));
    expect(one?.version).toMatch(/^[\w-]{16}$/);
    expect(other).toEqual(one);
  });

  it('are asked for a day that none covers only by a fault', () => {
    expect(() => versionOn([{ from: '2025-01-01', version: 'v' }], '2024-12-31')).toThrow(
      'No version of the facts counts on 2024-12-31.',
    );
    expect(versionOn([{ from: '2025-01-01', version: 'v' }], '2025-01-01')).toBe('v');
  });
});
