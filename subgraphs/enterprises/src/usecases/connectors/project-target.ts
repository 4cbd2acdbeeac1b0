import {
  codeType as codes,
  refused,
  targetField as field,
  type Landed,
  type MappedRow,
  type Target,
} from '@zhitong/connect';
import { dayInShanghai, type LegalDay } from '@zhitong/values';
import type { ClientSession } from 'mongoose';
import { projectNumberFault } from '../../domain/projects/project-number.js';
import { regionsOf } from '../../domain/regions.js';
import type { DepartmentRecord } from '../../models/department.js';
import type { ProjectRecord } from '../../models/project.js';
import type { Stores } from '../../stores.js';
import { departmentType, notRegistered, regionType, unknownOfficial } from './city-tables.js';
import { heldOfficials, type HeldOfficial } from '../held-officials.js';

const STAGES: Readonly<Record<ProjectRecord['stage'], readonly string[]>> = {
  SIGNED: ['已签约', '签约'],
  STARTED: ['已开工', '开工'],
  UNDER_CONSTRUCTION: ['在建', '建设中'],
  IN_PRODUCTION: ['已投产', '投产', '竣工投产'],
  TERMINATED: ['已终止', '终止'],
};
const TRACKS: Readonly<Record<ProjectRecord['track'], readonly string[]>> = {
  PLATFORM: ['平台签约项目', '平台项目'],
  KEY: ['重点项目', '重点'],
};
const REQUIRED = { required: true };
const fieldsOf = (departments: readonly DepartmentRecord[]): Target['fields'] => ({
  id: field({ kind: 'text', longest: 40 }, 'Project number.', ['项目编号', '项目代码', '编号'], REQUIRED),
  name: field({ kind: 'text', longest: 200 }, 'Name.', ['项目名称', '名称'], REQUIRED),
  uscc: field(
    { kind: 'uscc' },
    'Unified social credit code of the registered enterprise that invests.',
    ['统一社会信用代码', '投资方统一社会信用代码', '信用代码'],
    REQUIRED,
  ),
  region: field(
    regionType(regionsOf(departments)),
    'District of the project, one of the city.',
    ['所在区县', '项目所在地', '区县', '建设地点'],
    REQUIRED,
  ),
  leadDepartment: field(
    departmentType(departments),
    'Department that leads.',
    ['牵头单位', '责任单位', '牵头部门'],
    REQUIRED,
  ),
  investment: field(
    { kind: 'money' },
    'Agreed investment.',
    ['协议投资额', '投资额', '总投资', '计划总投资'],
    REQUIRED,
  ),
  signedOn: field({ kind: 'day' }, 'Day of signing.', ['签约日期', '签约时间'], REQUIRED),
  stage: field(codes(STAGES), 'How far it is.', ['项目阶段', '进展', '项目状态', '建设阶段'], REQUIRED),
  track: field(codes(TRACKS), 'How it is followed.', ['项目类别', '类别', '项目类型'], REQUIRED),
  steward: field(
    { kind: 'text', longest: 40 },
    'Staff number of the official who is with it for its whole life.',
    ['项目管家工号', '项目管家', '管家工号'],
    REQUIRED,
  ),
});

/** What undoing needs: the record before, null for none, and the one that was written. */
interface Before {
  readonly previous: ProjectRecord | null;
  readonly wrote: ProjectRecord;
}

/**
 * Investment projects that another system has followed so far: the department that leads delivers its own, the
 * coordinator all. Once something of a project has been recorded here, its stage follows from that and from no list.
 * @param departments the city's departments, which a row may name by code or name
 */
