import { withStep } from '../../../../subgraphs/enterprises/src/domain/problems/reported-problem.js';
import {
  admissionFaults,
  type DepartmentOpinion,
} from '../../../../subgraphs/enterprises/src/domain/projects/admission.js';
import type { ProjectChange } from '../../../../subgraphs/enterprises/src/domain/projects/project-event.js';
import { lifeOf, type StepState } from '../../../../subgraphs/enterprises/src/domain/projects/project-life.js';
import {
  completionFaults,
  planFaults,
  stageAfter,
} from '../../../../subgraphs/enterprises/src/domain/projects/project-rules.js';
import { inTime, isScheduled } from '../../../../subgraphs/enterprises/src/domain/projects/schedule.js';
import { standingOf } from '../../../../subgraphs/enterprises/src/domain/projects/standing.js';
import type { ProjectStep } from '../../../../subgraphs/enterprises/src/domain/projects/steps.js';

const SIGNED = '2026-03-01';
const lived = (...changes: (readonly [day: string, change: ProjectChange])[]) =>
  lifeOf(
    changes.map(([day, change], index) => ({
      ...{ project: 'XM-1', seq: index + 1, at: `${day}T04:00:00.000Z`, by: 'officer-1', department: 'FGW', change },
    })),
  );
const planned = (...steps: (readonly [step: ProjectStep, plannedOn: string])[]): ProjectChange => ({
  ...{ type: 'PLANNED', steps: steps.map(([step, plannedOn]) => ({ step, plannedOn })), reason: null },
});
const opened = (step: ProjectStep): ProjectChange => ({
  ...{ type: 'APPROVAL_OPENED', approval: 1, step, matter: '用地预审', owner: 'ZRZY' },
  ...{ receivedAt: '2026-03-16T02:00:00.000Z', halfDays: 10 },
});
const decided: ProjectChange = { type: 'APPROVAL_DECIDED', approval: 1, outcome: 'GRANTED', note: '', pledge: null };

describe('a plan of several steps', () => {
  const begun = lived(['2026-03-02', planned(['INITIATION', '2026-03-20'], ['LAND_SUPPLY', '2026-05-01'])]);
  const faultsOf = (reason: string | null, ...steps: (readonly [ProjectStep, string])[]) =>
    planFaults(
      { steps: steps.map(([step, plannedOn]) => ({ step, plannedOn })), reason },
      { life: begun, signedOn: SIGNED },
    );
  const MOVED = [{ path: ['reason'], message: 'a planned day is moved: say why' }];

  it('is taken when each is named once', () => {
    expect(faultsOf(null, ['SITE_SELECTION', '2026-04-01'], ['DRAWING_REVIEW', '2026-06-01'])).toEqual([]);
  });

  it('says why, when one of them moves', () => {
    expect(faultsOf(null, ['INITIATION', '2026-03-20'], ['LAND_SUPPLY', '2026-05-02'])).toMatchObject(MOVED);
    expect(faultsOf(null, ['SITE_SELECTION', '2026-04-01'], ['LAND_SUPPLY', '2026-04-30'])).toMatchObject(MOVED);
    expect(faultsOf('雨季', ['INITIATION', '2026-03-20'], ['LAND_SUPPLY', '2026-05-02'])).toEqual([]);
  });

  it('needs no acceptance while none is planned, and keeps to the one that it names itself', () => {
    expect(faultsOf(null, ['DRAWING_REVIEW', '2030-01-01'])).toEqual([]);
    expect(faultsOf(null, ['ACCEPTANCE', '2026-04-30'])).toMatchObject([
      { path: ['steps'], message: 'LAND_SUPPLY is planned after ACCEPTANCE, which comes last' },
    ]);
    expect(faultsOf(null, ['ACCEPTANCE', '2026-05-01'])).toEqual([]);
  });

  it('names each day that is at fault', () => {
    expect(
      faultsOf(null, ['SITE_SELECTION', '2026-02-28'], ['DRAWING_REVIEW', '2026-06-01'], ['ACCEPTANCE', 'soon']),
    ).toMatchObject([
      { path: ['steps', '0', 'plannedOn'], message: '2026-02-28 lies before the signing on 2026-03-01' },
      { path: ['steps', '2', 'plannedOn'], message: 'soon is no day, YYYY-MM-DD' },
    ]);
  });
});

