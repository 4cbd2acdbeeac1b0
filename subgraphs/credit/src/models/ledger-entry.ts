import { Schema, type ClientSession, type Connection } from 'mongoose';
import type { AuditFigures } from '../domain/audit/audit-figures.js';
import type { LedgerEntry } from '../domain/ledger/ledger-entry.js';

/** An entry as stored: what the hash covers, and beside it the figures that aggregations read. */
export interface StoredEntry extends LedgerEntry {
  readonly figures: AuditFigures;
}

const required = true;
const schema = new Schema<StoredEntry>(
  {
    commitmentId: { type: String, required },
    seq: { type: Number, required, min: 1 },
    effectiveOn: { type: String, required },
    recordedAt: { type: String, required },
    recordedBy: { type: String, required },
    body: { type: Schema.Types.Mixed, required } as never,
    postings: { type: [Schema.Types.Mixed], required } as never,
    previousHash: { type: String, required },
    hash: { type: String, required },
    figures: { type: Schema.Types.Mixed, required } as never,
  },
  { collection: 'ledger_entries', versionKey: false, strict: 'throw', minimize: false },
);
// A lost race fails here: two writers never append the same position of a chain.
schema.index({ commitmentId: 1, seq: 1 }, { unique: true });
// What a seal covers.
schema.index({ recordedAt: 1, commitmentId: 1 });
// Both axes of time: an audit reads what was known by a day and true by a day.
schema.index({ 'figures.recordedOn': 1, effectiveOn: 1 });

/** Names for the other models of the ledger. */
export const LEDGER_ENTRIES = 'ledger_entries';

export type LedgerEntryStore = ReturnType<typeof ledgerEntryStore>;

/** The ledger's entries. There is no way to change or remove one. */
export function ledgerEntryStore(db: Connection) {
  const model = db.model('LedgerEntry', schema);
  return {
    /** A commitment's whole chain, in order. */
    chain: async (commitmentId: string, session: ClientSession | null = null): Promise<StoredEntry[]> =>
      model.find({ commitmentId }, { _id: 0 }, { session }).sort({ seq: 1 }).lean<StoredEntry[]>(),

    /** The chains of many commitments, each in order. */
    chains: async (
      commitmentIds: readonly string[],
      session: ClientSession | null = null,
    ): Promise<Map<string, StoredEntry[]>> => {
      const entries = await model
        .find({ commitmentId: { $in: [...commitmentIds] } }, { _id: 0 }, { session })
        .sort({ commitmentId: 1, seq: 1 })
        .lean<StoredEntry[]>();
      const chains = new Map<string, StoredEntry[]>();
      for (const entry of entries) {
        const chain = chains.get(entry.commitmentId);
        if (chain) chain.push(entry);
        else chains.set(entry.commitmentId, [entry]);
      }
      return chains;
    },

    /** Numbers of the commitments after one, in order. */
    commitmentIdsAfter: async (after: string, limit: number, session: ClientSession | null = null): Promise<string[]> =>
      (
        await model
          .find({ commitmentId: { $gt: after }, seq: 1 }, { _id: 0, commitmentId: 1 }, { session })
          .sort({ commitmentId: 1 })
          .limit(limit)
          .lean<{ commitmentId: string }[]>()
      ).map(({ commitmentId }) => commitmentId),

    /** The latest moment at which anything was recorded; null for an empty ledger. */
    newestMoment: async (): Promise<string | null> =>
      (await model.findOne({}, { _id: 0, recordedAt: 1 }).sort({ recordedAt: -1 }).lean<{ recordedAt: string }>())
        ?.recordedAt ?? null,

    /** Numbers of the commitments of which something was recorded from a moment on. */
    recordedSince: async (moment: string, session: ClientSession): Promise<string[]> =>
      model.distinct('commitmentId', { recordedAt: { $gte: moment } }).session(session),

    /** Numbers of all commitments that have entries, in order. */
    async *commitmentIds(): AsyncGenerator<string> {
      for await (const { _id } of model
        .aggregate<{ _id: string }>([
          { $sort: { commitmentId: 1, seq: 1 } },
          { $group: { _id: '$commitmentId' } },
          { $sort: { _id: 1 } },
        ])
        .allowDiskUse(true)
        .cursor())
        yield _id;
    },

    count: async (): Promise<number> => model.countDocuments(),

    /** What stands in place of a commitment's number in entries that have none, as text. */
    nameless: async (): Promise<string[]> =>
      (await model.distinct('commitmentId', { commitmentId: { $not: { $type: 'string' } } }).lean<unknown[]>()).map(
        String,
      ),

    /** Numbers of the commitments of which something was waived. */
    waived: async (): Promise<string[]> => model.distinct('commitmentId', { 'body.kind': 'WAIVED' }),

    append: async (entries: readonly StoredEntry[], session: ClientSession): Promise<void> => {
      await model.insertMany(entries, { session, lean: true });
    },
  };
}
