/**
 * First two digits of the provinces, autonomous regions, municipalities and special administrative regions (GB/T
 * 2260-2007). Counties and development zones are not looked up: zones register under codes that the standard does not
 * have.
 */
const PROVINCES = new Set(
  [
    '11 12 13 14 15',
    '21 22 23',
    '31 32 33 34 35 36 37',
    '41 42 43 44 45 46',
    '50 51 52 53 54',
    '61 62 63 64 65',
    '71',
    '81 82',
  ].flatMap((area) => area.split(' ')),
);

/**
 * Whether two digits begin the code of a province.
 * @example isProvince('42') //=> true
 * @example isProvince('99') //=> false
 */
export function isProvince(digits: string): boolean {
  return PROVINCES.has(digits);
}

/** Sections (门类) of GB/T 4754—2017 with their first and last division (大类). */
const SECTIONS: Readonly<Record<string, readonly [first: number, last: number]>> = {
  A: [1, 5],
  B: [6, 12],
  C: [13, 43],
  D: [44, 46],
  E: [47, 50],
  F: [51, 52],
  G: [53, 60],
  H: [61, 62],
  I: [63, 65],
  J: [66, 69],
  K: [70, 70],
  L: [71, 72],
  M: [73, 75],
  N: [76, 79],
  O: [80, 82],
  P: [83, 83],
  Q: [84, 85],
  R: [86, 90],
  S: [91, 96],
  T: [97, 97],
};
const CODE = /^([A-T])(?:(\d{2})\d{0,2})?$/;

/** What keeps a text from being an industry code. */
export type IndustryProblem =
  | { readonly kind: 'SHAPE' }
  /** The division does not belong to the section, which has those from `first` to `last`. */
  | { readonly kind: 'DIVISION'; readonly section: string; readonly first: number; readonly last: number };

/**
 * Why a text is no industry code, or null: a section (门类) A to T, alone or followed by a division (大类) of that section
 * and up to two more digits. Groups and classes are not looked up: registers hold codes of earlier editions. Source:
 * GB/T 4754—2017.
 * @example industryProblem('C37') //=> null
 * @example industryProblem('C97')?.kind //=> 'DIVISION'
 */
export function industryProblem(code: string): IndustryProblem | null {
  const [, section = '', division] = CODE.exec(code) ?? [];
  const range = SECTIONS[section];
  if (range === undefined) return { kind: 'SHAPE' };
  const [first, last] = range;
  const number = Number(division);
  return division === undefined || (number >= first && number <= last)
    ? null
    : { kind: 'DIVISION', section, first, last };
}