describe('a step whose approval is decided', () => {
  const life = lived(['2026-03-16', opened('LAND_SUPPLY')], ['2026-03-18', decided]);
  it('is completed, and so is one of which there was none', () => {
    for (const step of ['LAND_SUPPLY', 'INITIATION'] as const)
      expect(
        completionFaults({ step, completedOn: '2026-03-18' }, { life, signedOn: SIGNED, today: '2026-03-20' }),
      ).toEqual([]);
  });
});

describe('the stage of a project', () => {
  it.each<ProjectChange>([
    opened('CONSTRUCTION_PERMIT'),
    { type: 'BLOCKED', problem: 'P-1', step: 'ACCEPTANCE', fault: 'NOBODY', department: null },
    planned(['ACCEPTANCE', '2026-05-01']),
    decided,
  ])('is not moved by what completes no step: %j', (change) => expect(stageAfter(change, 'SIGNED')).toBeUndefined());
});

describe('a scheduling meeting of April', () => {
  const april = { from: '2026-04-01', to: '2026-04-30' };
  const step = (plannedOn: string | null, completedOn: string | null): StepState => ({
    ...{ step: 'LAND_SUPPLY', firstPlannedOn: plannedOn, plannedOn, completedOn, note: null },
  });
  it('takes a step planned for its first day though it was completed before', () => {
    expect(isScheduled(step('2026-04-01', '2026-03-15'), april)).toBe(true);
    expect(isScheduled(step('2026-03-31', '2026-03-15'), april)).toBe(false);
  });
  it('counts what was completed before its day and on it', () => {
    const steps = [
      step('2026-04-10', '2026-04-10'),
      step('2026-04-10', '2026-03-01'),
      step('2026-04-10', '2026-04-11'),
      step('2026-04-10', null),
    ];
    expect(inTime(steps, april)).toEqual({ numerator: 2, denominator: 4 });
    expect(inTime([], april)).toEqual({ numerator: 0, denominator: 0 });
  });
});

describe('how a project stands', () => {
  const calendar = {
    ...{ knownFrom: '2026-01-01', knownThrough: '2026-12-31', daysOff: new Set<string>() },
    workingWeekends: new Set<string>(),
  };
  const standing = (now: string, ...changes: (readonly [day: string, change: ProjectChange])[]) =>
    standingOf(lived(...changes), {
      ...{ signedOn: SIGNED, now: new Date(now), calendar },
      stepsOf: () => [{ at: new Date('2026-03-30T02:00:00Z'), version: 1, status: 'RESOLVED' }],
    });
  const history: (readonly [day: string, change: ProjectChange])[] = [
    ['2026-03-02', planned(['INITIATION', '2026-03-20'], ['LAND_SUPPLY', '2026-03-24'])],
    ['2026-03-16', opened('LAND_SUPPLY')],
    ['2026-03-27', { type: 'BLOCKED', problem: 'P-1', step: 'LAND_SUPPLY', fault: 'ENTERPRISE', department: null }],
  ];

  it('tells of each step how late it is and through whom', () => {
    // The approval was due on Monday the 23rd; the decision of the 26th ends its three days.
    const { steps } = standing('2026-04-01T02:00:00.000Z', ...history, ['2026-03-26', decided]);
    expect(steps).toHaveLength(9);
    expect(steps.find(({ step }) => step === 'LAND_SUPPLY')).toEqual({
      ...{ step: 'LAND_SUPPLY', firstPlannedOn: '2026-03-24', plannedOn: '2026-03-24', completedOn: null, note: null },
      daysLate: 8,
      delays: [
        { fault: 'DEPARTMENT', department: 'ZRZY', days: 3 },
        { fault: 'ENTERPRISE', department: null, days: 3 },
      ],
      unexplainedDays: 2,
    });
    expect(steps.find(({ step }) => step === 'INITIATION')).toMatchObject({ daysLate: 12, unexplainedDays: 12 });
    expect(steps.find(({ step }) => step === 'ACCEPTANCE')).toMatchObject({ plannedOn: null, daysLate: 0 });
  });

  it('has an approval in time by the moment of its decision, whenever it is asked', () => {
    const isLate = (day: string) =>
      standing('2026-06-01T02:00:00.000Z', ['2026-03-16', opened('LAND_SUPPLY')], [day, decided]).approvals[0]?.isLate;
    expect([isLate('2026-03-23'), isLate('2026-03-24')]).toEqual([false, true]);
  });

  it('belongs to the day that ends at midnight', () => {
    const late = (now: string) => standing(now, ...history).steps.find(({ step }) => step === 'INITIATION')?.daysLate;
    expect([late('2026-03-21T16:00:00.000Z'), late('2026-03-21T16:00:00.001Z')]).toEqual([1, 2]);
  });
});

