import type { Landed, Landing, MappedRow, Target, TargetField } from '@zhitong/connect';
import type { Outbox } from '@zhitong/kit/outbox';
import { dayInShanghai, yearOf } from '@zhitong/values';
import { notItsFacts, type AuthorityDepartments } from '../../domain/fact-authorities.js';
import { checkFacts, singleFacts, type SingleKind } from '../../domain/fact-vocabulary.js';
import { EARLIEST_YEAR } from '../../domain/year-record.js';
import type { Stores } from '../../stores.js';
import { CELL_TYPES, expectedCell, factValue } from './fact-cells.js';
import { openYears, type FactsBefore, type Wanted } from './open-years.js';

/** What columns of real systems call the facts that they most often hold; the others are found by their own names. */
const HEADERS: Readonly<Record<string, readonly [string, ...string[]]>> = {
  employees: ['从业人数', '职工人数', '从业人员', '员工人数'],
  insuredEmployees: ['参保人数', '社保人数', '缴费人数'],
  layoffRatePct: ['裁员率'],
  unemploymentInsuranceMonthsPaid: ['失业保险缴费月数'],
  unemploymentInsurancePaidLastYearYuan: ['上年度失业保险费', '失业保险缴费额'],
  annualRevenueYuan: ['营业收入', '年营业收入', '主营业务收入'],
  monthlySalesYuan: ['月销售额'],
  totalAssetsYuan: ['资产总额', '总资产'],
  taxableIncomeYuan: ['应纳税所得额'],
  taxCreditGrade: ['纳税信用等级', '纳税信用级别'],
  taxArrears: ['是否欠税', '欠税'],
  isSmallLowProfit: ['是否小型微利企业', '小型微利企业'],
  vatTaxpayerType: ['增值税纳税人类型', '纳税人类型'],
  rdExpenseYuan: ['研发费用', '研发投入', '研究开发费用'],
  industrialOutputYuan: ['工业总产值', '工业产值'],
  importExportYuan: ['进出口额', '进出口总额'],
  exportsUSD: ['出口额(美元)', '出口额'],
  annualRetailSalesYuan: ['零售额', '社会消费品零售额'],
  isAboveDesignatedSize: ['是否规上', '是否规模以上'],
  yearsAboveScale: ['连续在库年数'],
  inventionPatentsGranted: ['发明专利授权数', '有效发明专利'],
  jobsCreated12m: ['新增就业人数'],
  environmentalPenalty: ['环保处罚'],
};

const KIND_OF = new Map(singleFacts());
/** Dollars are no yuan, and cells of that fact hold plain numbers. */
const typeOf = (fact: string, kind: SingleKind): TargetField['type'] =>
  fact === 'exportsUSD' ? { kind: 'decimal' } : CELL_TYPES[kind];

const FIELDS: Readonly<Record<string, TargetField>> = {
  uscc: {
    type: { kind: 'uscc' },
    required: true,
    description: 'Unified social credit code of a registered enterprise.',
    headers: ['统一社会信用代码', '社会信用代码', '信用代码', '纳税人识别号'],
  },
  year: {
    type: { kind: 'year' },
    required: true,
    description: 'Year of the figures.',
    headers: ['年度', '年份', '所属年度', '统计年度'],
  },
  ...Object.fromEntries(
    singleFacts().map(([fact, kind]): [string, TargetField] => [
      fact,
      {
        type: typeOf(fact, kind),
        required: false,
        description: `The fact ${fact}${kind === 'money' ? ', kept in whole yuan (rounded half up)' : ''}.`,
        headers: HEADERS[fact] ?? [fact],
      },
    ]),
  ),
};

/**
 * Yearly facts, recorded as `recordEnterpriseFacts` records them: each by a department that keeps its original, as a
 * new revision of the year. A row that repeats what stands adds no revision.
 * @param authorities the departments that may record each fact
 */
export function factsTarget({
  stores,
  outbox,
  authorities,
}: {
  readonly stores: Stores;
  readonly outbox: Pick<Outbox, 'append'>;
  readonly authorities: AuthorityDepartments;
}): Target {
  const land = async (
    wanted: readonly (Wanted | Extract<Landed, { kind: 'refused' }>)[],
    landing: Landing,
  ): Promise<Landed[]> => {
    const usccs = [...new Set(wanted.flatMap((one) => ('uscc' in one ? one.uscc : [])))];
    const years = await openYears(stores, usccs, landing);
    const landed = wanted.map((one) => ('uscc' in one ? years.record(one) : one));
    await years.write();
    const recorded = wanted.flatMap((one, index) =>
      'uscc' in one && (landed[index]?.kind === 'new' || landed[index]?.kind === 'changed') ? [one] : [],
    );
    await outbox.append(
      recorded.map(({ uscc, year, facts }) => ({
        type: 'cn.zhitong.enterprise.facts-recorded',
        subject: uscc,
        data: { uscc, year, facts: Object.keys(facts) },
      })),
      { session: landing.session },
    );
    return landed;
  };
  return {
    name: 'enterprise-facts',
    fields: FIELDS,
    key: ['uscc', 'year'],
    land: async (rows, landing) =>
      land(
        rows.map((row) => wantedOf(row, landing, authorities)),
        landing,
      ),
    undo: async (rows, landing) => {
      const written = rows.map(({ before }) => before as FactsBefore); // what `land` gave
      const usccs = [...new Set(written.map(({ uscc }) => uscc))];
      const newest = new Map(
        (await stores.factYears.newestOfYears(usccs, landing.session)).map((record) => [
          keyOf(record.uscc, record.year),
          record.revision,
        ]),
      );
      return land(
        written.map(({ uscc, year, revision, facts }) => {
          return newest.get(keyOf(uscc, year)) === revision
            ? { uscc, year, facts }
            : { kind: 'refused', field: null, reason: '该年度此后又有新的数据，未撤销' };
        }),
        landing,
      );
    },
  };
}

const keyOf = (uscc: string, year: number): string => `${uscc}|${String(year)}`;

/** Reads a row into facts of the vocabulary that the delivering department may record. */
function wantedOf(
  { values: { uscc, year, ...stated } }: MappedRow,
  { department, now }: Landing,
  authorities: AuthorityDepartments,
): Wanted | Extract<Landed, { kind: 'refused' }> {
  const refuse = (field: string | null, reason: string) => ({ kind: 'refused', field, reason }) as const;
  const thisYear = yearOf(dayInShanghai(now));
  if (typeof year !== 'number' || year < EARLIEST_YEAR || year > thisYear)
    return refuse('year', `年度 ${String(year)} 不在 ${String(EARLIEST_YEAR)} 至 ${String(thisYear)} 之间`);
  const known = Object.entries(stated).filter(([, value]) => value !== null);
  const { facts, problems } = checkFacts({
    values: Object.fromEntries(known.map(([fact, value]) => [fact, factValue(fact, KIND_OF.get(fact), value)])),
    withdraw: [],
  });
  const [problem] = problems;
  if (problem !== undefined) {
    const fact = problem.path[1] ?? '';
    const kind = KIND_OF.get(fact);
    return refuse(fact, `取值不能接受：${kind === undefined ? '没有这项数据' : expectedCell(fact, kind)}`);
  }
  if (known.length === 0) return refuse(null, '该行没有任何数据');
  const foreign = Object.keys(facts).find((fact) => notItsFacts([fact], department, authorities).length > 0);
  if (foreign !== undefined) return refuse(foreign, `${department} 不是该项数据的主管部门，不能填报`);
  return { uscc: String(uscc), year, facts };
}
