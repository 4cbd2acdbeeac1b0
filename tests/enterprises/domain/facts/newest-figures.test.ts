import { figuresOf, type RecordedYear } from '../../../../subgraphs/enterprises/src/domain/figures.js';
import { recordYear } from '../../../../subgraphs/enterprises/src/domain/year-record.js';

const by = (department: string, on = '2026-03-31', run: string | null = null) => ({ department, on, run });
const year = (number: number, values: RecordedYear['values'], rest: Partial<RecordedYear> = {}): RecordedYear => ({
  ...{ year: number, asOf: `${String(number)}-12-31`, values },
  ...rest,
});

describe('the day of the figures', () => {
  it('is that of most of them; the others, and what their growth is measured against, have their own', () => {
    const figures = figuresOf([
      year(2025, { employees: 44, layoffRatePct: 1, rdExpenseYuan: 9 }),
      year(2024, { employees: 40, insuredEmployees: 38, hiredGraduates: 2 }),
      year(2023, { insuredEmployees: 30, hiredGraduates: 1, industrialOutputYuan: 7 }),
    ]);
    expect(figures).toMatchObject({ year: 2025, asOf: '2025-12-31' });
    expect(figures?.days).toEqual({
      insuredEmployees: '2024-12-31',
      insuredEmployeesPriorYear: '2024-12-31',
      hiredGraduates: '2024-12-31',
      industrialOutputYuan: '2023-12-31',
    });
    expect(figures?.prior).toEqual({ employeesPriorYear: 40, insuredEmployeesPriorYear: 30 });
  });

  it('is that of the newest year between two that have as many', () => {
    expect(figuresOf([year(2024, { employees: 40 }), year(2025, { layoffRatePct: 1 })])?.asOf).toBe('2025-12-31');
    expect(figuresOf([year(2024, { employees: 40, rdExpenseYuan: 9 }), year(2025, { layoffRatePct: 1 })])?.asOf).toBe(
      '2024-12-31',
    );
  });

  it('is that of the newest record where everything was withdrawn', () => {
    expect(figuresOf([year(2024, {}), year(2023, {})])).toEqual({
      ...{ year: 2024, asOf: '2024-12-31', values: {}, prior: {}, days: {}, origins: {} },
    });
  });

  it('of one year alone leaves nothing beside the values', () => {
    expect(figuresOf([year(2024, { employees: 40 })])).toEqual({
      ...{ year: 2024, asOf: '2024-12-31', values: { employees: 40 }, prior: {}, days: {}, origins: {} },
    });
  });
});

describe('who recorded the figures', () => {
  it('is told once for most of them, and of each other one', () => {
    const figures = figuresOf([
      year(
        2025,
        { employees: 44, layoffRatePct: 1, rdExpenseYuan: 9 },
        { origin: by('TJJ'), origins: { layoffRatePct: by('RSJ') } },
      ),
    ]);
    expect(figures?.origin).toEqual(by('TJJ'));
    expect(figures?.origins).toEqual({ layoffRatePct: by('RSJ') });
  });

  it('tells two runs of one department on one day apart', () => {
    const figures = figuresOf([
      year(
        2025,
        { employees: 44, layoffRatePct: 1, rdExpenseYuan: 9, hiredGraduates: 2 },
        {
          origin: by('TJJ'),
          origins: { employees: by('RSJ', '2026-03-31', 'run-1'), layoffRatePct: by('RSJ', '2026-03-31', 'run-2') },
        },
      ),
    ]);
    expect(figures?.origin).toEqual(by('TJJ'));
    expect(figures?.origins).toEqual({
      employees: by('RSJ', '2026-03-31', 'run-1'),
      layoffRatePct: by('RSJ', '2026-03-31', 'run-2'),
    });
  });

  it('is not told of records that do not say it', () => {
    const mostUnknown = figuresOf([
      year(2025, { employees: 44 }, { origin: by('TJJ') }),
      year(2024, { layoffRatePct: 1, rdExpenseYuan: 9 }),
    ]);
    expect(mostUnknown).not.toHaveProperty('origin');
    expect(mostUnknown?.origins).toEqual({ employees: by('TJJ') });
    const mostKnown = figuresOf([
      year(2025, { employees: 44, layoffRatePct: 1 }, { origin: by('TJJ') }),
      year(2024, { rdExpenseYuan: 9 }),
    ]);
    expect(mostKnown?.origin).toEqual(by('TJJ'));
    expect(Object.keys(mostKnown?.origins ?? {})).toEqual([]);
  });

  it('on a day before the year ended is the day of the figure', () => {
    const day = (on: string) => figuresOf([year(2025, { employees: 44 }, { origin: by('TJJ', on) })])?.asOf;
    expect([day('2025-11-20'), day('2025-12-31'), day('2026-01-01')]).toEqual([
      ...['2025-11-20', '2025-12-31', '2025-12-31'],
    ]);
  });
});

