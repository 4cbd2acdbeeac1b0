import { refused, targetField as field, type Landed, type MappedRow, type Target } from '@zhitong/connect';
import type { ClientSession } from 'mongoose';
import type { DepartmentRecord } from '../../models/department.js';
import type { OfficialRecord } from '../../models/official.js';
import type { Stores } from '../../stores.js';
import { departmentType } from './city-tables.js';

const REQUIRED = { required: true };
const fieldsOf = (departments: readonly DepartmentRecord[]): Target['fields'] => ({
  id: field({ kind: 'text', longest: 40 }, 'Staff number.', ['工号', '人员编号', '干部编号', '编号'], REQUIRED),
  name: field({ kind: 'text', longest: 40, isName: true }, 'Name.', ['姓名', '干部姓名', '人员姓名'], {
    required: true,
    isPersonal: true,
  }),
  post: field({ kind: 'text', longest: 60 }, 'Post.', ['职务', '岗位', '职位'], REQUIRED),
  telephone: field({ kind: 'telephone' }, 'Telephone of the office.', ['联系电话', '办公电话', '电话', '手机'], {
    required: true,
    isPersonal: true,
  }),
  department: field(
    departmentType(departments),
    'Department, by code or name.',
    ['单位', '所在单位', '工作单位', '部门', '单位代码', '机构代码'],
    REQUIRED,
  ),
});

/** What undoing needs: the record before, null for none, and the one that was written. */
interface Before {
  readonly previous: OfficialRecord | null;
  readonly wrote: OfficialRecord;
}

/**
 * Officials who look after enterprises and projects. A department delivers its own, the coordinator everybody. Who
 * still looks after enterprises or stands on the roster moves to another department only after handing over
 * (人走事接).
 * @param departments the city's departments, which a row may name by code or name
 */
export function officialTarget({
  stores,
  departments,
}: {
  readonly stores: Stores;
  readonly departments: readonly DepartmentRecord[];
}): Target {
  const { officials, officers, links, naming } = stores;
  const coordinator = departments.find(({ isCoordinator }) => isCoordinator)?.code;

  const known = async (ids: readonly string[], session: ClientSession): Promise<Map<string, OfficialRecord>> =>
    new Map((await officials.byId(ids, session)).map((official) => [official.id, official]));
  /** Who looks after an enterprise now, or serves on the roster. */
  const serving = async (ids: readonly string[], session: ClientSession): Promise<ReadonlySet<string>> =>
    new Set([
      ...(await links.loads(undefined, ids, session)).keys(),
      ...(await officers.byId(ids, session))
        .filter(({ leftOn }) => leftOn === null)
        .map(({ officialId }) => officialId),
    ]);

  return {
    name: 'official',
    fields: fieldsOf(departments),
    key: ['id'],

    land: async (rows, { session, department }) => {
      const ids = rows.map(({ values }) => idOf(values));
      const stored = await known(ids, session);
      const bound = await serving([...stored.keys()], session);
      const written: OfficialRecord[] = [];
      const landed = rows.map(({ values }): Landed => {
        const read = recordOf(values);
        const previous = stored.get(read.id) ?? null;
        if (
          department !== coordinator &&
          [read.departmentCode, previous?.departmentCode ?? department].some((code) => code !== department)
        )
          return refused({
            field: 'department',
            reason: `${department} 只能填报本单位人员；其他单位的由综合协调部门填报`,
          });
        if (previous !== null && isEqual(previous, read)) return { kind: 'unchanged' };
        if (previous !== null && previous.departmentCode !== read.departmentCode && bound.has(read.id))
          return refused({
            field: 'department',
            reason: `${read.id} 仍在 ${previous.departmentCode} 包联企业或列于服务名单，调动单位前请先办理移交`,
          });
        written.push(read);
        const before: Before = { previous, wrote: read };
        return { kind: previous === null ? 'new' : 'changed', before };
      });
      await officials.put(written, session);
      return landed;
    },

    undo: async (rows, { session }) => {
      const befores = rows.map(({ before }) => before as Before); // what `land` gave
      const ids = befores.map(({ wrote }) => wrote.id);
      const stored = await known(ids, session);
      const [bound, mentioned] = [await serving(ids, session), await naming.officials(ids, session)];
      const restored: OfficialRecord[] = [];
      const removed: string[] = [];
      const landed = befores.map(({ previous, wrote }): Landed => {
        const now = stored.get(wrote.id);
        if (now === undefined) return { kind: 'unchanged' };
        if (!isEqual(now, wrote)) return refused({ field: null, reason: '此后该人员信息又有变更，未撤销' });
        if (previous === null ? mentioned.has(wrote.id) : isMoved(previous, wrote) && bound.has(wrote.id))
          return refused({ field: null, reason: '该人员此后已有包联、走访、项目、事项或指标任务，未撤销' });
        if (previous === null) removed.push(wrote.id);
        else restored.push(previous);
        return { kind: 'changed', before: null };
      });
      await officials.put(restored, session);
      await officials.remove(removed, session);
      return landed;
    },
  };
}

const idOf = (values: MappedRow['values']): string => String(values['id']);

const recordOf = (values: MappedRow['values']): OfficialRecord => ({
  id: idOf(values),
  name: String(values['name']),
  post: String(values['post']),
  telephone: String(values['telephone']),
  departmentCode: String(values['department']),
});

const isMoved = (a: OfficialRecord, b: OfficialRecord): boolean => a.departmentCode !== b.departmentCode;

const isEqual = (a: OfficialRecord, b: OfficialRecord): boolean =>
  a.name === b.name && a.post === b.post && a.telephone === b.telephone && !isMoved(a, b);
