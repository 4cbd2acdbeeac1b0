import {
  admissionFaults,
  type DepartmentOpinion,
} from '../../../../subgraphs/enterprises/src/domain/projects/admission.js';
import type { ProjectChange } from '../../../../subgraphs/enterprises/src/domain/projects/project-event.js';
import {
  isGranted,
  knownOn,
  lifeOf,
  type ProjectLife,
} from '../../../../subgraphs/enterprises/src/domain/projects/project-life.js';
import { isOfficerOf, mayLead } from '../../../../subgraphs/enterprises/src/domain/projects/project-rights.js';
import {
  completionFaults,
  planFaults,
  stageAfter,
} from '../../../../subgraphs/enterprises/src/domain/projects/project-rules.js';
import { PROJECT_STEPS, type ProjectStep } from '../../../../subgraphs/enterprises/src/domain/projects/steps.js';

const SIGNED = '2026-03-01';
/** Changes, each at noon of its day in Shanghai. */
const eventsOf = (...changes: (readonly [day: string, change: ProjectChange])[]) =>
  changes.map(([day, change], index) => ({
    ...{ project: 'XM-1', seq: index + 1, at: `${day}T04:00:00.000Z`, by: 'officer-1', department: 'FGW', change },
  }));
const lived = (...changes: (readonly [day: string, change: ProjectChange])[]): ProjectLife =>
  lifeOf(eventsOf(...changes));
const planned = (
  steps: readonly (readonly [step: ProjectStep, plannedOn: string])[],
  reason: string | null = null,
): ProjectChange => ({ type: 'PLANNED', steps: steps.map(([step, plannedOn]) => ({ step, plannedOn })), reason });
const completed = (step: ProjectStep, completedOn: string): ProjectChange => ({
  type: 'STEP_COMPLETED',
  step,
  completedOn,
  note: '已完成',
});
const opened = (approval: number, step: ProjectStep): ProjectChange => ({
  type: 'APPROVAL_OPENED',
  approval,
  step,
  matter: '用地预审',
  owner: 'ZRZY',
  receivedAt: '2026-03-10T02:00:00.000Z',
  halfDays: 10,
});
const paths = (faults: readonly { path: readonly string[] }[]): string[] => faults.map(({ path }) => path.join('.'));

