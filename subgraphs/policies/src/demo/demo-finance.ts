import { inTransaction } from '@zhitong/kit/mongo';
import { addDays, addMonths, FEN_OF_YUAN, type LegalDay } from '@zhitong/values';
import type { OpenDepartment } from '../service.js';
import { suits } from '../domain/finance/financing-need.js';
import { readLoanProduct, type LoanProductDraft } from '../domain/finance/loan-product.js';
import type { FinancingNeedRecord } from '../models/financing-need.js';
import type { LoanProductRecord } from '../models/loan-product.js';

const BY = 'demo';
/** The department that stands in for the banks of the demo city. */
const DEPARTMENT = 'RMYH';
const PUBLISHED_DAYS_AGO = 90;
const NEEDS = 6;

const clean = [
  { fact: 'dishonestyRecord', op: 'eq', value: false, text_zh: '无严重失信记录' },
  { fact: 'hasUnfulfilledJudgment', op: 'eq', value: false, text_zh: '无未履行生效判决' },
];

type DemoProduct = Omit<LoanProductDraft, 'window'>;
const PRODUCTS: readonly DemoProduct[] = [
  {
    id: 'xn-nsh-xiaowei-xinyong',
    name: '小微信用贷',
    bank: '咸宁农村商业银行',
    kind: 'CREDIT',
    minimumAmount: '50000',
    maximumAmount: '3000000',
    yearlyRateBasisPoints: 420,
    termMonths: 24,
    collateralKinds: ['NONE'],
    criteria: [
      { fact: 'scale', op: 'in', value: ['small', 'micro'], text_zh: '小型、微型企业' },
      { fact: 'registeredOn', op: 'atLeastAgo', value: { count: 2, unit: 'YEARS' }, text_zh: '成立满2年' },
      ...clean,
    ],
  },
  {
    id: 'xn-jsyh-kechuang',
    name: '科创快贷',
    bank: '建设银行咸宁分行',
    kind: 'INNOVATION',
    minimumAmount: '500000',
    maximumAmount: '10000000',
    yearlyRateBasisPoints: 345,
    termMonths: 36,
    collateralKinds: ['NONE', 'INTELLECTUAL_PROPERTY'],
    criteria: [
      {
        fact: 'honours',
        op: 'containsAny',
        value: ['高新技术企业', '科技型中小企业', '省级专精特新'],
        text_zh: '高新技术、科技型中小或专精特新企业',
      },
      ...clean,
    ],
  },
  {
    id: 'xn-gsyh-liudong',
    name: '经营快贷',
    bank: '工商银行咸宁分行',
    kind: 'WORKING_CAPITAL',
    minimumAmount: '300000',
    maximumAmount: '20000000',
    yearlyRateBasisPoints: 365,
    termMonths: 12,
    collateralKinds: ['GUARANTEE', 'REAL_ESTATE', 'RECEIVABLES'],
    criteria: [{ fact: 'annualRevenueYuan', op: 'gte', value: 2000000, text_zh: '年营业收入不低于200万元' }, ...clean],
  },
  {
    id: 'xn-zgyh-jigai',
    name: '技改设备贷',
    bank: '中国银行咸宁分行',
    kind: 'FIXED_ASSETS',
    minimumAmount: '1000000',
    maximumAmount: '50000000',
    yearlyRateBasisPoints: 325,
    termMonths: 60,
    collateralKinds: ['EQUIPMENT', 'REAL_ESTATE'],
    criteria: [{ fact: 'industryCode', op: 'startsWith', value: 'C', text_zh: '制造业企业' }, ...clean],
  },
  {
    id: 'xn-hbyh-zhichan',
    name: '知识产权质押贷',
    bank: '湖北银行咸宁分行',
    kind: 'INTELLECTUAL_PROPERTY',
    minimumAmount: '500000',
    maximumAmount: '8000000',
    yearlyRateBasisPoints: 385,
    termMonths: 24,
    collateralKinds: ['INTELLECTUAL_PROPERTY'],
    criteria: [{ fact: 'scale', op: 'in', value: ['medium', 'small', 'micro'], text_zh: '中小微企业' }, ...clean],
  },
];

const WANTED: readonly (readonly [yuan: number, months: number, purpose: string])[] = [
  [800_000, 12, '采购原材料'],
  [1_500_000, 24, '新增一条生产线'],
  [500_000, 12, '备货周转'],
  [3_000_000, 36, '设备更新改造'],
  [200_000, 6, '支付货款'],
  [2_000_000, 12, '扩大经营场地'],
];

/**
 * Publishes the loan products of the demo city; does nothing when there are some already. Answers how many it
 * published.
 */
export async function loadDemoProducts(
  { connection, stores }: Pick<OpenDepartment, 'connection' | 'stores'>,
  referenceDate: LegalDay,
): Promise<number> {
  if ((await stores.loanProducts.count()) > 0) return 0;
  const from = addDays(referenceDate, -PUBLISHED_DAYS_AGO);
  const records = PRODUCTS.map((draft): LoanProductRecord => {
    const { product, problems } = readLoanProduct({ ...draft, window: { from, to: null } }, referenceDate);
    if (product === null)
      throw new Error(
        `The demo product ${draft.id} cannot be used: ${problems.map(({ place, message }) => `${place}: ${message}`).join(' ')}`,
      );
    return {
      ...product,
      department: DEPARTMENT,
      publishedAt: new Date(`${from}T02:00:00Z`),
      publishedBy: BY,
      ended: false,
    };
  });
  await inTransaction(connection, async (session) => {
    for (const record of records) await stores.loanProducts.insert(record, session);
  });
  return records.length;
}

/**
 * Gives the demo city a few financing needs, and for every second of them a consent to one product that suits it.
 * Enterprises are the first of those whose facts were read. Does nothing when there are needs already. Answers how many
 * it made.
 */
export async function loadDemoNeeds(
  { connection, stores }: Pick<OpenDepartment, 'connection' | 'stores'>,
  referenceDate: LegalDay,
): Promise<number> {
  if ((await stores.needs.count(null)) > 0) return 0;
  const products = await stores.loanProducts.openOn(referenceDate);
  const usccs = await stores.facts.usccsAfter('', NEEDS);
  const stated = usccs.flatMap((uscc, index): FinancingNeedRecord[] => {
    const [yuan, termMonths, purpose] = WANTED[index] ?? [0, 0, ''];
    const statedAt = new Date(`${addDays(referenceDate, -(index + 1))}T02:00:00Z`);
    return yuan === 0
      ? []
      : [
          {
            id: `N-DEMO-${String(index + 1)}`,
            uscc,
            amountFen: yuan * FEN_OF_YUAN,
            termMonths,
            purpose,
            latestDay: addMonths(referenceDate, 6),
            withdrawn: false,
            statedAt,
          },
        ];
  });
  await inTransaction(connection, async (session) => {
    for (const [index, need] of stated.entries()) {
      await stores.needs.insert(need, session);
      const product = products.find((one) => suits(one, need, referenceDate));
      if (index % 2 === 0 && product !== undefined)
        await stores.consents.say(
          { needId: need.id, productId: product.id, given: true, at: need.statedAt, by: BY },
          session,
        );
    }
  });
  return stated.length;
}
