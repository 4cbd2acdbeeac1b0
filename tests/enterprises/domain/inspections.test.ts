import { inspectionFlags, publicTerm } from '../../../subgraphs/enterprises/src/domain/inspections/inspection.js';
import { visitFigures, type PeriodVisit } from '../../../subgraphs/enterprises/src/domain/visits/visit-figures.js';

describe('what is irregular about an inspection (国办发〔2024〕54号)', () => {
  const plan = { year: 2026, departmentCode: 'SCJG', publishedOn: '2026-02-10', cap: 2 };
  const inspection = { kind: 'PLANNED', inspectedOn: '2026-03-10', isApproved: true } as const;
  const first = { before: 0, cap: 2 };

  it('is nothing about one that a published plan names and the head approved', () => {
    expect(inspectionFlags(inspection, plan, first)).toEqual([]);
    expect(inspectionFlags({ ...inspection, inspectedOn: '2026-02-10' }, plan, first)).toEqual([]);
    expect(inspectionFlags({ ...inspection, kind: 'CASE' }, null, first)).toEqual([]);
  });

  it('is a plan that is missing, or not published on its day', () => {
    expect(inspectionFlags(inspection, null, first)).toEqual(['WITHOUT_PLAN']);
    expect(inspectionFlags({ ...inspection, kind: 'SPECIAL' }, null, first)).toEqual(['WITHOUT_PLAN']);
    expect(inspectionFlags(inspection, { ...plan, publishedOn: null }, first)).toEqual(['PLAN_NOT_PUBLISHED']);
    expect(inspectionFlags({ ...inspection, inspectedOn: '2026-02-09' }, plan, first)).toEqual(['PLAN_NOT_PUBLISHED']);
  });

  it('is a missing approval, and one more than the cap allows', () => {
    expect(inspectionFlags({ ...inspection, isApproved: false }, plan, first)).toEqual(['NOT_APPROVED']);
    expect(inspectionFlags(inspection, plan, { before: 1, cap: 2 })).toEqual([]);
    expect(inspectionFlags(inspection, plan, { before: 2, cap: 2 })).toEqual(['OVER_CAP']);
    expect(inspectionFlags(inspection, plan, { before: 9, cap: null })).toEqual([]);
    expect(inspectionFlags({ ...inspection, isApproved: false }, null, { before: 1, cap: 1 })).toEqual([
      ...['WITHOUT_PLAN', 'NOT_APPROVED', 'OVER_CAP'],
    ]);
  });
});

describe('how long a penalty is published (国办发〔2025〕22号)', () => {
  it.each([
    ['MINOR', '2026-03-10', '2026-06-10'],
    ['GENERAL', '2026-06-10', '2027-03-10'],
    ['SERIOUS', '2027-03-10', '2029-03-10'],
  ] as const)('%s of 10 March 2026: from %s to %s', (grade, earliest, latest) => {
    expect(publicTerm(grade, '2026-03-10')).toEqual({ earliest, latest });
  });
  it('ends with a shorter month', () => {
    expect(publicTerm('GENERAL', '2028-02-29')).toEqual({ earliest: '2028-05-29', latest: '2029-02-28' });
  });
});

describe('the figures of visits', () => {
  const visit = (id: string, uscc: string, unit: string, part: Partial<PeriodVisit> = {}): PeriodVisit => ({
    ...{ id, uscc, unit, visitedOn: '2026-03-10', recordedOn: '2026-03-10', withdrawnOn: null },
    kind: 'SURVEY',
    ...part,
  });
  const found = (visitId: string, ...changes: (readonly [string, string])[]) => ({
    ...{ visitId, unit: 'RSJ' },
    changes: changes.map(([state, on]) => ({ state: state as 'SENT', on, note: null })),
  });
  const period = { from: '2026-03-01', until: '2026-03-31', asOf: '2026-03-20' };

  it('count visits known on the day, each enterprise once, and the problems that count', () => {
    const visits = [
      visit('1', 'A', 'RSJ'),
      visit('2', 'A', 'JXJ', { kind: 'LEADER_VISIT' }),
      visit('3', 'B', 'JXJ'),
      visit('4', 'C', 'AAA', { recordedOn: '2026-03-21' }),
      visit('5', 'D', 'AAA', { withdrawnOn: '2026-03-20' }),
    ];
    const findings = [
      found('1', ['SENT', '2026-03-10'], ['SETTLED', '2026-03-20']),
      found('1', ['SENT', '2026-03-10'], ['SETTLED', '2026-03-21']),
      found('3', ['SENT', '2026-03-10'], ['VOID', '2026-03-11']),
      found('5', ['SENT', '2026-03-10']),
      found('other', ['SENT', '2026-03-10']),
    ];
    const figures = visitFigures({ visits, findings }, period);
    expect(figures).toMatchObject({
      ...{ ...period, visits: 3, enterprises: 2, problems: 2, solved: { numerator: 1, denominator: 2 } },
    });
    expect(figures.byDepartment).toEqual([
      { unit: 'JXJ', visits: 2, enterprises: 2, problems: 0, solved: { numerator: 0, denominator: 0 } },
      { unit: 'RSJ', visits: 1, enterprises: 1, problems: 2, solved: { numerator: 1, denominator: 2 } },
    ]);
    expect(figures.byKind.map(({ kind, visits: some, problems }) => [kind, some, problems])).toEqual([
      ['LEADER_VISIT', 1, 0],
      ['STEWARD_VISIT', 0, 0],
      ['SURVEY', 2, 2],
      ['DEPARTMENT_VISIT', 0, 0],
    ]);
  });
});