describe('an admission meeting', () => {
  const opinion = (
    aspect: DepartmentOpinion['aspect'],
    department: string,
    said: DepartmentOpinion['opinion'] = 'FOR',
  ): DepartmentOpinion => ({ aspect, department, opinion: said, text: '意见' });
  const against = [
    opinion('PLANNING', 'ZRZY', 'AGAINST'),
    opinion('PARK_POSITIONING', 'GXQ'),
    opinion('INDUSTRY_POLICY', 'FGW'),
  ];

  it('hears the department that spoke first as well as the last', () => {
    expect(admissionFaults(against, 'ADMITTED')).toMatchObject([
      { path: ['opinions', '0'], message: 'ZRZY is against; adjourn, or refuse the project' },
    ]);
    expect(admissionFaults(against, 'REFUSED')).toEqual([]);
  });

  it('says what it lacks', () => {
    expect(admissionFaults([opinion('PLANNING', 'ZRZY')], 'ADMITTED')).toMatchObject([
      {
        path: ['opinions'],
        message: 'no department has spoken on PARK_POSITIONING, INDUSTRY_POLICY; adjourn the meeting',
      },
    ]);
    expect(admissionFaults([opinion('PLANNING', 'ZRZY'), opinion('PLANNING', 'ZRZY')], 'ADJOURNED')).toMatchObject([
      { path: ['opinions', '1'], message: 'the department has two opinions on one aspect; it needs one' },
    ]);
    expect(
      admissionFaults(
        against.map((one) => ({ ...one, opinion: 'WITH_CONDITIONS' })),
        'REFUSED',
      ),
    ).toMatchObject([
      { path: ['decision'], message: 'no department is against; say who is before the project is refused' },
    ]);
  });
});

describe('the case of a problem', () => {
  const at = (day: string, version: number, status: string) => ({ at: new Date(`${day}T02:00:00Z`), version, status });
  it('goes on from its last step, however many there are', () => {
    const one = [at('2026-03-02', 4, 'ASSIGNED')];
    expect(withStep(one, at('2026-03-03', 4, 'RESOLVED'))).toBe(one);
    const three = [...one, at('2026-03-05', 5, 'RESOLVED'), at('2026-03-06', 6, 'REOPENED')];
    expect(withStep(three, at('2026-03-07', 6, 'CLOSED'))).toBe(three);
    expect(withStep(three, at('2026-03-07', 7, 'RESOLVED'))).toHaveLength(4);
    expect(withStep(three, at('2026-03-07', 7, 'REOPENED'))).toBe(three);
  });
});