describe('the life of a project', () => {
  it('keeps the first planned day, and the newest', () => {
    const life = lived(
      [
        '2026-03-02',
        planned([
          ['INITIATION', '2026-03-20'],
          ['ACCEPTANCE', '2027-05-01'],
        ]),
      ],
      ['2026-03-15', planned([['INITIATION', '2026-04-02']], '材料未齐')],
      ['2026-04-01', completed('INITIATION', '2026-03-30')],
    );
    expect(life.version).toBe(3);
    expect(life.steps.map(({ step }) => step)).toEqual(PROJECT_STEPS);
    expect(life.steps[0]).toEqual({
      ...{ step: 'INITIATION', firstPlannedOn: '2026-03-20', plannedOn: '2026-04-02' },
      ...{ completedOn: '2026-03-30', note: '已完成' },
    });
    expect(life.steps.at(-1)).toMatchObject({ firstPlannedOn: '2027-05-01', plannedOn: '2027-05-01' });
    expect(life.steps[1]).toMatchObject({ firstPlannedOn: null, plannedOn: null, completedOn: null, note: null });
  });

  it('decides the approval that is named, does the task that is named, and keeps blocks and inspections', () => {
    const task = (number: number): ProjectChange => ({
      type: 'TASK_GIVEN',
      task: number,
      step: 'LAND_SUPPLY',
      official: 'G-1',
      matter: '报件',
      dueOn: '2026-04-01',
    });
    const life = lived(
      ['2026-03-10', opened(1, 'LAND_SUPPLY')],
      ['2026-03-10', opened(2, 'LAND_SUPPLY')],
      ['2026-03-12', { type: 'APPROVAL_DECIDED', approval: 2, outcome: 'GRANTED_ON_PLEDGE', note: '', pledge: '补件' }],
      ['2026-03-13', task(1)],
      ['2026-03-13', task(2)],
      ['2026-03-14', { type: 'TASK_DONE', task: 1, note: '已报' }],
      ['2026-03-15', { type: 'BLOCKED', problem: 'P-1', step: 'LAND_SUPPLY', fault: 'DEPARTMENT', department: 'ZRZY' }],
      [
        '2026-03-16',
        {
          type: 'INSPECTED',
          inspection: 1,
          inspectedOn: '2026-03-16',
          office: 'DCS',
          finding: '进度慢',
          measure: '加快',
          dueOn: '2026-03-30',
        },
      ],
    );
    expect(life.approvals.map(({ decision }) => decision)).toEqual([
      null,
      { outcome: 'GRANTED_ON_PLEDGE', note: '', pledge: '补件', decidedAt: '2026-03-12T04:00:00.000Z' },
    ]);
    expect(life.approvals.map(isGranted)).toEqual([false, true]);
    expect(life.tasks.map(({ doneOn, note }) => [doneOn, note])).toEqual([
      ['2026-03-14', '已报'],
      [null, null],
    ]);
    expect(life.blocks).toEqual([
      {
        ...{ problem: 'P-1', step: 'LAND_SUPPLY', fault: 'DEPARTMENT', department: 'ZRZY', reportedOn: '2026-03-15' },
      },
    ]);
    expect(life.inspections).toEqual([
      {
        ...{ inspection: 1, inspectedOn: '2026-03-16', office: 'DCS', finding: '进度慢' },
        ...{ measure: '加快', dueOn: '2026-03-30' },
      },
    ]);
    const refused = lived(
      ['2026-03-10', opened(1, 'LAND_SUPPLY')],
      ['2026-03-12', { type: 'APPROVAL_DECIDED', approval: 1, outcome: 'REFUSED', note: '', pledge: null }],
    );
    expect(refused.approvals.map(isGranted)).toEqual([false]);
  });

  it('was on a day what had been written by its end', () => {
    const events = eventsOf(['2026-03-02', planned([['INITIATION', '2026-03-20']])], ['2026-03-05', planned([])]);
    expect(knownOn(events, '2026-03-04').map(({ seq }) => seq)).toEqual([1]);
    expect(knownOn(events, '2026-03-05').map(({ seq }) => seq)).toEqual([1, 2]);
    expect(knownOn(events, '2026-03-01')).toEqual([]);
  });
});

describe('a plan', () => {
  const begun = lived(
    [
      '2026-03-02',
      planned([
        ['INITIATION', '2026-03-20'],
        ['LAND_SUPPLY', '2026-05-01'],
        ['ACCEPTANCE', '2027-05-01'],
      ]),
    ],
    ['2026-03-19', completed('INITIATION', '2026-03-18')],
  );
  const faultsOf = (steps: readonly (readonly [ProjectStep, string])[], reason: string | null = null) =>
    planFaults(
      { steps: steps.map(([step, plannedOn]) => ({ step, plannedOn })), reason },
      { life: begun, signedOn: SIGNED },
    );

  it('is taken when its days are in order, moved ones with their reason', () => {
    expect(faultsOf([['SITE_SELECTION', SIGNED]])).toEqual([]);
    expect(faultsOf([['LAND_SUPPLY', '2026-05-01']])).toEqual([]);
    expect(faultsOf([['LAND_SUPPLY', '2026-05-02']], '雨季')).toEqual([]);
    expect(faultsOf([['DRAWING_REVIEW', '2027-05-01']])).toEqual([]);
  });

  it('names what is wrong with it', () => {
    expect(faultsOf([])).toMatchObject([{ path: ['steps'], message: 'a plan names at least one step' }]);
    expect(faultsOf([['LAND_SUPPLY', '2026-05-02']])).toMatchObject([
      { path: ['reason'], message: 'a planned day is moved: say why' },
    ]);
    expect(
      faultsOf([
        ['SITE_SELECTION', '2026-04-01'],
        ['SITE_SELECTION', '2026-04-02'],
      ]),
    ).toMatchObject([{ path: ['steps', '1', 'plannedOn'], message: 'SITE_SELECTION stands twice in the plan' }]);
    expect(faultsOf([['SITE_SELECTION', '2026-02-30']])[0]?.message).toBe('2026-02-30 is no day, YYYY-MM-DD');
    expect(faultsOf([['SITE_SELECTION', '2026-02-28']])[0]?.message).toBe(
      '2026-02-28 lies before the signing on 2026-03-01',
    );
    expect(faultsOf([['INITIATION', '2026-03-25']], '补办')[0]?.message).toBe(
      'INITIATION was completed on 2026-03-18; its planned day stays',
    );
    expect(faultsOf([['CONSTRUCTION_PERMIT', '2027-05-02']])).toMatchObject([
      { path: ['steps'], message: 'CONSTRUCTION_PERMIT is planned after ACCEPTANCE, which comes last' },
    ]);
  });
});

