import { readTable } from './data-file.js';
import type { Scale } from './types.js';

/** What the classification looks at, for one year. */
export interface ScaleFigures {
  readonly employees: number;
  readonly revenueYuan: number;
  readonly assetsYuan: number;
}

type Measure = keyof ScaleFigures;
/** Lower bounds of large, medium and small. */
type Bounds = readonly [large: number, medium: number, small: number];

export interface ScaleClass {
  readonly name: string;
  /** Prefixes of GB/T 4754 codes. */
  readonly industries: readonly string[];
  readonly bounds: Readonly<Partial<Record<Measure, Bounds>>>;
}

// The tests check the rows of this table against published thresholds.
const classes = (readTable('scale-classes.json') as { readonly classes: readonly ScaleClass[] }).classes;
const byIndustry = new Map<string, ScaleClass>();

/**
 * The row of the national table (国统字〔2017〕213号, 附表) that applies to an industry. Industries that the table does
 * not name (finance, education, health and others) take the row 其他未列明行业.
 * @param industryCode GB/T 4754 code with its section letter, for example `C1330`
 */
export function scaleClassOf(industryCode: string): ScaleClass {
  const known = byIndustry.get(industryCode);
  if (known) return known;
  const found = classes.find(({ industries }) => industries.some((prefix) => industryCode.startsWith(prefix)));
  if (!found) throw new RangeError(`No scale class for industry "${industryCode}".`);
  byIndustry.set(industryCode, found);
  return found;
}

/**
 * Classifies an enterprise by its figures of one year. Large, medium and small need every indicator of the row at its
 * lower bound or above, otherwise the enterprise falls to the next class; for micro one indicator below is enough
 * (国统字〔2017〕213号, 附表 note 1). Individual businesses are classified by the same rows.
 */
export function scaleOf(industryCode: string, figures: ScaleFigures): Scale {
  const { bounds } = scaleClassOf(industryCode);
  const reaches = (step: 0 | 1 | 2): boolean =>
    (bounds.employees === undefined || figures.employees >= bounds.employees[step]) &&
    (bounds.revenueYuan === undefined || figures.revenueYuan >= bounds.revenueYuan[step]) &&
    (bounds.assetsYuan === undefined || figures.assetsYuan >= bounds.assetsYuan[step]);
  return reaches(0) ? 'LARGE' : reaches(1) ? 'MEDIUM' : reaches(2) ? 'SMALL' : 'MICRO';
}
