import type { DemoCity, DemoProject } from '@zhitong/demo';
import { addDays, startOfDayInShanghai, yearOf, type LegalDay } from '@zhitong/values';
import { drawn, populationDigest, seedHash } from '../domain/appraisal/appraisal.js';
import { resultsOf } from '../domain/appraisal/results.js';
import type { ProjectChange, ProjectEvent } from '../domain/projects/project-event.js';
import { PROJECT_STEPS } from '../domain/projects/steps.js';
import type { KeyTaskRecord } from '../models/key-tasks/key-task.js';
import type { ServiceItemRecord } from '../models/service-items/service-item.js';
import type { Stores } from '../stores.js';

/** The first level of the national indicators; second-level ones of the demo are named by what they measure. */
const INDICATORS: readonly (readonly [name: string, lead: string])[] = [
  ['开办企业', 'SCJGJ'],
  ['办理建筑许可', 'ZJJ'],
  ['获得电力', 'FGW'],
  ['获得用水用气', 'ZJJ'],
  ['登记财产', 'ZGJ'],
  ['获得信贷', 'RMYH'],
  ['保护中小投资者', 'SFJ'],
  ['纳税', 'SHUIWJ'],
  ['跨境贸易', 'SWUJ'],
  ['执行合同', 'SFJ'],
  ['办理破产', 'SFJ'],
  ['劳动力市场监管', 'RSJ'],
  ['政府采购', 'CZJ'],
  ['招标投标', 'GGZYZX'],
  ['政务服务', 'SHUJJ'],
  ['知识产权创造、保护和运用', 'SCJGJ'],
  ['市场监管', 'SCJGJ'],
  ['包容普惠创新', 'KJJ'],
];
const MEASURED = ['环节', '时间', '成本', '便利度', '满意度'];
const SECOND_LEVEL = 87;
const TASKS = 128;
const SEED = '演示城市第一轮';
const ASKED = 60;
const ANSWERED = 42;
/** Days between two steps of a project of the demo. */
const STEP_DAYS = 45;
const COMPLETED: Readonly<Record<DemoProject['stage'], number>> = {
  SIGNED: 2,
  STARTED: 8,
  UNDER_CONSTRUCTION: 8,
  IN_PRODUCTION: 9,
  TERMINATED: 1,
};
const LAST_STEP = PROJECT_STEPS.length;

/** Loads what the programmes add to the demo city: lives of projects, indicators and tasks, matters, an appraisal. */
export async function loadProgrammes({
  city,
  today,
  stores,
}: {
  readonly city: DemoCity;
  readonly today: LegalDay;
  readonly stores: Stores;
}): Promise<void> {
  await stores.projectEvents.addMissing(city.projects.flatMap((project) => projectEvents(project, today)));
  const indicators = demoIndicators(city);
  await stores.indicators.addMissing(indicators);
  await stores.keyTasks.addMissing(demoTasks(indicators, today));
  await stores.serviceItems.addMissing(demoItems(today), [
    { id: 'YJS-KCG', version: 1, name: '开餐馆', items: ['SX-YYZZ', 'SX-SPJY', 'SX-XFJC', 'SX-HWGG'] },
    { id: 'YJS-QYKB', version: 1, name: '企业开办', items: ['SX-YYZZ', 'SX-YZKZ', 'SX-SBDJ', 'SX-FPLY'] },
  ]);
  await stores.appraisals.addMissing([demoAppraisal(city, today)]);
}

const at = (day: LegalDay): string => new Date(startOfDayInShanghai(day).getTime() + 10 * 3_600_000).toISOString();

function projectEvents({ id, signedOn, stage, leadDepartmentCode }: DemoProject, today: LegalDay): ProjectEvent[] {
  const planned = PROJECT_STEPS.map((step, place) => ({ step, plannedOn: addDays(signedOn, STEP_DAYS * (place + 1)) }));
  const done = planned.slice(0, COMPLETED[stage]).map(({ step, plannedOn }, place) => ({
    step,
    // Every third step of the demo is a few days late.
    completedOn: addDays(plannedOn, place % 3 === 2 ? 6 : -4),
    isLast: place + 1 === LAST_STEP,
  }));
  const changes: (readonly [LegalDay, ProjectChange])[] = [
    [signedOn, { type: 'PLANNED', steps: planned, reason: null }],
    ...done
      .filter(({ completedOn, isLast }) => completedOn <= today && !isLast)
      .map(
        ({ step, completedOn }) =>
          [completedOn, { type: 'STEP_COMPLETED', step, completedOn, note: '已办结' }] as const,
      ),
  ];
  return changes.map(([day, change], place) => ({
    project: id,
    seq: place + 1,
    at: at(day),
    by: 'demo',
    department: leadDepartmentCode,
    change,
  }));
}

interface DemoIndicator {
  readonly code: string;
  readonly name: string;
  readonly leadDepartmentCode: string;
  readonly chiefId: string | null;
}

function demoIndicators({ officials }: DemoCity): DemoIndicator[] {
  const first = INDICATORS.map(([name, lead], place) => ({
    code: String(place + 1),
    name,
    leadDepartmentCode: lead,
    chiefId: officials.find(({ departmentCode }) => departmentCode === lead)?.id ?? null,
  }));
  const second = MEASURED.flatMap((measured, below) =>
    first.map((indicator) => ({
      ...indicator,
      code: `${indicator.code}.${below + 1}`,
      name: `${indicator.name}${measured}`,
    })),
  ).slice(0, SECOND_LEVEL);
  return [...first, ...second];
}

