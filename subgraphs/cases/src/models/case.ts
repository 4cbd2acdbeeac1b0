import {
  insertMissing,
  keysetFilter,
  keysetSort,
  pagePerParent,
  withStatedDefaults,
  type ParentPage,
  type SortKey,
} from '@zhitong/kit/mongo';
import type { LegalDay } from '@zhitong/values';
import { Schema, type ClientSession, type Connection } from 'mongoose';
import type { IssueCase } from '../domain/common-issues.js';
import { LATEST_FIRST } from '../list-orders.js';
import { factFilter, filterOf, type CaseConditions, type CountedTowards } from './case-conditions.js';
import { NOT_COUNTED, uncount } from './figures/figure-counting.js';
import type { TelephoneHash } from '../domain/telephone.js';
import { ALWAYS, BEFORE, type CaseField, type CaseRecord, type StoredCase } from './stored-case.js';

export interface CasePage {
  readonly limit: number;
  readonly position: Parameters<typeof keysetFilter>[1];
  readonly backwards: boolean;
  readonly fields: readonly CaseField[];
}

/** What lies with one department now. */
export interface CaseloadRecord {
  readonly open: number;
  readonly overdue: number;
  readonly waiting: number;
  readonly notAccepted: number;
  readonly escalated: number;
}

const required = true;
// The view's shape is checked where it is made, in domain/history.ts; here only what is searched by is spelt out.
const schema = new Schema(
  {
    caseNumber: { type: String, required },
    version: { type: Number, required, min: 1 },
    status: { type: String, required },
  },
  { collection: 'cases', versionKey: false, strict: false, id: false },
);
schema.index({ caseNumber: 1 }, { unique: true });
schema.index({ receivedAt: -1, caseNumber: -1 });
schema.index({ uscc: 1, receivedAt: -1, caseNumber: -1 });
schema.index({ departments: 1, receivedAt: -1, caseNumber: -1 });
schema.index({ lead: 1, isOpen: 1 });
schema.index({ isOpen: 1, lastDayInTime: 1, caseNumber: 1 });
schema.index({ lastDayInTime: 1, caseNumber: 1 });
schema.index({ words: 1, receivedAt: -1, caseNumber: -1 });
schema.index({ telephoneHashes: 1 }, { sparse: true });
schema.index({ project: 1 }, { partialFilterExpression: { project: { $type: 'string' } } });
schema.index(
  { 'serviceItem.id': 1, receivedAt: -1, caseNumber: -1 },
  { partialFilterExpression: { 'serviceItem.id': { $type: 'string' } } },
);
schema.index({ raisedAt: 1 }, { sparse: true });
schema.index({ updatedAt: 1 });
schema.index({ departments: 1, updatedForOffices: 1 });
schema.index({ uscc: 1, updatedForOutside: 1 });
schema.index({ keywords: 1, receivedAt: -1, caseNumber: -1 });
schema.index({ escalatesAfter: 1 });
schema.index({ calendarMark: 1 });
schema.index({ 'referrals.referredOn': 1 }, { sparse: true });
schema.index({ 'supervisions.orderedOn': 1 }, { sparse: true });
schema.index({ receivedOn: 1 });
schema.index({ 'facts.on': 1 });
schema.index({ countedIn: 1 });
schema.index({ resolvedOn: 1 });

export type CaseStore = ReturnType<typeof caseStore>;

/**
 * The views of all cases: reads return plain records with the requested fields.
 * @param hashes makes of the contact's telephone number what the case is found by.
 */
