import { hash } from 'node:crypto';
import {
  codeType as codes,
  refused,
  targetField as field,
  type FieldType,
  type Landed,
  type Landing,
  type MappedRow,
  type Target,
} from '@zhitong/connect';
import type { NewEvent, Outbox } from '@zhitong/kit/outbox';
import { dayInShanghai, normalText } from '@zhitong/values';
import { changesBetween } from '../../domain/register/registered-state.js';
import type { NamedRegion } from '../../domain/regions.js';
import {
  LEGAL_FORMS,
  NO_STATES,
  readEntry,
  registrableUscc,
  SCALES,
  STATES,
  type EntryFault,
  type RegisterEntry,
} from '../../domain/register-entry.js';
import type { RegisteredEnterprise } from '../../models/enterprise.js';
import type { Stores } from '../../stores.js';
import { regionType } from './city-tables.js';

/** The fields of a record that registers state. */
const STATED = [
  'name',
  'shortName',
  'formerNames',
  'industry',
  'region',
  'legalForm',
  'scale',
  'registeredOn',
  'status',
  'registeredCapitalFen',
  'statisticalCategory',
  'contact',
] as const satisfies readonly ((keyof RegisterEntry | 'formerNames') & keyof RegisteredEnterprise)[];
type Stated = Pick<RegisteredEnterprise, (typeof STATED)[number]>;

/**
 * What undoing needs: the fields that were written, before and after; of one that was entered a digest of what it was
 * entered as (runs of earlier releases kept the fields).
 */
type Before =
  | { readonly previous: Partial<Stated>; readonly after: Partial<Stated> }
  | { readonly previous: null; readonly after?: Partial<Stated>; readonly digest?: string };
type Changed = Extract<Before, { readonly previous: Partial<Stated> }>;

/** A record to write with what undoing it needs. */
interface Written<Kind extends Before = Before> {
  readonly record: RegisteredEnterprise;
  readonly before: Kind;
}

const TEXT: FieldType = { kind: 'text', longest: 300 };
const NAME: FieldType = { kind: 'text', longest: 200, isName: true };
const REQUIRED = { required: true };
const PERSONAL = { isPersonal: true };

const fieldsOf = (regions: readonly NamedRegion[], confirmed: ReadonlySet<string>): Target['fields'] => ({
  uscc: field(
    { kind: 'uscc', confirmed },
    'Unified social credit code (GB 32100-2015).',
    ['统一社会信用代码', '社会信用代码', '信用代码', '统一代码', '组织机构代码'],
    REQUIRED,
  ),
  name: field(NAME, 'Registered name.', ['企业名称', '名称', '市场主体名称', '单位名称', '公司名称'], REQUIRED),
  shortName: field(NAME, 'Short name.', ['企业简称', '简称', '字号']),
  registeredOn: field(
    { kind: 'day' },
    'Day of registration.',
    ['成立日期', '注册日期', '登记日期', '设立日期', '成立时间'],
    REQUIRED,
  ),
  industry: field(TEXT, 'Main industry: a code of GB/T 4754—2017, or the name of a section or division.', [
    '行业代码',
    '行业',
    '所属行业',
    '行业门类',
    '国民经济行业',
  ]),
  industryName: field(TEXT, 'Name of the main industry where the source has it beside the code.', [
    '行业名称',
    '行业中类',
    '行业小类',
  ]),
  region: field(regionType(regions), 'District of registration (GB/T 2260), one of the city.', [
    '所属区县',
    '区县',
    '行政区划',
    '所在区县',
    '登记地区',
  ]),
  legalForm: field(codes(LEGAL_FORMS), 'Legal form.', ['企业类型', '市场主体类型', '组织形式', '主体类型']),
  scale: field(codes(SCALES), 'Size by the national classification of 2017.', ['企业规模', '规模', '划型']),
  status: field(codes(STATES, undefined, NO_STATES), 'State of the registration.', [
    '登记状态',
    '经营状态',
    '企业状态',
    '状态',
  ]),
  registeredCapital: field({ kind: 'money' }, 'Registered capital in renminbi.', [
    '注册资本',
    '注册资金',
    '注册资本(万元)',
    '认缴出资额',
  ]),
  statisticalCategory: field(TEXT, 'List of the statistics bureau on which it stands.', [
    '四上企业类别',
    '规上类别',
    '统计类别',
  ]),
  contactName: field(NAME, 'Whom to call.', ['联系人', '联系人姓名', '联络员'], PERSONAL),
  contactTelephone: field(
    { kind: 'telephone' },
    'Telephone of whom to call.',
    ['联系电话', '电话', '手机', '联系方式'],
    PERSONAL,
  ),
  contactAddress: field(TEXT, 'Address of the enterprise.', ['注册地址', '住所', '地址', '经营场所'], PERSONAL),
});

