import {
  campaignFigures,
  countsOn,
  type CountedVisit,
} from '../../../../subgraphs/enterprises/src/domain/visits/campaign.js';
import { visitFigures } from '../../../../subgraphs/enterprises/src/domain/visits/visit-figures.js';

const visit = (uscc: string, visitedOn: string, rest: Partial<CountedVisit> = {}): CountedVisit => ({
  ...{ uscc, visitedOn, recordedOn: visitedOn, withdrawnOn: null },
  ...rest,
});

describe('a visit', () => {
  it.each([
    ['2026-04-01', null, '2026-03-31', false],
    ['2026-04-01', null, '2026-04-01', true],
    ['2026-04-01', '2026-04-05', '2026-04-04', true],
    ['2026-04-01', '2026-04-05', '2026-04-05', false],
  ])('recorded on %s and withdrawn on %s counts on %s: %s', (recordedOn, withdrawnOn, asOf, expected) => {
    expect(countsOn(visit('A', '2026-03-30', { recordedOn, withdrawnOn }), asOf)).toBe(expected);
  });
});

describe('the figures of a campaign', () => {
  const figures = (asOf: string) =>
    campaignFigures(
      {
        stages: [{ name: '全覆盖', until: '2026-04-10', classes: [] }],
        targets: ['RSJ', 'FGW', 'SWUJ', 'JXJ'].map((unit, at) => ({ uscc: String(at), unit, stage: 0 })),
        visits: [visit('0', '2026-03-31'), visit('1', '2026-04-01'), visit('2', '2026-04-02')],
        findings: [{ unit: 'CZJ', changes: [{ state: 'LISTED', on: '2026-04-01', note: null }] }],
        quotas: new Map([
          ['ZJJ', 3],
          ['FGW', 1],
        ]),
      },
      asOf,
    );

  it('count this quarter from its first day', () => {
    expect(figures('2026-04-02').visitedThisQuarter).toEqual({ numerator: 2, denominator: 4 });
    expect(figures('2026-03-31').visitedThisQuarter).toEqual({ numerator: 1, denominator: 4 });
  });

  it('call a stage late the day after its last one, while somebody is not visited', () => {
    expect(['2026-04-10', '2026-04-11'].map((day) => figures(day).stages[0]?.isLate)).toEqual([false, true]);
  });

  it('name every unit that has to visit, found a problem or has a quota, by code', () => {
    expect(figures('2026-04-02').units.map(({ unit, quota, missing }) => [unit, quota, missing])).toEqual([
      ['CZJ', null, 0],
      ['FGW', 1, 0],
      ['JXJ', null, 0],
      ['RSJ', null, 0],
      ['SWUJ', null, 0],
      ['ZJJ', 3, 3],
    ]);
  });

  it('name the departments that visited by code', () => {
    const { byDepartment } = visitFigures(
      {
        visits: ['RSJ', 'FGW', 'SWUJ', 'FGW'].map((unit, at) => ({
          ...visit(String(at), '2026-04-01'),
          ...{ id: String(at), unit, kind: 'SURVEY' as const },
        })),
        findings: [],
      },
      { from: '2026-04-01', until: '2026-04-30', asOf: '2026-04-30' },
    );
    expect(byDepartment.map(({ unit, visits }) => [unit, visits])).toEqual([
      ['FGW', 2],
      ['RSJ', 1],
      ['SWUJ', 1],
    ]);
  });
});