export function caseStore(db: Connection, hashes: TelephoneHash) {
  const model = db.model('Case', schema);
  const withHashes = (stored: StoredCase) => {
    const telephoneHashes = hashes(stored.complainant.contactPhone);
    return { ...stored, ...(telephoneHashes.length === 0 ? {} : { telephoneHashes }) };
  };
  /** Writes a view, whatever was there; what of it was counted stays noted until it is counted anew. */
  const replacing = (stored: StoredCase) => ({
    filter: { caseNumber: stored.caseNumber },
    update: [{ $replaceWith: { $mergeObjects: [{ _id: '$_id' }, { $literal: withHashes(stored) }, NOT_COUNTED] } }],
    upsert: true,
  });
  const projection = (fields: readonly CaseField[]): Record<string, 0 | 1> =>
    Object.fromEntries<0 | 1>([['_id', 0], ...[...ALWAYS, ...fields].map((field): [string, 1] => [field, 1])]);

  return {
    /** Reads cases by number, in no particular order; unknown numbers are left out. */
    byNumber: async (caseNumbers: readonly string[], fields: readonly CaseField[]): Promise<CaseRecord[]> =>
      withStatedDefaults(
        await model
          .find({ caseNumber: { $in: [...caseNumbers] } }, projection(fields))
          .batchSize(caseNumbers.length + 1)
          .lean<CaseRecord[]>(),
        fields,
        BEFORE,
      ),

    /** Reads a page, with one row more than `limit` when more follow. */
    list: async (
      conditions: CaseConditions,
      { sort, limit, position, backwards, fields }: CasePage & { sort: readonly SortKey[] },
    ): Promise<CaseRecord[]> =>
      withStatedDefaults(
        await model
          .find(
            { $and: [filterOf(conditions), keysetFilter(sort, position, backwards)] },
            { ...projection(fields), ...Object.fromEntries(sort.map(({ field }) => [field, 1])) },
          )
          .sort(keysetSort(sort, backwards))
          .limit(limit + 1)
          .batchSize(limit + 2)
          .lean<CaseRecord[]>(),
        fields,
        BEFORE,
      ),

    count: async (conditions: CaseConditions): Promise<number> => {
      const filter = filterOf(conditions);
      return Object.keys(filter).length === 0 ? model.estimatedDocumentCount() : model.countDocuments(filter);
    },

    /** How often the cases of a list count towards the figure of its condition `counted`. */
    countTimes: async (conditions: CaseConditions & { readonly counted: CountedTowards }): Promise<number> => {
      const [found] = await model.collection
        .aggregate<{ times: number }>([
          { $match: filterOf(conditions) },
          { $project: { _id: 0, facts: 1 } },
          { $unwind: '$facts' },
          { $replaceRoot: { newRoot: '$facts' } },
          { $match: factFilter(conditions.counted) },
          { $count: 'times' },
        ])
        .toArray();
      return found?.times ?? 0;
    },

    /** A page, and the count, of the cases of many enterprises at once. */
    perEnterprise: async (
      usccs: readonly string[],
      conditions: CaseConditions,
      page: Partial<CasePage>,
    ): Promise<Map<string, ParentPage<CaseRecord>>> =>
      pagePerParent<CaseRecord>({
        connection: db,
        collection: 'cases',
        parentField: 'uscc',
        parents: usccs,
        match: filterOf(conditions),
        sort: LATEST_FIRST,
        limit: page.limit,
        position: page.position,
        backwards: page.backwards ?? false,
        project: [...ALWAYS, ...(page.fields ?? [])],
        defaults: BEFORE,
      }),

    /** What lies with each department on a day; departments without an open case are left out. */
    caseload: async (departments: readonly string[], today: LegalDay): Promise<Map<string, CaseloadRecord>> => {
      const when = (condition: object): object => ({ $sum: { $cond: [condition, 1, 0] } });
      const load = model.collection.aggregate<CaseloadRecord & { _id: string }>([
        { $match: { lead: { $in: [...departments] }, isOpen: true } },
        {
          $group: {
            _id: '$lead',
            open: { $sum: 1 },
            overdue: when({ $and: [{ $ne: ['$lastDayInTime', null] }, { $lt: ['$lastDayInTime', today] }] }),
            waiting: when({ $eq: ['$status', 'WAITING'] }),
            notAccepted: when({ $eq: ['$status', 'ASSIGNED'] }),
            escalated: when({ $ne: ['$escalation', 'NONE'] }),
          },
        },
      ]);
      return new Map((await load.toArray()).map(({ _id, ...record }) => [_id, record]));
    },

    /**
     * What the clustering of common issues looks at: open cases received in a period, at most `limit` of the latest. To
     * whoever may not know who brought an anonymous case, each of these is one of an enterprise of its own.
     */
    issueCases: async ({
      from,
      to,
      open,
      limit,
      knowsComplainants,
    }: {
      from: LegalDay;
      to: LegalDay;
      open: boolean;
      limit: number;
      knowsComplainants: boolean;
    }): Promise<IssueCase[]> => {
      const filter: Record<string, unknown> = {
        receivedOn: { $gte: from, $lte: to },
        ...(open ? { isOpen: true } : {}),
      };
      const rows = await model
        .find(filter, {
          _id: 0,
          caseNumber: 1,
          category: 1,
          region: 1,
          industry: 1,
          receivedOn: 1,
          complainantKey: 1,
          'complainant.anonymous': 1,
          keywords: 1,
        })
        .sort({ receivedOn: -1, caseNumber: -1 })
        .limit(limit)
        .lean<
          (Omit<IssueCase, 'complainant'> & {
            complainantKey: string;
            complainant: { anonymous: boolean } | undefined;
          })[]
        >();
      return rows.map(({ complainantKey, complainant, ...row }) => ({
        ...row,
        complainant: knowsComplainants || complainant?.anonymous !== true ? complainantKey : row.caseNumber,
      }));
    },

    /**
     * Writes a view, also where it was missing or behind: which change comes next is decided by the history's unique
     * numbers.
     */
    put: async (stored: StoredCase, session: ClientSession): Promise<void> => {
      const { filter, update, upsert } = replacing(stored);
      await model.collection.updateOne(filter, update, { session, upsert });
    },

    putMany: async (stored: readonly StoredCase[], session: ClientSession): Promise<void> => {
      if (stored.length > 0)
        await model.collection.bulkWrite(
          stored.map((one) => ({ updateOne: replacing(one) })),
          { session, ordered: false },
        );
    },

    /**
     * Numbers of cases whose clock has run out before a day and that the job has not escalated yet, longest overdue
     * first.
     */
    overdueUnescalated: async (today: LegalDay, limit: number): Promise<string[]> =>
      (
        await model.collection
          .find(
            { escalatesAfter: { $lt: today } },
            { projection: { _id: 0, caseNumber: 1 }, sort: { escalatesAfter: 1 }, limit },
          )
          .toArray()
      ).map(({ caseNumber }) => String(caseNumber)),

    /** Numbers of cases whose latest answer was given on one of the days: what a spot check is drawn from. */
    resolvedBetween: async (from: LegalDay, to: LegalDay): Promise<string[]> =>
      (
        await model.collection
          .find(
            { resolvedOn: { $gte: from, $lte: to } },
            { projection: { _id: 0, caseNumber: 1 }, sort: { caseNumber: 1 } },
          )
          .toArray()
      ).map(({ caseNumber }) => String(caseNumber)),

    /** Referrals to discipline inspection in a period that are pending or led to a sanction, by department. */
    referralsAgainst: async ({ from, to }: { from: LegalDay; to: LegalDay }): Promise<Map<string, number>> => {
      const referred = { 'referrals.referredOn': { $gte: from, $lte: to } };
      const rows = model.collection.aggregate<{ _id: string; count: number }>([
        { $match: referred },
        { $project: { referrals: 1 } },
        { $unwind: '$referrals' },
        { $match: { ...referred, 'referrals.outcome': { $in: [null, 'SANCTIONED'] } } },
        { $group: { _id: '$referrals.department', count: { $sum: 1 } } },
      ]);
      return new Map((await rows.toArray()).map(({ _id, count }) => [_id, count]));
    },

    /** Numbers of cases that were dated by another calendar than this one, or before it was noted by which. */
    datedOtherwise: async (calendarMark: string, limit: number): Promise<string[]> =>
      (
        await model.collection
          .find({ calendarMark: { $ne: calendarMark } }, { projection: { _id: 0, caseNumber: 1 }, limit })
          .toArray()
      ).map(({ caseNumber }) => String(caseNumber)),

    /** How a case is dated; null when there is none. */
    dated: async (
      caseNumber: string,
      session: ClientSession,
    ): Promise<Pick<StoredCase, 'lastDayInTime' | 'isDueDayUnknown' | 'calendarMark'> | null> => {
      const found = await model.collection.findOne({ caseNumber }, { session });
      return (
        found && {
          lastDayInTime: typeof found['lastDayInTime'] === 'string' ? found['lastDayInTime'] : null,
          isDueDayUnknown: found['isDueDayUnknown'] === true,
          calendarMark: typeof found['calendarMark'] === 'string' ? found['calendarMark'] : '',
        }
      );
    },

    /** Whole stored views by number, for comparing them with what the histories give. */
    wholeByNumber: async (caseNumbers: readonly string[]): Promise<Map<string, unknown>> =>
      new Map(
        (
          await model.collection
            .find(
              { caseNumber: { $in: [...caseNumbers] } },
              { projection: { _id: 0, countedIn: 0, counted: 0, telephoneHashes: 0 } },
            )
            .toArray()
        ).map((stored) => [String(stored['caseNumber']), stored]),
      ),

    /** Numbers of all stored views, a batch at a time. */
    async *numbers(batch = 1000): AsyncGenerator<string[]> {
      let found: string[] = [];
      for await (const { caseNumber } of model.collection.find(
        {},
        { projection: { _id: 0, caseNumber: 1 }, sort: { caseNumber: 1 }, batchSize: batch },
      )) {
        found.push(String(caseNumber));
        if (found.length === batch) {
          yield found;
          found = [];
        }
      }
      if (found.length > 0) yield found;
    },

    /** Takes a view away that has no history, and out of the figures in which it was counted. */
    remove: async (caseNumber: string, session: ClientSession): Promise<void> => {
      await uncount(db, caseNumber, session);
      await model.collection.deleteOne({ caseNumber }, { session });
    },

    /** Puts views in unless they are there; for the demo's load, which can be run again and changes nobody's work. */
    addMissing: async (cases: readonly StoredCase[]): Promise<void> =>
      insertMissing(model.collection, cases.map(withHashes)),

    /** Puts many views in, replacing those with the same number; for rebuilding and imports, which can be run again. */
    putAll: async (cases: readonly StoredCase[]): Promise<void> => {
      if (cases.length === 0) return;
      await model.collection.bulkWrite(
        cases.map((stored) => ({ updateOne: replacing(stored) })),
        { ordered: false },
      );
    },
  };
}
