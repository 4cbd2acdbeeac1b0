import { DATA_ACCESSES } from '@zhitong/kit/personal-data';
import { inTransaction } from '@zhitong/kit/mongo';
import { endOfDayInShanghai, SHANGHAI_OFFSET, startOfDayInShanghai, type LegalDay } from '@zhitong/values';
import { createHash } from 'node:crypto';
import { Schema, type Connection } from 'mongoose';
import { contentText } from './record-content.js';
import type { RecordNotes } from './record-history.js';

/** What covers the records of one day of who read personal data (`data_accesses`). */
export interface AccessDigest {
  /** Day in Asia/Shanghai. */
  readonly day: LegalDay;
  /** The records of the day before this instant are covered; RFC 3339, UTC. */
  readonly until: string;
  readonly count: number;
  /** SHA-256 over the whole records in order of their moments and ids, lower-case hexadecimal. */
  readonly digest: string;
}

const required = true;
const schema = new Schema<AccessDigest>(
  {
    day: { type: String, required },
    until: { type: String, required },
    count: { type: Number, required },
    digest: { type: String, required },
  },
  { collection: 'access_digests', versionKey: false, strict: 'throw', id: false },
);
schema.index({ day: 1 }, { unique: true });

export type AccessDigestStore = ReturnType<typeof accessDigestStore>;

/**
 * Digests of the records of who read personal data. A reading writes its record alone, so that readers do not wait for
 * each other; a digest of each day's records has a chained history and is sealed with it.
 */
export function accessDigestStore(db: Connection, history: RecordNotes) {
  const model = db.model('AccessDigest', schema);
  const accesses = db.collection<{ at: Date }>(DATA_ACCESSES);
  const within = (day: LegalDay, until: Date) => ({ at: { $gte: startOfDayInShanghai(day), $lt: until } });
  /** The digest of a day's records before an instant. */
  const digestOf = async (day: LegalDay, until: Date): Promise<AccessDigest> => {
    const hash = createHash('sha256');
    let count = 0;
    for await (const record of accesses
      .find(within(day, until), { projection: { _id: 0 } })
      .sort({ at: 1, id: 1 })
      .allowDiskUse()) {
      hash.update(`${contentText(record)}\n`, 'utf8');
      count += 1;
    }
    return { day, until: until.toISOString(), count, digest: hash.digest('hex') };
  };
  return {
    digestOf,
    /** All digests, the earliest day first. */
    all: async (): Promise<AccessDigest[]> => model.find({}, { _id: 0 }).sort({ day: 1 }).lean<AccessDigest[]>(),
    /** The newest day's digest; null before the first. */
    newest: async (): Promise<AccessDigest | null> =>
      model.findOne({}, { _id: 0 }).sort({ day: -1 }).lean<AccessDigest>(),
    /** The database's clock, which dates the records. */
    now: async (): Promise<Date> => {
      const { localTime } = (await db.db?.admin().command({ hello: 1 })) as { localTime: Date };
      return localTime;
    },
    /** The days on which there are records from an instant on, and before another; in order. */
    days: async (from: Date, before: Date): Promise<LegalDay[]> =>
      (
        await accesses
          .aggregate<{ _id: LegalDay }>([
            { $match: { at: { $gte: from, $lt: before } } },
            { $group: { _id: { $dateToString: { date: '$at', format: '%Y-%m-%d', timezone: SHANGHAI_OFFSET } } } },
            { $sort: { _id: 1 } },
          ])
          .toArray()
      ).map(({ _id }) => _id),
    /** How many records there are of a day before an instant. */
    countOf: async (day: LegalDay, before: Date): Promise<number> => {
      const end = endOfDayInShanghai(day);
      return accesses.countDocuments(within(day, end < before ? end : before));
    },
    /** How many records have no moment, and so belong to no day. */
    undated: async (): Promise<number> => accesses.countDocuments({ at: { $not: { $type: 'date' } } }),
    put: async (digest: AccessDigest): Promise<void> =>
      inTransaction(db, async (session) => {
        await model.replaceOne({ day: digest.day }, digest, { upsert: true, session });
        await history.note('access_digests', [digest], session);
      }),
  };
}
