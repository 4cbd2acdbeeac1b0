import { aggregateAtOnce } from '@zhitong/kit/mongo';
import type { Connection } from 'mongoose';
import { standingBreach, type PledgeEvent } from '../domain/standing/pledge.js';
import type { GovernmentClaim } from '../domain/standing/government-claim.js';
import { GOVERNMENT_CLAIMS } from './government-claim.js';
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
  /** What it owes or owed to the government, the latest demand first. */
  readonly claims: readonly GovernmentClaim[];
}

/** A row of the union: a document of one of the four collections, distinguished by a field that only it has. */
type Row = StoredDishonestyRecord | StoredJudgment | BreachedPledge | GovernmentClaim;

interface BreachedPledge {
  readonly uscc: string;
  readonly events: readonly PledgeEvent[];
}

/** More than an operation's enterprises have between them, so that one batch holds all. */
const MOST_ROWS = 100_000;

export type CreditHistoryStore = ReturnType<typeof creditHistoryStore>;

/**
 * Enterprises' credit histories: four collections read with one command, each by its index, whatever the number of
 * enterprises.
 */
export function creditHistoryStore(db: Connection) {
  return {
    /**
     * The history of each of these enterprises, empty ones too. MongoDB makes no such union inside a transaction. It
     * looks for the documents and no more: a stage that shaped them would be paid by every enterprise, and few have
     * any.
     */
    of: async (usccs: readonly string[]): Promise<Map<string, StoredCreditHistory>> => {
      const own = { uscc: { $in: [...usccs] } };
      const rows = await aggregateAtOnce<Row>(db, {
        collection: DISHONESTY_RECORDS,
        pipeline: [
          { $match: { ...own, withdrawal: null } },
          { $unionWith: { coll: JUDGMENTS, pipeline: [{ $match: { ...own, withdrawal: null } }] } },
          { $unionWith: { coll: GOVERNMENT_CLAIMS, pipeline: [{ $match: own }] } },
          { $unionWith: { coll: PLEDGES, pipeline: [{ $match: { ...own, 'events.kind': 'BREACHED' } }] } },
        ],
        most: MOST_ROWS,
      });
      const histories = new Map(
        usccs.map((uscc) => [
          uscc,
          {
            records: [] as StoredDishonestyRecord[],
            judgments: [] as StoredJudgment[],
            pledgeBreaches: [] as string[],
            claims: [] as GovernmentClaim[],
          },
        ]),
      );
      for (const stored of rows) {
        const row = withoutId(stored);
        const history = histories.get(row.uscc);
        if ('events' in row) {
          const breach = standingBreach(row.events);
          if (breach) history?.pledgeBreaches.push(breach.on);
        } else if ('instalments' in row) history?.claims.push(row);
        else if ('court' in row) history?.judgments.push(row);
        else history?.records.push(row);
      }
      for (const { records, judgments, claims } of histories.values()) {
        records.sort((a, b) => latestFirst(a.from, b.from) || (a.id < b.id ? -1 : 1));
        claims.sort((a, b) => latestFirst(a.steps[0]?.on ?? '', b.steps[0]?.on ?? '') || (a.id < b.id ? -1 : 1));
        judgments.sort((a, b) => latestFirst(a.effectiveOn, b.effectiveOn) || (a.caseNumber < b.caseNumber ? -1 : 1));
      }
      return histories;
    },
  };
}

/** A row without MongoDB's own key and the normal forms by which it is found. */
function withoutId(row: Row & { _id?: unknown; documentKey?: unknown; caseKey?: unknown }): Row {
  const own = { ...row };
  delete own._id;
  delete own.documentKey;
  delete own.caseKey;
  return own;
}

const latestFirst = (a: string, b: string): number => (a === b ? 0 : a < b ? 1 : -1);
