import {
  solvedOn,
  statusOn,
  withStep,
} from '../../../../subgraphs/enterprises/src/domain/problems/reported-problem.js';
import {
  delayOf,
  type DatedApproval,
  type EndedBlock,
} from '../../../../subgraphs/enterprises/src/domain/projects/lateness.js';
import { lifeOf, type StepState } from '../../../../subgraphs/enterprises/src/domain/projects/project-life.js';
import { inTime, isScheduled, schedulePeriod } from '../../../../subgraphs/enterprises/src/domain/projects/schedule.js';
import { standingOf } from '../../../../subgraphs/enterprises/src/domain/projects/standing.js';

const step = (plannedOn: string | null, completedOn: string | null = null): StepState => ({
  step: 'LAND_SUPPLY',
  firstPlannedOn: plannedOn,
  plannedOn,
  completedOn,
  note: null,
});

describe('the delay of a step', () => {
  /** Due at the end of a day in Shanghai, which is 16:00 UTC. */
  const approval = (dueOn: string, decidedOn: string | null): DatedApproval => ({
    approval: 1,
    step: 'LAND_SUPPLY',
    owner: 'ZRZY',
    dueAt: new Date(`${dueOn}T16:00:00Z`),
    decision:
      decidedOn === null
        ? null
        : { outcome: 'GRANTED', note: '', pledge: null, decidedAt: `${decidedOn}T02:00:00.000Z` },
  });
  const block = (reportedOn: string, solved: string | null, department: string | null = null): EndedBlock => ({
    step: 'LAND_SUPPLY',
    fault: department === null ? 'ENTERPRISE' : 'DEPARTMENT',
    department,
    reportedOn,
    solvedOn: solved,
  });
  const delay = (
    state: StepState,
    { asOf = '2026-04-30', approvals = [] as DatedApproval[], blocks = [] as EndedBlock[] } = {},
  ) => delayOf(state, { signedOn: '2026-03-01', asOf, approvals, blocks });

  it('counts calendar days from the planned day to its end, or to the day asked for', () => {
    expect(delay(step('2026-03-20', '2026-03-25'))).toEqual({ daysLate: 5, delays: [], unexplainedDays: 5 });
    expect(delay(step('2026-03-20', '2026-03-20'))).toEqual({ daysLate: 0, delays: [], unexplainedDays: 0 });
    expect(delay(step('2026-03-20'), { asOf: '2026-03-21' }).daysLate).toBe(1);
    expect(delay(step('2026-03-20', '2026-03-25'), { asOf: '2026-03-22' }).daysLate).toBe(2);
    expect(delay(step(null), { asOf: '2026-03-22' })).toEqual({ daysLate: 0, delays: [], unexplainedDays: 0 });
  });

  it('is through the department whose approval is beyond its last day, that day not counted', () => {
    expect(delay(step('2026-03-20', '2026-03-25'), { approvals: [approval('2026-03-20', '2026-03-23')] })).toEqual({
      ...{ daysLate: 5, delays: [{ fault: 'DEPARTMENT', department: 'ZRZY', days: 3 }], unexplainedDays: 2 },
    });
    expect(delay(step('2026-03-20'), { asOf: '2026-03-25', approvals: [approval('2026-03-22', null)] })).toEqual({
      ...{ daysLate: 5, delays: [{ fault: 'DEPARTMENT', department: 'ZRZY', days: 3 }], unexplainedDays: 2 },
    });
    expect(
      delay(step('2026-03-20', '2026-03-25'), {
        approvals: [
          { ...approval('2026-03-20', null), step: 'INITIATION' },
          { ...approval('2026-03-20', null), dueAt: null },
        ],
      }).delays,
    ).toEqual([]);
  });

  it('is through what blocked it otherwise; each day counts once, the most days first', () => {
    const both = delay(step('2026-03-10', '2026-03-20'), {
      approvals: [approval('2026-03-11', '2026-03-13')],
      blocks: [block('2026-03-12', '2026-03-18'), { ...block('2026-03-10', null), step: 'INITIATION' }],
    });
    expect(both).toEqual({
      daysLate: 10,
      delays: [
        { fault: 'ENTERPRISE', department: null, days: 5 },
        { fault: 'DEPARTMENT', department: 'ZRZY', days: 2 },
      ],
      unexplainedDays: 3,
    });
  });

  it('may be made good: days that stood still are no more unexplained days than none', () => {
    const made = delay(step('2026-03-19', '2026-03-20'), { blocks: [block('2026-03-05', '2026-03-15', 'ZRZY')] });
    expect(made).toEqual({
      ...{ daysLate: 1, delays: [{ fault: 'DEPARTMENT', department: 'ZRZY', days: 10 }], unexplainedDays: 0 },
    });
    expect(delay(step('2026-03-19', '2026-03-20'), { blocks: [block('2026-02-01', null)] }).delays[0]?.days).toBe(19);
  });
});

