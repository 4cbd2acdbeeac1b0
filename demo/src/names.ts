import { readTable } from './data-file.js';
import type { IndustryClass } from './industries.js';
import type { RandomStream } from './random.js';
import type { LegalForm } from './types.js';

/** Common surnames with their rough share in Hubei. */
const SURNAMES: readonly (readonly [string, number])[] = [
  ['王', 64],
  ['李', 62],
  ['张', 60],
  ['刘', 58],
  ['陈', 56],
  ['周', 34],
  ['杨', 30],
  ['黄', 30],
  ['吴', 24],
  ['胡', 24],
  ['徐', 22],
  ['余', 20],
  ['熊', 16],
  ['程', 16],
  ['汪', 16],
  ['朱', 15],
  ['何', 15],
  ['郑', 14],
  ['孙', 13],
  ['万', 12],
  ['镇', 3],
  ['雷', 10],
  ['葛', 6],
  ['舒', 6],
  ['阮', 5],
  ['毛', 6],
  ['金', 7],
  ['石', 9],
  ['龚', 8],
  ['廖', 7],
  ['宋', 8],
  ['邓', 8],
  ['曾', 8],
  ['彭', 9],
  ['夏', 8],
  ['田', 7],
  ['方', 7],
  ['饶', 5],
  ['庞', 3],
  ['佘', 3],
  ['章', 4],
  ['成', 4],
  ['丁', 6],
  ['沈', 6],
  ['杜', 6],
  ['卢', 6],
  ['魏', 6],
  ['蔡', 6],
  ['谭', 5],
];
const GIVEN_FIRST = Array.from(
  '志建国文明海春晓永红玉秀丽桂金银家德世光宗庆祥福长新立学思子雨佳欣俊宇浩天梦诗艳小爱翠亚东卫正',
);
const GIVEN_SECOND = Array.from(
  '军华平强勇刚伟峰涛林斌辉波鹏飞杰超亮明芳娟敏静霞莉燕玲红梅兰英琴萍云洁婷颖雪琳怡涵轩宁祥生根发财旺元清',
);

const TRADE_FIRST = Array.from(
  '鼎盛鑫恒华瑞金宏泰德信诚嘉汇润康佳明亿隆祥福天中楚荆鄂南桂香泉银龙凤翔腾飞卓越创新博远弘安和顺联合海川君悦',
);
const TRADE_SECOND = Array.from(
  '盛源达丰通泰兴茂成业诚昌隆和顺康美新辉荣发宇洋泽力科恒瑞祥安信源邦途图峰岳林森雅轩晟皓骏腾扬博众联合',
);
const SHOP_WORDS = [
  '好再来',
  '聚福',
  '福满堂',
  '如意',
  '喜洋洋',
  '一品',
  '老地方',
  '家家乐',
  '大众',
  '幸福',
  '吉祥',
  '平安',
  '阳光',
  '百佳',
  '万家',
  '小城',
  '桂乡',
  '温泉',
  '鄂南',
  '便民',
  '新时代',
  '四季',
  '金桂',
  '隆中',
  '缘聚',
  '惠民',
  '顺发',
  '兴旺',
  '诚信',
  '宏达',
];

interface PlaceTable {
  /** Towns and street offices by district code. */
  readonly towns: Readonly<Record<string, readonly string[]>>;
  readonly streets: readonly string[];
  readonly parks: readonly string[];
}

// The tests check that every district has towns.
const places = readTable('places.json') as PlaceTable;

/** A Chinese person's name of two or three characters. Fictitious. */
export function personName(random: RandomStream): string {
  const surname = random.weighted(SURNAMES);
  const second = random.pick(GIVEN_SECOND);
  return random.bool(0.22) ? surname + second : surname + random.pick(GIVEN_FIRST) + second;
}

/** A well-formed mobile number of eleven digits that reaches nobody: the prefix 154 is not opened to the public. */
export function telephone(random: RandomStream): string {
  return `154${String(random.int(0, 99_999_999)).padStart(8, '0')}`;
}

/** A trade name (字号) of two to four characters. */
export function tradeName(random: RandomStream): string {
  const short = random.pick(TRADE_FIRST) + random.pick(TRADE_SECOND);
  return random.bool(0.18) ? short + random.pick(TRADE_FIRST) + random.pick(TRADE_SECOND) : short;
}

/** What the name and address of a market entity depend on. */
export interface NamedEntity {
  readonly legalForm: LegalForm;
  readonly industry: IndustryClass;
  readonly regionCode: string;
  /** For example 咸安区. */
  readonly regionName: string;
  /** The owner, who gives many individual businesses their name. */
  readonly owner: string;
}

/**
 * A registered name: administrative region, trade name, industry word, organisational form
 * (企业名称登记管理规定, 国务院令第734号, article 6). Not yet known to be unique.
 */
export function entityName(random: RandomStream, entity: NamedEntity): string {
  const { legalForm, industry, regionName, owner } = entity;
  const short = regionName.slice(0, -1);
  switch (legalForm) {
    case 'INDIVIDUAL_BUSINESS':
      return (
        regionName +
        (random.bool(0.45) ? townName(random, entity.regionCode) : '') +
        shopName(random, owner) +
        random.pick(industry.shops)
      );
    case 'FARMERS_COOPERATIVE':
      return `${regionName}${tradeName(random)}${random.pick(industry.cooperativeWords ?? industry.words)}专业合作社`;
    case 'SOLE_PROPRIETORSHIP':
      return regionName + tradeName(random) + random.pick(industry.shops);
    case 'PARTNERSHIP':
      return `${random.pick(['咸宁市', regionName])}${tradeName(random)}${random.pick(industry.words)}${random.pick(['中心（有限合伙）', '合伙企业（普通合伙）', '服务中心（普通合伙）'])}`;
    case 'JOINT_STOCK_COMPANY':
      return `${random.pick(['湖北', '湖北', '咸宁市', regionName])}${tradeName(random)}${random.pick(industry.words)}股份有限公司`;
    case 'LIMITED_COMPANY': {
      const region = random.weighted([
        ['咸宁', 20],
        ['咸宁市', 26],
        [regionName, 34],
        [short, 8],
        ['湖北', 12],
      ]);
      return `${region}${tradeName(random)}${random.pick(industry.words)}${random.bool(0.9) ? '有限公司' : '有限责任公司'}`;
    }
  }
}

function shopName(random: RandomStream, owner: string): string {
  const surname = owner.charAt(0);
  return random.weighted([
    [`老${surname}`, 8],
    [`${surname}记`, 14],
    [owner, 30],
    [owner.slice(1), 12],
    [`${surname}氏`, 4],
    [random.pick(SHOP_WORDS), 16],
    [tradeName(random), 16],
  ]);
}

/** A town or street office of a district, without its kind: 汀泗桥 of 汀泗桥镇. */
function townName(random: RandomStream, regionCode: string): string {
  return townOf(random, regionCode).replace(/(街道|镇|乡)$/, '');
}

function townOf(random: RandomStream, regionCode: string): string {
  return random.pick(places.towns[regionCode] ?? []);
}

/** An address in a district: town or street office, street, number. */
export function address(random: RandomStream, regionCode: string, regionName: string): string {
  const place = random.bool(0.15) ? random.pick(places.parks) : random.pick(places.streets);
  return `湖北省咸宁市${regionName}${townOf(random, regionCode)}${place}${random.int(1, 320)}号`;
}