describe('a step', () => {
  const faultsOf = (life: ProjectLife, step: ProjectStep, completedOn: string) =>
    completionFaults({ step, completedOn }, { life, signedOn: SIGNED, today: '2026-06-01' });
  const open = lived(['2026-03-10', opened(7, 'LAND_SUPPLY')], ['2026-03-20', completed('INITIATION', '2026-03-18')]);

  it('is completed between the signing and today, once, and with its approvals decided', () => {
    expect(faultsOf(open, 'SITE_SELECTION', SIGNED)).toEqual([]);
    expect(faultsOf(open, 'SITE_SELECTION', '2026-06-01')).toEqual([]);
    expect(faultsOf(open, 'SITE_SELECTION', '2026-06-02')).toMatchObject([
      { path: ['completedOn'], message: '2026-06-02 is still to come' },
    ]);
    expect(faultsOf(open, 'SITE_SELECTION', '2026-02-28')).toMatchObject([
      { path: ['completedOn'], message: '2026-02-28 lies before the signing on 2026-03-01' },
    ]);
    expect(faultsOf(open, 'INITIATION', '2026-03-19')).toMatchObject([
      { path: ['step'], message: 'INITIATION was completed on 2026-03-18 already' },
    ]);
    expect(faultsOf(open, 'LAND_SUPPLY', '2026-05-01')).toMatchObject([
      { path: ['step'], message: 'approval 7 of LAND_SUPPLY (用地预审) is not decided' },
    ]);
  });

  it('of acceptance comes last', () => {
    const before = PROJECT_STEPS.filter((step) => step !== 'ACCEPTANCE');
    const all = lived(...before.map((step) => ['2026-05-02', completed(step, '2026-05-01')] as const));
    expect(faultsOf(all, 'ACCEPTANCE', '2026-05-01')).toEqual([]);
    expect(faultsOf(all, 'ACCEPTANCE', '2026-04-30')).toMatchObject([
      { path: ['completedOn'], message: 'INITIATION was completed later, on 2026-05-01' },
    ]);
    const allButOne = lived(...before.slice(1).map((step) => ['2026-05-02', completed(step, '2026-05-01')] as const));
    expect(faultsOf(allButOne, 'ACCEPTANCE', '2026-05-01')).toMatchObject([
      { path: ['step'], message: 'ACCEPTANCE comes last; INITIATION is not completed' },
    ]);
  });

  it.each<[ProjectChange, string, string | undefined]>([
    [completed('CONSTRUCTION_PERMIT', '2026-05-01'), 'SIGNED', 'STARTED'],
    [completed('CONSTRUCTION_PERMIT', '2026-05-01'), 'STARTED', undefined],
    [completed('CONSTRUCTION_PERMIT', '2026-05-01'), 'TERMINATED', undefined],
    [completed('ACCEPTANCE', '2026-05-01'), 'STARTED', 'IN_PRODUCTION'],
    [completed('ACCEPTANCE', '2026-05-01'), 'SIGNED', 'IN_PRODUCTION'],
    [completed('ACCEPTANCE', '2026-05-01'), 'IN_PRODUCTION', undefined],
    [completed('ACCEPTANCE', '2026-05-01'), 'TERMINATED', undefined],
    [completed('INITIATION', '2026-05-01'), 'SIGNED', undefined],
    [planned([['CONSTRUCTION_PERMIT', '2026-05-01']]), 'SIGNED', undefined],
  ])('%j moves a project that is %s to %s', (change, stage, expected) => {
    expect(stageAfter(change, stage)).toBe(expected);
  });
});

