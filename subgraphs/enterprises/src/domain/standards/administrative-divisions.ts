import { OTHERWISE_IN_2007, PREFECTURES_AND_COUNTIES, PROVINCES, TOWNSHIPS } from './division-table.js';
import { standardTree, type StandardEntry } from './standard-tree.js';

/** Levels of administrative divisions: 省级, 地级, 县级, 乡级. */
export type DivisionLevel = 'PROVINCE' | 'PREFECTURE' | 'COUNTY' | 'TOWNSHIP';
export type DivisionEntry = StandardEntry<DivisionLevel>;

/** The list in force; its first six digits follow GB/T 2260. */
export const DIVISION_EDITION = '统计用区划代码 2023';
export const EARLIER_DIVISION_EDITION = 'GB/T 2260-2007';

const LEVELS: Readonly<Record<number, DivisionLevel>> = { 2: 'PROVINCE', 4: 'PREFECTURE', 6: 'COUNTY', 9: 'TOWNSHIP' };
const SHORTER: Readonly<Record<DivisionLevel, number>> = { PROVINCE: 0, PREFECTURE: 2, COUNTY: 4, TOWNSHIP: 6 };

/** Six digits for provinces to counties, nine for townships. */
const whole = (digits: string): string => (digits.length < 6 ? digits.padEnd(6, '0') : digits);

const PRESENT = `${PROVINCES}${PREFECTURES_AND_COUNTIES}${TOWNSHIPS}`
  .trim()
  .split(/\s+/)
  .map((text): DivisionEntry => {
    const [, digits = '', name = ''] = /^(\d+)(.+)$/.exec(text) ?? [];
    const level = LEVELS[digits.length] ?? 'TOWNSHIP';
    const above = digits.slice(0, SHORTER[level]);
    return {
      ...{ code: whole(digits), name, level },
      edition: DIVISION_EDITION,
      parent: above === '' ? null : whole(above),
      successors: [],
    };
  });

/** The divisions of 2007 that have another code or name now. */
const FORMER = Object.entries(OTHERWISE_IN_2007).map(([code, { name, became }]): DivisionEntry => ({
  ...{ code, name, edition: EARLIER_DIVISION_EDITION, successors: became },
  level: code.endsWith('00') ? 'PREFECTURE' : 'COUNTY',
  parent: null,
}));

/**
 * Administrative divisions: all provinces, the prefectures and counties of Hubei and the townships of Xianning, as of
 * 2023; of GB/T 2260-2007 those of Hubei that changed since, each with what it became.
 */
export const DIVISIONS = standardTree([DIVISION_EDITION, EARLIER_DIVISION_EDITION], [...PRESENT, ...FORMER]);

/** What a code means: the division in force, else the former one. @example divisionOf('421023')?.name //=> '监利县' */
export const divisionOf = (code: string): DivisionEntry | undefined =>
  DIVISIONS.entry(code, DIVISION_EDITION) ?? DIVISIONS.entry(code, EARLIER_DIVISION_EDITION);
