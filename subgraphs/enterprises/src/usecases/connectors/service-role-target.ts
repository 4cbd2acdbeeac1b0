import {
  codeType as codes,
  refused,
  targetField as field,
  type Landed,
  type Landing,
  type MappedRow,
  type Target,
} from '@zhitong/connect';
import type { NewEvent, Outbox } from '@zhitong/kit/outbox';
import { dayInShanghai } from '@zhitong/values';
import { departmentOfHolder } from '../../domain/service-network/holder.js';
import {
  isFilledByDepartment,
  isLookedAfter,
  placeOf,
  SERVICE_ROLES,
  type Holder,
  type ServiceRole,
} from '../../domain/service-network/roles.js';
import type { DepartmentRecord } from '../../models/department.js';
import type { ServiceLinkRecord } from '../../models/network/service-link.js';
import type { Stores } from '../../stores.js';
import { newLink } from '../network/new-link.js';
import { departmentType, notRegistered, unknownOfficial } from './city-tables.js';
import { heldOfficials } from '../held-officials.js';

/** Roles of which an enterprise has one holder. */
const SINGLE_ROLES: Partial<Record<ServiceRole, readonly string[]>> = {
  STEWARD: ['服务专员', '项目管家', '包保干部', '企业管家'],
  PROJECT_SECRETARY: ['项目秘书'],
  LEADER: ['包联领导', '联系领导'],
  SUPPORTING_UNIT: ['联系单位', '包联单位'],
  EMPLOYMENT_SPECIALIST: ['用工专员', '就业服务专员'],
};
/** Roles of which it has one holder of each department. */
const ROLES_OF_EACH_DEPARTMENT: Partial<Record<ServiceRole, readonly string[]>> = {
  DEPARTMENT_CONTACT: ['部门联系人', '部门联络员'],
  AGENT: ['代办帮办员', '代办员', '帮办员'],
};
const REQUIRED = { required: true };
const fieldsOf = (
  roles: Partial<Record<ServiceRole, readonly string[]>>,
  departments: readonly DepartmentRecord[],
): Target['fields'] => ({
  uscc: field(
    { kind: 'uscc' },
    'Unified social credit code of a registered enterprise.',
    ['统一社会信用代码', '社会信用代码', '信用代码'],
    REQUIRED,
  ),
  role: field(codes(roles), 'What he or she is to the enterprise.', ['角色', '包联角色', '服务角色'], REQUIRED),
  official: field({ kind: 'text', longest: 40 }, 'Staff number; none of a supporting unit.', [
    '工号',
    '人员编号',
    '干部编号',
  ]),
  department: field(
    departmentType(departments),
    'Supporting unit; beside a staff number the department that it must be of.',
    ['单位', '联系单位', '包联单位', '所在单位'],
    { required: roles === ROLES_OF_EACH_DEPARTMENT },
  ),
});

/** What undoing needs: the place, the link that was made, and who had the place before. */
interface Before {
  readonly place: string;
  readonly link: string;
  readonly previous: Holder | null;
}

/** A place at an enterprise: who has it from today, null for nobody, and whose link ends. */
interface Place {
  readonly holder: Holder | null;
  readonly ended: ServiceLinkRecord | undefined;
}

interface Tools {
  readonly stores: Stores;
  readonly outbox: Pick<Outbox, 'append'>;
  /** The city's departments, which a row may name by code or name. */
  readonly departments: readonly DepartmentRecord[];
}

/**
 * Who looks after whom ([1+1+N], 包联名册): one row fills one place at an enterprise, and whoever had the place ends
 * today. The coordinator fills every role; a department names its own contacts and agents, of which an enterprise has
 * one of each department.
 */
export const serviceRoleTargets = (tools: Tools): Target[] => [
  roleTarget({ name: 'service-role', roles: SINGLE_ROLES, key: ['uscc', 'role'] }, tools),
  roleTarget(
    { name: 'department-contact', roles: ROLES_OF_EACH_DEPARTMENT, key: ['uscc', 'role', 'department'] },
    tools,
  ),
];

