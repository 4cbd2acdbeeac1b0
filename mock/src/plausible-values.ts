import { createHash } from 'node:crypto';
import { SHANGHAI_OFFSET } from '@zhitong/values';
import type { MockWorld } from './mock-world.js';

/** Which value is asked for: the field `field` of a `type`, the `index`-th of those that have the name `list`. */
export interface ValuePlace {
  readonly type: string;
  readonly field: string;
  readonly list: string;
  readonly index: number;
}

const TITLES = [
  '关于厂区门前道路破损影响运输的诉求',
  '关于工业用电接入进度的诉求',
  '关于首次入规企业奖励兑现的请示',
  '关于稳岗返还政策的咨询',
  '关于简化环评手续的建议',
  '关于招商协议约定补贴尚未到账的反映',
  '关于科技创新券使用范围的咨询',
];
const SENTENCES = [
  '经核实，情况属实，正在按程序办理。',
  '请于办理时限内提供营业执照复印件。',
  '该事项已与相关部门会商，拟于本月内完成。',
  '企业反映办理周期较长，希望进一步压缩时限。',
  '资金已列入年度预算，待审核后拨付。',
  '申报材料齐全，符合条件。',
];
const DOCUMENTS = ['咸政发〔2025〕7号', '咸营商办〔2026〕3号', '鄂政办发〔2024〕21号', '咸财企〔2026〕12号'];
const BANKS = ['湖北银行咸宁分行', '咸宁农村商业银行', '中国建设银行咸宁分行'];
const STREETS = ['长江产业园龙盘大道', '高新区贺胜路', '官埠桥镇工业路', '永安街道淦河大道'];
const PREFIXES: Readonly<Record<string, string>> = {
  Case: 'SQ',
  Commitment: 'CN',
  Project: 'XN',
  Grant: 'DF',
  Policy: 'ZC',
  Arrear: 'QK',
};

type Maker = (place: ValuePlace, world: MockWorld) => string;

const pick =
  (items: readonly string[]): Maker =>
  (place, world) =>
    world.nth(items, `${place.list}.${place.field}`, place.index);
const personName: Maker = (place, world) => official(place, world).name;
const official = ({ list, index }: ValuePlace, world: MockWorld): MockWorld['city']['officials'][number] =>
  world.nth(world.city.officials, list, index);

/** Texts by the field's name; the first pattern that fits counts. */
const TEXTS: readonly (readonly [RegExp, Maker])[] = [
  [/uscc$/i, (place, world) => world.nth(world.city.enterprises, place.list, place.index).uscc],
  [/(phone|telephone)$/i, (place, world) => official(place, world).telephone],
  [/^(contactName|signatory|official|account|sub|chairedBy|by|.*edBy)$/, personName],
  [/titleEn$/, pick(['Measures on rewards for enterprises', 'Notice on support for innovation'])],
  [/(title|subject|matter|cause)$/i, pick(TITLES)],
  [/(address|place)$/i, (place, world) => `${pick(STREETS)(place, world)}${world.at(place.list).int(1, 199)}号`],
  [
    /url$/i,
    (place) => `https://www.example.cn/${encodeURIComponent(place.field)}/${shortHash(place.list, place.index)}`,
  ],
  [/(hash|digest|seed)$/i, (place) => createHash('sha256').update(`${place.list}#${place.index}`).digest('hex')],
  [/(region|district)(code)?$/i, (place, world) => world.nth(world.city.districts, place.list, place.index).code],
  [/departmentCode$/, (place, world) => world.nth(world.city.departments, place.list, place.index).code],
  [/(documentNumber|legalBasis|basis|rule)$/, pick(DOCUMENTS)],
  [/bank$/i, pick(BANKS)],
  [/^unit$/, pick(['万元', '人', '件'])],
  [/^court$/, pick(['咸安区人民法院', '赤壁市人民法院'])],
  [/^post$/, (place, world) => official(place, world).post],
  [
    /(issuer|issuerName|keeper|holder)$/i,
    (place, world) => world.nth(world.city.departments, place.list, place.index).name,
  ],
  [
    /(number|reference|permit|caseNumber|code|key|id|run|grant|policyId|population)$/i,
    (place, world) => identifier(place, world),
  ],
  [/^name$/, (place, world) => world.nth(world.city.enterprises, place.list, place.index).name],
];

/** A text that fits the name of its field; Chinese where people read it. */
export function plausibleText(place: ValuePlace, world: MockWorld): string {
  const maker = TEXTS.find(([pattern]) => pattern.test(place.field))?.[1] ?? pick(SENTENCES);
  return maker(place, world);
}

/** A number for files, as departments write them: a prefix, the year, a number within it. */
function identifier({ type, list, index }: ValuePlace, world: MockWorld): string {
  const number = 1 + ((world.at(`${list}.number`).int(0, 899_999) + index) % 900_000);
  const prefix = PREFIXES[type] ?? 'BH';
  const separator = prefix === 'SQ' ? '' : '-';
  return `${prefix}${separator}${world.today.slice(0, 4)}-${String(number).padStart(6, '0')}`;
}

const LATER = /(due|until|through|validTo|expires|ends|deadline|nextRun)/i;

/** A working day: deadlines lie ahead, everything else behind. YYYY-MM-DD */
export function plausibleDay({ field, list, index }: ValuePlace, world: MockWorld): string {
  const distance = world.at(`${list}#${index}.${field}`).int(1, 60);
  return world.workingDay(LATER.test(field) ? distance : -distance);
}

/** A moment in the office hours of a working day. RFC 3339 */
export function plausibleMoment(place: ValuePlace, world: MockWorld): string {
  const random = world.at(`${place.list}#${place.index}.${place.field}.time`);
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${plausibleDay(place, world)}T${two(random.int(9, 16))}:${two(random.int(0, 59))}:00${SHANGHAI_OFFSET}`;
}

/** A whole number: a version, a year, a share in percent, or a count. */
export function plausibleInt({ field, list, index }: ValuePlace, world: MockWorld): number {
  const random = world.at(`${list}#${index}.${field}`);
  if (/^year$/.test(field)) return Number(world.today.slice(0, 4)) - random.int(1, 3);
  if (/version|revision|seq$|rank|attempt|number|^no$/i.test(field)) return random.int(1, 9);
  if (/basisPoints/i.test(field)) return random.int(300, 600);
  return random.int(0, 40);
}

/** A decimal as text: yuan with two digits in an amount, otherwise a share from 0 to 1. */
export function plausibleDecimal({ type, field, list, index }: ValuePlace, world: MockWorld): string {
  const random = world.at(`${list}#${index}.${field}`);
  if (/amount/i.test(field) || type === 'Money') return `${random.int(1, 500) * 10_000}.00`;
  return (random.int(0, 10_000) / 10_000).toFixed(4);
}

const shortHash = (list: string, index: number): string =>
  createHash('sha256').update(`${list}#${index}`).digest('hex').slice(0, 8);
