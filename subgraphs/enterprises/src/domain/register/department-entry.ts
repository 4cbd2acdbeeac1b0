import { normalText } from '@zhitong/values';
import type { NamedRegion } from '../regions.js';
import type { EntryFault, EntryValues } from '../register-entry.js';
import { divisionOf } from '../standards/administrative-divisions.js';

/** Levels of government, with the words of lists. */
export const DEPARTMENT_LEVELS = {
  CITY: ['市级', '市直', '市'],
  COUNTY: ['县级', '区县级', '县区级', '县', '区'],
  TOWNSHIP: ['乡镇级', '乡级', '乡镇', '街道', '镇', '乡'],
  VILLAGE: ['村级', '村', '社区', '村（社区）'],
} as const;

export type DepartmentLevel = keyof typeof DEPARTMENT_LEVELS;

/** A department as the city's list (机构名录) states it. */
export interface DepartmentEntry {
  readonly code: string;
  readonly name: string;
  readonly shortName: string;
  readonly level: DepartmentLevel;
  readonly region: NamedRegion;
  readonly isCoordinator: boolean;
}

const CODE = /^[A-Z][A-Z0-9]{1,19}$/;
const REGION = /^[1-9]\d{5}$/;

/**
 * Reads a row of the list beside the departments that stand there already. What a row of a known department leaves out
 * stays as it is. A region is called as the table of divisions calls it; one that the table does not have (a
 * development zone, another province's county) needs its name, and has one name in the whole list. Of the coordinators
 * of business services a city has one.
 */
export function readDepartment(
  values: EntryValues,
  known: ReadonlyMap<string, DepartmentEntry>,
): DepartmentEntry | EntryFault {
  const text = (field: string): string | undefined => {
    const value = values[field];
    const normal = value === undefined || value === null ? '' : normalText(String(value));
    return normal === '' ? undefined : normal;
  };
  const code = text('code')?.toUpperCase() ?? '';
  if (!CODE.test(code))
    return { field: 'code', reason: `机构代码“${code.slice(0, 40)}”须为 2 至 20 位字母或数字，以字母开头` };
  const stored = known.get(code);
  const name = text('name') ?? stored?.name;
  if (name === undefined) return { field: 'name', reason: '缺少机构名称' };
  const region = regionOf(text('region') ?? stored?.region.code, text('regionName'), known);
  if ('reason' in region) return region;
  const isCoordinator = values['isCoordinator'] ?? stored?.isCoordinator ?? false;
  const other = [...known.values()].find((department) => department.isCoordinator && department.code !== code);
  if (isCoordinator === true && other !== undefined)
    return { field: 'isCoordinator', reason: `综合协调部门已是 ${other.code} ${other.name}，一个城市只有一个` };
  return {
    code,
    name,
    shortName: text('shortName') ?? stored?.shortName ?? name,
    level:
      (values['level'] as DepartmentEntry['level'] | null | undefined) ?? // a code of the field's table
      stored?.level ??
      (region.code.endsWith('00') ? 'CITY' : 'COUNTY'),
    region,
    isCoordinator: isCoordinator === true,
  };
}

/**
 * Whether a department may deliver the list: the coordinator, and whoever fills an empty list, because nobody could
 * otherwise be entered first.
 */
export function mayDeliverDepartments(department: string, known: Iterable<DepartmentEntry>): boolean {
  const coordinator = [...known].find(({ isCoordinator }) => isCoordinator);
  return coordinator === undefined || coordinator.code === department;
}

function regionOf(
  code: string | undefined,
  stated: string | undefined,
  known: ReadonlyMap<string, DepartmentEntry>,
): NamedRegion | EntryFault {
  if (code === undefined || !REGION.test(code))
    return { field: 'region', reason: `区划代码“${(code ?? '').slice(0, 40)}”须为 GB/T 2260 的六位数字` };
  const listed = [...known.values()].find(({ region }) => region.code === code)?.region.name;
  const name = listed ?? divisionOf(code)?.name ?? stated;
  if (name === undefined) return { field: 'regionName', reason: `区划表中没有 ${code}，请在“区划名称”一栏写明其名称` };
  if (stated !== undefined && stated !== name)
    return { field: 'regionName', reason: `区划代码 ${code} 是“${name}”，不是“${stated.slice(0, 40)}”` };
  return { code, name };
}
