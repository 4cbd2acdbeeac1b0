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
