import { readTable } from './data-file.js';
import type { DemoDepartment, DemoDistrict, DepartmentKind } from './types.js';

interface DepartmentTable {
  readonly city: DemoDistrict;
  readonly districts: readonly (DemoDistrict & { readonly share: number; readonly governmentCode: string })[];
  readonly departments: readonly {
    readonly code: string;
    readonly name: string;
    readonly shortName: string;
    readonly kind: DepartmentKind;
    /** GB/T 4754 sections whose enterprises the department's officials look after. */
    readonly sections: string;
  }[];
}

// The tests check the codes and names of this table.
const table = readTable('departments.json') as DepartmentTable;

export const CITY: DemoDistrict = table.city;

/** Districts and counties by GB/T 2260 code. */
export const DISTRICTS: readonly DemoDistrict[] = table.districts
  .map(({ code, name }) => ({ code, name }))
  .sort((a, b) => a.code.localeCompare(b.code));

/** How many of a hundred market entities each district registers. */
export const DISTRICT_SHARES: readonly (readonly [string, number])[] = table.districts.map(({ code, share }) => [
  code,
  share,
]);

/** The city's departments followed by the governments of its districts and counties. */
export const DEPARTMENTS: readonly DemoDepartment[] = [
  ...table.departments.map(({ code, name, shortName, kind }): DemoDepartment => ({
    code,
    name,
    shortName,
    kind,
    level: 'CITY',
    regionCode: table.city.code,
    isCoordinator: code === 'YSB',
  })),
  ...table.districts.map(({ code, name, governmentCode }): DemoDepartment => ({
    code: governmentCode,
    name: `${name}人民政府`,
    shortName: `${name}政府`,
    kind: 'DISTRICT_GOVERNMENT',
    level: 'COUNTY',
    regionCode: code,
    isCoordinator: false,
  })),
];

/** Codes of the city departments that look after enterprises of an industry section (A to S). */
export function departmentsOfSection(section: string): readonly string[] {
  return table.departments.filter((department) => department.sections.includes(section)).map(({ code }) => code);
}

/** Code of the government of a district; throws a RangeError for a code that is not one of the city's districts. */
export function governmentOf(regionCode: string): string {
  const district = table.districts.find(({ code }) => code === regionCode);
  if (!district) throw new RangeError(`Expected one of the city's districts, but got "${regionCode}".`);
  return district.governmentCode;
}
