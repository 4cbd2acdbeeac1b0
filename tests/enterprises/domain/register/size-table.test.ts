import {
  computedSize,
  MEASURES,
  SIZE_RULE,
  sizeFigures,
  type Measure,
} from '../../../../subgraphs/enterprises/src/domain/register/size-class.js';

type Bounds = readonly [large: number, medium: number, small: number];
type Line = readonly [row: string, codes: string, bounds: Partial<Record<Measure, Bounds>>];

const PERSONS = { large: [1000, 300, 20], stores: [300, 50, 10], usual: [300, 100, 10] } as const;
/** Ten thousand yuan, as the table prints amounts. */
const wan = (large: number, medium: number, small: number): Bounds => [large * 1e4, medium * 1e4, small * 1e4];

/** The table of 国统字〔2017〕213号 once more, with divisions and groups of GB/T 4754 that each row is for. */
const TABLE: readonly Line[] = [
  ['农、林、牧、渔业', 'A0111 A05', { revenueYuan: wan(20_000, 500, 50) }],
  ['工业', 'B0610 C1330 C43 D4620', { employees: PERSONS.large, revenueYuan: wan(40_000, 2_000, 300) }],
  ['建筑业', 'E4710 E50', { revenueYuan: wan(80_000, 6_000, 300), assetsYuan: wan(80_000, 5_000, 300) }],
  ['批发业', 'F5123', { employees: [200, 20, 5], revenueYuan: wan(40_000, 5_000, 1_000) }],
  ['零售业', 'F5211', { employees: PERSONS.stores, revenueYuan: wan(20_000, 500, 100) }],
  [
    '交通运输业',
    'G5431 G5511 G5611 G5720 G5810 G5910',
    { employees: PERSONS.large, revenueYuan: wan(30_000, 3_000, 200) },
  ],
  [
    '仓储业',
    'G5920 G5930 G5941 G5951 G5960 G5990',
    { employees: [200, 100, 20], revenueYuan: wan(30_000, 1_000, 100) },
  ],
  ['邮政业', 'G6010', { employees: PERSONS.large, revenueYuan: wan(30_000, 2_000, 100) }],
  ['住宿业', 'H6110', { employees: PERSONS.usual, revenueYuan: wan(10_000, 2_000, 100) }],
  ['餐饮业', 'H6210', { employees: PERSONS.usual, revenueYuan: wan(10_000, 2_000, 100) }],
  ['信息传输业', 'I6311 I6421', { employees: [2000, 100, 10], revenueYuan: wan(100_000, 1_000, 100) }],
  ['软件和信息技术服务业', 'I6513', { employees: PERSONS.usual, revenueYuan: wan(10_000, 1_000, 50) }],
  ['房地产开发经营', 'K7010', { revenueYuan: wan(200_000, 1_000, 100), assetsYuan: wan(10_000, 5_000, 2_000) }],
  ['物业管理', 'K7020', { employees: [1000, 300, 100], revenueYuan: wan(5_000, 1_000, 500) }],
  ['租赁和商务服务业', 'L7111 L72', { employees: PERSONS.usual, assetsYuan: wan(120_000, 8_000, 100) }],
  ['其他未列明行业', 'G5310 J6621 K7030 M7310 P8310 R88', { employees: PERSONS.usual }],
];
const SIZES = ['LARGE', 'MEDIUM', 'SMALL', 'MICRO'] as const;

describe('the size of an enterprise (国统字〔2017〕213号)', () => {
  it('is told with the rule that makes it', () => {
    expect(SIZE_RULE).toBe('统计上大中小微型企业划分办法（2017）（国统字〔2017〕213号）附表');
  });

  it.each(TABLE)('of %s (%s): at each bound of every measure, and one below at one of them', (row, codes, bounds) => {
    const measures = MEASURES.filter((measure) => bounds[measure] !== undefined);
    for (const code of codes.split(' ')) {
      expect(computedSize(code, {})).toEqual({ size: null, industryRow: row, figures: {}, missing: measures });
      for (const step of [0, 1, 2] as const) {
        const figures = Object.fromEntries(measures.map((measure) => [measure, bounds[measure]?.[step] ?? 0]));
        expect([code, figures, computedSize(code, figures).size]).toEqual([code, figures, SIZES[step]]);
        for (const measure of measures) {
          const below = { ...figures, [measure]: (figures[measure] ?? 0) - 1 };
          expect([code, below, computedSize(code, below).size]).toEqual([code, below, SIZES[step + 1]]);
        }
      }
    }
  });

  it('tells what it was made of', () => {
    const figures = { employees: 350, revenueYuan: 15_000_000, assetsYuan: 1 };
    expect(computedSize('C1330', figures)).toEqual({ size: 'SMALL', industryRow: '工业', figures, missing: [] });
  });

  it.each([
    [
      { employees: 12, annualRevenueYuan: 3, totalAssetsYuan: 4 },
      { employees: 12, revenueYuan: 3, assetsYuan: 4 },
    ],
    [{ annualRevenueYuan: 3, revenueYuan: 5 }, { revenueYuan: 3 }],
    [{ revenueYuan: 5 }, { revenueYuan: 5 }],
    [
      { employees: 0, annualRevenueYuan: 0, totalAssetsYuan: 0 },
      { employees: 0, revenueYuan: 0, assetsYuan: 0 },
    ],
    [{ employees: '12', annualRevenueYuan: true, revenueYuan: 5 }, { revenueYuan: 5 }],
    [{ insuredEmployees: 12, monthlySalesYuan: 9 }, {}],
  ])('is made of the recorded figures %j: %j', (values, figures) => expect(sizeFigures(values)).toStrictEqual(figures));
});
