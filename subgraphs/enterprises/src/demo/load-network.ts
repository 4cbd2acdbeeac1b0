import type { DemoCity, DemoEnterprise, DemoOfficial } from '@zhitong/demo';
import { placeOf, type ServiceRole } from '../domain/service-network/roles.js';
import type { ServiceClass } from '../domain/service-network/service-class.js';
import type { DirectLineRecord } from '../models/network/direct-line.js';
import type { ServiceLinkRecord } from '../models/network/service-link.js';
import type { Stores } from '../stores.js';

/** Where the leaders of the city sit, and the number of their office. */
const LEADERS_OFFICE = 'SZFB';
const LEADERS_TELEPHONE = '0715-8255001';
/** One official in so many is an agent, or looks for staff. */
const AGENTS_EVERY = 25;
const SPECIALISTS_EVERY = 4;

/** The ten directs of the demo city; the telephones are fictitious. */
const LINES: readonly Omit<DirectLineRecord, 'isActive' | 'version'>[] = [
  {
    id: 'hotline-12345',
    kind: 'HOTLINE_12345',
    name: '12345 政企通专席',
    departmentCode: 'YSB',
    reach: '12345',
    region: null,
    matters: [],
  },
  {
    id: 'commerce-line',
    kind: 'COMMERCE_FEDERATION_LINE',
    name: '民营企业服务热线',
    departmentCode: 'GSL',
    reach: '0715-8255110',
    region: null,
    matters: [],
  },
  {
    id: 'portal',
    kind: 'PORTAL',
    name: '营商环境直通车',
    departmentCode: 'YSB',
    reach: 'https://www.xianning.example/ztc',
    region: null,
    matters: [],
  },
  {
    id: 'secretary',
    kind: 'SECRETARY',
    name: '书记直通车',
    departmentCode: 'SZFB',
    reach: '0715-8255002',
    region: null,
    matters: ['重点项目', '园区'],
  },
  {
    id: 'mayor',
    kind: 'MAYOR',
    name: '市长直通车',
    departmentCode: 'SZFB',
    reach: '0715-8255003',
    region: null,
    matters: ['重点项目', '园区'],
  },
  {
    id: 'service-centre',
    kind: 'SERVICE_CENTRE',
    name: '市企业服务中心',
    departmentCode: 'YSB',
    reach: '0715-8255120',
    region: null,
    matters: [],
  },
  {
    id: 'labour-desk',
    kind: 'DEPARTMENT',
    name: '用工直通',
    departmentCode: 'RSJ',
    reach: '0715-8255130',
    region: null,
    matters: ['用工', '招聘', '社保', '劳动'],
  },
  {
    id: 'finance-desk',
    kind: 'DEPARTMENT',
    name: '融资直通',
    departmentCode: 'RMYH',
    reach: '0715-8255140',
    region: null,
    matters: ['融资', '贷款', '续贷'],
  },
  {
    id: 'agents',
    kind: 'AGENT',
    name: '代办帮办',
    departmentCode: 'FGW',
    reach: '0715-8255150',
    region: null,
    matters: ['立项', '审批', '许可', '竣工验收'],
  },
  {
    id: 'supervision',
    kind: 'SUPERVISION',
    name: '监督直通',
    departmentCode: 'JJJW',
    reach: '0715-12388',
    region: null,
    matters: ['检查', '处罚', '拖欠', '吃拿卡要'],
  },
];

/** Classes that an official takes, by post: the higher, the larger. */
function classesOf(post: string): ServiceClass[] {
  if (/调研员|^科长/.test(post)) return ['OVER_100_MILLION', 'ABOVE_DESIGNATED_SIZE'];
  return /副科长|主任科员/.test(post) ? ['ABOVE_DESIGNATED_SIZE', 'SMALL_AND_MICRO'] : ['SMALL_AND_MICRO'];
}

function rolesOf({ departmentCode }: DemoOfficial, at: number): ServiceRole[] {
  return [
    'STEWARD',
    ...(at % AGENTS_EVERY === 0 ? (['AGENT', 'DEPARTMENT_CONTACT'] as const) : []),
    ...(departmentCode === 'RSJ' && at % SPECIALISTS_EVERY === 0 ? (['EMPLOYMENT_SPECIALIST'] as const) : []),
  ];
}

/** Loads the demo city's roster, its leaders and the lines of its directory. */
export async function loadNetwork(city: DemoCity, stores: Stores): Promise<void> {
  const { officials, officers, directLines } = stores;
  await officials.addMissing(
    city.leaders.map(({ id, name, title }) => ({
      id,
      name,
      post: title,
      telephone: LEADERS_TELEPHONE,
      departmentCode: LEADERS_OFFICE,
    })),
  );
  const districts = new Map(
    city.departments.map(({ code, level, regionCode }) => [code, level === 'COUNTY' ? [regionCode] : []]),
  );
  await officers.addMissing([
    ...city.officials.map((official, at) => ({
      officialId: official.id,
      departmentCode: official.departmentCode,
      roles: rolesOf(official, at),
      classes: classesOf(official.post),
      teams: [],
      regions: districts.get(official.departmentCode) ?? [],
      capacity: null,
      leftOn: null,
    })),
    ...city.leaders.map(({ id }) => ({
      officialId: id,
      departmentCode: LEADERS_OFFICE,
      roles: ['LEADER' as const],
      classes: ['OVER_100_MILLION' as const, 'ABOVE_DESIGNATED_SIZE' as const],
      teams: [],
      regions: [],
      capacity: null,
      leftOn: null,
    })),
  ]);
  const known = new Set(city.departments.map(({ code }) => code));
  await directLines.addMissing(
    LINES.filter(({ departmentCode }) => known.has(departmentCode)).map((line) => ({
      ...line,
      matters: [...line.matters],
      isActive: true,
      version: 1,
    })),
  );
}

/** The leader who looks after an enterprise above designated size, and the unit that supports the leader. */
export function leadersOf({ uscc, stewardship }: DemoEnterprise): ServiceLinkRecord[] {
  if (stewardship === null) return [];
  const link = (role: ServiceRole, officialId: string | null, departmentCode: string): ServiceLinkRecord => {
    const holder = { uscc, role, officialId, departmentCode };
    const none = { from: null, until: null, reason: null, endReason: null, by: null };
    return { ...holder, ...none, id: `${uscc} ${role} 0`, basis: 'RECORDED', place: placeOf(holder) };
  };
  return [link('LEADER', stewardship.leaderId, LEADERS_OFFICE), link('SUPPORTING_UNIT', null, stewardship.unitCode)];
}
