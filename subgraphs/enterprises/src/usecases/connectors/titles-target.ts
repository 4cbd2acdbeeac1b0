import {
  codeType as codes,
  refused,
  targetField as field,
  type Landed,
  type Landing,
  type MappedRow,
  type Target,
} from '@zhitong/connect';
import type { Outbox } from '@zhitong/kit/outbox';
import { dayInShanghai } from '@zhitong/values';
import { notItsFacts, type AuthorityDepartments } from '../../domain/fact-authorities.js';
import {
  AWARD_LEVELS,
  awardAmong,
  readAward,
  withAward,
  withoutAward,
  type RegisteredAward,
} from '../../domain/register/awards.js';
import type { RegisteredEnterprise } from '../../models/enterprise.js';
import type { Stores } from '../../stores.js';
import { notRegistered } from './city-tables.js';

const REQUIRED = { required: true };
const FIELDS: Target['fields'] = {
  uscc: field(
    { kind: 'uscc' },
    'Unified social credit code of a registered enterprise.',
    ['统一社会信用代码', '社会信用代码', '信用代码'],
    REQUIRED,
  ),
  title: field(
    { kind: 'text', longest: 100 },
    'Name of the title.',
    ['称号', '认定称号', '荣誉名称', '资质名称', '认定类型', '认定项目'],
    REQUIRED,
  ),
  awardedOn: field(
    { kind: 'day' },
    'Day of the award.',
    ['认定日期', '发证日期', '认定时间', '公布日期', '批准日期'],
    REQUIRED,
  ),
  level: field(codes(AWARD_LEVELS), 'Who recognises it.', ['级别', '认定级别', '荣誉级别'], REQUIRED),
  validTo: field({ kind: 'day' }, 'Last day of validity; without it the title has no end.', [
    '有效期至',
    '到期日期',
    '有效期截止',
  ]),
  firstTime: field({ kind: 'boolean' }, 'First recognition, as opposed to a renewed one.', [
    '是否首次认定',
    '首次认定',
  ]),
};
/** The fact by whose authorities a department keeps titles. */
const TITLE_FACT = 'honourFirstTime';

/** What undoing needs: the title before, and the one that was written; null for none. */
interface Before {
  readonly uscc: string;
  readonly previous: RegisteredAward | null;
  readonly wrote: RegisteredAward | null;
}

/**
 * Recognised titles (高新技术企业, 专精特新 …): one row is one award. Each is entered by a department that recognises
 * titles, into the record of the register from which the fact sheet takes them.
 * @param authorities the departments that may record each fact
 */
export function titlesTarget({
  stores: { enterprises },
  outbox,
  authorities,
}: {
  readonly stores: Stores;
  readonly outbox: Pick<Outbox, 'append'>;
  readonly authorities: AuthorityDepartments;
}): Target {
  /** Records within a transaction, changed title by title and written together in the end. */
  const openRecords = async (usccs: readonly string[], { session }: Landing) => {
    const stored = await enterprises.wholeRecords([...new Set(usccs)], session);
    const changed = new Map<string, RegisteredEnterprise>();
    const recordOf = (uscc: string): RegisteredEnterprise | undefined => changed.get(uscc) ?? stored.get(uscc);
    return {
      recordOf,
      setTitles: (uscc: string, honours: RegisteredAward[]): void => {
        const before = stored.get(uscc);
        if (before !== undefined) changed.set(uscc, { ...before, honours, version: before.version + 1 });
      },
      write: async (): Promise<void> => {
        const records = [...changed.values()];
        await enterprises.rewrite(records, session);
        await outbox.append(
          records.map(({ uscc, version }) => ({
            type: 'cn.zhitong.enterprise.changed',
            subject: uscc,
            data: { uscc, version, fields: ['honours'] },
          })),
          { session },
        );
      },
    };
  };

  return {
    name: 'enterprise-title',
    fields: FIELDS,
    key: ['uscc', 'title', 'awardedOn'],

    land: async (rows, landing) => {
      const today = dayInShanghai(landing.now);
      const isForeign = notItsFacts([TITLE_FACT], landing.department, authorities).length > 0;
      const records = await openRecords(rows.map(usccOf), landing);
      // The earlier award of a title decides whether a later one of the same list is the first.
      const inOrder = rows.toSorted((a, b) => (dayOf(a) < dayOf(b) ? -1 : 1));
      const landed = new Map(
        inOrder.map((row): [MappedRow, Landed] => {
          if (isForeign)
            return [row, refused({ field: 'title', reason: `${landing.department} 不是认定荣誉称号的部门，不能填报` })];
          const uscc = usccOf(row);
          const record = records.recordOf(uscc);
          if (record === undefined) return [row, notRegistered(uscc)];
          const award = awardOf(row, { awards: record.honours, today });
          if ('reason' in award) return [row, refused(award)];
          const previous = awardAmong(record.honours, award) ?? null;
          if (previous !== null && isEqual(previous, award)) return [row, { kind: 'unchanged' }];
          records.setTitles(uscc, withAward(record.honours, award));
          const before: Before = { uscc, previous, wrote: award };
          return [row, { kind: previous === null ? 'new' : 'changed', before }];
        }),
      );
      await records.write();
      return rows.map((row) => landed.get(row) ?? { kind: 'unchanged' });
    },

    undo: async (rows, landing) => {
      const written = rows.map(({ before }) => before as Before); // what `land` gave
      const records = await openRecords(
        written.map(({ uscc }) => uscc),
        landing,
      );
      const landed = written.map(({ uscc, previous, wrote }): Landed => {
        const record = records.recordOf(uscc);
        const named = previous ?? wrote;
        if (record === undefined || named === null) return { kind: 'unchanged' };
        const now = awardAmong(record.honours, named) ?? null;
        if (now === null || wrote === null || !isEqual(now, wrote))
          return refused({ field: null, reason: '此后该称号又有变更，未撤销' });
        records.setTitles(
          uscc,
          previous === null ? withoutAward(record.honours, wrote) : withAward(record.honours, previous),
        );
        return { kind: 'changed', before: null };
      });
      await records.write();
      return landed;
    },
  };
}

const usccOf = ({ values }: MappedRow): string => String(values['uscc']);
const dayOf = ({ values }: MappedRow): string => String(values['awardedOn']);

const awardOf = ({ values }: MappedRow, known: Parameters<typeof readAward>[1]): ReturnType<typeof readAward> => {
  const { validTo, firstTime } = values;
  return readAward(
    {
      title: String(values['title']),
      awardedOn: String(values['awardedOn']),
      level: values['level'] as RegisteredAward['level'], // a code of the field's table
      ...(typeof validTo === 'string' && { validTo }),
      ...(typeof firstTime === 'boolean' && { firstTime }),
    },
    known,
  );
};

const isEqual = (a: RegisteredAward, b: RegisteredAward): boolean =>
  a.level === b.level && a.validTo === b.validTo && a.firstTime === b.firstTime;
