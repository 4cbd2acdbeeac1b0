import type { Connection } from 'mongoose';
import { DISHONESTY_RECORDS, JUDGMENTS, type StoredDishonestyRecord, type StoredJudgment } from './credit-record.js';
import { PLEDGES } from './pledge.js';

/** All that an enterprise's standing is derived from. */
export interface StoredCreditHistory {
  /** Latest first. */
  readonly records: readonly StoredDishonestyRecord[];
  /** Latest first. */
  readonly judgments: readonly StoredJudgment[];
  /** Days on which a breach of a pledge was found, one for each breach. */
  readonly pledgeBreaches: readonly string[];
}

/** A row of the union: one of the three is set. */
interface Row {
  readonly record?: StoredDishonestyRecord;
  readonly judgment?: StoredJudgment;
  readonly breach?: { readonly uscc: string; readonly on: string };
}

/** More than an operation's enterprises have between them, so that the driver needs no second command. */
const ONE_BATCH = 100_000;

export type CreditHistoryStore = ReturnType<typeof creditHistoryStore>;

/** Enterprises' credit histories: three collections read with one command, each by its index, whatever the number of enterprises. */
export function creditHistoryStore(db: Connection) {
  return {
    /** The history of each of these enterprises, empty ones too. MongoDB makes no such union inside a transaction. */
    of: async (usccs: readonly string[]): Promise<Map<string, StoredCreditHistory>> => {
      const own = { $match: { uscc: { $in: [...usccs] } } };
      const stored = (name: string) => [own, { $unset: '_id' }, { $replaceRoot: { newRoot: { [name]: '$$ROOT' } } }];
      const breaches = [
        { $match: { uscc: { $in: [...usccs] }, 'events.kind': 'BREACHED' } },
        { $unwind: '$events' },
        { $match: { 'events.kind': 'BREACHED' } },
        { $project: { _id: 0, breach: { uscc: '$uscc', on: '$events.on' } } },
      ];
      const rows = await db
        .collection(DISHONESTY_RECORDS)
        .aggregate<Row>([...stored('record'), { $unionWith: { coll: JUDGMENTS, pipeline: stored('judgment') } }, { $unionWith: { coll: PLEDGES, pipeline: breaches } }], { batchSize: ONE_BATCH })
        .toArray();
      const histories = new Map(usccs.map((uscc) => [uscc, { records: [] as StoredDishonestyRecord[], judgments: [] as StoredJudgment[], pledgeBreaches: [] as string[] }]));
      for (const { record, judgment, breach } of rows) {
        if (record) histories.get(record.uscc)?.records.push(record);
        if (judgment) histories.get(judgment.uscc)?.judgments.push(judgment);
        if (breach) histories.get(breach.uscc)?.pledgeBreaches.push(breach.on);
      }
      for (const { records, judgments } of histories.values()) {
        records.sort((a, b) => latestFirst(a.from, b.from) || (a.id < b.id ? -1 : 1));
        judgments.sort((a, b) => latestFirst(a.effectiveOn, b.effectiveOn) || (a.caseNumber < b.caseNumber ? -1 : 1));
      }
      return histories;
    },
  };
}

const latestFirst = (a: string, b: string): number => (a === b ? 0 : a < b ? 1 : -1);
