import { codeType, refused, type FieldType, type Refused } from '@zhitong/connect';
import { regionNames, type NamedRegion } from '../../domain/regions.js';
import type { DepartmentRecord } from '../../models/department.js';

/** With what a city begins, in the order in which its lists are delivered, as refusals name them. */
const LISTS = { departments: '机构名录', officials: '人员名册', register: '市场主体登记名单' } as const;

/** A department of the city, by code or name. */
export const departmentType = (departments: readonly DepartmentRecord[]): FieldType =>
  codeType(
    Object.fromEntries(departments.map(({ code, name, shortName }) => [code, [name, shortName]])),
    LISTS.departments,
  );

/** A region of the city, by code or name, also behind its province and prefecture: those that its departments serve. */
export const regionType = (regions: readonly NamedRegion[]): FieldType =>
  codeType(
    Object.fromEntries(regions.map((region) => [region.code, regionNames(region, regions)])),
    `${LISTS.departments}，本市的区划以其中各机构的区划为准`,
  );

/** A row of an enterprise that the register does not have. */
export const notRegistered = (uscc: string): Refused =>
  refused({
    field: 'uscc',
    reason: `登记库中没有统一社会信用代码为 ${uscc} 的企业；代码无误的，请先导入${LISTS.register}`,
  });

/** Why a row is refused that names a staff number that nobody has. */
export const unknownOfficial = (official: string): string =>
  `没有工号为 ${official} 的人员；工号无误的，请先导入${LISTS.officials}`;
