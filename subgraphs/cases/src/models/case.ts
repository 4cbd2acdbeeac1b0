import { LATEST_FIRST } from '../list-orders.js';
import {
  ALWAYS_STORED,
  insertMissing,
  keysetFilter,
  keysetSort,
  pagePerParent,
  withStatedDefaults,
  type ParentPage,
  type SortKey,
  type StatedDefaults,
} from '@zhitong/kit/mongo';
import type { LegalDay } from '@zhitong/values';
import { Schema, type ClientSession, type Connection } from 'mongoose';
import type { CaseOwnership } from '../domain/access.js';
import type { CaseFigures } from '../domain/case-figures.js';
import { clockId, decidingClock, isOpen, type CaseView } from '../domain/case-view.js';
import type { IssueCase } from '../domain/common-issues.js';

/** A case as it is stored: the view that its history gives, the figures for counting, and what it is found by. */
export interface StoredCase extends CaseView, CaseFigures {
  readonly isOpen: boolean;
  readonly uscc: string | null;
  /** Lead department; null before assignment. */
  readonly lead: string | null;
  /** Departments that may see the case: lead, assisting, receiving desk. */
  readonly departments: readonly string[];
  /** Tells enterprises apart, also those registered elsewhere. Never shown. */
  readonly complainantKey: string;
  readonly month: string;
  /** `lastDayInTime` of a clock whose overrun has not been escalated; what the overdue job looks for. */
  readonly escalatesAfter: LegalDay | null;
}

/** Fields that every read brings, because rights depend on them; the others only where they are asked for. */
const ALWAYS = ['caseNumber', 'complainant', 'assignment', 'receivedBy'] as const;
type Always = (typeof ALWAYS)[number];
export type CaseField = Exclude<keyof StoredCase, Always>;

/** A case as read: what its rights depend on, and of the rest what was asked for. */
export type CaseRecord = Pick<StoredCase, Always> &
  Partial<Omit<StoredCase, Always>> &
  Pick<CaseOwnership, 'isOpenedForPurpose'>;

/** What cases that were written before a field, and are not rebuilt yet, stand for. */
const BEFORE: StatedDefaults<Pick<StoredCase, CaseField>> = {
  kind: ALWAYS_STORED,
  category: ALWAYS_STORED,
  channel: ALWAYS_STORED,
  title: ALWAYS_STORED,
  text: ALWAYS_STORED,
  region: ALWAYS_STORED,
  status: ALWAYS_STORED,
  version: ALWAYS_STORED,
  receivedAt: ALWAYS_STORED,
  receivedOn: ALWAYS_STORED,
  updatedAt: ALWAYS_STORED,
  isOpen: ALWAYS_STORED,
  clocks: ALWAYS_STORED,
  month: ALWAYS_STORED,
  uscc: ALWAYS_STORED,
  lead: ALWAYS_STORED,
  departments: ALWAYS_STORED,
  complainantKey: ALWAYS_STORED,
  origin: 'LOCAL',
  labels: [],
  attachments: [],
  keywords: [],
  supplements: [],
  checks: [],
  referrals: [],
  overdueEscalations: [],
  industry: null,
  assignedOn: null,
  firstContactOn: null,
  question: null,
  pendingExtension: null,
  answer: null,
  resolvedOn: null,
  rating: null,
  closedOn: null,
  supervision: null,
  isBinding: false,
  answeredDirectly: false,
  returns: 0,
  extendedBy: 0,
  reopenings: 0,
  urges: 0,
  escalation: 'NONE',
  lastDayInTime: null,
  isDueDayUnknown: false,
  answeredInTime: null,
  lastDayForContact: null,
  contactedInTime: null,
  escalatesAfter: null,
};

/** Conditions of a list; all must hold. */
export interface CaseConditions {
  readonly open?: boolean | undefined;
  readonly status?: readonly string[] | undefined;
  readonly kind?: readonly string[] | undefined;
  readonly category?: readonly string[] | undefined;
  readonly channel?: readonly string[] | undefined;
  readonly origin?: string | undefined;
  readonly region?: readonly string[] | undefined;
  readonly lead?: string | undefined;
  readonly uscc?: string | undefined;
  readonly overdue?: { readonly is: boolean; readonly today: LegalDay } | undefined;
  readonly escalation?: readonly string[] | undefined;
  readonly keywords?: readonly string[] | undefined;
  readonly receivedFrom?: LegalDay | undefined;
  readonly receivedTo?: LegalDay | undefined;
  /** Only cases of this department. */
  readonly department?: string | undefined;
  /** Without those brought anonymously. */
  readonly namedOnly?: boolean | undefined;
}

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
schema.index({ keywords: 1, receivedAt: -1, caseNumber: -1 });
schema.index({ escalatesAfter: 1 });
schema.index({ isDueDayUnknown: 1 }, { partialFilterExpression: { isDueDayUnknown: true } });
schema.index({ 'referrals.referredOn': 1 }, { sparse: true });
schema.index({ receivedOn: 1 });
schema.index({ assignedOn: 1 });
schema.index({ resolvedOn: 1 });
schema.index({ closedOn: 1 });
schema.index({ 'rating.ratedOn': 1 });

export type CaseStore = ReturnType<typeof caseStore>;

