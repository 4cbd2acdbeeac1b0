import { demoCity } from '@zhitong/demo';
import { typeDefs } from '../../../subgraphs/enterprises/src/server.js';
import { freshKey, type RightsOf } from '../write-rights.js';
import { appraisalScenarios } from '../scenarios/appraisal.js';
import { deadLetterScenario, DELIVERED, rowScenario } from '../scenarios/operator.js';
import { projectScenarios } from '../scenarios/projects.js';
import {
  coordinator,
  enterprisesUnderTest,
  NOW,
  type EnterprisesUnderTest,
} from '../../enterprises/support/enterprises-under-test.js';

const SIZE = 200;
/** The same city that the department is given. */
const [own, foreign] = demoCity({ referenceDate: '2026-11-20', enterprises: SIZE }).enterprises.map(({ uscc }) => uscc);
let now = new Date(NOW);
let hub: EnterprisesUnderTest;

/** Another enterprise of the city each time: the city is loaded once. */
let taken = 1;
const nextEnterprise = (): string =>
  hub.city.enterprises.filter(({ status }) => status === 'IN_OPERATION')[(taken += 1)]?.uscc ?? '';

/** The code of such an enterprise with another check character: nobody is registered under it. */
const nextIrregularCode = (): string => {
  const uscc = nextEnterprise();
  return `${uscc.slice(0, 17)}${uscc.endsWith('0') ? '1' : '0'}`;
};

const officialOf = (department: string, at: number): string =>
  hub.city.officials.filter(({ departmentCode }) => departmentCode === department)[at]?.id ?? '';
/** Officials leave whom no other scenario names. */
let leaving = 5;
const linkOf = async (uscc: string, role: string): Promise<string | undefined> =>
  (await hub.database.connection.collection('service_links').findOne<{ id: string }>({ uscc, role, until: null }))?.id;
/** Makes what a scenario is tried on, as the coordinator. */
const press = async (mutation: string, type: string, input: object): Promise<void> => {
  await hub.ask(`mutation ($input: ${type}!) { ${mutation}(input: $input) { refusal { message } } }`, {
    variables: { input: { idempotencyKey: freshKey(), ...input } },
    actor: coordinator,
  });
};

let visitDay = 0;
let plans = 0;
const visitOf = (uscc: string) => ({
  uscc,
  kind: 'DEPARTMENT_VISIT',
  department: 'RSJ',
  officials: [officialOf('RSJ', 0)],
});
const visitTo = async (uscc: string, day?: string): Promise<string | undefined> =>
  (
    await hub.database.connection
      .collection('visits')
      .findOne<{ id: string }>({ uscc, ...(day === undefined ? {} : { day }) })
  )?.id;
const listedFinding = async (): Promise<string> => {
  const uscc = nextEnterprise();
  const finding = {
    title: '招聘普工困难',
    text: '节后一线普工缺口较大',
    category: 'LABOUR',
    handling: 'SERVICE_LIST',
    service: '安排专场招聘',
    dueOn: '2026-12-10',
  };
  const report = { visitedOn: '2026-11-19', met: '李总', summary: '了解用工情况', findings: [finding] };
  await press('recordVisit', 'RecordVisitInput', { ...visitOf(uscc), ...report });
  return `${(await visitTo(uscc)) ?? ''}-01`;
};

let names = 0;