/**
 * Enterprises of a register: new registrations and changes of what is registered. A field that a row does not state
 * stays as it is; a new enterprise has neither steward nor facts, and what no source states is unknown.
 * @param regions the city's regions, which a row may name by code or name
 * @param confirmed codes with an irregular check character that an officer has confirmed
 */
export function enterpriseTarget({
  stores,
  outbox,
  regions,
  confirmed,
}: {
  readonly stores: Stores;
  readonly outbox: Pick<Outbox, 'append'>;
  readonly regions: readonly NamedRegion[];
  readonly confirmed: ReadonlySet<string>;
}): Target {
  const { enterprises, naming, registerChanges } = stores;

  const write = async (
    entered: readonly Written[],
    changed: readonly Written<Changed>[],
    { session, now }: Landing,
  ): Promise<void> => {
    await enterprises.register(
      entered.map(({ record }) => record),
      session,
    );
    await enterprises.rewrite(
      changed.map(({ record }) => record),
      session,
    );
    await registerChanges.append(
      changed.flatMap(({ record: { uscc, version }, before: { previous, after } }) =>
        changesBetween(previous, after, dayInShanghai(now)).map((change) => ({ ...change, uscc, version })),
      ),
      session,
    );
    await outbox.append([...entered.map(registered), ...changed.map(changedEvent)], { session });
  };

  return {
    name: 'enterprise',
    fields: fieldsOf(regions, confirmed),
    key: ['uscc'],

    prepare: (rows) => {
      enterprises.readNames(
        rows.flatMap(({ values: { name } }) => (typeof name === 'string' ? [normalText(name)] : [])),
      );
    },

    land: async (rows, landing) => {
      const today = dayInShanghai(landing.now);
      const known = await enterprises.wholeRecords(
        rows.map(({ values }) => codeOf(values)),
        landing.session,
      );
      const entered: Written[] = [];
      const changed: Written<Changed>[] = [];
      const landed = rows.map((row): Landed => {
        const { values } = row;
        const read = readEntry(values, { today, regions });
        if ('fault' in read) return refused(read.fault);
        const stored = known.get(codeOf(values));
        if (stored === undefined) {
          const written = newRecord(row, read.entry);
          if ('reason' in written) return refused(written);
          entered.push(written);
          return { kind: 'new', before: written.before };
        }
        const written = changedRecord(stored, read.entry);
        if (written === null) return { kind: 'unchanged' };
        changed.push(written);
        return { kind: 'changed', before: written.before };
      });
      await write(entered, changed, landing);
      return landed;
    },

    sweep: async (keys, landing) => {
      const known = await enterprises.wholeRecords(keys, landing.session);
      const changed: Written<Changed>[] = [];
      const landed = keys.map((key): Landed => {
        const stored = known.get(key);
        const written = stored && changedRecord(stored, { status: 'DEREGISTERED' });
        if (!written) return { kind: 'unchanged' };
        changed.push(written);
        return { kind: 'changed', before: written.before };
      });
      await write([], changed, landing);
      return landed;
    },

    undo: async (rows, landing) => {
      const usccs = rows.map(({ key }) => key);
      const known = await enterprises.wholeRecords(usccs, landing.session);
      const named = await naming.enterprises(usccs, landing.session);
      const changed: Written<Changed>[] = [];
      const removed: string[] = [];
      const landed = rows.map(({ key, before }): Landed => {
        const was = before as Before; // what `land` gave
        const stored = known.get(key);
        if (stored === undefined) return { kind: 'unchanged' };
        if (!isAsWritten(stored, was)) return refused({ field: null, reason: '此后登记信息又有变更，未撤销' });
        if (was.previous !== null) {
          const written = writtenAs(stored, was.previous);
          changed.push(written);
          return { kind: 'changed', before: written.before };
        }
        const isServed = stored.stewardId !== null || named.has(key);
        const hasMore = stored.honours.length > 0 || (stored.predecessors ?? []).length > 0;
        if (stored.latestFacts !== null || isServed || hasMore)
          return refused({
            field: null,
            reason: '该企业此后已有年度数据、荣誉、项目、包联、走访、检查或其他记录，未撤销',
          });
        removed.push(key);
        return { kind: 'changed', before: null };
      });
      await write([], changed, landing);
      await enterprises.remove(removed, landing.session);
      await outbox.append(
        removed.map((uscc) => ({ type: 'cn.zhitong.enterprise.withdrawn', subject: uscc, data: { uscc } })),
        { session: landing.session },
      );
      return landed;
    },
  };
}

