import { DIVISION_EDITION, DIVISIONS } from './standards/administrative-divisions.js';

/** A region of GB/T 2260 with its name. */
export interface NamedRegion {
  readonly code: string;
  readonly name: string;
}

/** The city's regions in the order of their codes: those that a department of the city or of a district serves. */
export function regionsOf(departments: readonly { readonly region: NamedRegion }[]): NamedRegion[] {
  const byCode = new Map(departments.map(({ region }) => [region.code, { code: region.code, name: region.name }]));
  return [...byCode.values()].sort((a, b) => (a.code < b.code ? -1 : 1));
}

/** What the names of provinces and prefectures are written without. */
const ENDING = /(?:(?:维吾尔|壮族|回族)?自治区|特别行政区|省|市)$/;

/**
 * What registers call a region: its own name first, then with the places that it lies in, in full or without their
 * endings. Below the province alone a county has one meaning, and a district (区) of another city may have its name.
 * @param regions the city's regions, which name a prefecture that no list has
 * @example regionNames({ code: '421202', name: '咸安区' }, []) //=> ['咸安区', '咸宁市咸安区', '湖北省咸宁市咸安区', …]
 */
export function regionNames({ code, name }: NamedRegion, regions: readonly NamedRegion[]): string[] {
  const named = (digits: string): string[] => {
    const above = digits.padEnd(code.length, '0');
    const full = [...regions, DIVISIONS.entry(above, DIVISION_EDITION)].find((one) => one?.code === above)?.name;
    return full === undefined || above === code ? [] : [full, full.replace(ENDING, '')];
  };
  const provinces = named(code.slice(0, 2));
  const prefectures = named(code.slice(0, 4)).flatMap((one) =>
    ['', ...provinces].map((province) => `${province}${one}`),
  );
  const before = [...prefectures, ...(name.endsWith('区') ? [] : provinces)];
  return [name, ...before.map((place) => `${place}${name}`)];
}
