import type { Actor, Clock } from '@zhitong/kit';
import { heardEvents } from '../../../subgraphs/enterprises/src/events-inbox.js';
import {
  coordinator,
  enterprise,
  enterprisesUnderTest,
  type EnterprisesUnderTest,
} from '../support/enterprises-under-test.js';

let now = new Date('2026-03-02T04:00:00Z');
const clock: Clock = { now: () => now };
const at = (moment: string): void => void (now = new Date(moment));
const officer = (department: string): Actor => ({ sub: `officer-${department}`, roles: ['OFFICER'], department });

let hub: EnterprisesUnderTest;
let uscc: string;
let steward: string;
beforeAll(async () => {
  hub = await enterprisesUnderTest(import.meta.url, 200, clock);
  await hub.database.connection.collection('project_events').deleteMany({});
  uscc = hub.city.enterprises[3]?.uscc ?? '';
  steward = hub.city.officials[0]?.id ?? '';
});
afterAll(async () => hub.close());

let keys = 0;
interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly path: readonly string[];
}
/** Presses a mutation; the refusal, or null when it was done. */
async function press(mutation: string, type: string, input: object, actor: Actor): Promise<Refusal | null> {
  const { data, errors } = await hub.ask<Record<string, { refusal: Refusal | null } | null>>(
    `mutation ($input: ${type}!) { ${mutation}(input: $input) { refusal { code message path } } }`,
    { variables: { input: { idempotencyKey: `project-key-${(keys += 1)}`, ...input } }, actor },
  );
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return data?.[mutation]?.refusal ?? null;
}
async function read<Data>(query: string, variables: object, actor: Actor | null): Promise<Data> {
  const { data, errors } = await hub.ask<Data>(query, { variables: { ...variables }, actor });
  if (errors !== undefined || data === null || data === undefined) throw new Error(JSON.stringify(errors));
  return data;
}
const opinion = (aspect: string, department: string, kind = 'FOR') => ({
  aspect,
  department,
  opinion: kind,
  text: '经研究，意见如上',
});

let lead: string;
let project: string;
const LIFE = `query ($id: ID!) { project(id: $id) { stage life {
  version
  steps { step firstPlannedOn plannedOn completedOn daysLate delays { fault department { code } days } unexplainedDays }
  approvals { number owner { code } promisedDays dueAt isLate outcome }
  blocks { caseNumber caseStatus solvedOn title }
} } }`;
interface Life {
  readonly project: {
    readonly stage: string;
    readonly life: {
      readonly version: number;
      readonly steps: readonly { readonly step: string; readonly [more: string]: unknown }[];
      readonly approvals: readonly object[];
      readonly blocks: readonly object[];
    };
  };
}
const life = async () => (await read<Life>(LIFE, { id: project }, coordinator)).project.life;
const stepOf = async (step: string) => (await life()).steps.find((one) => one.step === step);
const aimed = (expectedVersion: number) => ({ project, expectedVersion });
/** An event of the cases department, as the inbox hands it on. */
async function hear(type: string, time: string, data: object): Promise<void> {
  const { connection } = hub.database;
  await connection.transaction(async (session) =>
    heardEvents(hub.department.stores)({ id: 'e', source: 'urn:zhitong:cases', type, time, data } as never, {
      session,
    }),
  );
}

