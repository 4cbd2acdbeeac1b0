import { createHash } from 'node:crypto';
import * as uscc from 'stdnum/lib/cjs/cn/uscc.js';
import { demoCity } from '../../demo/src/index.js';
import type { DemoCity } from '../../demo/src/index.js';

const referenceDate = '2026-11-22';
const digest = (city: DemoCity): string => createHash('sha256').update(JSON.stringify(city)).digest('hex');
const count = <T>(items: readonly T[], key: (item: T) => string | null): Record<string, number> =>
  items.reduce<Record<string, number>>(
    (counts, item) => ({ ...counts, [String(key(item))]: (counts[String(key(item))] ?? 0) + 1 }),
    {},
  );

describe('the full city', () => {
  const city = demoCity({ referenceDate });
  const listed = city.enterprises.filter(({ statCategory }) => statCategory !== null);
  const officials = new Set(city.officials.map(({ id }) => id));
  const departments = new Set(city.departments.map(({ code }) => code));

  it('has the size that Xianning published', () => {
    expect(city.enterprises).toHaveLength(27_851);
    expect(city.officials).toHaveLength(4_997);
    expect(city.leaders).toHaveLength(35);
    expect(listed).toHaveLength(196);
    expect(count(city.projects, ({ track }) => track)).toEqual({ PLATFORM: 102, KEY: 7 });
  });

  it('gives every market entity a valid code of its form and district, used once', () => {
    const category = { INDIVIDUAL_BUSINESS: '2', FARMERS_COOPERATIVE: '3' } as Partial<Record<string, string>>;
    const wrong = city.enterprises.filter(
      ({ uscc: code, regionCode, legalForm }) =>
        // The library refuses the valid check character 0; uscc.test.ts covers those.
        (!uscc.validate(code).isValid && !code.endsWith('0')) ||
        !code.startsWith(`9${category[legalForm] ?? '1'}${regionCode}`),
    );
    expect(wrong.map(({ uscc: code }) => code)).toEqual([]);
    expect(new Set(city.enterprises.map(({ uscc: code }) => code)).size).toBe(city.enterprises.length);
  });

  it('gives every market entity a name of its own, in the form of its kind', () => {
    expect(new Set(city.enterprises.map(({ name }) => name)).size).toBe(city.enterprises.length);
    const ending = {
      LIMITED_COMPANY: /有限(责任)?公司$/,
      JOINT_STOCK_COMPANY: /股份有限公司$/,
      FARMERS_COOPERATIVE: /专业合作社$/,
    } as Partial<Record<string, RegExp>>;
    expect(
      city.enterprises.filter(
        ({ name, legalForm }) => !(ending[legalForm] ?? /^\p{Script=Han}+(（(普通|有限)合伙）)?$/u).test(name),
      ),
    ).toEqual([]);
  });

  it('consists mostly of individual businesses and micro enterprises', () => {
    const forms = count(city.enterprises, ({ legalForm }) => legalForm);
    const scales = count(city.enterprises, ({ scale }) => scale);
    expect((forms.INDIVIDUAL_BUSINESS ?? 0) / city.enterprises.length).toBeCloseTo(0.62, 2);
    expect((scales.MICRO ?? 0) / city.enterprises.length).toBeGreaterThan(0.8);
    expect((scales.LARGE ?? 0) + (scales.MEDIUM ?? 0)).toBeLessThan(400);
  });

  it('lists 2 to 3 % for abnormal operation, and has a few deregistered and fewer without licence', () => {
    const statuses = count(city.enterprises, ({ status }) => status);
    expect((statuses.ABNORMAL_LISTED ?? 0) / city.enterprises.length).toBeGreaterThan(0.02);
    expect((statuses.ABNORMAL_LISTED ?? 0) / city.enterprises.length).toBeLessThan(0.03);
    expect((statuses.DEREGISTERED ?? 0) / city.enterprises.length).toBeLessThan(0.01);
    expect(statuses.LICENCE_REVOKED ?? 0).toBeGreaterThan(0);
    expect(statuses.LICENCE_REVOKED ?? 0).toBeLessThan((statuses.DEREGISTERED ?? 0) / 5);
  });

  it('gives exactly the enterprises above designated size a steward, a city leader and a unit', () => {
    expect(city.enterprises.filter(({ stewardship }) => stewardship !== null)).toEqual(listed);
    const leaders = new Set(city.leaders.map(({ id }) => id));
    for (const { stewardship } of listed) {
      expect([
        officials.has(stewardship?.stewardId ?? ''),
        leaders.has(stewardship?.leaderId ?? ''),
        departments.has(stewardship?.unitCode ?? ''),
      ]).toEqual([true, true, true]);
    }
  });

  it('divides the market entities among all officials, none with more than three times the average', () => {
    const loads = new Map<string, number>();
    for (const { officialId } of city.enterprises) loads.set(officialId, (loads.get(officialId) ?? 0) + 1);
    expect(new Set(loads.keys())).toEqual(officials);
    expect(Math.max(...loads.values())).toBeLessThanOrEqual(17);
  });

  it('points from officials and projects to departments and enterprises that exist', () => {
    const codes = new Map(city.enterprises.map(({ uscc: code, regionCode }) => [code, regionCode]));
    expect(city.officials.filter(({ departmentCode }) => !departments.has(departmentCode))).toEqual([]);
    expect(
      city.projects.filter(
        (project) =>
          codes.get(project.uscc) !== project.regionCode ||
          !departments.has(project.leadDepartmentCode) ||
          !officials.has(project.stewardId),
      ),
    ).toEqual([]);
  });

  it('numbers projects within the year of signing and keeps amounts in whole fen', () => {
    expect(new Set(city.projects.map(({ id }) => id)).size).toBe(city.projects.length);
    for (const { id, signedOn, investmentFen } of city.projects) {
      expect(id).toMatch(new RegExp(`^XN-${signedOn.slice(0, 4)}-\\d{4}$`));
      expect(Number.isSafeInteger(investmentFen) && investmentFen > 0).toBe(true);
    }
  });

  it('lets nothing happen after the reference date', () => {
    const late = city.enterprises.filter(({ registeredOn, statusChangedOn, honours, factYears }) =>
      [
        registeredOn,
        statusChangedOn ?? '',
        ...honours.map(({ awardedOn }) => awardedOn),
        ...factYears.map(({ asOf }) => asOf),
      ].some((day) => day > referenceDate),
    );
    expect(late).toEqual([]);
    expect(city.projects.filter(({ signedOn }) => signedOn > referenceDate)).toEqual([]);
  });

  it('has departments of unique codes, one of which coordinates', () => {
    expect(departments.size).toBe(city.departments.length);
    expect(city.departments.filter(({ isCoordinator }) => isCoordinator).map(({ code }) => code)).toEqual(['YSB']);
    expect(city.departments.filter(({ code }) => !/^[A-Z]{2,6}$/.test(code))).toEqual([]);
    expect(
      new Set(city.departments.filter(({ level }) => level === 'COUNTY').map(({ regionCode }) => regionCode)),
    ).toEqual(new Set(city.districts.map(({ code }) => code)));
  });

  it('gives telephone numbers of eleven digits in the range that reaches nobody', () => {
    const numbers = [
      ...city.officials.map(({ telephone }) => telephone),
      ...city.enterprises.map(({ contact }) => contact.telephone),
    ];
    expect(numbers.filter((number) => !/^154\d{8}$/.test(number))).toEqual([]);
  });
});

