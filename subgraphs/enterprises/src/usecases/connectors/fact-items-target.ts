import {
  refused,
  targetField as field,
  type Landed,
  type Landing,
  type MappedRow,
  type Target,
} from '@zhitong/connect';
import type { Outbox } from '@zhitong/kit/outbox';
import { dayInShanghai, yearOf } from '@zhitong/values';
import { notItsFacts, type AuthorityDepartments } from '../../domain/fact-authorities.js';
import { withItem, withoutItem, type Collection } from '../../domain/fact-items.js';
import { checkFacts, COLLECTIONS, type FactItem } from '../../domain/fact-vocabulary.js';
import { EARLIEST_YEAR } from '../../domain/year-record.js';
import type { FactItemRecord } from '../../models/fact-item.js';
import type { Stores } from '../../stores.js';
import { notRegistered } from './city-tables.js';
import { CELL_TYPES, expectedCell, factValue } from './fact-cells.js';
import { openYears } from './open-years.js';

/** What columns of real systems call the number and the attributes of each collection. */
const HEADERS: Readonly<Record<Collection, Readonly<Record<string, readonly [string, ...string[]]>>>> = {
  loans: {
    number: ['合同编号', '借据号', '贷款合同号', '借款合同编号'],
    product: ['贷款产品', '产品名称', '贷款品种'],
    principalYuan: ['贷款本金', '贷款金额', '放款金额', '借款金额'],
    equipmentYuan: ['设备购置金额', '设备贷款金额'],
    interestPaidYuan: ['已付利息', '实付利息', '利息支出'],
    years: ['贷款年限', '期限(年)', '贷款期限'],
    takenOn: ['放款日期', '贷款发放日', '起贷日'],
  },
  hires: {
    number: ['备案号', '合同备案号', '劳动合同编号', '招用编号'],
    group: ['人员类别', '就业群体', '招用对象'],
    people: ['招用人数', '人数'],
    hiredOn: ['招用日期', '入职日期', '合同起始日'],
    contractYears: ['合同年限', '劳动合同期限'],
    insuredMonths: ['参保月数', '缴费月数'],
    stableMonths: ['稳定就业月数'],
    socialInsured: ['是否参保', '是否缴纳社会保险'],
  },
  projects: {
    number: ['项目代码', '备案代码', '项目编号'],
    kind: ['项目类型', '建设性质'],
    status: ['项目状态', '建设进度'],
    fixedInvestmentYuan: ['固定资产投资', '固定资产投资额', '总投资'],
    startedOn: ['开工日期', '开工时间'],
    completedOn: ['竣工日期', '完工日期'],
  },
};
const REQUIRED = { required: true };

const fieldsOf = (collection: Collection): Target['fields'] => {
  const headers = HEADERS[collection] ?? {};
  return {
    uscc: field(
      { kind: 'uscc' },
      'Unified social credit code of a registered enterprise.',
      ['统一社会信用代码', '社会信用代码', '信用代码', '纳税人识别号'],
      REQUIRED,
    ),
    year: field(
      { kind: 'year' },
      'Year in whose record the item stands.',
      ['年度', '年份', '所属年度', '统计年度'],
      REQUIRED,
    ),
    number: field(
      { kind: 'text', longest: 100 },
      'Number under which the deliverer keeps the item.',
      headers['number'] ?? ['编号'],
      REQUIRED,
    ),
    ...Object.fromEntries(
      Object.entries(COLLECTIONS[collection] ?? {}).map(([name, kind]) => [
        name,
        field(
          CELL_TYPES[kind],
          `Attribute ${name} of the item, in the form of the vocabulary of facts.`,
          headers[name] ?? [name],
        ),
      ]),
    ),
  };
};

/** What undoing needs: the item before, and the one that was written; null for none. */
interface Before {
  readonly uscc: string;
  readonly year: number;
  readonly previous: FactItem | null;
  readonly wrote: FactItem | null;
}
type Change = Pick<Before, 'uscc' | 'year'> & { readonly id: string };
const CHANGED_SINCE = '此后又有新的数据，未撤销';