describe('a scheduling meeting', () => {
  it('is held for a month by the counties and for a quarter by the city', () => {
    expect(schedulePeriod('COUNTY_MONTHLY', '2028-02-11')).toEqual({ from: '2028-02-01', to: '2028-02-29' });
    expect(schedulePeriod('COUNTY_MONTHLY', '2026-12-31')).toEqual({ from: '2026-12-01', to: '2026-12-31' });
    expect(schedulePeriod('CITY_QUARTERLY', '2026-05-11')).toEqual({ from: '2026-04-01', to: '2026-06-30' });
  });

  const april = { from: '2026-04-01', to: '2026-04-30' };
  it.each<[string | null, string | null, boolean]>([
    [null, null, false],
    ['2026-04-01', null, true],
    ['2026-04-30', '2026-03-15', true],
    ['2026-05-01', null, false],
    ['2026-03-31', null, true],
    ['2026-03-31', '2026-03-31', false],
    ['2026-03-31', '2026-04-01', true],
  ])('in April takes a step planned for %s and completed on %s: %s', (plannedOn, completedOn, expected) => {
    expect(isScheduled(step(plannedOn, completedOn), april)).toBe(expected);
  });

  it('counts of the steps of its period those completed by their day', () => {
    const steps = [
      step('2026-04-01', '2026-04-01'),
      step('2026-04-30', '2026-05-01'),
      step('2026-04-15', null),
      step('2026-03-31', '2026-03-01'),
      step('2026-05-01', '2026-04-01'),
      step(null, '2026-04-01'),
    ];
    expect(inTime(steps, april)).toEqual({ numerator: 1, denominator: 3 });
  });
});

describe('how a project stands', () => {
  const calendar = {
    ...{ knownFrom: '2026-01-01', knownThrough: '2026-12-31', daysOff: new Set<string>() },
    workingWeekends: new Set<string>(),
  };
  const told = { project: 'XM-1', by: 'a', department: 'FGW' };
  const life = lifeOf([
    {
      ...told,
      seq: 1,
      at: '2026-03-16T02:00:00.000Z',
      change: {
        type: 'APPROVAL_OPENED',
        approval: 1,
        step: 'LAND_SUPPLY',
        matter: '供地',
        owner: 'ZRZY',
        receivedAt: '2026-03-16T02:00:00.000Z',
        halfDays: 10,
      },
    },
    {
      ...told,
      seq: 2,
      at: '2026-03-17T02:00:00.000Z',
      change: { type: 'BLOCKED', problem: 'P-1', step: 'LAND_SUPPLY', fault: 'NOBODY', department: null },
    },
  ]);
  const standing = (now: string, known = calendar) =>
    standingOf(life, {
      signedOn: '2026-03-01',
      now: new Date(now),
      calendar: known,
      stepsOf: (problem) =>
        problem === 'P-1' ? [{ at: new Date('2026-03-20T02:00:00Z'), version: 1, status: 'RESOLVED' }] : [],
    });

  it('an approval is late from the end of its last working day, received on Monday and promised in five', () => {
    const [approval] = standing('2026-03-23T16:00:00.000Z').approvals;
    expect(approval).toMatchObject({ dueAt: new Date('2026-03-23T16:00:00.000Z'), isLate: false });
    expect(standing('2026-03-23T16:00:00.001Z').approvals[0]?.isLate).toBe(true);
    expect(
      standing('2026-03-24T16:00:00.000Z', { ...calendar, knownThrough: '2026-03-20' }).approvals[0],
    ).toMatchObject({
      ...{ dueAt: null, isLate: null },
    });
  });

  it('a block ends with the answer to its case, known by the end of the day', () => {
    expect(standing('2026-03-21T02:00:00.000Z').blocks[0]?.solvedOn).toBe('2026-03-20');
    expect(standing('2026-03-19T16:00:00.000Z').blocks[0]?.solvedOn).toBeNull();
  });
});

describe('the case of a problem', () => {
  const at = (day: string, version: number, status: string) => ({ at: new Date(`${day}T02:00:00Z`), version, status });
  const steps = [at('2026-03-02', 1, 'ASSIGNED'), at('2026-03-05', 3, 'RESOLVED')];

  it('keeps changes of the status, and nothing that is older than the last', () => {
    expect(withStep([], at('2026-03-02', 1, 'ASSIGNED'))).toHaveLength(1);
    expect(withStep(steps, at('2026-03-06', 4, 'RESOLVED'))).toBe(steps);
    expect(withStep(steps, at('2026-03-06', 3, 'CLOSED'))).toBe(steps);
    expect(withStep(steps, at('2026-03-06', 2, 'REOPENED'))).toBe(steps);
    expect(withStep(steps, at('2026-03-06', 4, 'REOPENED'))).toHaveLength(3);
  });

  it('has a status on a day, and is solved since the answer that nothing reopened', () => {
    expect([statusOn(steps, '2026-03-01'), statusOn(steps, '2026-03-02'), statusOn(steps, '2026-03-05')]).toEqual([
      ...[null, 'ASSIGNED', 'RESOLVED'],
    ]);
    expect(solvedOn(steps, '2026-03-04')).toBeNull();
    expect(solvedOn(steps, '2026-03-05')).toBe('2026-03-05');
    const reopened = [...steps, at('2026-03-08', 4, 'REOPENED')];
    expect([solvedOn(reopened, '2026-03-07'), solvedOn(reopened, '2026-03-08')]).toEqual(['2026-03-05', null]);
    for (const status of ['RATED', 'CLOSED', 'WITHDRAWN'])
      expect(solvedOn([...reopened, at('2026-03-09', 5, status)], '2026-03-09')).toBe('2026-03-09');
    expect(solvedOn([], '2026-03-09')).toBeNull();
  });
});
