import { seedHash } from '../../../subgraphs/enterprises/src/domain/appraisal/appraisal.js';
import type { AppraisalRecord } from '../../../subgraphs/enterprises/src/models/appraisal/appraisal.js';
import type { EnterprisesUnderTest } from '../../enterprises/support/enterprises-under-test.js';
import type { Scenario } from '../write-rights.js';

const DEPARTMENT = 'RSJ';
const SEED = 'seed-of-the-round-2026';
const note = '材料齐全，情况属实';

/** What each mutation about the appraisal, key tasks and service items is tried on: a thing of its own each time. */
export function appraisalScenarios(hub: () => EnterprisesUnderTest, own: string): Record<string, Scenario> {
  let made = 0;
  const aRound = async (round: Partial<AppraisalRecord>): Promise<string> => {
    made += 1;
    const id = `round-${made}`;
    const { stores } = hub().department;
    await stores.appraisals.addMissing([
      {
        id,
        version: 1,
        title: '企业库评议',
        departments: [DEPARTMENT],
        strata: [{ scale: 'SMALL', size: 10 }],
        seedHash: seedHash(SEED),
        committedOn: '2026-11-02',
        opensOn: '2026-11-10',
        closesOn: '2026-11-25',
        draw: null,
        published: null,
        measures: [],
        ...round,
      },
    ]);
    return id;
  };
  const draw = { seed: SEED, on: '2026-11-09', population: 'a'.repeat(64), strata: [] };
  const anItem = () => {
    made += 1;
    return {
      id: `ITEM-${made}`,
      expectedVersion: 0,
      name: '食品经营许可',
      department: DEPARTMENT,
      promisedDays: '0.5',
      isCityWide: false,
      onlineAddress: 'https://zwfw.example.cn/',
    };
  };
  const aTask = async (isDone: boolean): Promise<Record<string, unknown>> => {
    made += 1;
    const id = `task-${made}`;
    const { stores } = hub().department;
    await stores.indicators.addMissing([
      { code: '1', name: '开办企业', leadDepartmentCode: DEPARTMENT, chiefId: null },
    ]);
    const report = { on: '2026-11-12', by: 'somebody', percent: 100, note, evidence: ['https://www.example.cn/a.pdf'] };
    await stores.keyTasks.addMissing([
      {
        id,
        version: 1,
        title: '企业开办半日办结',
        indicator: '1',
        ownerCode: DEPARTMENT,
        finding: null,
        enteredOn: '2026-11-02',
        dueOn: '2026-12-31',
        progress: isDone ? [report] : [],
        decisions: [],
      },
    ]);
    return { task: id, expectedVersion: 1 };
  };
  return {
    planAppraisal: {
      prepare: async () =>
        Promise.resolve({
          title: '企业库评议',
          departments: [DEPARTMENT],
          strata: [{ scale: 'SMALL', size: 10 }],
          seedHash: seedHash(SEED),
          opensOn: '2026-12-01',
          closesOn: '2026-12-10',
        }),
    },
    drawAppraisal: { prepare: async () => ({ appraisal: await aRound({}), seed: SEED }) },
    answerAppraisal: {
      prepare: async () => {
        const appraisal = await aRound({ draw });
        const { department, database } = hub();
        await database.connection.transaction(async (session) =>
          department.stores.blindAnswers.prepare(appraisal, { usccs: [own], departments: [DEPARTMENT] }, session),
        );
        return { appraisal, grades: [{ department: DEPARTMENT, process: 5, result: 4 }] };
      },
    },
    publishAppraisal: { prepare: async () => ({ appraisal: await aRound({ draw, closesOn: '2026-11-18' }) }) },
    stateAppraisalMeasures: {
      prepare: async () => {
        const rate = { numerator: 5, denominator: 10 };
        const result = {
          department: DEPARTMENT,
          process: rate,
          result: rate,
          rank: 1,
          isDoubleDrop: true,
          holdsFlag: false,
        };
        const published = { on: '2026-11-19', asked: 10, answered: 10, results: [result] };
        return {
          appraisal: await aRound({ draw, published, closesOn: '2026-11-18' }),
          causes: '窗口排队时间长',
          measures: '增设窗口并推行预约',
          dueOn: '2026-12-20',
        };
      },
    },
    setServiceItem: { prepare: async () => Promise.resolve(anItem()) },
    setServiceBundle: {
      prepare: async () => {
        const items = [anItem(), anItem()].map(({ id, name }) => ({
          id,
          version: 1,
          changedOn: '2026-11-02',
          name,
          departmentCode: DEPARTMENT,
          conditions: [],
          documents: [],
          legalBasis: [],
          promisedHalfDays: 1,
          legalWorkingDays: null,
          isCityWide: false,
          counters: [],
          onlineAddress: 'https://zwfw.example.cn/',
          agents: [],
        }));
        await hub().department.stores.serviceItems.addMissing(items, []);
        return { id: `B-${made}`, expectedVersion: 0, name: '开餐馆', items: items.map(({ id }) => id) };
      },
    },
    setIndicator: {
      prepare: async () => Promise.resolve({ code: '9', name: '获得电力', leadDepartment: DEPARTMENT }),
    },
    enterKeyTask: {
      prepare: async () => {
        await aTask(false);
        return { title: '企业开办半日办结', indicator: '1', owner: DEPARTMENT, dueOn: '2026-12-31' };
      },
    },
    reportKeyTaskProgress: {
      prepare: async () => ({ ...(await aTask(false)), percent: 50, note }),
    },
    decideKeyTask: { prepare: async () => ({ ...(await aTask(true)), strikeOff: true, note }) },
  };
}