describe('a project from the first talk to acceptance', () => {
  it('is admitted only when each aspect has an opinion and none is against', async () => {
    await press(
      'registerProjectLead',
      'RegisterProjectLeadInput',
      {
        name: '智能装备产业园',
        investor: '某装备集团',
        region: '421202',
        leadDepartment: 'ZSZX',
        investment: '800000000.00',
        summary: '建设智能装备生产线三条',
      },
      officer('ZSZX'),
    );
    const found = await read<{ projectLeads: { nodes: { id: string; state: string }[] } }>(
      '{ projectLeads(first: 1) { nodes { id state } } }',
      {},
      coordinator,
    );
    lead = found.projectLeads.nodes[0]?.id ?? '';
    at('2026-03-05T04:00:00Z');
    const meeting = { lead, expectedVersion: 1, heldOn: '2026-03-05', chairedBy: '分管副市长', reason: '符合园区定位' };
    const hold = async (opinions: object[], decision: string) =>
      press('holdAdmissionMeeting', 'HoldAdmissionMeetingInput', { ...meeting, opinions, decision }, coordinator);
    const [plan, park, policy] = [
      opinion('PLANNING', 'ZGJ'),
      opinion('PARK_POSITIONING', 'GXQGWH', 'WITH_CONDITIONS'),
      opinion('INDUSTRY_POLICY', 'FGW'),
    ];
    expect(await hold([plan, park], 'ADMITTED')).toMatchObject({ path: ['opinions'] });
    expect(await hold([plan, park, opinion('INDUSTRY_POLICY', 'FGW', 'AGAINST')], 'ADMITTED')).toMatchObject({
      path: ['opinions', '2'],
    });
    expect(await hold([plan, park, policy], 'REFUSED')).toMatchObject({ path: ['decision'] });
    expect(await hold([plan, park, opinion('INDUSTRY_POLICY', 'NONE')], 'ADMITTED')).toMatchObject({
      code: 'INVALID',
      path: ['opinions', '2', 'department'],
    });
    const signing = { lead, expectedVersion: 1, uscc, signedOn: '2026-03-05', track: 'KEY', steward };
    expect(await press('signProject', 'SignProjectInput', signing, officer('ZSZX'))).toMatchObject({
      code: 'ILLEGAL_STATE',
    });
    expect(await hold([plan, park, policy], 'ADMITTED')).toBeNull();

    at('2026-03-09T04:00:00Z');
    expect(
      await press(
        'signProject',
        'SignProjectInput',
        { ...signing, expectedVersion: 2, signedOn: '2026-03-09' },
        officer('ZSZX'),
      ),
    ).toBeNull();
    const signed = await read<{ projectLead: { state: string; project: { id: string; name: string; stage: string } } }>(
      'query ($id: ID!) { projectLead(id: $id) { state project { id name stage } } }',
      { id: lead },
      coordinator,
    );
    project = signed.projectLead.project.id;
    expect(signed.projectLead).toMatchObject({ state: 'SIGNED', project: { name: '智能装备产业园', stage: 'SIGNED' } });
    expect(project).toMatch(/^XN-2026-\d{4}$/);
  });

  it('tells how late a step is, and through whom', async () => {
    const steps = [
      { step: 'INITIATION', plannedOn: '2026-03-13' },
      { step: 'LAND_SUPPLY', plannedOn: '2026-03-31' },
    ];
    expect(await press('planProject', 'PlanProjectInput', { ...aimed(0), steps }, officer('ZSZX'))).toBeNull();
    // Received on a Tuesday at 14:00, half a working day: due on Wednesday at noon.
    at('2026-03-10T06:30:00Z');
    const asked = {
      step: 'INITIATION',
      matter: '企业投资项目备案',
      owner: 'FGW',
      receivedAt: '2026-03-10T06:00:00Z',
      promisedDays: '0.5',
    };
    expect(
      await press('openProjectApproval', 'OpenProjectApprovalInput', { ...aimed(1), ...asked }, officer('ZSZX')),
    ).toBeNull();
    const done = { step: 'INITIATION', completedOn: '2026-03-10', note: '已取得备案证' };
    expect(
      await press('completeProjectStep', 'CompleteProjectStepInput', { ...aimed(2), ...done }, officer('ZSZX')),
    ).toMatchObject({ path: ['step'] });
    at('2026-03-18T04:00:00Z');
    expect(
      await press(
        'decideProjectApproval',
        'DecideProjectApprovalInput',
        {
          ...aimed(2),
          approval: 1,
          outcome: 'GRANTED_ON_PLEDGE',
          note: '告知承诺，当场办结',
          pledge: '承诺符合产业政策',
        },
        officer('FGW'),
      ),
    ).toBeNull();
    at('2026-03-20T04:00:00Z');
    expect(
      await press(
        'completeProjectStep',
        'CompleteProjectStepInput',
        { ...aimed(3), ...done, completedOn: '2026-03-20' },
        officer('ZSZX'),
      ),
    ).toBeNull();
    // Due 11 March, decided 18 March: it stood still on the 12th to the 18th, seven days.
    expect((await life()).approvals).toEqual([
      {
        number: 1,
        owner: { code: 'FGW' },
        promisedDays: '0.5',
        dueAt: '2026-03-11T04:00:00.000Z',
        isLate: true,
        outcome: 'GRANTED_ON_PLEDGE',
      },
    ]);
    expect(await stepOf('INITIATION')).toMatchObject({
      daysLate: 7,
      delays: [{ fault: 'DEPARTMENT', department: { code: 'FGW' }, days: 7 }],
      unexplainedDays: 0,
    });
  });

  it('follows what blocks it as a case to its end', async () => {
    at('2026-03-23T04:00:00Z');
    const block = {
      step: 'LAND_SUPPLY',
      fault: 'ENTERPRISE',
      category: 'LAND_AND_CONSTRUCTION',
      title: '土地出让金尚未缴清',
      text: '企业资金调度困难，出让金尚未缴清。',
    };
    expect(
      await press('reportProjectBlock', 'ReportProjectBlockInput', { ...aimed(4), ...block }, officer('ZSZX')),
    ).toBeNull();
    const reported = await hub.database.connection
      .collection('outbox')
      .findOne<{ event: { data: { problem: string } } }>({ 'event.type': 'cn.zhitong.problem.reported' });
    expect(reported?.event.data).toMatchObject({
      origin: 'PROJECT_BLOCKING_POINT',
      originId: project,
      uscc,
      region: '421202',
      department: 'ZSZX',
    });
    const { problem } = reported?.event.data ?? { problem: '' };
    const caseNumber = 'SQ2026-000009';
    await hear('cn.zhitong.problem.taken', '2026-03-23T05:00:00Z', { problem, caseNumber, status: 'RECEIVED' });
    await hear('cn.zhitong.case.resolved', '2026-03-28T04:00:00Z', { caseNumber, version: 5, status: 'RESOLVED' });
    await hear('cn.zhitong.case.reopened', '2026-03-30T04:00:00Z', { caseNumber, version: 6, status: 'REOPENED' });
    await hear('cn.zhitong.case.resolved', '2026-04-03T04:00:00Z', { caseNumber, version: 7, status: 'RESOLVED' });
    // Late and repeated deliveries, and a case that was no problem of ours, change nothing.
    await hear('cn.zhitong.case.assigned', '2026-03-24T04:00:00Z', { caseNumber, version: 2, status: 'ASSIGNED' });
    await hear('cn.zhitong.case.assigned', '2026-03-24T04:00:00Z', {
      caseNumber: 'SQ2026-000001',
      version: 2,
      status: 'X',
    });
    at('2026-04-10T04:00:00Z');
    expect((await life()).blocks).toEqual([
      { caseNumber, caseStatus: 'RESOLVED', solvedOn: '2026-04-03', title: '土地出让金尚未缴清' },
    ]);
    // Planned 31 March: ten days late; blocked from the 24th to 3 April, eleven days.
    expect(await stepOf('LAND_SUPPLY')).toMatchObject({
      daysLate: 10,
      delays: [{ fault: 'ENTERPRISE', department: null, days: 11 }],
      unexplainedDays: 0,
    });
  });

  it('stands on the lists of the scheduling meetings as known at their end', async () => {
    const ask = async (level: string, on: string, region: string | null) =>
      (
        await read<{ projectSchedule: object }>(
          `query ($level: ScheduleLevel!, $on: Date, $region: String) { projectSchedule(level: $level, on: $on, region: $region) {
            from to asOf projects inTime { numerator denominator } late totalSteps
            delays { fault department { code } days } steps { project { id } state { step daysLate } } } }`,
          { level, on, region },
          coordinator,
        )
      ).projectSchedule;
    const quarter = {
      from: '2026-01-01',
      to: '2026-03-31',
      asOf: '2026-03-31',
      projects: 1,
      inTime: { numerator: 0, denominator: 2 },
      late: 1,
      totalSteps: 2,
      delays: [{ fault: 'DEPARTMENT', department: { code: 'FGW' }, days: 7 }],
      steps: [
        { project: { id: project }, state: { step: 'INITIATION', daysLate: 7 } },
        { project: { id: project }, state: { step: 'LAND_SUPPLY', daysLate: 0 } },
      ],
    };
    expect(await ask('CITY_QUARTERLY', '2026-02-14', null)).toEqual(quarter);
    expect(await ask('COUNTY_MONTHLY', '2026-04-01', '421202')).toMatchObject({
      from: '2026-04-01',
      to: '2026-04-30',
      asOf: '2026-04-10',
      inTime: { numerator: 0, denominator: 0 },
      totalSteps: 1,
      delays: [{ fault: 'ENTERPRISE', department: null, days: 11 }],
    });
    // A plan that is moved needs a reason, and moves no list that is over.
    const moved = { ...aimed(5), steps: [{ step: 'LAND_SUPPLY', plannedOn: '2026-04-30' }] };
    expect(await press('planProject', 'PlanProjectInput', moved, officer('ZSZX'))).toMatchObject({ path: ['reason'] });
    expect(
      await press('planProject', 'PlanProjectInput', { ...moved, reason: '出让金已分期' }, officer('ZSZX')),
    ).toBeNull();
    expect(await stepOf('LAND_SUPPLY')).toMatchObject({
      firstPlannedOn: '2026-03-31',
      plannedOn: '2026-04-30',
      daysLate: 0,
    });
    expect(await ask('CITY_QUARTERLY', '2026-02-14', null)).toEqual(quarter);
  });

  it('shows the public granted approvals and progress of key projects, and nothing else', async () => {
    const { majorProjects } = await read<{ majorProjects: { id: string }[] }>(
      '{ majorProjects { id steps { step completedOn } approvals { matter outcome decidedOn owner { code } } } }',
      {},
      null,
    );
    expect(majorProjects.find(({ id }) => id === project)).toMatchObject({
      steps: expect.arrayContaining([{ step: 'INITIATION', completedOn: '2026-03-20' }]) as unknown,
      approvals: [
        {
          matter: '企业投资项目备案',
          outcome: 'GRANTED_ON_PLEDGE',
          decidedOn: '2026-03-18',
          owner: { code: 'FGW' },
        },
      ],
    });
    expect(majorProjects.map(({ id }) => id)).not.toContain(
      hub.city.projects.find(({ track }) => track === 'PLATFORM')?.id,
    );
    const own = await hub.ask<{ project: { life: { history: unknown } } }>(
      'query ($id: ID!) { project(id: $id) { life { version history { account } } } }',
      { variables: { id: project }, actor: enterprise(uscc) },
    );
    expect(own.errors?.map(({ path }) => path?.at(-1))).toEqual(['history']);
  });

  it('has an agent who does things for it, and inspections with measures that the enterprise does not read', async () => {
    const agent = hub.city.officials.find(({ departmentCode }) => departmentCode === 'FGW')?.id ?? '';
    const given = { step: 'CONSTRUCTION_PERMIT', official: agent, matter: '代办施工许可', dueOn: '2026-04-12' };
    const give = async (more: object) =>
      press('giveProjectTask', 'GiveProjectTaskInput', { ...aimed(6), ...given, ...more }, officer('ZSZX'));
    expect((await give({ dueOn: '2026-04-09' }))?.path).toEqual(['dueOn']);
    expect(await give({})).toBeNull();
    const found = { inspectedOn: '2026-04-09', office: 'YSB', finding: '施工许可材料不齐' };
    const inspect = async (more: object) =>
      press('recordProjectInspection', 'RecordProjectInspectionInput', { ...aimed(7), ...found, ...more }, coordinator);
    expect((await inspect({ inspectedOn: '2026-04-11' }))?.path).toEqual(['inspectedOn']);
    expect(await inspect({ measure: '补齐材料', dueOn: '2026-04-15' })).toBeNull();
    at('2026-04-13T04:00:00Z');
    const TASKS = 'number step official { id } matter isLate doneOn note';
    const ASKED = `query ($id: ID!) { project(id: $id) { life { tasks { ${TASKS} }
      inspections { number inspectedOn office { code } finding measure dueOn } } } }`;
    const ask = async (actor: Actor) => hub.ask<Life>(ASKED, { variables: { id: project }, actor });
    const { step, matter } = given;
    const task = { number: 1, step, official: { id: agent }, matter, isLate: true, doneOn: null, note: null };
    const shown = { ...found, number: 1, office: { code: 'YSB' }, measure: '补齐材料', dueOn: '2026-04-15' };
    expect((await ask(coordinator)).data?.project.life).toEqual({ tasks: [task], inspections: [shown] });
    expect((await ask(enterprise(uscc))).errors?.map(({ path }) => path?.at(-1))).toEqual(['inspections']);
    const done = { ...aimed(8), task: 1, note: '已取得施工许可证' };
    const finish = async () => press('finishProjectTask', 'FinishProjectTaskInput', done, officer('FGW'));
    expect(await finish()).toBeNull();
    expect((await ask(coordinator)).data?.project.life).toMatchObject({
      tasks: [{ doneOn: '2026-04-13', note: done.note, isLate: true }],
    });
  });

  it('comes to acceptance last, which puts it into production', async () => {
    const done = { step: 'ACCEPTANCE', completedOn: '2026-04-10', note: '竣工验收合格' };
    expect(
      await press('completeProjectStep', 'CompleteProjectStepInput', { ...aimed(9), ...done }, officer('ZSZX')),
    ).toMatchObject({ path: ['step'] });
    const rest = (await life()).steps.filter(({ step, completedOn }) => step !== 'ACCEPTANCE' && completedOn === null);
    for (const [at, { step }] of [...rest, { step: 'ACCEPTANCE' }].entries())
      expect(
        await press(
          'completeProjectStep',
          'CompleteProjectStepInput',
          { ...aimed(9 + at), ...done, step },
          officer('ZSZX'),
        ),
      ).toBeNull();
    expect((await read<Life>(LIFE, { id: project }, coordinator)).project.stage).toBe('IN_PRODUCTION');
  });
});
