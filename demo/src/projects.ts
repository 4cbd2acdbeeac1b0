import { addDays, daysBetween, yearOf } from '@zhitong/values';
import { governmentOf } from './departments.js';
import { randomStream } from './random.js';
import type { RandomStream } from './random.js';
import type { DemoEnterprise, DemoOfficial, DemoProject, ProjectStage } from './types.js';

/** The department that leads projects of an industry section; investment promotion leads the others. */
const LEAD_DEPARTMENTS: Readonly<Record<string, readonly string[]>> = {
  A: ['NYNCJ'],
  B: ['ZGJ'],
  C: ['JXJ', 'GXQGWH', 'ZSZX'],
  D: ['FGW'],
  E: ['ZJJ'],
  F: ['SWUJ'],
  G: ['JTJ'],
  H: ['WHLYJ'],
  I: ['SHUJJ'],
  N: ['WHLYJ', 'STHJJ'],
  Q: ['WJW'],
  R: ['WHLYJ'],
};
const PROJECT_WORDS: Readonly<Record<string, readonly string[]>> = {
  A: ['种养殖基地项目', '农产品冷链项目'],
  C: ['生产基地项目', '智能化改造项目', '二期扩建项目', '产业园项目', '新生产线项目'],
  D: ['能源站项目', '扩能项目'],
  G: ['物流园项目', '仓储中心项目'],
  H: ['温泉度假酒店项目', '酒店改造项目'],
  N: ['景区开发项目', '环境治理项目'],
};
const STAGES: readonly ProjectStage[] = ['SIGNED', 'STARTED', 'UNDER_CONSTRUCTION', 'IN_PRODUCTION', 'TERMINATED'];
const KEY_PROJECTS = 7;
/** Signed within four years. */
const DAYS_OF_SIGNING = 1_460;
const FEN_OF_TEN_THOUSAND_YUAN = 1_000_000;

export interface ProjectsRequest {
  readonly seed: string;
  readonly count: number;
  readonly referenceDate: string;
  readonly enterprises: readonly DemoEnterprise[];
  readonly officials: readonly DemoOfficial[];
}

/**
 * Generates the investment projects, ordered by the day of signing: seven key projects, all others signed on the
 * platform.
 */
export function makeProjects({ seed, count, referenceDate, enterprises, officials }: ProjectsRequest): DemoProject[] {
  const random = randomStream(seed, 'projects');
  const investors = pickInvestors(random, enterprises, count, referenceDate);
  const drafts = investors.map((enterprise, i) => {
    const key = i < KEY_PROJECTS;
    const signedOn = addDays(
      referenceDate,
      -random.int(15, Math.min(DAYS_OF_SIGNING, daysBetween(enterprise.registeredOn, referenceDate))),
    );
    const section = enterprise.industry.section;
    const words = PROJECT_WORDS[section] ?? ['建设项目', '总部项目'];
    return {
      name: `${enterprise.name.replace(/(股份有限公司|有限责任公司|有限公司)$/, '')}${random.pick(words)}`,
      track: key ? ('KEY' as const) : ('PLATFORM' as const),
      uscc: enterprise.uscc,
      regionCode: enterprise.regionCode,
      leadDepartmentCode: random.pick([
        ...(LEAD_DEPARTMENTS[section] ?? ['ZSZX']),
        ...(key ? [] : ['ZSZX', governmentOf(enterprise.regionCode)]),
      ]),
      investmentFen:
        FEN_OF_TEN_THOUSAND_YUAN *
        (key ? random.int(100, 600) * 1_000 : random.int(5, 100) * random.pick([500, 1_000, 1_000, 2_000])),
      signedOn,
      // One of every stage first, then by age.
      stage: STAGES[i] ?? stageAt(random, daysBetween(signedOn, referenceDate)),
      stewardId: enterprise.stewardship?.stewardId ?? random.pick(officials).id,
    };
  });
  drafts.sort((a, b) => (a.signedOn < b.signedOn ? -1 : a.signedOn > b.signedOn ? 1 : 0));
  const numbers = new Map<number, number>();
  return drafts.map((draft): DemoProject => {
    const year = yearOf(draft.signedOn);
    const number = (numbers.get(year) ?? 0) + 1;
    numbers.set(year, number);
    return { id: `XN-${year}-${String(number).padStart(4, '0')}`, ...draft };
  });
}

/**
 * Enterprises above designated size and companies of investing industries; each has one project, unless there are too
 * few.
 */
function pickInvestors(
  random: RandomStream,
  enterprises: readonly DemoEnterprise[],
  count: number,
  referenceDate: string,
): DemoEnterprise[] {
  const able = enterprises.filter(
    ({ legalForm, status, registeredOn, statCategory, industry }) =>
      (legalForm === 'LIMITED_COMPANY' || legalForm === 'JOINT_STOCK_COMPANY') &&
      status === 'IN_OPERATION' &&
      daysBetween(registeredOn, referenceDate) > 90 &&
      (statCategory !== null || 'ACDGHN'.includes(industry.section)),
  );
  const listed = random.shuffle(
    able.filter(({ statCategory }) => statCategory === '规上工业' || statCategory === '规上服务业'),
  );
  const others = random.shuffle(able.filter(({ statCategory }) => statCategory === null));
  // Key projects belong to enterprises above designated size, of the others about half.
  const half = Math.min(listed.length, Math.max(KEY_PROJECTS, Math.round(count / 2)));
  const chosen = [...listed.slice(0, half), ...others.slice(0, count - half)];
  return Array.from({ length: count }, (_, i) => chosen[i] ?? random.pick(able));
}

function stageAt(random: RandomStream, days: number): ProjectStage {
  if (random.bool(0.04)) return 'TERMINATED';
  if (days < 150) return 'SIGNED';
  if (days < 400)
    return random.weighted([
      ['SIGNED', 35],
      ['STARTED', 45],
      ['UNDER_CONSTRUCTION', 20],
    ]);
  if (days < 800)
    return random.weighted([
      ['SIGNED', 10],
      ['STARTED', 20],
      ['UNDER_CONSTRUCTION', 55],
      ['IN_PRODUCTION', 15],
    ]);
  return random.weighted([
    ['SIGNED', 6],
    ['UNDER_CONSTRUCTION', 24],
    ['IN_PRODUCTION', 70],
  ]);
}
