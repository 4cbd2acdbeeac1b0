import {
  FINDING_CATEGORIES,
  FINDING_STATES,
  FIRST_STATE,
  HANDLINGS,
  movesOf,
  problemOn,
  stateOn,
  type FindingState,
} from '../../../../subgraphs/enterprises/src/domain/visits/finding.js';
import { VISIT_KINDS, VISIT_STATES } from '../../../../subgraphs/enterprises/src/domain/visits/visit.js';

const changes = (...steps: (readonly [state: FindingState, on: string])[]) =>
  steps.map(([state, on]) => ({ state, on, note: null }));

describe('a problem found on a visit', () => {
  it('stands where its handling puts it: settled, on the list of services, sent to become a case', () => {
    expect(HANDLINGS.map((handling) => [handling, FIRST_STATE[handling]])).toEqual([
      ['SETTLED_ON_THE_SPOT', 'SETTLED'],
      ['SERVICE_LIST', 'LISTED'],
      ['CASE', 'SENT'],
    ]);
  });

  it('is moved by people from the list alone: to settled, or to the cases', () => {
    expect(Object.fromEntries(FINDING_STATES.map((state) => [state, movesOf(state)]))).toEqual({
      LISTED: ['SETTLED', 'SENT'],
      SENT: [],
      IN_CASE: [],
      SETTLED: [],
      WITHDRAWN: [],
      VOID: [],
    });
  });

  it('was on a day what was known by its end', () => {
    const its = changes(['LISTED', '2026-03-10'], ['SENT', '2026-03-12'], ['IN_CASE', '2026-03-12']);
    expect(['2026-03-09', '2026-03-10', '2026-03-11', '2026-03-12'].map((day) => stateOn(its, day))).toEqual([
      ...[null, 'LISTED', 'LISTED', 'IN_CASE'],
    ]);
    expect(stateOn([], '2026-03-12')).toBeNull();
  });

  it.each<[FindingState, { isSolved: boolean } | null]>([
    ['LISTED', { isSolved: false }],
    ['SENT', { isSolved: false }],
    ['IN_CASE', { isSolved: false }],
    ['SETTLED', { isSolved: true }],
    ['WITHDRAWN', { isSolved: false }],
    ['VOID', null],
  ])('that is %s counts as %j', (state, expected) => {
    expect(problemOn(changes([state, '2026-03-10']), '2026-03-10')).toEqual(expected);
    expect(problemOn(changes([state, '2026-03-10']), '2026-03-09')).toBeNull();
  });

  it('has one of the nine categories of the problem list', () => {
    expect(new Set(FINDING_CATEGORIES).size).toBe(9);
    expect([...FINDING_CATEGORIES].toSorted()).toEqual([
      'FINANCE',
      'LABOUR',
      'LAND_AND_CONSTRUCTION',
      'LAW_ENFORCEMENT',
      'LOGISTICS',
      'MARKET_AND_SALES',
      'PERMITS_AND_SERVICES',
      'POLICY_DELIVERY',
      'TAX_AND_FEES',
    ]);
  });
});

describe('a visit', () => {
  it('is of one of four kinds, and stands in one of four states', () => {
    expect(VISIT_KINDS).toEqual(['LEADER_VISIT', 'STEWARD_VISIT', 'SURVEY', 'DEPARTMENT_VISIT']);
    expect(VISIT_STATES).toEqual(['PLANNED', 'HELD', 'CANCELLED', 'WITHDRAWN']);
  });
});
