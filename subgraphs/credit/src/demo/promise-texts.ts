import type { RandomStream } from '@zhitong/demo';
import type { CommitmentKind } from '../domain/commitments/commitment.js';

/** What a demo promise says: its title and, where it is not money, what is to be delivered. */
export interface PromiseText {
  readonly title: string;
  readonly deliverable: string | null;
}

interface Template {
  /** Departments that make such promises; `''` stands for the district's government. */
  readonly promisors: readonly string[];
  readonly money: boolean;
  text(random: RandomStream): string;
}

const fixed = (text: string) => () => text;
const MONEY_TEMPLATES: Readonly<Record<'CASH' | 'TAX_REFUND', readonly Template[]>> = {
  CASH: [
    { promisors: ['ZSZX', 'GXQGWH', ''], money: true, text: fixed('固定资产投资奖励') },
    { promisors: ['JXJ', 'GXQGWH', ''], money: true, text: fixed('生产设备购置补贴') },
    { promisors: ['JXJ', 'TJJ'], money: true, text: fixed('首次纳统入规奖励') },
    {
      promisors: ['GXQGWH', ''],
      money: true,
      text: (random) => `标准厂房租金补贴（${random.pick(['前三年全额', '前两年减半', '第一年全额'])}）`,
    },
    { promisors: ['KJJ'], money: true, text: fixed('研发投入后补助') },
    { promisors: ['SWUJ', 'JTJ'], money: true, text: fixed('物流运输费用补贴') },
    { promisors: ['RSJ', ''], money: true, text: fixed('引进高层次人才奖励') },
    { promisors: ['JXJ', 'FGW'], money: true, text: fixed('技术改造专项资金') },
    { promisors: ['ZSZX', ''], money: true, text: fixed('项目落地过渡期用房补贴') },
  ],
  TAX_REFUND: [
    {
      promisors: ['CZJ', ''],
      money: true,
      text: (random) =>
        `地方留成税收${random.pick([30, 40, 50, 60])}%扶持资金（第${random.pick(['一', '二', '三'])}年度）`,
    },
    { promisors: ['CZJ', 'GXQGWH'], money: true, text: fixed('高管个人所得税地方留成奖励') },
  ],
};
const DELIVERABLE_TEMPLATES: Readonly<Record<'LAND' | 'INFRASTRUCTURE' | 'SERVICE' | 'PERMIT', readonly Template[]>> = {
  LAND: [
    { promisors: ['ZGJ', ''], money: false, text: (random) => `供应工业用地${random.int(3, 30) * 10}亩` },
    { promisors: ['ZGJ', 'GXQGWH'], money: false, text: fixed('完成项目用地征迁并净地交付') },
  ],
  INFRASTRUCTURE: [
    { promisors: ['ZJJ', 'JTJ', ''], money: false, text: fixed('厂区外围连接道路建成通车') },
    { promisors: ['FGW', 'GXQGWH'], money: false, text: fixed('接入10千伏双回路供电线路') },
    { promisors: ['ZJJ', ''], money: false, text: (random) => `接入日供水${random.int(2, 20) * 100}吨管网` },
    { promisors: ['STHJJ', 'ZJJ'], money: false, text: fixed('接入园区污水处理管网') },
    { promisors: ['GXQGWH', ''], money: false, text: (random) => `交付${random.int(2, 12) * 1000}平方米标准厂房` },
  ],
  SERVICE: [
    { promisors: ['JYJ'], money: false, text: (random) => `解决员工子女入学名额${random.int(3, 30)}个` },
    { promisors: ['RSJ'], money: false, text: (random) => `保障用工招聘${random.int(3, 40) * 10}人` },
    { promisors: ['ZJJ', 'GXQGWH'], money: false, text: (random) => `提供人才公寓${random.int(5, 60)}套` },
  ],
  PERMIT: [
    { promisors: ['ZGJ'], money: false, text: fixed('办结不动产权证') },
    { promisors: ['ZJJ'], money: false, text: fixed('办结建筑工程施工许可证') },
    { promisors: ['STHJJ'], money: false, text: fixed('办结环境影响评价批复') },
    { promisors: ['XFZD', 'ZJJ'], money: false, text: fixed('办结消防验收') },
  ],
};
export const TEMPLATES: Readonly<Record<CommitmentKind, readonly Template[]>> = {
  ...MONEY_TEMPLATES,
  ...DELIVERABLE_TEMPLATES,
};

/** How often each kind of promise is made. */
export const KIND_WEIGHTS: readonly (readonly [CommitmentKind, number])[] = [
  ['CASH', 46],
  ['TAX_REFUND', 14],
  ['INFRASTRUCTURE', 15],
  ['LAND', 7],
  ['SERVICE', 10],
  ['PERMIT', 8],
];

/** Letters before the year in document numbers, by department. */
const DOCUMENT_WORDS: Readonly<Record<string, string>> = {
  ZSZX: '咸招协',
  CZJ: '咸财函',
  JXJ: '咸经信函',
  FGW: '咸发改函',
  KJJ: '咸科函',
  ZGJ: '咸自然资函',
  ZJJ: '咸住建函',
  JTJ: '咸交函',
  STHJJ: '咸环函',
  RSJ: '咸人社函',
  JYJ: '咸教函',
  SWUJ: '咸商函',
  TJJ: '咸统函',
  XFZD: '咸消函',
  GXQGWH: '咸高管函',
  XAQZF: '咸安政函',
  CBSZF: '赤政函',
  TCXZF: '隽政函',
  JYXZF: '嘉政函',
  CYXZF: '崇政函',
  TSXZF: '通政函',
};

/** A document number in the form that departments use, for example 咸招协〔2024〕17号. */
export const documentNumber = (department: string, year: string, number: number): string =>
  `${DOCUMENT_WORDS[department] ?? '咸政函'}〔${year}〕${number}号`;

/** Conditions that promises put on enterprises. */
export const CONDITIONS = [
  '项目按合同约定时间开工',
  '固定资产投资达到协议约定额度',
  '年纳税额达到协议约定额度',
  '带动就业人数达到协议约定人数',
  '承诺期内不迁出注册地',
  '投产后一年内纳入规上统计',
] as const;
