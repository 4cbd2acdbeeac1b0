import {
  applyFacts,
  factSheet,
  REGISTER_FIELDS,
  registerFacts,
  withoutDaysToCome,
  type RegisterFacts,
  type YearFacts,
} from '../../../../subgraphs/enterprises/src/domain/fact-sheet.js';
import { sheetOfEarlierDay } from '../../../../subgraphs/enterprises/src/domain/facts-on-day.js';
import { factsVersions, versionOn } from '../../../../subgraphs/enterprises/src/domain/facts-version.js';
import { honourDays, honourFacts } from '../../../../subgraphs/enterprises/src/domain/honour-facts.js';
import type { KeptField } from '../../../../subgraphs/enterprises/src/domain/register/registered-state.js';

const TODAY = '2026-11-22';
const register: RegisterFacts = {
  ...{ legalForm: 'LIMITED_COMPANY', scale: 'SMALL', industryCode: 'C1330', regionCode: '421281' },
  ...{ registeredOn: '2019-05-20', status: 'IN_OPERATION', honours: [] },
};
const by = (department: string, on = '2026-03-31', run: string | null = null) => ({ department, on, run });
const figures: YearFacts = {
  asOf: '2025-12-31',
  values: { employees: 40, layoffRatePct: 1 },
  prior: { employeesPriorYear: 30 },
  earlier: { 2023: { employees: 20, layoffRatePct: 3 }, 2024: { employees: 30 } },
  days: { layoffRatePct: '2024-12-31', hiredGraduates: '2023-12-31' },
  origin: by('TJJ'),
  origins: { layoffRatePct: by('RSJ'), hiredGraduates: by('RSJ') },
};

describe('the sheet of an enterprise', () => {
  it('has every fact of the register under today, and each figure under its own day', () => {
    const sheet = factSheet(register, figures, TODAY);
    const own = [
      ...[
        'scale',
        'industryCode',
        'registeredRegion',
        'registeredProvince',
        'registeredOn',
        'isDeregistered',
        'isLicenceRevoked',
      ],
      ...['abnormalOperationListed', 'titles', 'honours', 'firstTimeHonours', 'honoursOfThisYear', 'honoursOfLastYear'],
    ];
    expect([...sheet.current].toSorted()).toEqual(own.toSorted());
    expect(sheet.dates).toEqual({
      ...{ layoffRatePct: '2024-12-31', hiredGraduates: '2023-12-31' },
      ...Object.fromEntries(own.map((fact) => [fact, TODAY])),
    });
    expect(sheet).toMatchObject({ asOf: '2025-12-31', origin: by('TJJ'), origins: figures.origins });
    expect(sheet.earlier).toEqual(figures.earlier);
  });

  it('stands for the day of registration before there are figures, and says of them nothing', () => {
    const sheet = factSheet(register, undefined, TODAY);
    expect(sheet.asOf).toBe('2019-05-20');
    expect(Object.keys(sheet).toSorted()).toEqual(['asOf', 'current', 'dates', 'values']);
    const bare = factSheet(register, { asOf: '2025-12-31', values: {}, prior: {} }, TODAY);
    expect(Object.keys(bare).toSorted()).toEqual(['asOf', 'current', 'dates', 'values']);
  });

  it('counts the years above designated size back from the year of that figure, and dates it so', () => {
    const of = (values: YearFacts['values'], days?: Record<string, string>) => {
      const sheet = factSheet(register, { asOf: '2025-12-31', values, prior: {}, days }, TODAY);
      return [sheet.values['aboveDesignatedSizeSince'], sheet.dates['aboveDesignatedSizeSince']];
    };
    expect(of({ yearsAboveScale: 3 }, { yearsAboveScale: '2024-12-31' })).toEqual(['2022-01-01', '2024-12-31']);
    expect(of({ yearsAboveScale: 3 }, { employees: '2024-12-31' })).toEqual(['2023-01-01', undefined]);
    expect(of({ yearsAboveScale: 3 })).toEqual(['2023-01-01', undefined]);
    expect(of({ yearsAboveScale: 0 }, { yearsAboveScale: '2024-12-31' })).toEqual([undefined, undefined]);
    const { dates } = factSheet(
      register,
      { asOf: '2025-12-31', values: { yearsAboveScale: 0 }, prior: {}, days: { yearsAboveScale: '2024-12-31' } },
      TODAY,
    );
    expect(dates).not.toHaveProperty('aboveDesignatedSizeSince');
  });

  it('lets the register overrule a figure of the same name, and a figure no prior one', () => {
    const { values } = factSheet(
      register,
      { asOf: '2025-12-31', values: { employeesPriorYear: 1, registeredOn: '2000-01-01' }, prior: figures.prior },
      TODAY,
    );
    expect(values).toMatchObject({ employeesPriorYear: 30, registeredOn: '2019-05-20' });
  });

  it('is made of the form, size, day, state and titles, and of industry and region where they are known', () => {
    expect([...REGISTER_FIELDS].toSorted()).toEqual(['honours', 'legalForm', 'registeredOn', 'scale', 'status']);
    const rest = { legalForm: null, scale: 'SMALL', registeredOn: '2019-05-20', status: null, honours: [] };
    expect(registerFacts({ ...rest, industry: null, region: { code: '421281' } })).toEqual({
      ...rest,
      ...{ industryCode: null, regionCode: '421281' },
    });
    expect(registerFacts({ ...rest, industry: { code: 'C1330' }, region: null })).toEqual({
      ...rest,
      ...{ industryCode: 'C1330', regionCode: null },
    });
  });

  it('has no day to come', () => {
    const sheet = factSheet(register, { ...figures, asOf: '2026-12-31' }, TODAY);
    expect(withoutDaysToCome(sheet, TODAY)).toEqual({ ...sheet, asOf: TODAY });
    expect(withoutDaysToCome(sheet, '2026-12-31')).toBe(sheet);
  });

  it('takes changes in: what is recorded stays where it stood, what is withdrawn goes', () => {
    expect(Object.entries(applyFacts({ a: 1, b: 2 }, { a: 3, c: 4, b: null, d: null }))).toEqual([
      ['a', 3],
      ['c', 4],
    ]);
  });
});

