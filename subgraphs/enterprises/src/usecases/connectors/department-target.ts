import { codeType as codes, refused, targetField as field, type Landed, type Target } from '@zhitong/connect';
import {
  DEPARTMENT_LEVELS,
  mayDeliverDepartments,
  readDepartment,
  type DepartmentEntry,
} from '../../domain/register/department-entry.js';
import type { DepartmentStore } from '../../models/department.js';

const REQUIRED = { required: true };
const FIELDS: Target['fields'] = {
  code: field(
    { kind: 'text', longest: 40 },
    'Code of the department, letters and digits: what tokens, mappings and other departments name it by.',
    ['机构代码', '部门代码', '单位代码', '部门编码'],
    REQUIRED,
  ),
  name: field({ kind: 'text', longest: 100 }, 'Full name.', ['机构名称', '部门名称', '单位名称', '全称'], REQUIRED),
  shortName: field({ kind: 'text', longest: 40 }, 'Short name; the full one where none is stated.', [
    '机构简称',
    '部门简称',
    '简称',
  ]),
  level: field(codes(DEPARTMENT_LEVELS), 'Level of government; by its region where none is stated.', [
    '层级',
    '机构层级',
    '级别',
    '行政层级',
  ]),
  region: field(
    { kind: 'text', longest: 40 },
    'Region that it serves, six digits of GB/T 2260. The regions of all departments are the regions of the city.',
    ['区划代码', '行政区划代码', '所在区划代码'],
    REQUIRED,
  ),
  regionName: field({ kind: 'text', longest: 40 }, 'Name of a region that the table of divisions does not have.', [
    '区划名称',
    '行政区划名称',
    '所在区划',
  ]),
  isCoordinator: field({ kind: 'boolean' }, 'Coordinates the others on enterprise services; a city has one.', [
    '是否综合协调部门',
    '是否牵头协调部门',
    '综合协调',
  ]),
};

/** What undoing needs: the record before, null for none, and the one that was written. */
interface Before {
  readonly previous: DepartmentEntry | null;
  readonly wrote: DepartmentEntry;
}

/**
 * The city's list of departments (机构名录), with which an empty hub begins: the regions of the city are those that
 * its departments serve, and officials, enterprises and cases name departments that stand here. A department that was
 * entered is not taken out again, because the others may have named it already.
 */
export function departmentTarget({ departments }: { readonly departments: DepartmentStore }): Target {
  return {
    name: 'department',
    fields: FIELDS,
    key: ['code'],
    names: ({ values, key }) => [String(values['code'] ?? key).toUpperCase()],

    land: async (rows, { session, department }) => {
      const known = new Map((await departments.all(undefined, session)).map((entry) => [entry.code, entry]));
      const mayDeliver = mayDeliverDepartments(department, known.values());
      const written = new Map<string, DepartmentEntry>();
      const landed = rows.map(({ values }): Landed => {
        if (!mayDeliver) return refused({ field: 'code', reason: `${department} 不是综合协调部门，不能更改机构名录` });
        const read = readDepartment(values, known);
        if ('reason' in read) return refused(read);
        const previous = known.get(read.code) ?? null;
        if (previous !== null && isEqual(previous, read)) return { kind: 'unchanged' };
        known.set(read.code, read);
        written.set(read.code, read);
        const before: Before = { previous, wrote: read };
        return { kind: previous === null ? 'new' : 'changed', before };
      });
      await departments.put([...written.values()], session);
      return landed;
    },

    undo: async (rows, { session }) => {
      const known = new Map((await departments.all(undefined, session)).map((entry) => [entry.code, entry]));
      const restored: DepartmentEntry[] = [];
      const landed = rows.map(({ before }): Landed => {
        const { previous, wrote } = before as Before; // what `land` gave
        const stored = known.get(wrote.code);
        if (stored === undefined) return { kind: 'unchanged' };
        if (!isEqual(stored, wrote)) return refused({ field: null, reason: '此后该机构又有变更，未撤销' });
        if (previous === null)
          return refused({ field: null, reason: '机构登记后可能已被其他部门引用，不能撤销登记；请改正后重新导入' });
        restored.push(previous);
        return { kind: 'changed', before: null };
      });
      await departments.put(restored, session);
      return landed;
    },
  };
}

const isEqual = (a: DepartmentEntry, b: DepartmentEntry): boolean =>
  a.name === b.name &&
  a.shortName === b.shortName &&
  a.level === b.level &&
  a.region.code === b.region.code &&
  a.region.name === b.region.name &&
  a.isCoordinator === b.isCoordinator;