/** What is stored of a case: its view with the figures and the search fields. */
export function storedCase(view: CaseView, figures: CaseFigures): StoredCase {
  const { complainant, assignment, receivedBy } = view;
  const clock = decidingClock(view);
  const departments = [
    ...new Set(
      [assignment?.lead, ...(assignment?.assisting ?? []), receivedBy].filter(
        (code) => code !== undefined && code !== null,
      ),
    ),
  ];
  return {
    ...view,
    ...figures,
    isOpen: isOpen(view.status),
    uscc: complainant.uscc,
    lead: assignment?.lead ?? null,
    departments,
    complainantKey: complainant.uscc ?? `${complainant.name ?? ''}@${complainant.homeRegion ?? ''}`,
    month: view.receivedOn.slice(0, 7),
    escalatesAfter:
      clock !== null && isOpen(view.status) && !view.overdueEscalations.includes(clockId(clock))
        ? figures.lastDayInTime
        : null,
  };
}

/** The views of all cases: reads return plain records with the requested fields. */
export function caseStore(db: Connection) {
  const model = db.model('Case', schema);
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

    /** What the clustering of common issues looks at: open cases received in a period, at most `limit` of the latest. */
    issueCases: async ({
      from,
      to,
      open,
      limit,
    }: {
      from: LegalDay;
      to: LegalDay;
      open: boolean;
      limit: number;
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
          keywords: 1,
        })
        .sort({ receivedOn: -1, caseNumber: -1 })
        .limit(limit)
        .lean<(Omit<IssueCase, 'complainant'> & { complainantKey: string })[]>();
      return rows.map(({ complainantKey, ...row }) => ({ ...row, complainant: complainantKey }));
    },

    /** Writes a view, also where it was missing or behind: which change comes next is decided by the history's unique numbers. */
    put: async (stored: StoredCase, session: ClientSession): Promise<void> => {
      await model.collection.replaceOne({ caseNumber: stored.caseNumber }, { ...stored }, { session, upsert: true });
    },

    /** Numbers of cases whose clock has run out before a day and that the job has not escalated yet, longest overdue first. */
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

    /** Numbers of cases whose due day the calendar did not reach when they were stored: open ones, and such that were answered before it could be known whether in time. */
    beyondCalendar: async (limit: number): Promise<string[]> =>
      (
        await model.collection
          .find(
            { isDueDayUnknown: true, $or: [{ isOpen: true }, { resolvedOn: { $ne: null }, answeredInTime: null }] },
            { projection: { _id: 0, caseNumber: 1 }, limit },
          )
          .toArray()
      ).map(({ caseNumber }) => String(caseNumber)),

    /** Whole stored views by number, for comparing them with what the histories give. */
    wholeByNumber: async (caseNumbers: readonly string[]): Promise<Map<string, unknown>> =>
      new Map(
        (
          await model.collection.find({ caseNumber: { $in: [...caseNumbers] } }, { projection: { _id: 0 } }).toArray()
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

    /** Takes a view away that has no history. */
    remove: async (caseNumber: string): Promise<void> => {
      await model.collection.deleteOne({ caseNumber });
    },

    /** Puts views in unless they are there; for the demo's load, which can be run again and changes nobody's work. */
    addMissing: async (cases: readonly StoredCase[]): Promise<void> => insertMissing(model.collection, cases),

    /** Puts many views in, replacing those with the same number; for rebuilding and imports, which can be run again. */
    putAll: async (cases: readonly StoredCase[]): Promise<void> => {
      if (cases.length === 0) return;
      await model.collection.bulkWrite(
        cases.map((stored) => ({
          replaceOne: { filter: { caseNumber: stored.caseNumber }, replacement: { ...stored }, upsert: true },
        })),
        { ordered: false },
      );
    },
  };
}

function filterOf(conditions: CaseConditions): Record<string, unknown> {
  const {
    open,
    status,
    kind,
    category,
    channel,
    origin,
    region,
    lead,
    uscc,
    overdue,
    escalation,
    keywords,
    receivedFrom,
    receivedTo,
    department,
    namedOnly,
  } = conditions;
  const oneOf = (field: string, values: readonly string[] | undefined): Record<string, unknown> =>
    values === undefined ? {} : { [field]: { $in: [...values] } };
  const equal = (field: string, value: unknown): Record<string, unknown> =>
    value === undefined ? {} : { [field]: value };
  return {
    ...equal('isOpen', open),
    ...oneOf('status', status),
    ...oneOf('kind', kind),
    ...oneOf('category', category),
    ...oneOf('channel', channel),
    ...equal('origin', origin),
    ...oneOf('region', region),
    ...equal('lead', lead),
    ...equal('uscc', uscc),
    ...(overdue === undefined
      ? {}
      : { lastDayInTime: overdue.is ? { $lt: overdue.today } : { $not: { $lt: overdue.today } } }),
    ...oneOf('escalation', escalation),
    ...(keywords === undefined || keywords.length === 0 ? {} : { keywords: { $all: [...keywords] } }),
    ...(receivedFrom === undefined && receivedTo === undefined
      ? {}
      : {
          receivedOn: {
            ...(receivedFrom === undefined ? {} : { $gte: receivedFrom }),
            ...(receivedTo === undefined ? {} : { $lte: receivedTo }),
          },
        }),
    ...equal('departments', department),
    ...(namedOnly === true ? { 'complainant.anonymous': false } : {}),
  };
}
