import { dropFormerIndex, keysetFilter, keysetSort, pagePerParent, type ParentPage } from '@zhitong/kit/mongo';
import type { ClientSession, Connection } from 'mongoose';
import type { GrantStatus } from '../../domain/grant/grant.js';
import { ENDING_NOTICE_FIRST, LATEST_GRANT_FIRST } from '../../list-orders.js';
import { heldGrants, HOLDS, ofHolders } from './held-grants.js';
import { changeListeners, watchGrantChanges, type GrantChangesHeard } from './grant-changes.js';
import {
  grantEventSchema,
  grantHolderSchema,
  grantSchema,
  type GrantEventRecord,
  type GrantPosition,
  type GrantRecord,
  type GrantSums,
} from './grant-record.js';

/** Statuses of grants that were approved. */
const APPROVED: readonly GrantStatus[] = ['APPROVED', 'HANDED_OVER', 'PAYING', 'PAID', 'RETURNED', 'CLOSED'];

export interface GrantConditions {
  readonly policyId?: string | undefined;
  readonly uscc?: string | undefined;
  /** Given to this enterprise, or to one that it goes on from. */
  readonly holder?: string | undefined;
  readonly department?: string | undefined;
  readonly status?: readonly GrantStatus[] | undefined;
  /** Only these. */
  readonly ids?: readonly string[] | undefined;
}

/** The index on policy, enterprise and period before withdrawn grants were left out of it. */
const FORMER_INDEX = 'policyId_1_uscc_1_period_1';

const shownOn = (today: string, policyId: string | undefined): Record<string, unknown> => ({
  // One that waits for a decision meanwhile is shown all the same: its days are everybody's.
  $or: [{ status: 'PUBLICISED' }, { status: 'SUSPENDED', 'suspension.before': 'PUBLICISED' }],
  publicUntil: { $gte: today },
  ...(policyId === undefined ? {} : { policyId }),
});

interface GrantPage {
  readonly limit: number;
  readonly position: Parameters<typeof keysetFilter>[1];
  readonly backwards: boolean;
}

export type GrantStore = ReturnType<typeof grantStore>;

