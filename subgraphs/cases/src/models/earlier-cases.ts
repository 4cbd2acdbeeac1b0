import type { LegalDay } from '@zhitong/values';
import type { Connection } from 'mongoose';
import type { CaseOwnership } from '../domain/access.js';
import type { ComparableCase } from '../domain/duplicate.js';
import type { HandledCase } from '../domain/suggestion.js';

/** An earlier case to compare with, and what the right to see it depends on. */
export type EarlierCase = ComparableCase & CaseOwnership;

/** A case with the earlier ones of the same enterprise. */
export interface CaseWithEarlier {
  readonly fresh: ComparableCase;
  readonly earlier: readonly EarlierCase[];
}

/** A case with those that share a word with it. */
export interface CaseWithHandled {
  readonly caseNumber: string;
  readonly keywords: readonly string[];
  readonly handled: readonly HandledCase[];
}

const COLLECTION = 'cases';
const COMPARED = { _id: 0, caseNumber: 1, receivedOn: 1, title: 1, text: 1 } as const;

export type EarlierCasesStore = ReturnType<typeof earlierCasesStore>;

/** What a case is compared with to see whether it repeats another one. */
export function earlierCasesStore(db: Connection) {
  return {
    /** Cases of an enterprise that came in since a day, the latest first and at most `limit`. */
    of: async (uscc: string, { since, limit }: { since: LegalDay; limit: number }): Promise<ComparableCase[]> =>
      db
        .collection(COLLECTION)
        .find<ComparableCase>({ uscc, receivedOn: { $gte: since } }, { projection: COMPARED })
        .sort({ receivedAt: -1, caseNumber: -1 })
        .limit(limit)
        .toArray(),

    /**
     * For each of many cases the assigned ones that share a word with it, the latest first and at most `limit`: one
     * command however many cases are asked for. A case of fewer than two words is like none, and left out.
     */
    async *handledAlike(caseNumbers: readonly string[], limit: number): AsyncGenerator<CaseWithHandled> {
      yield* db.collection(COLLECTION).aggregate<CaseWithHandled>(
        [
          { $match: { caseNumber: { $in: [...caseNumbers] }, 'keywords.1': { $exists: true } } },
          {
            $lookup: {
              from: COLLECTION,
              localField: 'keywords',
              foreignField: 'keywords',
              let: { number: '$caseNumber' },
              pipeline: [
                { $match: { lead: { $ne: null }, $expr: { $ne: ['$caseNumber', '$$number'] } } },
                { $sort: { receivedAt: -1, caseNumber: -1 } },
                { $limit: limit },
                { $project: { _id: 0, caseNumber: 1, category: 1, lead: 1, keywords: 1 } },
              ],
              as: 'handled',
            },
          },
          { $project: { _id: 0, caseNumber: 1, keywords: 1, handled: 1 } },
        ],
        { batchSize: caseNumbers.length + 1 },
      );
    },

    /**
     * For each of many cases the cases of the same enterprise that came in on the `days` before it, the latest first
     * and at most `limit`: one command however many cases are asked for, and one case's texts held at a time.
     */
    async *ofSameEnterprise(
      caseNumbers: readonly string[],
      { days, limit }: { days: number; limit: number },
    ): AsyncGenerator<CaseWithEarlier> {
      const firstDay = {
        $dateToString: {
          format: '%Y-%m-%d',
          date: {
            $dateSubtract: { startDate: { $dateFromString: { dateString: '$receivedOn' } }, unit: 'day', amount: days },
          },
        },
      };
      yield* db.collection(COLLECTION).aggregate<CaseWithEarlier>(
        [
          { $match: { caseNumber: { $in: [...caseNumbers] }, uscc: { $ne: null } } },
          {
            $lookup: {
              from: COLLECTION,
              localField: 'uscc',
              foreignField: 'uscc',
              let: { number: '$caseNumber', firstDay, lastDay: '$receivedOn' },
              pipeline: [
                {
                  $match: {
                    $expr: {
                      $and: [
                        { $lt: ['$caseNumber', '$$number'] },
                        { $gte: ['$receivedOn', '$$firstDay'] },
                        { $lte: ['$receivedOn', '$$lastDay'] },
                      ],
                    },
                  },
                },
                { $sort: { receivedAt: -1, caseNumber: -1 } },
                { $limit: limit },
                { $project: { ...COMPARED, complainant: 1, assignment: 1, receivedBy: 1 } },
              ],
              as: 'earlier',
            },
          },
          {
            $project: {
              _id: 0,
              earlier: 1,
              fresh: { caseNumber: '$caseNumber', receivedOn: '$receivedOn', title: '$title', text: '$text' },
            },
          },
        ],
        { batchSize: caseNumbers.length + 1 }, // In one batch where it fits: a getMore is a command.
      );
    },
  };
}