/** The department of enterprises and what its mutations are tried on, from before the tests of the file. */
export function rightsOfEnterprises(file: string): RightsOf {
  beforeAll(async () => {
    hub = await enterprisesUnderTest(file, SIZE, { now: () => now });
  });
  afterAll(async () => hub.close());

  return {
    typeDefs,
    world: () => ({
      connection: hub.database.connection,
      ask: async (query, variables, actor) => hub.ask(query, { variables, actor }),
      reset: async () => Promise.resolve(void (now = new Date(NOW))),
      muchLater: () => void (now = new Date('2028-05-03T02:00:00Z')),
    }),
    scenarios: {
      recordEnterpriseFacts: {
        prepare: async () => Promise.resolve({ uscc: nextEnterprise(), year: 2025, values: { hiredGraduates: 3 } }),
      },
      assignServiceRole: {
        prepare: async () =>
          Promise.resolve({
            uscc: nextEnterprise(),
            role: 'DEPARTMENT_CONTACT',
            official: officialOf('RSJ', 0),
            expectedVersion: 1,
          }),
      },
      endServiceRole: {
        prepare: async () => {
          const uscc = nextEnterprise();
          const input = { uscc, role: 'AGENT', official: officialOf('RSJ', 0), expectedVersion: 1 };
          await press('assignServiceRole', 'AssignServiceRoleInput', input);
          return { link: await linkOf(uscc, 'AGENT'), reason: '服务期满' };
        },
      },
      enterServiceOfficers: {
        prepare: async () =>
          Promise.resolve({ officers: [{ official: officialOf('RSJ', 1), roles: ['STEWARD'], regions: ['421202'] }] }),
      },
      applyAssignment: {
        prepare: async () => {
          const link = await linkOf(nextEnterprise(), 'STEWARD');
          await press('endServiceRole', 'EndServiceRoleInput', { link, reason: '调离' });
          const { data } = await hub.ask<{ planAssignment: { digest: string } }>(
            '{ planAssignment(rule: {}) { digest } }',
            { actor: coordinator },
          );
          return { rule: {}, digest: data?.planAssignment.digest };
        },
      },
      handOverOfficial: {
        prepare: async () => Promise.resolve({ official: hub.city.officials[(leaving += 1)]?.id, reason: '调离' }),
      },
      relateEnterprise: {
        department: 'SCJGJ',
        prepare: async () => Promise.resolve({ uscc: nextEnterprise(), kind: 'BRANCH', parent: own }),
      },
      confirmIrregularCode: {
        department: 'SCJGJ',
        prepare: async () => Promise.resolve({ uscc: nextIrregularCode(), reason: '营业执照正本' }),
      },
      recordSuccession: {
        department: 'SCJGJ',
        prepare: async () =>
          Promise.resolve({
            ...{ successor: nextEnterprise(), predecessor: own, kind: 'MERGER' },
            ...{ on: '2026-11-19', document: '准予变更登记通知书' },
          }),
      },
      recordInspectionPlan: {
        prepare: async () =>
          Promise.resolve({ year: 2026, name: `年度检查计划之${String((plans += 1))}`, matter: '劳动用工检查' }),
      },
      recordInspection: {
        prepare: async () =>
          Promise.resolve({
            uscc: nextEnterprise(),
            kind: 'CASE',
            noticeNumber: '咸检〔2026〕1号',
            matter: '劳动用工检查',
            isApproved: true,
            inspectedOn: '2026-11-19',
            result: 'NO_PROBLEM',
            resultText: '未发现问题',
          }),
      },
      recordPenalty: {
        prepare: async () =>
          Promise.resolve({
            uscc: nextEnterprise(),
            decisionNumber: `咸罚〔2026〕${String((plans += 1))}号`,
            grade: 'MINOR',
            reason: '未按规定公示',
            basis: '企业信息公示暂行条例',
            fine: '0',
            decidedOn: '2026-11-19',
          }),
      },
      recordLabourReport: {
        prepare: async () => Promise.resolve({ uscc: nextEnterprise(), month: '2026-10', employees: 60, shortage: 3 }),
      },
      recordJobFair: {
        prepare: async () =>
          Promise.resolve({ name: '秋季招聘会', heldOn: '2026-10-10', enterprises: 20, posts: 500, hired: 110 }),
      },
      openVisitCampaign: {
        prepare: async () =>
          Promise.resolve({
            name: '企业遍访',
            from: '2026-11-01',
            until: '2026-12-31',
            stages: [{ name: '第一阶段', until: '2026-12-31' }],
          }),
      },
      planVisit: { prepare: async () => Promise.resolve({ ...visitOf(nextEnterprise()), plannedOn: '2026-11-25' }) },
      recordVisit: {
        prepare: async () =>
          Promise.resolve({
            ...visitOf(nextEnterprise()),
            visitedOn: '2026-11-19',
            met: '李总',
            summary: '了解用工情况',
          }),
      },
      withdrawVisit: {
        prepare: async () => {
          const uscc = nextEnterprise();
          await press('planVisit', 'PlanVisitInput', { ...visitOf(uscc), plannedOn: '2026-11-25' });
          return { visit: await visitTo(uscc), reason: '企业停产检修', expectedVersion: 1 };
        },
      },
      confirmVisit: {
        prepare: async () => {
          visitDay += 1;
          const visitedOn = `2026-10-${String(visitDay).padStart(2, '0')}`;
          const report = { visitedOn, met: '李总', summary: '了解用工情况' };
          await press('recordVisit', 'RecordVisitInput', { ...visitOf(own ?? ''), ...report });
          return { visit: await visitTo(own ?? '', visitedOn), tookPlace: true };
        },
      },
      settleFinding: { prepare: async () => ({ finding: await listedFinding(), done: '已协调解决' }) },
      raiseFinding: { prepare: async () => ({ finding: await listedFinding() }) },
      setDirectLine: {
        prepare: async () =>
          Promise.resolve({
            id: 'park-line',
            kind: 'PARK',
            name: '园区直通',
            department: 'RSJ',
            reach: '0715-8255199',
          }),
      },
      correctEnterpriseRow: {
        department: DELIVERED.enterprises.department,
        prepare: async () => {
          // Another name each time: a row that says what is there already changes nothing.
          const cells = { ...DELIVERED.enterprises.cells, 企业名称: `通城贺胜${String((names += 1))}号茶庄` };
          return rowScenario(() => hub.database.connection, { ...DELIVERED.enterprises, cells }).prepare();
        },
      },
      replayEnterpriseDeadLetters: deadLetterScenario(() => hub.database.connection),
      ...projectScenarios(() => hub, officialOf),
      ...appraisalScenarios(() => hub, own ?? ''),
      assignSteward: {
        prepare: async () =>
          Promise.resolve({ uscc: nextEnterprise(), official: hub.city.officials[0]?.id, expectedVersion: 1 }),
      },
    },
    own: own ?? '',
    foreign: foreign ?? '',
    department: 'RSJ',
    keeper: 'YSB',
  };
}