/**
 * Items of a collection of yearly facts: one row is one loan, one hiring, one project of an enterprise and year. They
 * land in the list that `recordEnterpriseFacts` records whole, each by a department that keeps its original, as one new
 * revision of the year for all rows of a batch. What was recorded by hand beside them stays.
 * @param authorities the departments that may record each fact
 */
export function factItemsTarget(
  collection: Collection,
  {
    stores,
    outbox,
    authorities,
  }: {
    readonly stores: Stores;
    readonly outbox: Pick<Outbox, 'append'>;
    readonly authorities: AuthorityDepartments;
  },
): Target {
  const name = `enterprise-${collection}`;
  const idOf = (key: string): string => `${name}/${key}`;

  /** The lists of some years within a transaction: changed item by item, recorded together in the end. */
  const openLists = async (usccs: readonly string[], landing: Landing) => {
    const years = await openYears(stores, usccs, landing);
    const delivered = new Map(
      (await stores.factItems.ofEnterprises(collection, usccs, landing.session)).map((one) => [one._id, one]),
    );
    const lists = new Map<string, Pick<Before, 'uscc' | 'year'> & { list: readonly FactItem[] }>();
    const put = new Map<string, FactItemRecord>();
    const removed = new Set<string>();
    const listOf = ({ uscc, year }: Change): readonly FactItem[] =>
      lists.get(`${uscc}|${String(year)}`)?.list ?? years.listOf(uscc, year, collection);
    const setList = ({ uscc, year }: Change, list: readonly FactItem[]): void =>
      void lists.set(`${uscc}|${String(year)}`, { uscc, year, list });
    const keep = ({ id, uscc, year }: Change, item: FactItem | null): void => {
      if (item === null) {
        delivered.delete(id);
        put.delete(id);
        removed.add(id);
        return;
      }
      const record = { _id: id, collection, uscc, year, item };
      delivered.set(id, record);
      put.set(id, record);
      removed.delete(id);
    };
    return {
      isRegistered: years.isRegistered,
      deliveredAs: (id: string): FactItem | null => delivered.get(id)?.item ?? null,
      set: (change: Change, item: FactItem): 'unchanged' | 'changed' | { readonly full: number } => {
        const own = [...delivered.values()].filter(({ uscc, year }) => uscc === change.uscc && year === change.year);
        const before = delivered.get(change.id)?.item ?? null;
        const after = withItem(listOf(change), item, { before, delivered: own.map((one) => one.item) });
        if ('full' in after) return after;
        if (after.isChanged) setList(change, after.list);
        keep(change, item);
        return after.isChanged ? 'changed' : 'unchanged';
      },
      take: (change: Change, item: FactItem): boolean => {
        const list = withoutItem(listOf(change), item);
        keep(change, null);
        if (list !== null) setList(change, list);
        return list !== null;
      },
      write: async (): Promise<void> => {
        const { session } = landing;
        const recorded = [...lists.values()].filter(({ uscc, year, list }) => {
          const landed = years.record({ uscc, year, facts: { [collection]: list.length === 0 ? null : list } });
          return landed.kind === 'new' || landed.kind === 'changed';
        });
        await years.write();
        await stores.factItems.remove([...removed], session);
        await stores.factItems.put([...put.values()], session);
        await outbox.append(
          recorded.map(({ uscc, year }) => ({
            type: 'cn.zhitong.enterprise.facts-recorded',
            subject: uscc,
            data: { uscc, year, facts: [collection] },
          })),
          { session },
        );
      },
    };
  };

  return {
    name,
    fields: fieldsOf(collection),
    key: ['uscc', 'year', 'number'],
    areKeysOfDepartment: true,

    land: async (rows, landing) => {
      const read = rows.map((row) => ({ row, item: itemOf(collection, row, landing, authorities) }));
      const lists = await openLists([...new Set(rows.map(({ values }) => String(values['uscc'])))], landing);
      const landed = read.map(({ row, item }): Landed => {
        if ('kind' in item) return item;
        const [uscc, year] = [String(row.values['uscc']), Number(row.values['year'])];
        if (!lists.isRegistered(uscc)) return notRegistered(uscc);
        const change = { id: idOf(row.key), uscc, year };
        const previous = lists.deliveredAs(change.id);
        const done = lists.set(change, item.stated);
        if (typeof done !== 'string')
          return refused({ field: null, reason: `该企业该年度已有 ${String(done.full)} 项，不能再增加` });
        if (done === 'unchanged') return { kind: 'unchanged' };
        const wrote = lists.deliveredAs(change.id);
        const before: Before = { uscc, year, previous, wrote };
        return { kind: previous === null ? 'new' : 'changed', before };
      });
      await lists.write();
      return landed;
    },

    sweep: async (keys, landing) => {
      const known = new Map(
        (await stores.factItems.byId(keys.map(idOf), landing.session)).map((one) => [one._id, one]),
      );
      const lists = await openLists([...new Set([...known.values()].map(({ uscc }) => uscc))], landing);
      const landed = keys.map((key): Landed => {
        const record = known.get(idOf(key));
        if (record === undefined) return { kind: 'unchanged' };
        const { uscc, year, item } = record;
        const isTaken = lists.take({ id: record._id, uscc, year }, item);
        const before: Before = { uscc, year, previous: item, wrote: null };
        return isTaken ? { kind: 'changed', before } : { kind: 'unchanged' };
      });
      await lists.write();
      return landed;
    },

    undo: async (rows, landing) => {
      const written = rows.map(({ key, before }) => ({ id: idOf(key), ...(before as Before) })); // what `land` gave
      const lists = await openLists([...new Set(written.map(({ uscc }) => uscc))], landing);
      const landed = written.map(({ id, uscc, year, previous, wrote }): Landed => {
        const change = { id, uscc, year };
        const now = lists.deliveredAs(id);
        if (JSON.stringify(now) !== JSON.stringify(wrote)) return refused({ field: null, reason: CHANGED_SINCE });
        if (previous === null && wrote !== null)
          return lists.take(change, wrote)
            ? { kind: 'changed', before: null }
            : refused({ field: null, reason: CHANGED_SINCE });
        const done = previous === null ? 'unchanged' : lists.set(change, previous);
        return typeof done === 'string'
          ? { kind: 'changed', before: null }
          : refused({ field: null, reason: CHANGED_SINCE });
      });
      await lists.write();
      return landed;
    },
  };
}