export function projectTarget({
  stores,
  departments,
}: {
  readonly stores: Stores;
  readonly departments: readonly DepartmentRecord[];
}): Target {
  const { projects, projectEvents, enterprises } = stores;
  const coordinator = departments.find(({ isCoordinator }) => isCoordinator)?.code;
  const regions = new Map(regionsOf(departments).map((region) => [region.code, region]));
  const known = async (ids: readonly string[], session: ClientSession): Promise<Map<string, ProjectRecord>> =>
    new Map((await projects.byId(ids, session)).map((project) => [project.id, project]));

  return {
    name: 'project',
    fields: fieldsOf(departments),
    key: ['id'],
    names: ({ values, key }) => [String(values['id'] ?? key).toUpperCase()],

    land: async (rows, { session, department, now }) => {
      const today = dayInShanghai(now);
      const read = rows.map(({ values }) => recordOf(values, regions));
      const stored = await known(
        read.map(({ id }) => id),
        session,
      );
      const begun = await projectEvents.begunAmong([...stored.keys()], session);
      const registered = await enterprises.wholeRecords(
        read.map(({ uscc }) => uscc),
        session,
      );
      const people = await heldOfficials(
        read.map(({ stewardId }) => stewardId),
        stores,
        session,
      );
      const written: ProjectRecord[] = [];
      const landed = read.map((project): Landed => {
        const previous = stored.get(project.id) ?? null;
        const led = [project.leadDepartmentCode, previous?.leadDepartmentCode ?? department];
        if (department !== coordinator && led.some((code) => code !== department))
          return refused({ field: 'leadDepartment', reason: `${department} 只能填报本单位牵头的项目` });
        if (!registered.has(project.uscc)) return notRegistered(project.uscc);
        const fault = faultOf(project, { today, people });
        if (fault !== null) return refused(fault);
        if (previous !== null && isEqual(previous, project)) return { kind: 'unchanged' };
        const leftOn = people.get(project.stewardId)?.leftOn ?? null;
        // The list is older than the hand-over: taking the row would give the project back to whoever left.
        if (leftOn !== null && previous?.stewardId !== project.stewardId)
          return refused({ field: 'steward', reason: `${project.stewardId} 已于 ${leftOn} 离任，请改填现任项目管家` });
        if (previous !== null && previous.stage !== project.stage && begun.has(project.id))
          return refused({ field: 'stage', reason: `${project.id} 已在本平台办理，阶段以办理记录为准` });
        written.push(project);
        const before: Before = { previous, wrote: project };
        return { kind: previous === null ? 'new' : 'changed', before };
      });
      await projects.put(written, session);
      return landed;
    },

    undo: async (rows, { session }) => {
      const befores = rows.map(({ before }) => before as Before); // what `land` gave
      const ids = befores.map(({ wrote }) => wrote.id);
      const stored = await known(ids, session);
      const begun = await projectEvents.begunAmong(ids, session);
      const restored: ProjectRecord[] = [];
      const removed: string[] = [];
      const landed = befores.map(({ previous, wrote }): Landed => {
        const current = stored.get(wrote.id);
        if (current === undefined) return { kind: 'unchanged' };
        if (!isEqual(current, wrote)) return refused({ field: null, reason: '此后该项目又有变更，未撤销' });
        if (!begun.has(wrote.id)) {
          if (previous === null) removed.push(wrote.id);
          else restored.push(previous);
          return { kind: 'changed', before: null };
        }
        if (previous === null) return refused({ field: null, reason: '该项目此后已在本平台办理，未撤销' });
        // How far it is follows from what is recorded here; the rest was the list's to say.
        const given = { ...previous, stage: current.stage };
        if (isEqual(current, given))
          return refused({ field: 'stage', reason: '该项目此后已在本平台办理，阶段以办理记录为准，未撤销' });
        restored.push(given);
        return { kind: 'changed', before: null };
      });
      await projects.put(restored, session);
      await projects.remove(removed, session);
      return landed;
    },
  };
}

function faultOf(
  { id, investmentFen, signedOn, stewardId }: ProjectRecord,
  { today, people }: { readonly today: LegalDay; readonly people: ReadonlyMap<string, HeldOfficial> },
): { field: string; reason: string } | null {
  const number = projectNumberFault(id);
  if (number !== null) return { field: 'id', reason: number };
  if (!Number.isSafeInteger(investmentFen) || investmentFen < 0)
    return { field: 'investment', reason: '协议投资额不是不小于零、可精确表示的金额' };
  if (signedOn > today) return { field: 'signedOn', reason: `签约日期 ${signedOn} 晚于今天 ${today}` };
  return people.has(stewardId) ? null : { field: 'steward', reason: unknownOfficial(stewardId) };
}

const recordOf = (
  values: MappedRow['values'],
  regions: ReadonlyMap<string, ProjectRecord['region']>,
): ProjectRecord => {
  const region = String(values['region']);
  return {
    id: String(values['id']).toUpperCase(),
    name: String(values['name']),
    uscc: String(values['uscc']),
    region: regions.get(region) ?? { code: region, name: region },
    leadDepartmentCode: String(values['leadDepartment']),
    investmentFen: Number(values['investment']),
    signedOn: String(values['signedOn']),
    stage: values['stage'] as ProjectRecord['stage'], // a code of the field's table
    track: values['track'] as ProjectRecord['track'], // the same
    stewardId: String(values['steward']),
  };
};

const COMPARED = [
  'name',
  'uscc',
  'leadDepartmentCode',
  'investmentFen',
  'signedOn',
  'stage',
  'track',
  'stewardId',
] as const satisfies readonly (keyof ProjectRecord)[];
const isEqual = (a: ProjectRecord, b: ProjectRecord): boolean =>
  a.region.code === b.region.code && COMPARED.every((name) => a[name] === b[name]);