describe('the sheet of an earlier day', () => {
  const sheet = factSheet(register, figures, '2026-06-30');
  const ALL = [
    ...['scale', 'industryCode', 'registeredRegion', 'registeredProvince', 'isDeregistered', 'isLicenceRevoked'],
    'abnormalOperationListed',
  ];
  /** Which facts are told under today's day, when some fields are known from a later change. */
  const underToday = (...known: KeptField[]): string[] =>
    Object.entries(sheetOfEarlierDay(sheet, TODAY, new Set(known)).dates).flatMap(([fact, day]) =>
      day === TODAY ? [fact] : [],
    );

  it.each<[KeptField[], string[]]>([
    [[], ALL],
    [['name'], ALL],
    [
      ['scale'],
      [
        'industryCode',
        'registeredRegion',
        'registeredProvince',
        'isDeregistered',
        'isLicenceRevoked',
        'abnormalOperationListed',
      ],
    ],
    [
      ['industry', 'region'],
      ['scale', 'isDeregistered', 'isLicenceRevoked', 'abnormalOperationListed'],
    ],
    [
      ['status', 'scale'],
      ['industryCode', 'registeredRegion', 'registeredProvince'],
    ],
    [['scale', 'industry', 'region', 'status'], []],
  ])('with %j known tells under today %j', (known, facts) => {
    expect(underToday(...known).toSorted()).toEqual(facts.toSorted());
  });
});

