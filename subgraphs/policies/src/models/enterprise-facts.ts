import { mongo, Schema, type ClientSession, type Connection } from 'mongoose';
import type { LegalDay } from '@zhitong/values';
import { FactColumns } from '../domain/facts/fact-columns.js';
import type { Facts, FactValue } from '../domain/facts/fact-values.js';
import { storedValues } from '../domain/facts/stored-facts.js';
import { CREDIT_FACTS } from '../domain/matching/match.js';
import type { MongoFilter } from '../domain/evaluation/to-mongo-filter.js';
import { datesOn } from '../domain/facts/versioned-facts.js';
import { heirsSince, type Heir } from '../domain/grant/succession.js';
import {
  isFaulty,
  placeIn,
  usableRecord,
  usableVersion,
  type EnterpriseFactsRecord,
  type HeldVersion,
} from './facts-as-stored.js';
import { RawFactsReader } from './raw-facts.js';
import type { PlaceCount } from '../domain/disclosure/tellable-places.js';

const required = true;
const codeAndName = new Schema({ code: { type: String, required }, name: { type: String, required } }, { _id: false });
const schema = new Schema<EnterpriseFactsRecord>(
  {
    uscc: { type: String, required },
    name: { type: String, required },
    industry: { type: codeAndName, required },
    region: { type: codeAndName, required },
    values: { type: Schema.Types.Mixed, required } as never,
    dates: { type: Schema.Types.Mixed, required } as never,
    told: { type: Schema.Types.Mixed } as never,
    predecessors: { type: [Schema.Types.Mixed], default: undefined } as never,
    readingId: { type: String, required },
    readAt: { type: Date, required },
  },
  { collection: 'enterpriseFacts', versionKey: false, strict: 'throw', minimize: false },
);
schema.index({ uscc: 1 }, { unique: true });
schema.index({ readingId: 1 });
schema.index({ 'predecessors.uscc': 1 }, { sparse: true });
schema.index({ 'region.code': 1, 'industry.code': 1 }); // how many a section and district stand for

/** Facts of one enterprise out of a stream of the city, with the id of their document. */
export type StreamedFacts = Pick<EnterpriseFactsRecord, 'uscc' | 'industry' | 'region' | 'values'> & {
  readonly id: string;
};

/** An enterprise's facts that were put in place of others; null: the enterprise was removed. */
export interface FactsChange {
  readonly id: string;
  readonly facts: StreamedFacts | null;
}

/** The changes of the projection since they were opened, in order. */
export interface FactsChanges {
  /** The next one; null: there is no other that was acknowledged before the call. Throws when it cannot be known. */
  next(): Promise<FactsChange | null>;
  close(): Promise<void>;
}

/** Days that follow from `told` are not stored once more. */
const stored = (record: EnterpriseFactsRecord): EnterpriseFactsRecord => {
  const { uscc, name, industry, region, values, told, predecessors, readingId, readAt } = record;
  return {
    uscc,
    name,
    industry,
    region,
    values,
    ...(told === undefined ? { dates: record.dates } : { dates: {}, told }),
    ...(predecessors === undefined ? {} : { predecessors }),
    readingId,
    readAt,
  };
};

function recordOf(stored: EnterpriseFactsRecord): EnterpriseFactsRecord {
  const held = usableRecord(stored);
  const { values, told } = held;
  if (told === undefined) return held;
  let dates: Facts['dates'] | undefined;
  return {
    ...held,
    get dates() {
      return (dates ??= datesOn(values, told, told));
    },
  };
}

/** What a record knows of its enterprise, with who recorded it and what of it cannot be used. */
export function factsIn(record: EnterpriseFactsRecord): Facts {
  const { values, told, unusable = told?.unusable } = record;
  return {
    values,
    get dates() {
      return record.dates;
    },
    ...(told?.origins === undefined ? {} : { origins: told.origins }),
    ...(unusable === undefined ? {} : { unusable }),
    ...(told?.years === undefined ? {} : { years: told.years }),
  };
}

interface FactsDocument extends Omit<EnterpriseFactsRecord, 'uscc'> {
  readonly _id: mongo.ObjectId;
  readonly uscc: string;
}

const streamed = ({
  _id,
  uscc,
  industry,
  region,
  values,
}: Pick<FactsDocument, '_id' | 'uscc' | 'industry' | 'region' | 'values'>): StreamedFacts => ({
  id: _id.toHexString(),
  uscc,
  industry: placeIn(industry),
  region: placeIn(region),
  values: storedValues(values).values,
});