function roleTarget(
  {
    name,
    roles,
    key,
  }: Pick<Target, 'name' | 'key'> & { readonly roles: Partial<Record<ServiceRole, readonly string[]>> },
  { stores, outbox, departments }: Tools,
): Target {
  const { enterprises, links, served } = stores;
  const coordinator = departments.find(({ isCoordinator }) => isCoordinator)?.code;

  /** Ends who is in the places and fills them; each enterprise is told of. */
  const fill = async (
    places: readonly Place[],
    made: readonly ServiceLinkRecord[],
    { session, now, runId }: Landing,
  ): Promise<void> => {
    await links.end(
      places.flatMap(({ ended }) => (ended === undefined ? [] : [ended.id])),
      { until: dayInShanghai(now), endReason: `导入 ${runId}` },
      session,
    );
    await links.insert(made, session);
    for (const role of SERVICE_ROLES) {
      const holders = places.flatMap(({ holder, ended }) => {
        const of = holder ?? ended;
        return of?.role !== role
          ? []
          : [{ uscc: of.uscc, officialId: holder === null ? null : (holder.officialId ?? holder.departmentCode) }];
      });
      const emptied = holders.filter(({ officialId }) => officialId === null).map(({ uscc }) => uscc);
      const still = emptied.length === 0 ? new Set<string>() : await links.filled(role, emptied, session);
      await served.setHolders(
        role,
        holders.filter(({ uscc, officialId }) => officialId !== null || !still.has(uscc)),
        session,
      );
    }
    await outbox.append(places.flatMap(toldOf), { session });
  };

  return {
    name,
    fields: fieldsOf(roles, departments),
    key,

    land: async (rows, landing) => {
      const { session, department, now, source } = landing;
      const named = rows.map(({ values }) => namedIn(values));
      const ids = [...new Set(named.flatMap(({ official }) => (official === null ? [] : [official])))];
      const people = await heldOfficials(ids, stores, session);
      const known = await enterprises.wholeRecords(
        named.map(({ uscc }) => uscc),
        session,
      );
      const judged = named.map((one): Holder | Landed => {
        const { uscc, role, official } = one;
        if (!known.has(uscc)) return notRegistered(uscc);
        const person = official === null ? undefined : people.get(official);
        if (department !== coordinator && !isFilledByDepartment(role))
          return refused({ field: 'role', reason: `${department} 只能填报本单位的部门联系人和代办帮办员` });
        if (department !== coordinator && person !== undefined && person.departmentCode !== department)
          return refused({ field: 'official', reason: `${String(official)} 不是 ${department} 的人员` });
        const departmentCode = departmentOfHolder(one, person);
        if (typeof departmentCode === 'string') return { uscc, role, officialId: official, departmentCode };
        const { field: at, words } = departmentCode;
        const isUnknown = at === 'official' && official !== null && person === undefined;
        return refused({ field: at, reason: isUnknown ? unknownOfficial(official) : words.zh });
      });
      const wanted = judged.filter((one): one is Holder => !('kind' in one));
      const present = new Map((await links.inPlaces(wanted.map(placeOf), session)).map((link) => [link.place, link]));
      const places: Place[] = [];
      const made: ServiceLinkRecord[] = [];
      const landed = judged.map((one): Landed => {
        if ('kind' in one) return one;
        const place = placeOf(one);
        const ended = present.get(place);
        if (ended?.officialId === one.officialId && ended.departmentCode === one.departmentCode)
          return { kind: 'unchanged' };
        if (!isLookedAfter(known.get(one.uscc)?.status ?? null))
          return refused({ field: 'uscc', reason: `企业 ${one.uscc} 已注销或吊销，不再指定服务人员` });
        const link = newLink(one, {
          from: dayInShanghai(now),
          basis: 'NAMED',
          reason: source,
          by: department,
        });
        places.push({ holder: one, ended });
        made.push(link);
        const before: Before = { place, link: link.id, previous: ended === undefined ? null : holderOf(ended) };
        return { kind: ended === undefined ? 'new' : 'changed', before };
      });
      await fill(places, made, landing);
      return landed;
    },

    undo: async (rows, landing) => {
      const { session, department, now, source } = landing;
      const befores = rows.map(({ before }) => before as Before); // what `land` gave
      const present = new Map(
        (
          await links.inPlaces(
            befores.map(({ place }) => place),
            session,
          )
        ).map((link) => [link.place, link]),
      );
      const places: Place[] = [];
      const made: ServiceLinkRecord[] = [];
      const landed = befores.map(({ place, link, previous }): Landed => {
        const ended = present.get(place);
        if (ended?.id !== link) return refused({ field: null, reason: '此后该企业的包联人员又有变更，未撤销' });
        places.push({ holder: previous, ended });
        if (previous !== null)
          made.push(newLink(previous, { from: dayInShanghai(now), basis: 'NAMED', reason: source, by: department }));
        return { kind: 'changed', before: null };
      });
      await fill(places, made, landing);
      return landed;
    },
  };
}

/** The event of a place that was filled, or given up. */
function toldOf({ holder, ended }: Place): NewEvent[] {
  if (holder === null) {
    if (ended === undefined) return [];
    const { uscc, role } = ended;
    return [{ type: 'cn.zhitong.service-network.role-ended', subject: uscc, data: { uscc, role } }];
  }
  const { uscc, role, officialId: official, departmentCode } = holder;
  return role === 'STEWARD' && official !== null
    ? [{ type: 'cn.zhitong.enterprise.steward-assigned', subject: uscc, data: { uscc, official } }]
    : [
        {
          type: 'cn.zhitong.service-network.role-filled',
          subject: uscc,
          data: { uscc, role, official, departmentCode },
        },
      ];
}

const namedIn = ({
  uscc,
  role,
  official,
  department,
}: MappedRow['values']): { uscc: string; role: ServiceRole; official: string | null; department: string | null } => ({
  uscc: String(uscc),
  role: role as ServiceRole, // a code of the field's table
  official: typeof official === 'string' ? official : null,
  department: typeof department === 'string' ? department : null,
});

const holderOf = ({ uscc, role, officialId, departmentCode }: ServiceLinkRecord): Holder => ({
  uscc,
  role,
  officialId,
  departmentCode,
});
