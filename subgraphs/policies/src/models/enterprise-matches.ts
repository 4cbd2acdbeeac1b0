import { Schema, type ClientSession, type Connection } from 'mongoose';
import { keysetFilter, keysetSort, type SortKey } from '@zhitong/kit/mongo';
import type { StoredMatches } from '../domain/matching/match.js';

/** How many enterprises of the city a policy is for, and how many were matched at all. */
export interface MatchSums {
  readonly eligible: number;
  readonly undetermined: number;
  readonly matched: number;
}

/** One enterprise's stored results. */
export interface EnterpriseMatchesRecord extends StoredMatches {
  readonly uscc: string;
  /** The day that they stand for. */
  readonly referenceDate: string;
  /**
   * The run that wrote them or made them stand for that day; a later one of the same day that finds them so leaves it.
   */
  readonly runId: string;
  /** Something of them cannot be used as it is stored: what they say is not all that was decided. Never stored. */
  readonly isFaulty?: true;
}

const required = true;
const schema = new Schema<EnterpriseMatchesRecord>(
  {
    uscc: { type: String, required },
    eligible: { type: [String], required } as never,
    undetermined: { type: [String], required } as never,
    amounts: { type: Schema.Types.Mixed, required } as never,
    struckOff: { type: [String], default: undefined } as never,
    referenceDate: { type: String, required },
    runId: { type: String, required },
  },
  { collection: 'enterpriseMatches', versionKey: false, strict: 'throw', minimize: false },
);
schema.index({ uscc: 1 }, { unique: true });
schema.index({ eligible: 1, uscc: 1 }); // who gets this, page by page, and how many
schema.index({ undetermined: 1, uscc: 1 });
schema.index({ struckOff: 1 }, { sparse: true }); // few are barred

const BY_USCC: readonly SortKey[] = [{ field: 'uscc', direction: 1 }];

const eligibleFor = (policyId: string, without: readonly string[]): Record<string, unknown> =>
  without.length === 0 ? { eligible: policyId } : { eligible: policyId, uscc: { $nin: [...without] } };

/**
 * Results as they are stored; a part that an earlier release or a hand left out or wrote otherwise is as if nothing had
 * been matched, so that the next matching puts it right.
 */
function usableMatches(held: EnterpriseMatchesRecord): EnterpriseMatchesRecord {
  const { eligible, undetermined, amounts, struckOff }: { readonly [Name in keyof StoredMatches]: unknown } = held;
  const { uscc, referenceDate, runId } = held;
  const isFaulty = ![eligible, undetermined, struckOff ?? []].every(Array.isArray) || amountsIn(amounts) !== amounts;
  return {
    ...{ uscc, referenceDate, runId },
    eligible: idsIn(eligible),
    undetermined: idsIn(undetermined),
    amounts: amountsIn(amounts),
    ...(Array.isArray(struckOff) ? { struckOff: idsIn(struckOff) } : {}),
    ...(isFaulty ? { isFaulty } : {}),
  };
}

const idsIn = (stored: unknown): string[] =>
  Array.isArray(stored) ? stored.filter((id) => typeof id === 'string') : [];

const amountsIn = (stored: unknown): StoredMatches['amounts'] =>
  typeof stored === 'object' && stored !== null ? (stored as StoredMatches['amounts']) : {};

export type EnterpriseMatchesStore = ReturnType<typeof enterpriseMatchesStore>;

/** The stored results of matching: one document per enterprise, found by policy through multikey indexes. */
export function enterpriseMatchesStore(db: Connection) {
  const model = db.model('EnterpriseMatches', schema);
  return {
    byUscc: async (
      usccs: readonly string[],
      session: ClientSession | null = null,
    ): Promise<EnterpriseMatchesRecord[]> =>
      (
        await model
          .find({ uscc: { $in: [...usccs] } }, { _id: 0 })
          .session(session)
          .lean<EnterpriseMatchesRecord[]>()
      ).map(usableMatches),

    /** A page of the enterprises that are eligible under a policy, with one more when more follow. */
    eligible: async (
      policyId: string,
      {
        limit,
        position,
        backwards,
      }: { limit: number; position: Parameters<typeof keysetFilter>[1]; backwards: boolean },
      without: readonly string[] = [],
    ): Promise<{ uscc: string }[]> =>
      model
        .find(
          { $and: [eligibleFor(policyId, without), keysetFilter(BY_USCC, position, backwards)] },
          { _id: 0, uscc: 1 },
        )
        .sort(keysetSort(BY_USCC, backwards))
        .limit(limit + 1)
        .lean<{ uscc: string }[]>(),

    /**
     * How many enterprises meet a policy, and of how many a fact is missing; `matched` is the number of all, the same
     * for each policy.
     */
    countsOf: async (policyIds: readonly string[]): Promise<Map<string, MatchSums>> => {
      const matched = await model.estimatedDocumentCount();
      const counts = await Promise.all(
        policyIds.map(async (id): Promise<[string, MatchSums]> => {
          const [eligible, undetermined] = await Promise.all([
            model.countDocuments({ eligible: id }),
            model.countDocuments({ undetermined: id }),
          ]);
          return [id, { eligible, undetermined, matched }];
        }),
      );
      return new Map(counts);
    },
    countEligible: async (policyId: string, without: readonly string[] = []): Promise<number> =>
      model.countDocuments(eligibleFor(policyId, without)),

    /** How many enterprises meet a policy and have nothing of it, by the register. */
    countStruckOff: async (policyId: string): Promise<number> => model.countDocuments({ struckOff: policyId }),

    /** Of the enterprises of a list those whose amount under a policy is nothing. */
    withoutAmount: async (policyId: string, usccs: readonly string[]): Promise<string[]> =>
      usccs.length === 0
        ? []
        : model.distinct('uscc', { uscc: { $in: [...usccs] }, eligible: policyId, [`amounts.${policyId}`]: 0 }),

    putAll: async (records: readonly EnterpriseMatchesRecord[], session: ClientSession): Promise<void> => {
      if (records.length === 0) return;
      await model.collection.bulkWrite(
        records.map((record) => ({
          replaceOne: {
            filter: { uscc: record.uscc },
            replacement: { ...record, eligible: [...record.eligible], undetermined: [...record.undetermined] },
            upsert: true,
          },
        })),
        { ordered: false, session },
      );
    },

    /** The amounts of all enterprises that are eligible under one of the policies, by USCC, as a stream. */
    withAmounts: (policyIds: readonly string[]): AsyncIterable<Pick<EnterpriseMatchesRecord, 'uscc' | 'amounts'>> =>
      model.collection
        .find<Pick<EnterpriseMatchesRecord, 'uscc' | 'amounts'>>(
          { eligible: { $in: [...policyIds] } },
          { projection: { _id: 0, uscc: 1, ...Object.fromEntries(policyIds.map((id) => [`amounts.${id}`, 1])) } },
        )
        .sort({ uscc: 1 })
        .map(({ uscc, amounts }) => ({ uscc, amounts: amountsIn(amounts) })),

    /** Notes that results were matched again and stay as they are. */
    markSame: async (
      usccs: readonly string[],
      { referenceDate, runId }: Pick<EnterpriseMatchesRecord, 'referenceDate' | 'runId'>,
      session: ClientSession,
    ): Promise<void> => {
      if (usccs.length > 0)
        await model.updateMany({ uscc: { $in: [...usccs] } }, { $set: { referenceDate, runId } }).session(session);
    },

    remove: async (usccs: readonly string[], session: ClientSession | null = null): Promise<void> => {
      await model.deleteMany({ uscc: { $in: [...usccs] } }).session(session);
    },
  };
}
