import type { FactValue } from '../fact-vocabulary.js';

/** The rule by which sizes are made, as a reader is told it. */
export const SIZE_RULE = '统计上大中小微型企业划分办法（2017）（国统字〔2017〕213号）附表';

export type SizeClass = 'LARGE' | 'MEDIUM' | 'SMALL' | 'MICRO';

/** What the table measures: persons employed, yearly revenue and total assets in whole yuan. */
export const MEASURES = ['employees', 'revenueYuan', 'assetsYuan'] as const;
export type Measure = (typeof MEASURES)[number];
type Bounds = readonly [large: number, medium: number, small: number];

interface Row {
  readonly name: string;
  /** Beginnings of codes of GB/T 4754. */
  readonly industries: readonly string[];
  readonly bounds: Readonly<Partial<Record<Measure, Bounds>>>;
}

/** Ten thousand yuan, in which the table has amounts. */
const WAN = 10_000;
const wan = (large: number, medium: number, small: number): Bounds => [large * WAN, medium * WAN, small * WAN];
const row = (name: string, industries: string, bounds: Row['bounds']): Row => ({
  name,
  industries: industries.split(' '),
  bounds,
});

/**
 * The table (附表): lower bounds of large, medium and small. The bounds of medium enterprises of the last three rows are
 * unconfirmed: they were not read in the original.
 */
const TABLE: readonly Row[] = [
  row('农、林、牧、渔业', 'A', { revenueYuan: wan(20_000, 500, 50) }),
  row('工业', 'B C D', { employees: [1000, 300, 20], revenueYuan: wan(40_000, 2_000, 300) }),
  row('建筑业', 'E', { revenueYuan: wan(80_000, 6_000, 300), assetsYuan: wan(80_000, 5_000, 300) }),
  row('批发业', 'F51', { employees: [200, 20, 5], revenueYuan: wan(40_000, 5_000, 1_000) }),
  row('零售业', 'F52', { employees: [300, 50, 10], revenueYuan: wan(20_000, 500, 100) }),
  row('交通运输业', 'G54 G55 G56 G57 G58 G591', {
    employees: [1000, 300, 20],
    revenueYuan: wan(30_000, 3_000, 200),
  }),
  row('仓储业', 'G592 G593 G594 G595 G596 G599', {
    employees: [200, 100, 20],
    revenueYuan: wan(30_000, 1_000, 100),
  }),
  row('邮政业', 'G60', { employees: [1000, 300, 20], revenueYuan: wan(30_000, 2_000, 100) }),
  row('住宿业', 'H61', { employees: [300, 100, 10], revenueYuan: wan(10_000, 2_000, 100) }),
  row('餐饮业', 'H62', { employees: [300, 100, 10], revenueYuan: wan(10_000, 2_000, 100) }),
  row('信息传输业', 'I63 I64', { employees: [2000, 100, 10], revenueYuan: wan(100_000, 1_000, 100) }),
  row('软件和信息技术服务业', 'I65', { employees: [300, 100, 10], revenueYuan: wan(10_000, 1_000, 50) }),
  row('房地产开发经营', 'K701', { revenueYuan: wan(200_000, 1_000, 100), assetsYuan: wan(10_000, 5_000, 2_000) }),
  row('物业管理', 'K702', { employees: [1000, 300, 100], revenueYuan: wan(5_000, 1_000, 500) }),
  row('租赁和商务服务业', 'L', { employees: [300, 100, 10], assetsYuan: wan(120_000, 8_000, 100) }),
];
/** What the table does not name. */
const OTHERS: Row = row('其他未列明行业', '', { employees: [300, 100, 10] });

/** Size by the table, with what it was made of. */
export interface ComputedSize {
  /** Null when a figure is missing that decides. */
  readonly size: SizeClass | null;
  /** The row that applies. */
  readonly industryRow: string;
  readonly figures: Readonly<Partial<Record<Measure, number>>>;
  /** Figures that the row measures and nobody recorded. */
  readonly missing: readonly Measure[];
}

/** The figures that the table measures, among recorded facts. */
export function sizeFigures(values: Readonly<Record<string, FactValue>>): Readonly<Partial<Record<Measure, number>>> {
  const number = (...facts: readonly string[]): number | undefined =>
    facts.map((fact) => values[fact]).find((value) => typeof value === 'number');
  const [employees, revenueYuan, assetsYuan] = [
    number('employees'),
    number('annualRevenueYuan', 'revenueYuan'),
    number('totalAssetsYuan'),
  ];
  return {
    ...(employees === undefined ? {} : { employees }),
    ...(revenueYuan === undefined ? {} : { revenueYuan }),
    ...(assetsYuan === undefined ? {} : { assetsYuan }),
  };
}

/**
 * The size of an enterprise by 国统字〔2017〕213号: large, medium and small need every measure of the row at its lower bound
 * or above, otherwise it is one size lower; for micro one measure below is enough. A figure that nobody recorded leaves
 * the size open, unless the others make it micro already.
 * @example computedSize('C1331', { employees: 350, revenueYuan: 15_000_000 }).size //=> 'SMALL'
 */
export function computedSize(industryCode: string, figures: Readonly<Partial<Record<Measure, number>>>): ComputedSize {
  const { name, bounds } =
    TABLE.find(({ industries }) => industries.some((code) => industryCode.startsWith(code))) ?? OTHERS;
  const measured = MEASURES.flatMap((measure) => {
    const lower = bounds[measure];
    return lower === undefined ? [] : [{ measure, lower, value: figures[measure] }];
  });
  const reaches = (step: 0 | 1 | 2): boolean =>
    measured.every(({ lower, value }) => value === undefined || value >= lower[step]);
  const missing = measured.flatMap(({ measure, value }) => (value === undefined ? [measure] : []));
  const size = reaches(0) ? 'LARGE' : reaches(1) ? 'MEDIUM' : reaches(2) ? 'SMALL' : 'MICRO';
  return { size: missing.length > 0 && size !== 'MICRO' ? null : size, industryRow: name, figures, missing };
}