describe('a small city', () => {
  const city = demoCity({ referenceDate, enterprises: 200 });

  it('keeps every kind of the large one', () => {
    expect(Object.keys(count(city.enterprises, ({ legalForm }) => legalForm))).toHaveLength(6);
    expect(
      Object.keys(count(city.enterprises, ({ industry }) => industry.section))
        .sort()
        .join(''),
    ).toBe('ABCDEFGHIJKLMNOPQRS');
    expect(Object.keys(count(city.enterprises, ({ scale }) => scale)).sort()).toEqual([
      'LARGE',
      'MEDIUM',
      'MICRO',
      'SMALL',
    ]);
    expect(Object.keys(count(city.enterprises, ({ status }) => status)).sort()).toEqual([
      'ABNORMAL_LISTED',
      'DEREGISTERED',
      'IN_OPERATION',
    ]);
    expect(Object.keys(count(city.enterprises, ({ statCategory }) => statCategory))).toHaveLength(7);
    expect(Object.keys(count(city.enterprises, ({ regionCode }) => regionCode))).toHaveLength(6);
    expect(Object.keys(count(city.projects, ({ stage }) => stage))).toHaveLength(5);
    expect(count(city.projects, ({ track }) => track).KEY).toBe(7);
    expect(city.enterprises.some(({ honours }) => honours.length > 0)).toBe(true);
    expect(new Set(city.officials.map(({ departmentCode }) => departmentCode)).size).toBe(city.departments.length);
  });

  it('is the same, byte for byte, when built again', () => {
    expect(digest(demoCity({ referenceDate, enterprises: 200 }))).toBe(digest(city));
  });

  it.each([
    ['another seed', { referenceDate, enterprises: 200, seed: 'zhitong-2' }],
    ['another day', { referenceDate: '2026-11-21', enterprises: 200 }],
  ])('differs under %s', (_, options) => {
    expect(digest(demoCity(options))).not.toBe(digest(city));
  });

  it('keeps its register and its people when only the day changes', () => {
    const later = demoCity({ referenceDate: '2027-03-01', enterprises: 200 });
    expect(
      later.enterprises.map(({ uscc: code, name, legalRepresentative }) => [code, name, legalRepresentative]),
    ).toEqual(city.enterprises.map(({ uscc: code, name, legalRepresentative }) => [code, name, legalRepresentative]));
    expect(later.officials).toEqual(city.officials);
  });
});

describe('demoCity', () => {
  it.each([
    [{ referenceDate: '2026-02-30' }, '2026-02-30'],
    [{ referenceDate: '22.11.2026' }, '22.11.2026'],
    [{ referenceDate, enterprises: 199 }, '199'],
    [{ referenceDate, enterprises: 300.5 }, '300.5'],
  ])('refuses %o and names the value', (options, named) => {
    expect(() => demoCity(options)).toThrow(named);
  });
});