/** The grants of all policies with their history. */
export function grantStore(db: Connection) {
  const model = db.model('Grant', grantSchema);
  const events = db.model('GrantEvent', grantEventSchema);
  const holders = db.model('GrantHolder', grantHolderSchema);
  const { onChange, noteWritten } = changeListeners();
  const filterOf = ({ policyId, uscc, holder, department, status, ids }: GrantConditions): Record<string, unknown> => ({
    ...(policyId === undefined ? {} : { policyId }),
    ...(uscc === undefined ? {} : { uscc }),
    ...(holder === undefined ? {} : ofHolders([holder])),
    ...(department === undefined ? {} : { department }),
    ...(status === undefined ? {} : { status: { $in: [...status] } }),
    ...(ids === undefined ? {} : { id: { $in: [...ids] } }),
  });
  return {
    ...heldGrants(db, model, noteWritten),

    byId: async (ids: readonly string[], session: ClientSession | null = null): Promise<GrantRecord[]> =>
      model
        .find({ id: { $in: [...ids] } }, { _id: 0 })
        .session(session)
        .lean<GrantRecord[]>(),

    list: async (conditions: GrantConditions, { limit, position, backwards }: GrantPage): Promise<GrantRecord[]> =>
      model
        .find({ $and: [filterOf(conditions), keysetFilter(LATEST_GRANT_FIRST, position, backwards)] }, { _id: 0 })
        .sort(keysetSort(LATEST_GRANT_FIRST, backwards))
        .limit(limit + 1)
        .lean<GrantRecord[]>(),

    /** Grants that are shown in public on a day, under one policy or any. */
    shown: async (
      { today, policyId }: { today: string; policyId: string | undefined },
      { limit, position, backwards }: GrantPage,
    ): Promise<GrantRecord[]> =>
      model
        .find({ $and: [shownOn(today, policyId), keysetFilter(ENDING_NOTICE_FIRST, position, backwards)] }, { _id: 0 })
        .sort(keysetSort(ENDING_NOTICE_FIRST, backwards))
        .limit(limit + 1)
        .lean<GrantRecord[]>(),
    countShown: async ({ today, policyId }: { today: string; policyId: string | undefined }): Promise<number> =>
      model.countDocuments(shownOn(today, policyId)),

    count: async (conditions: GrantConditions): Promise<number> => model.countDocuments(filterOf(conditions)),

    /** How many grants under a policy have neither ended nor been withdrawn. */
    countUnderWay: async (policyId: string, session: ClientSession): Promise<number> =>
      model.countDocuments({ policyId, status: { $nin: ['CLOSED', 'WITHDRAWN'] } }).session(session),

    /** The page of each of many enterprises, with one command; with `department` only of what that one pays. */
    perEnterprise: async (
      usccs: readonly string[],
      { department, ...page }: Partial<GrantPage> & { department?: string | undefined },
    ): Promise<Map<string, ParentPage<GrantRecord>>> =>
      pagePerParent<GrantRecord>({
        connection: db,
        collection: model.collection.name,
        parentField: 'uscc',
        parents: usccs,
        match: filterOf({ department }),
        sort: LATEST_GRANT_FIRST,
        limit: page.limit,
        position: page.position,
        backwards: page.backwards ?? false,
      }),

    /** Grants that stand somewhere, oldest first, behind a position. */
    standing: async (
      policyId: string,
      status: GrantStatus,
      { limit, after }: { limit: number; after: GrantPosition | null },
    ): Promise<GrantPosition[]> =>
      model
        .find(
          {
            policyId,
            status,
            ...(after === null
              ? {}
              : {
                  $or: [
                    { identifiedAt: { $gt: after.identifiedAt } },
                    { identifiedAt: after.identifiedAt, id: { $gt: after.id } },
                  ],
                }),
          },
          { _id: 0, id: 1, identifiedAt: 1 },
        )
        .sort({ identifiedAt: 1, id: 1 })
        .limit(limit)
        .lean<GrantPosition[]>(),

    /** Drops the index of an earlier release, which let nobody have again what was withdrawn unpaid. */
    dropFormerIndex: async (): Promise<void> => dropFormerIndex(model.collection, FORMER_INDEX),

    onChange,
    watchChanges: async (heard: GrantChangesHeard): Promise<() => Promise<void>> =>
      watchGrantChanges(db, model.collection, heard),

    /**
     * Lets one transaction at a time decide what enterprises may hold. Two that read the same grants and write
     * different ones would not collide otherwise, and both of two benefits that exclude each other would be granted.
     */
    decideAlone: async (usccs: readonly string[], session: ClientSession): Promise<void> => {
      if (usccs.length === 0) return;
      await holders.bulkWrite(
        [...usccs]
          .sort()
          .map((uscc) => ({ updateOne: { filter: { uscc }, update: { $inc: { decisions: 1 } }, upsert: true } })),
        { session },
      );
    },

    insertAll: async (records: readonly GrantRecord[], by: string, session: ClientSession): Promise<void> => {
      if (records.length === 0) return;
      noteWritten(records, session);
      await model.insertMany([...records], { session });
      await events.insertMany(
        records.map(({ id, version, status, identifiedAt }) => ({
          grantId: id,
          version,
          move: 'IDENTIFY',
          status,
          at: identifiedAt,
          by,
          note: '',
        })),
        { session },
      );
    },

    /**
     * Writes a change that was decided on `version`, with its place in the history; false when somebody wrote in
     * between.
     */
    change: async (
      grant: GrantRecord,
      set: Partial<GrantRecord>,
      event: Pick<GrantEventRecord, 'move' | 'by' | 'note' | 'at'>,
      session: ClientSession,
    ): Promise<boolean> => {
      noteWritten([grant], session);
      const { modifiedCount } = await model.updateOne(
        { id: grant.id, version: grant.version },
        { $set: { ...set, updatedAt: event.at, version: grant.version + 1 } },
        { session },
      );
      if (modifiedCount !== 1) return false;
      await events.create(
        [
          {
            grantId: grant.id,
            version: grant.version + 1,
            status: set.status ?? grant.status,
            ...(set.amountFen === undefined ? {} : { formerAmountFen: grant.amountFen }),
            ...event,
          },
        ],
        { session },
      );
      return true;
    },

    /** Notes how much of a grant has come back by now that was asked back. */
    noteRecovered: async (
      grant: Pick<GrantRecord, 'id' | 'uscc' | 'heirs'>,
      recoveredFen: number,
      session: ClientSession,
    ): Promise<void> => {
      noteWritten([grant], session);
      await model.updateOne({ id: grant.id }, { $set: { recoveredFen } }, { session });
    },

    /** What was approved and paid under each of many policies, with one command. */
    sumsOf: async (policyIds: readonly string[]): Promise<Map<string, GrantSums>> => {
      const rows = await model.aggregate<GrantSums & { _id: string }>([
        {
          $match: {
            policyId: { $in: [...policyIds] },
            $or: [
              { status: { $in: [...APPROVED] } },
              { status: 'SUSPENDED', 'suspension.before': { $in: [...APPROVED] } },
              // Part of it was paid before its amount was changed, which is shown again.
              { status: { $in: ['CONFIRMED', 'PUBLICISED', 'SUSPENDED'] }, paidFen: { $gt: 0 } },
            ],
          },
        },
        {
          $group: {
            _id: { policyId: '$policyId', uscc: '$uscc' },
            grantedFen: { $sum: '$amountFen' },
            paidFen: { $sum: '$paidFen' },
          },
        },
        {
          $group: {
            _id: '$_id.policyId',
            granted: { $sum: 1 },
            grantedFen: { $sum: '$grantedFen' },
            paid: { $sum: { $cond: [{ $gt: ['$paidFen', 0] }, 1, 0] } },
            paidFen: { $sum: '$paidFen' },
          },
        },
      ]);
      return new Map(rows.map(({ _id, ...sums }) => [_id, sums]));
    },

    /** Puts grants in with a history of their own; for imports. */
    putHistory: async (
      records: readonly GrantRecord[],
      history: readonly GrantEventRecord[],
      session: ClientSession,
    ): Promise<void> => {
      noteWritten(records, session);
      if (records.length > 0) await model.insertMany([...records], { session });
      if (history.length > 0) await events.insertMany([...history], { session });
    },

    /** Other enterprises that are paid to an account, by their codes. */
    othersPaidTo: async (number: string, uscc: string, session: ClientSession): Promise<string[]> =>
      (await model.distinct('uscc', { 'account.number': number, ...HOLDS }).session(session))
        .filter((other) => other !== uscc)
        .sort(),

    /** The histories of grants, first event first. */
    history: async (
      grantIds: readonly string[],
      session: ClientSession | null = null,
    ): Promise<Map<string, GrantEventRecord[]>> => {
      const found = await events
        .find({ grantId: { $in: [...grantIds] } }, { _id: 0 })
        .sort({ grantId: 1, version: 1 })
        .session(session)
        .lean<GrantEventRecord[]>();
      const grouped = new Map<string, GrantEventRecord[]>();
      for (const event of found) grouped.set(event.grantId, [...(grouped.get(event.grantId) ?? []), event]);
      return grouped;
    },
  };
}