describe('who leads a project', () => {
  const officer = (department?: string) => ({ roles: ['OFFICER'], department });
  it('are officers of its leading department and the coordinator', () => {
    expect(mayLead(officer('FGW'), 'FGW')).toBe(true);
    expect(mayLead(officer('ZRZY'), 'FGW')).toBe(false);
    expect(mayLead({ roles: ['COORDINATOR'] }, 'FGW')).toBe(true);
    expect(mayLead({ roles: ['AUDITOR'], department: 'FGW' }, 'FGW')).toBe(false);
    expect(mayLead(null, 'FGW')).toBe(false);
    expect(isOfficerOf(officer('ZRZY'), 'FGW', 'ZRZY')).toBe(true);
    expect(isOfficerOf(officer(), 'FGW')).toBe(false);
    expect(isOfficerOf(null, 'FGW')).toBe(false);
  });
});

describe('an admission meeting', () => {
  const opinion = (
    aspect: DepartmentOpinion['aspect'],
    department: string,
    said: DepartmentOpinion['opinion'] = 'FOR',
  ): DepartmentOpinion => ({ aspect, department, opinion: said, text: '意见' });
  const three = [
    opinion('PLANNING', 'ZRZY'),
    opinion('PARK_POSITIONING', 'GXQ', 'WITH_CONDITIONS'),
    opinion('INDUSTRY_POLICY', 'FGW'),
  ];
  const against = [...three.slice(0, 2), opinion('INDUSTRY_POLICY', 'FGW', 'AGAINST')];

  it('admits when all three aspects are spoken on and nobody is against', () => {
    expect(admissionFaults(three, 'ADMITTED')).toEqual([]);
    expect(admissionFaults(against, 'ADMITTED')).toMatchObject([
      { path: ['opinions', '2'], message: 'FGW is against; adjourn, or refuse the project' },
    ]);
    expect(admissionFaults(three.slice(0, 2), 'ADMITTED')).toMatchObject([
      { path: ['opinions'], message: 'no department has spoken on INDUSTRY_POLICY; adjourn the meeting' },
    ]);
  });

  it('refuses only when a department is against, and adjourns whenever it wants', () => {
    expect(admissionFaults(against, 'REFUSED')).toEqual([]);
    expect(paths(admissionFaults(three, 'REFUSED'))).toEqual(['decision']);
    expect(paths(admissionFaults([], 'REFUSED'))).toEqual(['opinions']);
    expect(admissionFaults([], 'ADJOURNED')).toEqual([]);
    expect(admissionFaults(three, 'ADJOURNED')).toEqual([]);
  });

  it('hears a department once on an aspect', () => {
    expect(paths(admissionFaults([...three, opinion('PLANNING', 'ZRZY', 'AGAINST')], 'ADJOURNED'))).toEqual([
      'opinions.3',
    ]);
    expect(admissionFaults([...three, opinion('PLANNING', 'FGW')], 'ADMITTED')).toEqual([]);
    expect(admissionFaults([...three, opinion('INDUSTRY_POLICY', 'ZRZY')], 'ADMITTED')).toEqual([]);
  });
});