function demoTasks(indicators: readonly DemoIndicator[], today: LegalDay): KeyTaskRecord[] {
  const year = yearOf(today);
  const below = indicators.filter(({ code }) => code.includes('.'));
  return Array.from({ length: TASKS }, (_none, place): KeyTaskRecord => {
    const indicator = below[place % below.length] ?? { code: '1.1', name: '', leadDepartmentCode: 'SCJGJ' };
    const month = String((place % 12) + 1).padStart(2, '0');
    const dueOn = `${year}-${month}-25`;
    const isDone = dueOn < today && place % 7 !== 0;
    const doneOn = addDays(dueOn, -3);
    const entered = `${year}-01-01`;
    const evidence = [`https://example.invalid.cn/evidence/${place + 1}.pdf`];
    return {
      id: `ZDRW-${year}-${String(place + 1).padStart(3, '0')}`,
      version: isDone ? 3 : 1,
      title: `优化${indicator.name}`,
      indicator: indicator.code,
      ownerCode: indicator.leadDepartmentCode,
      finding:
        place % 16 === 15
          ? { source: '第三方评估机构', text: `${indicator.name}与先进地区存在差距`, foundOn: entered }
          : null,
      enteredOn: entered,
      dueOn,
      progress: isDone ? [{ on: doneOn, by: 'demo-owner', percent: 100, note: '已完成', evidence }] : [],
      decisions: isDone ? [{ on: doneOn, by: 'demo-coordinator', isStruckOff: true, note: '核实销号' }] : [],
    };
  });
}

function demoItems(today: LegalDay): ServiceItemRecord[] {
  const rows: readonly (readonly [string, string, string, number, number | null, readonly string[]])[] = [
    ['SX-YYZZ', '企业设立登记', 'SCJGJ', 1, 10, ['设立登记申请书', '住所使用证明', '身份证明']],
    ['SX-YZKZ', '公章刻制备案', 'GAJ', 1, null, ['营业执照', '身份证明']],
    ['SX-SBDJ', '社会保险登记', 'RSJ', 1, null, ['营业执照']],
    ['SX-FPLY', '发票领用', 'SHUIWJ', 1, null, ['营业执照', '身份证明']],
    ['SX-SPJY', '食品经营许可', 'SCJGJ', 5, 10, ['食品经营许可申请书', '营业执照', '经营场所布局图']],
    ['SX-XFJC', '公众聚集场所投入使用、营业前消防安全检查', 'YJGLJ', 6, 10, ['营业执照', '经营场所布局图']],
    ['SX-HWGG', '户外招牌设置', 'CGZFW', 2, 20, ['招牌效果图', '营业执照']],
    ['SX-SGXK', '建筑工程施工许可', 'ZJJ', 4, 7, ['施工许可申请表', '施工合同', '规划许可证']],
    ['SX-XMBA', '企业投资项目备案', 'FGW', 0, 7, ['项目备案信息登记表']],
    ['SX-YDBZ', '用电报装', 'FGW', 3, null, ['营业执照', '用地证明']],
  ];
  return rows.map(([id, name, departmentCode, promisedHalfDays, legalWorkingDays, documents]) => ({
    id,
    version: 1,
    changedOn: today,
    name,
    departmentCode,
    conditions: ['符合法律、法规规定的条件'],
    documents,
    legalBasis: ['《优化营商环境条例》第三十六条'],
    promisedHalfDays,
    legalWorkingDays,
    isCityWide: true,
    counters: [{ region: '421202', address: '市政务服务中心综合窗口' }],
    onlineAddress: `https://example.invalid.cn/items/${id}`,
    agents: [],
  }));
}

/** A published round, whose draw can be repeated as that of any other. */
function demoAppraisal({ enterprises }: DemoCity, today: LegalDay) {
  const departments = ['RSJ', 'SCJGJ', 'ZJJ', 'SHUIWJ', 'FGW'];
  const operating = enterprises.filter(({ status }) => status === 'IN_OPERATION');
  const population = populationDigest(operating.map(({ uscc }) => uscc).toSorted());
  const small = operating.filter(({ scale }) => scale === 'SMALL').map(({ uscc }) => uscc);
  const asked = drawn(small, { seed: SEED, population, size: ASKED }).length;
  const tallies = departments.flatMap((department, place) => [
    { department, process: 5, result: 5, count: ANSWERED - 2 - 3 * place },
    { department, process: 2, result: 2, count: 2 + place },
  ]);
  return {
    id: 'PY-DEMO',
    version: 3,
    title: '企业库评议',
    departments,
    strata: [{ scale: 'SMALL' as const, size: ASKED }],
    seedHash: seedHash(SEED),
    committedOn: addDays(today, -60),
    opensOn: addDays(today, -50),
    closesOn: addDays(today, -40),
    draw: {
      seed: SEED,
      on: addDays(today, -50),
      population,
      strata: [{ scale: 'SMALL' as const, size: ASKED, population: small.length, drawn: asked }],
    },
    // A small city has too few to ask.
    published:
      asked < ASKED
        ? null
        : { on: addDays(today, -38), asked, answered: ANSWERED, results: resultsOf(tallies, departments, []) },
    measures: [],
  };
}
