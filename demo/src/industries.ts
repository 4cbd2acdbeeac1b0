import { readTable } from './data-file.js';
import type { DemoIndustry } from './types.js';

/** One industry in which the city's market entities work, with how many of each form and what they call themselves. */
export interface IndustryClass {
  /** GB/T 4754—2017 code with its section letter. */
  readonly code: string;
  readonly name: string;
  /** Relative frequency among companies, individual businesses, cooperatives, and enterprises above designated size. */
  readonly companies: number;
  readonly individuals: number;
  readonly cooperatives: number;
  readonly aboveSize: number;
  /** Industry words of company names, of individual businesses, of cooperatives. */
  readonly words: readonly string[];
  readonly shops: readonly string[];
  readonly cooperativeWords?: readonly string[];
}

interface IndustryTable {
  readonly standard: string;
  readonly sections: Readonly<Record<string, string>>;
  readonly classes: readonly IndustryClass[];
}

// The tests check the codes, sections and words of this table.
const table = readTable('industries.json') as IndustryTable;

/** The edition of GB/T 4754 that the codes and names are taken from. */
export const INDUSTRY_STANDARD = table.standard;

/** The sections A to S with their Chinese names. */
export const INDUSTRY_SECTIONS = table.sections;

export const INDUSTRY_CLASSES = table.classes;

const industries = new Map(
  table.classes.map(({ code, name }): [string, DemoIndustry] => {
    const section = code.charAt(0);
    return [code, { section, sectionName: table.sections[section] ?? '', code, name }];
  }),
);

/**
 * The industry of a code; throws a RangeError for a code that the table does not hold. Equal codes share one object.
 */
export function industryOf(code: string): DemoIndustry {
  const industry = industries.get(code);
  if (!industry) throw new RangeError(`Unknown industry "${code}".`);
  return industry;
}

/** The kinds of frequency that the table knows. */
export type IndustryUse = 'companies' | 'individuals' | 'cooperatives' | 'aboveSize';

/** Industries with their frequency for one use, those of frequency 0 left out. */
export function industriesFor(use: IndustryUse): readonly (readonly [IndustryClass, number])[] {
  return table.classes.filter((industry) => industry[use] > 0).map((industry) => [industry, industry[use]]);
}