describe('the version of the facts', () => {
  const version = (newest: YearFacts, of = register) => versionOn(factsVersions(of, newest), TODAY);
  const plain = version(figures);

  it.each<[string, Partial<YearFacts>]>([
    ['the day of the figures', { asOf: '2025-11-30' }],
    ['a value', { values: { employees: 41, layoffRatePct: 1 } }],
    ['a value that is gone', { values: { employees: 40 } }],
    ['the day of one figure', { days: { layoffRatePct: '2023-12-31', hiredGraduates: '2023-12-31' } }],
    ['who recorded them', { origin: by('SHUIWJ') }],
    ['nobody who recorded them', { origin: undefined }],
    ['who recorded one of them', { origins: { layoffRatePct: by('RSJ', '2026-04-01') } }],
    [
      'the run that brought one of them',
      { origins: { ...figures.origins, layoffRatePct: by('RSJ', '2026-03-31', 'r') } },
    ],
    ['a figure of an earlier year', { earlier: { ...figures.earlier, 2024: { employees: 31 } } }],
    [
      'the earlier year of a figure',
      { earlier: { 2022: { employees: 20, layoffRatePct: 3 }, 2024: { employees: 30 } } },
    ],
    ['no earlier years', { earlier: undefined }],
  ])('is another one with another %s', (_what, part) => {
    expect(version({ ...figures, ...part })).not.toBe(plain);
  });

  it('is the same in whatever order anything of them stands', () => {
    const turned = <Value>(of: Readonly<Record<string, Value>> | undefined): Record<string, Value> =>
      Object.fromEntries(Object.entries(of ?? {}).toReversed());
    expect(
      version({
        ...figures,
        values: turned(figures.values),
        days: turned(figures.days),
        origins: turned(figures.origins),
        earlier: { 2023: turned(figures.earlier?.['2023']), 2024: { employees: 30 } },
      }),
    ).toBe(plain);
  });

  it('is another one with another fact of the register', () => {
    for (const part of [{ scale: 'MICRO' }, { status: 'DEREGISTERED' }, { regionCode: '421202' }, { scale: null }])
      expect([part, version(figures, { ...register, ...part }) === plain]).toEqual([part, false]);
  });

  it('counts from its first day until the next one', () => {
    const versions = [
      { from: '0001-01-01', version: 'a' },
      { from: '2025-01-01', version: 'b' },
      { from: '2026-01-01', version: 'c' },
    ];
    expect(
      ['0001-01-01', '2024-12-31', '2025-01-01', '2025-12-31', '2026-01-01', '2027-01-01'].map((day) =>
        versionOn(versions, day),
      ),
    ).toEqual(['a', 'a', 'b', 'b', 'c', 'c']);
  });
});

describe('the titles of a sheet', () => {
  const award = (title: string, awardedOn: string, validTo: string | null, firstTime: boolean) => ({
    ...{ title, awardedOn, validTo, firstTime },
  });
  const held = [
    award('瞪羚企业', '2023-06-01', '2026-05-31', true),
    award('瞪羚企业', '2026-06-01', '2029-05-31', false),
    award('绿色工厂', '2025-06-01', null, true),
  ];
  it('are those that hold, with each award and its last day', () => {
    const titles = (day: string) =>
      (honourFacts(held, day)['titles'] as { title: string; awardedOn: string }[]).map(
        ({ title, awardedOn }) => `${title} ${awardedOn}`,
      );
    expect(titles('2026-05-31')).toEqual(['瞪羚企业 2023-06-01', '绿色工厂 2025-06-01']);
    expect(titles('2026-06-01')).toEqual(['瞪羚企业 2026-06-01', '绿色工厂 2025-06-01']);
    expect(titles('2023-06-01')).toEqual(['瞪羚企业 2023-06-01']);
    expect(titles('2023-05-31')).toEqual([]);
    expect(honourFacts(held, '2026-06-01')['titles']).toEqual([
      { title: '瞪羚企业', firstTime: false, awardedOn: '2026-06-01', validTo: '2029-05-31' },
      { title: '绿色工厂', firstTime: true, awardedOn: '2025-06-01' },
    ]);
  });

  it('go by the newest award of each, in whatever order they stand', () => {
    const both = [award('瞪羚企业', '2025-06-01', null, true), award('瞪羚企业', '2026-06-01', null, false)];
    for (const awards of [both, both.toReversed()])
      expect(honourFacts(awards, TODAY)).toMatchObject({
        ...{ honours: ['瞪羚企业'], firstTimeHonours: [], honoursOfThisYear: ['瞪羚企业'], honoursOfLastYear: [] },
        honourFirstTime: false,
      });
  });

  it('change on the day of an award, behind its last day, and with the two years after it', () => {
    expect(honourDays([award('瞪羚企业', '2023-06-01', '2026-05-31', true)])).toEqual([
      ...['2023-06-01', '2024-01-01', '2025-01-01', '2026-06-01'],
    ]);
    expect(honourDays([award('绿色工厂', '2025-06-01', null, true)])).toEqual([
      ...['2025-06-01', '2026-01-01', '2027-01-01'],
    ]);
    expect(honourDays([])).toEqual([]);
  });
});
