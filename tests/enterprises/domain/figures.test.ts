import { factSheet, withoutDaysToCome } from '../../../subgraphs/enterprises/src/domain/fact-sheet.js';
import { factsVersions, versionOn } from '../../../subgraphs/enterprises/src/domain/facts-version.js';
import { figuresOf } from '../../../subgraphs/enterprises/src/domain/figures.js';
import { recordYear, type StandingFigures } from '../../../subgraphs/enterprises/src/domain/year-record.js';

type Values = Record<string, number>;
const year = (number: number, values: Values) => ({ year: number, asOf: `${number}-12-31`, values });
const NOTHING: StandingFigures = { years: [], latest: null };
const by = (department: string, on: string, run: string | null = null) => ({ department, on, run });
const register = {
  legalForm: 'LIMITED_COMPANY',
  scale: 'SMALL',
  industryCode: 'C1330',
  regionCode: '421281',
  registeredOn: '2019-05-20',
  status: 'IN_OPERATION',
  honours: [],
};

describe('the figures of an enterprise', () => {
  it('are of each fact the newest known value, with growth measured against the year before', () => {
    expect(figuresOf([year(2024, { employees: 40 }), year(2023, { employees: 30 })])).toMatchObject({
      year: 2024,
      asOf: '2024-12-31',
      values: { employees: 40 },
      prior: { employeesPriorYear: 30 },
    });
  });

  it('keep what a new year does not have, under the day of its own year', () => {
    const figures = figuresOf([
      year(2024, { employees: 40, layoffRatePct: 1, rdExpenseYuan: 9 }),
      year(2025, { employees: 44 }),
    ]);
    expect(figures).toMatchObject({
      year: 2025,
      asOf: '2024-12-31',
      values: { employees: 44, layoffRatePct: 1, rdExpenseYuan: 9 },
      prior: { employeesPriorYear: 40 },
      days: { employees: '2025-12-31', employeesPriorYear: '2025-12-31' },
    });
  });

  it('measure no growth against an older year than the one before', () => {
    expect(figuresOf([year(2024, { employees: 40 }), year(2022, { employees: 30 })])?.prior).toEqual({});
    expect(figuresOf([year(2024, { employees: 40 })])?.prior).toEqual({});
  });

  it('tell of two years before the newest one what a newer value has taken the place of', () => {
    const figures = figuresOf([
      year(2022, { employees: 10 }),
      year(2023, { employees: 20, layoffRatePct: 3 }),
      year(2024, { layoffRatePct: 2 }),
      year(2025, { employees: 40 }),
    ]);
    expect(figures).toMatchObject({ values: { employees: 40, layoffRatePct: 2 } });
    expect(figures?.earlier).toEqual({ 2023: { employees: 20, layoffRatePct: 3 } });
    const told = figures ?? undefined;
    expect(factSheet(register, told, '2026-11-25').earlier).toEqual(figures?.earlier);
    // A correction of an earlier year makes another version, so that policies read it.
    const corrected = told && { ...told, earlier: { 2023: { employees: 21, layoffRatePct: 3 } } };
    expect(factsVersions(register, corrected)).not.toEqual(factsVersions(register, told));
  });

  it('are nothing where nothing was recorded', () => {
    expect(figuresOf([])).toBeNull();
  });
});

describe('a figure of the year that runs', () => {
  const before = recordYear(
    { uscc: 'X', year: 2025, facts: { employees: 40, layoffRatePct: 1, rdExpenseYuan: 9 } },
    NOTHING,
    by('TJJ', '2026-03-31'),
  );
  const after = recordYear(
    { uscc: 'X', year: 2026, facts: { employees: 45 } },
    { years: [before.record], latest: before.latest },
    by('SHUIWJ', '2026-11-20', 'run-7'),
  );

  it('stands for the day on which it is recorded, and replaces itself alone', () => {
    expect(after.record).toMatchObject({ year: 2026, asOf: '2026-11-20', values: { employees: 45 } });
    const sheet = factSheet(register, after.latest ?? undefined, '2026-11-25');
    expect(sheet.values).toMatchObject({ employees: 45, employeesPriorYear: 40, layoffRatePct: 1, rdExpenseYuan: 9 });
    expect(sheet.asOf).toBe('2025-12-31');
    expect(sheet.dates).toMatchObject({ employees: '2026-11-20', scale: '2026-11-25' });
    expect(sheet.current).toContain('scale');
    expect(sheet.current).not.toContain('employees');
  });

  it('says who recorded it, when and in which run, beside who recorded the rest', () => {
    const sheet = factSheet(register, after.latest ?? undefined, '2026-11-25');
    expect(sheet.origin).toEqual(by('TJJ', '2026-03-31'));
    expect(sheet.origins).toEqual({ employees: by('SHUIWJ', '2026-11-20', 'run-7') });
  });

  it('gives way to the year before again when it is withdrawn', () => {
    const withdrawn = recordYear(
      { uscc: 'X', year: 2026, facts: { employees: null } },
      { years: [before.record, after.record], latest: after.latest },
      by('SHUIWJ', '2026-11-21'),
    );
    expect(withdrawn.latest?.values).toMatchObject({ employees: 40 });
  });

  it('keeps its day and its origin when another figure of the year follows', () => {
    const next = recordYear(
      { uscc: 'X', year: 2026, facts: { insuredEmployees: 41 } },
      { years: [before.record, after.record], latest: after.latest },
      by('RSJ', '2026-11-24'),
    );
    const sheet = factSheet(register, next.latest ?? undefined, '2026-11-25');
    expect(sheet.dates).toMatchObject({ employees: '2026-11-20', insuredEmployees: '2026-11-24' });
    expect(sheet.origins).toMatchObject({
      employees: by('SHUIWJ', '2026-11-20', 'run-7'),
      insuredEmployees: by('RSJ', '2026-11-24'),
    });
  });

  it('of an earlier release, dated by the end of the year, stands for today: that day has not come', () => {
    const sheet = factSheet(register, { asOf: '2026-12-31', values: { employees: 45 }, prior: {} }, '2026-11-25');
    expect(withoutDaysToCome(sheet, '2026-11-25').asOf).toBe('2026-11-25');
    expect(withoutDaysToCome({ ...sheet, asOf: '2025-12-31' }, '2026-11-25').asOf).toBe('2025-12-31');
  });

  it('recorded on another day or by another department is another version of the facts', () => {
    const versionBy = (department: string, on: string) => {
      const { latest } = recordYear(
        { uscc: 'X', year: 2026, facts: { employees: 45 } },
        { years: [before.record], latest: before.latest },
        by(department, on),
      );
      return versionOn(factsVersions(register, latest ?? undefined), '2026-11-25');
    };
    const version = versionBy('TJJ', '2026-11-20');
    expect(versionBy('TJJ', '2026-11-20')).toBe(version);
    expect(versionBy('TJJ', '2026-11-21')).not.toBe(version);
    expect(versionBy('SHUIWJ', '2026-11-20')).not.toBe(version);
  });
});

describe('a record of an older year', () => {
  it('changes nothing of what counts where every figure is known of a newer one', () => {
    const newer = recordYear({ uscc: 'X', year: 2025, facts: { employees: 40 } }, NOTHING, by('TJJ', '2026-03-31'));
    const older = recordYear(
      { uscc: 'X', year: 2020, facts: { employees: 7 } },
      { years: [newer.record], latest: newer.latest },
      by('TJJ', '2026-03-31'),
    );
    expect(older.latest).toBeNull();
  });
});