const VERSION_FIELDS = {
  _id: 0,
  uscc: 1,
  name: 1,
  industry: 1,
  region: 1,
  predecessors: 1,
  'told.version': 1,
  'told.creditOn': 1,
  ...Object.fromEntries(CREDIT_FACTS.map((fact) => [`values.${fact}`, 1])),
};

/** Long enough for the server to look at the log of changes once more, short enough not to be noticed. */
const LOOK_MS = 1;

export type EnterpriseFactsStore = ReturnType<typeof enterpriseFactsStore>;

/** The projection of facts: one document per enterprise. */
export function enterpriseFactsStore(db: Connection) {
  const model = db.model('EnterpriseFacts', schema);
  const rawFacts = new RawFactsReader();
  return {
    /** Where the facts lie, for a look-up by the database itself. */
    collection: model.collection.name,
    byUscc: async (usccs: readonly string[], session: ClientSession | null = null): Promise<EnterpriseFactsRecord[]> =>
      (
        await model
          .find({ uscc: { $in: [...usccs] } }, { _id: 0 })
          .session(session)
          .lean<EnterpriseFactsRecord[]>()
      ).map(recordOf),

    /** Who goes on from enterprises since a day or later, by their codes: for whom what these are given now counts. */
    heirsOf: async (usccs: readonly string[], day: LegalDay, session: ClientSession): Promise<Map<string, Heir[]>> => {
      const found = await model
        .find({ 'predecessors.uscc': { $in: [...usccs] } }, { _id: 0, uscc: 1, predecessors: 1 })
        .session(session)
        .lean<Pick<EnterpriseFactsRecord, 'uscc' | 'predecessors'>[]>();
      return heirsSince(found, usccs, day);
    },

    /** USCCs of the next enterprises in their order. */
    usccsAfter: async (uscc: string, limit: number): Promise<string[]> =>
      (
        await model
          .find({ uscc: { $gt: uscc } }, { _id: 0, uscc: 1 })
          .sort({ uscc: 1 })
          .limit(limit)
          .lean<{ uscc: string }[]>()
      ).map((found) => found.uscc),

    /**
     * The next enterprises in the order of their codes, with the named facts in columns: row by row as in `usccs`.
     * @param seenIn only those that this reading has seen.
     */
    columnsAfter: async (
      uscc: string,
      { limit, facts, seenIn }: { limit: number; facts: Iterable<string>; seenIn?: string | undefined },
      session: ClientSession,
    ): Promise<{ readonly usccs: readonly string[]; readonly columns: FactColumns }> => {
      const found = await model.collection
        .find(
          { uscc: { $gt: uscc }, ...(seenIn === undefined ? {} : { readingId: seenIn }) },
          {
            projection: { _id: 0, uscc: 1, values: 1 },
            session,
            sort: { uscc: 1 },
            limit,
            batchSize: limit,
            raw: true,
          },
        )
        .map((document) => document as unknown as Buffer) // what `raw` makes of it
        .toArray();
      const columns = new FactColumns(facts);
      const usccs: string[] = [];
      const visitor = {
        uscc: (code: string) => void (usccs[columns.rows - 1] = code),
        fact: (fact: string, value: FactValue) => {
          columns.put(columns.rows - 1, fact, value);
        },
      };
      for (const bson of found) {
        const row = columns.appendUnknown();
        try {
          rawFacts.read(bson, visitor);
        } catch {
          // Something that no record of facts has: what of it can be used counts, and it costs no other enterprise.
          const { uscc, values } = mongo.BSON.deserialize(bson);
          usccs[row] = String(uscc);
          columns.replace(row, storedValues(values).values);
        }
      }
      return { usccs, columns };
    },

    /**
     * All enterprises, as a stream, with the named facts only (null: with all of them, which takes many times as long).
     */
    stream: async function* (facts: readonly string[] | null): AsyncGenerator<StreamedFacts> {
      const values = facts === null ? { values: 1 } : Object.fromEntries(facts.map((fact) => [`values.${fact}`, 1]));
      const found = model.collection.find<FactsDocument>(
        {},
        {
          projection: { uscc: 1, 'industry.code': 1, 'region.code': 1, ...values },
          batchSize: facts === null ? 1_000 : 5_000,
        },
      );
      for await (const document of found) yield streamed(document);
    },

    /**
     * Follows the changes from now on. Every writer here puts whole records or removes them; only what marks them as
     * seen updates.
     */
    changes: async (): Promise<FactsChanges> => {
      const stream = model.collection.watch<FactsDocument>(
        [
          { $match: { operationType: { $ne: 'update' } } },
          {
            $project: {
              operationType: 1,
              documentKey: 1,
              'fullDocument._id': 1,
              'fullDocument.uscc': 1,
              'fullDocument.industry': 1,
              'fullDocument.region': 1,
              'fullDocument.values': 1,
            },
          },
        ],
        { maxAwaitTimeMS: LOOK_MS, batchSize: 1_000 },
      );
      // The stream begins where it is first asked.
      await stream.tryNext();
      return {
        next: async () => {
          const change = await stream.tryNext();
          if (change === null) return null;
          if (change.operationType === 'insert' || change.operationType === 'replace')
            return { id: change.documentKey._id.toHexString(), facts: streamed(change.fullDocument) };
          if (change.operationType === 'delete') return { id: change.documentKey._id.toHexString(), facts: null };
          throw new Error(`The collection of facts was changed by ${change.operationType}.`);
        },
        close: async () => stream.close(),
      };
    },

    /** USCCs of the enterprises that a filter finds; for the reverse look-up "who gets this". */
    find: async (filter: MongoFilter, limit: number): Promise<string[]> =>
      (await model.find(filter, { _id: 0, uscc: 1 }).sort({ uscc: 1 }).limit(limit).lean<{ uscc: string }[]>()).map(
        ({ uscc }) => uscc,
      ),

    count: async (): Promise<number> => model.estimatedDocumentCount(),

    /** How many enterprises pass a filter, by the section letter of their industry and their district. */
    placeCounts: async (filter: MongoFilter): Promise<PlaceCount[]> =>
      model.collection
        .aggregate<PlaceCount>([
          { $match: filter },
          {
            $group: {
              _id: { section: { $substrCP: ['$industry.code', 0, 1] }, district: '$region.code' },
              enterprises: { $sum: 1 },
            },
          },
          { $project: { _id: 0, section: '$_id.section', district: '$_id.district', enterprises: 1 } },
        ])
        .toArray(),

    /** What is held of enterprises beside the facts of the register, and in which version those are. */
    versions: async (usccs: readonly string[]): Promise<HeldVersion[]> =>
      model.collection
        .find<HeldVersion>({ uscc: { $in: [...usccs] } }, { projection: VERSION_FIELDS, batchSize: usccs.length + 1 })
        .map(usableVersion)
        .toArray(),

    /** USCCs of the records that hold something that cannot be used as it is stored; looks through all. */
    faulty: async (): Promise<string[]> => {
      const usccs: string[] = [];
      const all = model.collection.find<EnterpriseFactsRecord>({}, { projection: { _id: 0 }, batchSize: 1_000 });
      for await (const record of all) if (isFaulty(record)) usccs.push(record.uscc);
      return usccs;
    },

    /**
     * Notes that the register returned records again and that they stay as they are; where `creditTold`, so did the
     * credit department.
     */
    markSeen: async (
      usccs: readonly string[],
      {
        readingId,
        readAt,
        on,
        creditTold,
      }: Pick<EnterpriseFactsRecord, 'readingId' | 'readAt'> & { readonly on: LegalDay; readonly creditTold: boolean },
    ): Promise<void> => {
      if (usccs.length > 0)
        await model.updateMany(
          { uscc: { $in: [...usccs] } },
          { $set: { readingId, readAt, 'told.on': on, ...(creditTold ? { 'told.creditOn': on } : {}) } },
        );
    },

    putAll: async (records: readonly EnterpriseFactsRecord[], session: ClientSession | null = null): Promise<void> => {
      if (records.length === 0) return;
      // Through the driver: casting thousands of records by the schema takes longer than reading them.
      await model.collection.bulkWrite(
        records.map((record) => ({
          replaceOne: { filter: { uscc: record.uscc }, replacement: stored(record), upsert: true },
        })),
        { ordered: false, ...(session === null ? {} : { session }) },
      );
    },

    /** USCCs that a finished reading did not see: no longer registered. */
    unseenBy: async (readingId: string): Promise<string[]> =>
      (await model.find({ readingId: { $ne: readingId } }, { _id: 0, uscc: 1 }).lean<{ uscc: string }[]>()).map(
        ({ uscc }) => uscc,
      ),

    remove: async (usccs: readonly string[], session: ClientSession | null = null): Promise<void> => {
      await model.deleteMany({ uscc: { $in: [...usccs] } }).session(session);
    },
  };
}