describe('figures of earlier years', () => {
  it('are told of the two years before the newest, and only where a newer value has taken their place', () => {
    const figures = figuresOf([
      year(2025, { employees: 44 }),
      year(2024, { employees: 40, layoffRatePct: 1 }),
      year(2023, { employees: 30, layoffRatePct: 2, rdExpenseYuan: 9 }),
      year(2022, { employees: 20 }),
    ]);
    expect(figures?.earlier).toEqual({ 2024: { employees: 40 }, 2023: { employees: 30, layoffRatePct: 2 } });
    expect(figuresOf([year(2025, { employees: 44 }), year(2022, { employees: 20 })])).not.toHaveProperty('earlier');
  });
});

describe('a record of a year', () => {
  const first = recordYear(
    { uscc: 'X', year: 2025, facts: { employees: 40, layoffRatePct: 1 } },
    { years: [], latest: null },
    by('TJJ', '2026-03-31', 'run-1'),
  );
  const standing = { years: [first.record], latest: first.latest };

  it('is the first of its year, dated by the end of it, and recorded by one hand', () => {
    expect(first.record).toEqual({
      ...{ uscc: 'X', year: 2025, revision: 1, asOf: '2025-12-31', values: { employees: 40, layoffRatePct: 1 } },
      ...{ origin: by('TJJ', '2026-03-31', 'run-1'), origins: {} },
    });
    expect(first.latest).toMatchObject({ year: 2025, values: { employees: 40, layoffRatePct: 1 } });
  });

  it('stands on the one before: what it does not name stays with whoever recorded it', () => {
    const second = recordYear(
      { uscc: 'X', year: 2025, facts: { employees: 41, rdExpenseYuan: 9 } },
      standing,
      by('SHUIWJ', '2026-05-31'),
    );
    expect(second.record).toMatchObject({
      ...{
        revision: 2,
        values: { employees: 41, layoffRatePct: 1, rdExpenseYuan: 9 },
        origin: by('SHUIWJ', '2026-05-31'),
      },
    });
    expect(second.record.origins).toEqual({ layoffRatePct: by('TJJ', '2026-03-31', 'run-1') });
    const third = recordYear(
      { uscc: 'X', year: 2025, facts: { rdExpenseYuan: null } },
      { years: [second.record], latest: second.latest },
      by('RSJ', '2026-06-30'),
    );
    expect(third.record).toMatchObject({ revision: 3, values: { employees: 41, layoffRatePct: 1 } });
    expect(third.record.origins).toEqual({
      employees: by('SHUIWJ', '2026-05-31'),
      layoffRatePct: by('TJJ', '2026-03-31', 'run-1'),
    });
  });

  it('has no origin of what a record of an earlier release did not say', () => {
    const { record } = recordYear(
      { uscc: 'X', year: 2025, facts: { rdExpenseYuan: 9 } },
      { years: [{ ...year(2025, { employees: 40 }), revision: 4 }], latest: null },
      by('TJJ'),
    );
    expect(record).toMatchObject({ revision: 5, values: { employees: 40, rdExpenseYuan: 9 } });
    expect(Object.keys(record.origins)).toEqual([]);
  });

  it('leaves the current figures as they are where it changes none, in whatever order they stand', () => {
    const again = recordYear(
      { uscc: 'X', year: 2025, facts: { layoffRatePct: 1, employees: 40 } },
      standing,
      by('TJJ', '2026-03-31', 'run-1'),
    );
    expect(again.record.revision).toBe(2);
    expect(again.latest).toBeNull();
    const turned = {
      ...first.latest,
      values: Object.fromEntries(Object.entries(first.latest?.values ?? {}).toReversed()),
    } as NonNullable<typeof first.latest>;
    const alike = { uscc: 'X', year: 2025, facts: { employees: 40 } };
    expect(recordYear(alike, { ...standing, latest: turned }, by('TJJ', '2026-03-31', 'run-1')).latest).toBeNull();
    // The same figures from another hand are other ones: the sheet says who recorded them.
    expect(recordYear(alike, standing, by('SHUIWJ', '2026-05-31')).latest).not.toBeNull();
    expect(
      recordYear({ ...alike, facts: { employees: 41 } }, standing, by('TJJ', '2026-03-31', 'run-1')).latest,
    ).toMatchObject({ values: { employees: 41 } });
  });

  it('of a collection is another one when its items stand in another order', () => {
    const loans = (...years: number[]) => years.map((one) => ({ years: one }));
    const recorded = recordYear(
      { uscc: 'X', year: 2025, facts: { loans: loans(1, 2) } },
      { years: [], latest: null },
      by('RMYH'),
    );
    const next = (...years: number[]) =>
      recordYear(
        { uscc: 'X', year: 2025, facts: { loans: loans(...years) } },
        { years: [recorded.record], latest: recorded.latest },
        by('RMYH'),
      ).latest;
    expect(next(1, 2)).toBeNull();
    expect(next(2, 1)).toMatchObject({ values: { loans: [{ years: 2 }, { years: 1 }] } });
  });
});
