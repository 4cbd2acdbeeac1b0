import { datedFigure, type BasisPoints, type DatedFigure, type DatedValue, type LegalDay } from '@zhitong/values';

/** One edition of the Regulation on Ensuring Payments to SMEs (保障中小企业款项支付条例): where it says what is applied here. */
export interface RegulationEdition {
  /** Number of the State Council order that issued it. */
  readonly order: 728 | 802;
  readonly termArticle: string;
  readonly acceptanceArticle: string;
  readonly interestArticle: string;
  /** On deposits for works, the quality deposit (工程质量保证金) among them. */
  readonly depositArticle: string;
  /** On the yearly publication of what public bodies owe overdue. */
  readonly disclosureArticle: string;
}

/** The name under which an edition is cited, with articles. */
export const citation = ({ order }: RegulationEdition, ...articles: string[]): string =>
  `《保障中小企业款项支付条例》（国务院令第${order}号）${articles.join('、')}`;

const EDITIONS: readonly {
  readonly from: LegalDay;
  readonly until: LegalDay | null;
  readonly edition: RegulationEdition;
}[] = [
  {
    from: '2020-09-01',
    until: '2025-05-31',
    edition: {
      order: 728,
      termArticle: '第八条',
      acceptanceArticle: '第九条',
      interestArticle: '第十五条',
      depositArticle: '第十二条',
      disclosureArticle: '第十六条',
    },
  },
  {
    from: '2025-06-01',
    until: null,
    edition: {
      order: 802,
      termArticle: '第九条',
      acceptanceArticle: '第十条',
      interestArticle: '第十七条',
      depositArticle: '第十三条',
      disclosureArticle: '第十八条',
    },
  },
];

/** What each edition sets, with the article that does. */
const set = <Value>(value: Value, article: (edition: RegulationEdition) => string): DatedValue<Value>[] =>
  EDITIONS.map(({ from, until, edition }) => ({ from, until, value, source: citation(edition, article(edition)) }));

/**
 * On clauses by which a payment waits for a third party's (背靠背条款): void in contracts of large enterprises with small
 * and medium ones. The court sets the term, so the day that is counted here is provisional.
 */
export const THIRD_PARTY_CLAUSE_REPLY = '法释〔2024〕11号';

/** The edition in force: it governs the contracts that are signed on its days. */
export const PAYMENT_REGULATION: DatedFigure<RegulationEdition> = datedFigure({
  name: 'smePaymentRegulation',
  label: '保障中小企业款项支付条例',
  unit: '',
  values: EDITIONS.map(({ from, until, edition }) => ({ from, until, value: edition, source: citation(edition) })),
});

/** Days in which a public body pays where the contract names no term. */
export const DEFAULT_TERM_DAYS: DatedFigure<number> = datedFigure({
  name: 'smePaymentDefaultTermDays',
  label: '合同未约定时的付款期限',
  unit: '天',
  values: set(30, ({ termArticle }) => termArticle),
});

/**
 * Days in which a large enterprise pays where the contract names no term; order 728 of 2020 set none. What a contract
 * names counts whatever its length, as long as it is usual in the trade.
 */
export const LARGE_ENTERPRISE_TERM_DAYS: DatedFigure<number> = datedFigure({
  name: 'smePaymentLargeEnterpriseTermDays',
  label: '大型企业合同未约定时的付款期限',
  unit: '天',
  values: EDITIONS.filter(({ edition }) => edition.order === 802).map(({ from, until, edition }) => ({
    from,
    until,
    value: 60,
    source: citation(edition, `${edition.termArticle}第二款`),
  })),
});

/** The longest term that a contract with a public body can name. */
export const LONGEST_TERM_DAYS: DatedFigure<number> = datedFigure({
  name: 'smePaymentLongestTermDays',
  label: '合同约定付款期限的上限',
  unit: '天',
  values: set(60, ({ termArticle }) => termArticle),
});

/** Late interest a day where nothing is agreed, in hundredths of a per cent (每日利率万分之五). */
export const STATUTORY_DAILY_RATE: DatedFigure<BasisPoints> = datedFigure({
  name: 'smePaymentStatutoryDailyRate',
  label: '合同未约定时的逾期利息日利率',
  unit: '‱',
  values: set(5, ({ interestArticle }) => interestArticle),
});
