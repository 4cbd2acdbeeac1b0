import {
  campaignFigures,
  stageOf,
  type CountedFinding,
  type CountedVisit,
} from '../../../subgraphs/enterprises/src/domain/visits/campaign.js';
import { stateOfCase, stateOn } from '../../../subgraphs/enterprises/src/domain/visits/finding.js';

const visit = (uscc: string, visitedOn: string, rest: Partial<CountedVisit> = {}): CountedVisit => ({
  uscc,
  visitedOn,
  recordedOn: visitedOn,
  withdrawnOn: null,
  ...rest,
});
const target = (uscc: string, unit: string | null, stage = 0) => ({ uscc, unit, stage });

describe('the figures of a campaign', () => {
  const campaign = {
    stages: [
      { name: '规上企业', until: '2026-03-31', classes: ['ABOVE_DESIGNATED_SIZE' as const] },
      { name: '全覆盖', until: '2026-12-31', classes: [] },
    ],
    // Five enterprises: two of RSJ, two of JXJ, one that nobody looks after; A and C in the first stage.
    targets: [
      target('A', 'RSJ'),
      target('B', 'RSJ', 1),
      target('C', 'JXJ'),
      target('D', 'JXJ', 1),
      target('E', null, 1),
    ],
    visits: [
      visit('A', '2026-03-10'),
      visit('A', '2026-05-10'),
      // Recorded a month after the end of the first stage.
      visit('C', '2026-03-30', { recordedOn: '2026-04-30' }),
      // Turned out in June not to have taken place.
      visit('D', '2026-05-20', { withdrawnOn: '2026-06-15' }),
    ],
    findings: [
      {
        unit: 'RSJ',
        changes: [
          { state: 'LISTED', on: '2026-03-10', note: null },
          { state: 'SETTLED', on: '2026-06-01', note: null },
        ],
      },
      // Settled, and open again since the case was reopened.
      {
        unit: 'JXJ',
        changes: [
          { state: 'SENT', on: '2026-04-30', note: null },
          { state: 'IN_CASE', on: '2026-05-01', note: null },
          { state: 'SETTLED', on: '2026-05-15', note: null },
          { state: 'IN_CASE', on: '2026-06-10', note: null },
        ],
      },
      {
        unit: 'JXJ',
        changes: [
          { state: 'LISTED', on: '2026-05-20', note: null },
          { state: 'VOID', on: '2026-06-15', note: null },
        ],
      },
    ] satisfies CountedFinding[],
    quotas: new Map([['RSJ', 2]]),
  };
  const on = (day: string) => campaignFigures(campaign, day);

  it('are those that were known on the day', () => {
    // By the end of March: A alone, visited once; one problem.
    expect(on('2026-03-31')).toMatchObject({
      visits: 1,
      visited: { numerator: 1, denominator: 5 },
      neverVisited: 4,
      visitedThisQuarter: { numerator: 1, denominator: 5 },
      problems: 1,
      solved: { numerator: 0, denominator: 1 },
    });
    // The day after, the first stage is late: C's visit is not known yet.
    expect(
      on('2026-04-01').stages.map(({ visited, isLate }) => [visited.numerator, visited.denominator, isLate]),
    ).toEqual([
      [1, 2, true],
      [0, 3, false],
    ]);
    // At the end of May: A, C and D; A and D in the second quarter; three problems, the second settled.
    expect(on('2026-05-31')).toMatchObject({
      visits: 4,
      visited: { numerator: 3, denominator: 5 },
      visitedThisQuarter: { numerator: 2, denominator: 5 },
      problems: 3,
      solved: { numerator: 1, denominator: 3 },
    });
    expect(on('2026-05-31').stages.map(({ isLate }) => isLate)).toEqual([false, false]);
    // In July D's visit and its problem do not count any more; the first problem is settled, the second open again.
    expect(on('2026-07-01')).toMatchObject({
      visits: 3,
      visited: { numerator: 2, denominator: 5 },
      visitedThisQuarter: { numerator: 0, denominator: 5 },
      problems: 2,
      solved: { numerator: 1, denominator: 2 },
    });
  });

  it('are told by unit, with what is missing to the quota', () => {
    expect(on('2026-05-31').units).toEqual([
      {
        unit: null,
        visited: { numerator: 0, denominator: 1 },
        quota: null,
        missing: 0,
        problems: 0,
        solved: { numerator: 0, denominator: 0 },
      },
      {
        unit: 'JXJ',
        visited: { numerator: 2, denominator: 2 },
        quota: null,
        missing: 0,
        problems: 2,
        solved: { numerator: 1, denominator: 2 },
      },
      {
        unit: 'RSJ',
        visited: { numerator: 1, denominator: 2 },
        quota: 2,
        missing: 1,
        problems: 1,
        solved: { numerator: 0, denominator: 1 },
      },
    ]);
  });

  it("are Xianning's: of 27,851 entities 12,964 visited, of 3,245 problems 641 solved", () => {
    const keys = Array.from({ length: 27_851 }, (_, at) => String(at));
    const figures = campaignFigures(
      {
        stages: [{ name: '全覆盖', until: '2022-12-31', classes: [] }],
        targets: keys.map((uscc) => target(uscc, 'FGW')),
        visits: keys.slice(0, 12_964).map((uscc) => visit(uscc, '2022-05-01')),
        findings: keys.slice(0, 3_245).map((_key, at) => ({
          unit: 'FGW',
          changes: [{ state: at < 641 ? ('SETTLED' as const) : ('LISTED' as const), on: '2022-05-01', note: null }],
        })),
        quotas: new Map(),
      },
      '2022-07-12',
    );
    expect(figures).toMatchObject({
      visited: { numerator: 12_964, denominator: 27_851 },
      neverVisited: 14_887,
      problems: 3_245,
      solved: { numerator: 641, denominator: 3_245 },
    });
  });

  it('take an enterprise in the first stage that takes its class', () => {
    expect(stageOf(campaign.stages, 'ABOVE_DESIGNATED_SIZE')).toBe(0);
    expect(stageOf(campaign.stages, 'SMALL_AND_MICRO')).toBe(1);
    expect(stageOf(campaign.stages.slice(0, 1), 'SMALL_AND_MICRO')).toBeNull();
  });
});

describe('a problem', () => {
  it('follows its case', () => {
    expect(['RECEIVED', 'RESOLVED', 'RATED', 'CLOSED', 'REOPENED', 'WITHDRAWN'].map(stateOfCase)).toEqual([
      'IN_CASE',
      'SETTLED',
      'SETTLED',
      'SETTLED',
      'IN_CASE',
      'WITHDRAWN',
    ]);
  });
  it('stood nowhere before it was recorded', () => {
    expect(stateOn([{ state: 'LISTED', on: '2026-03-10', note: null }], '2026-03-09')).toBeNull();
  });
});