const codeOf = ({ uscc }: MappedRow['values']): string => String(uscc ?? '').toUpperCase();

/**
 * A new enterprise; a fault when what every registration has is missing, or its code cannot be one. An irregular check
 * character is taken where the mapping answers for it or an officer has confirmed it, which flags the row.
 */
function newRecord({ values, flags = [] }: MappedRow, entry: RegisterEntry): Written | EntryFault {
  const isAnsweredFor = flags.some(({ field }) => field === 'uscc');
  const uscc = registrableUscc(codeOf(values), isAnsweredFor ? 'accept' : 'refuse');
  if (typeof uscc !== 'string') return uscc;
  const { name, registeredOn, contact = {}, ...stated } = entry;
  if (name === undefined) return { field: 'name', reason: '缺少企业名称，不能登记' };
  if (registeredOn === undefined) return { field: 'registeredOn', reason: '缺少成立日期，不能登记' };
  const record: RegisteredEnterprise = {
    uscc,
    name,
    registeredOn,
    industry: null,
    region: null,
    legalForm: null,
    scale: null,
    status: null,
    registeredCapitalFen: null,
    statisticalCategory: null,
    ...stated,
    contact: { name: null, telephone: null, address: null, ...contact },
    honours: [],
    stewardId: null,
    latestFacts: null,
    version: 1,
  };
  return { record, before: { previous: null, digest: digestOf(record) } };
}

/** A record with what a row states; null when it says so already. */
function changedRecord(stored: RegisteredEnterprise, { contact, ...entry }: RegisterEntry): Written<Changed> | null {
  const stated: Partial<Stated> = {
    ...entry,
    ...(contact === undefined ? {} : { contact: { ...stored.contact, ...contact } }),
    ...(entry.name === undefined || entry.name === stored.name
      ? {}
      : { formerNames: [...(stored.formerNames ?? []).filter((former) => former !== stored.name), stored.name] }),
  };
  const fields = STATED.filter((field) => field in stated && !isEqual(stored[field], stated[field]));
  return fields.length === 0 ? null : writtenAs(stored, pick(stated, fields));
}

function writtenAs(stored: RegisteredEnterprise, stated: Partial<Stated>): Written<Changed> {
  const fields = STATED.filter((field) => field in stated);
  const record = { ...stored, ...stated, version: stored.version + 1 };
  return { record, before: { previous: pick(stored, fields), after: pick(record, fields) } };
}

const pick = (of: Partial<Stated>, fields: readonly (keyof Stated)[]): Partial<Stated> =>
  Object.fromEntries(fields.map((field) => [field, of[field]]));

/** Whether what a run wrote stands as it wrote it. */
const isAsWritten = (stored: RegisteredEnterprise, { after, ...before }: Before): boolean =>
  'digest' in before && before.digest !== undefined
    ? digestOf(stored) === before.digest
    : STATED.every((field) => after === undefined || !(field in after) || isEqual(stored[field], after[field]));

/**
 * Digest of what a record states; its fields are taken in one order. It has letters alone: digits in a row could be
 * taken for a person's number, which is not kept.
 */
const digestOf = (record: RegisteredEnterprise): string =>
  hash('sha256', JSON.stringify(pick(record, STATED))).replace(/\d/g, (digit) => LETTERS.charAt(Number(digit)));
const LETTERS = 'ghijklmnop';

/** Compares stored values: plain objects, whose members were written in one order. */
function isEqual(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  const [mine, theirs] = [Object.entries(a), Object.entries(b)];
  return (
    mine.length === theirs.length && mine.every(([name, value]) => isEqual(value, (b as Record<string, unknown>)[name]))
  );
}

const registered = ({ record: { uscc } }: Written): NewEvent => ({
  type: 'cn.zhitong.enterprise.registered',
  subject: uscc,
  data: { uscc },
});

const changedEvent = ({ record: { uscc, version }, before: { after } }: Written<Changed>): NewEvent => ({
  type: 'cn.zhitong.enterprise.changed',
  subject: uscc,
  data: { uscc, version, fields: Object.keys(after).filter((field) => field !== 'formerNames') },
});