/** Reads a row into an item that the delivering department may record. */
function itemOf(
  collection: Collection,
  { values: { year, uscc: _uscc, number: _number, ...stated } }: MappedRow,
  { department, now }: Landing,
  authorities: AuthorityDepartments,
): { readonly stated: FactItem } | Extract<Landed, { kind: 'refused' }> {
  const thisYear = yearOf(dayInShanghai(now));
  if (typeof year !== 'number' || year < EARLIEST_YEAR || year > thisYear)
    return refused({
      field: 'year',
      reason: `年度 ${String(year)} 不在 ${String(EARLIEST_YEAR)} 至 ${String(thisYear)} 之间`,
    });
  if (notItsFacts([collection], department, authorities).length > 0)
    return refused({ field: null, reason: `${department} 不是该项数据的主管部门，不能填报` });
  const kinds = COLLECTIONS[collection] ?? {};
  const item: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(stated)) {
    const kind = kinds[name];
    if (value === null || kind === undefined) continue;
    item[name] = factValue(name, kind, value);
    if (checkFacts({ values: { [collection]: [{ [name]: item[name] }] }, withdraw: [] }).problems.length > 0)
      return refused({ field: name, reason: `取值不能接受：${expectedCell(name, kind)}` });
  }
  return Object.keys(item).length === 0
    ? refused({ field: null, reason: '该行没有任何数据' })
    : { stated: item as FactItem }; // what checkFacts let in
}
