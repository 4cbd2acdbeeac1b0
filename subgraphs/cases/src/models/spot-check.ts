import { insertMissing, isDuplicateKey } from '@zhitong/kit/mongo';
import { Schema, type ClientSession, type Connection } from 'mongoose';

/** A draw as it was made. */
export interface SpotCheckRecord {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly seed: string;
  readonly percent: number;
  readonly populationSize: number;
  readonly populationDigest: string;
  readonly drawn: readonly string[];
  readonly drawnAt: Date;
  readonly drawnBy: string;
  /** All checks have been opened; a process killed before is made good by the overdue job. */
  readonly isOpened: boolean;
  /** The months drawn from, YYYY-MM. */
  readonly months: readonly string[];
  /** Departments whose officers look at the drawn cases; draws from before there were teams have none. */
  readonly team?: readonly string[];
  /** When the seed was committed to; null where the program made it up at the draw. */
  readonly seedCommittedAt?: Date | null;
}

/** A seed that was committed to before its population was known: its SHA-256 alone. */
export interface SeedCommitment {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  /** SHA-256 of the seed, 64 lower-case hexadecimal digits. */
  readonly seedHash: string;
  readonly committedAt: Date;
  readonly committedBy: string;
  /** The months that it is for, YYYY-MM; commitments from before months were kept have none. */
  readonly months?: readonly string[];
  /** What the seed is made of, with a key outside the database, where the program made it. */
  readonly sealing?: string;
  /** The seed itself in commitments from before there was that key. */
  readonly sealedSeed?: string;
  readonly isSealed?: boolean;
}

/** A commitment as readers see it. */
export type PublishedCommitment = Omit<SeedCommitment, 'sealedSeed' | 'sealing'>;

/** A draw with the cases that it was made from: enough to repeat it, whatever became of them since. */
export interface RepeatableSpotCheck extends SpotCheckRecord {
  readonly population: readonly string[];
}

const required = true;
const schema = new Schema(
  {
    id: { type: String, required },
    from: { type: String, required },
    to: { type: String, required },
    seed: { type: String, required },
    percent: { type: Number, required },
    population: { type: [String], required },
    populationSize: { type: Number, required },
    populationDigest: { type: String, required },
    drawn: { type: [String], required },
    drawnAt: { type: Date, required },
    drawnBy: { type: String, required },
    isOpened: { type: Boolean, required },
    months: { type: [String], required },
    team: { type: [String] },
    seedCommittedAt: { type: Date, default: null },
  },
  { collection: 'spot_checks', versionKey: false, strict: 'throw', id: false },
);
schema.index({ id: 1 }, { unique: true });
// A month is drawn once: nobody draws again until the cases suit.
schema.index({ months: 1 }, { unique: true });
schema.index({ from: -1 });

const commitments = new Schema(
  {
    id: { type: String, required },
    from: { type: String, required },
    to: { type: String, required },
    seedHash: { type: String, required },
    committedAt: { type: Date, required },
    committedBy: { type: String, required },
    months: { type: [String], default: undefined },
    sealing: { type: String },
    sealedSeed: { type: String },
    isSealed: { type: Boolean },
  },
  { collection: 'spot_check_seeds', versionKey: false, strict: 'throw', id: false },
);
// What was committed to stays: nobody tries seeds until the cases suit.
commitments.index({ id: 1 }, { unique: true });
// Nor does anybody commit to several seeds for a month, in periods of different length, to choose between them later.
commitments.index({ months: 1 }, { unique: true, partialFilterExpression: { months: { $exists: true } } });
commitments.index({ from: -1 });

export type SpotCheckStore = ReturnType<typeof spotCheckStore>;

/** The draws of the second look. */
export function spotCheckStore(db: Connection) {
  const model = db.model('SpotCheck', schema);
  const seeds = db.model('SpotCheckSeed', commitments);
  const plain = { _id: 0 } as const;
  const published = { _id: 0, sealedSeed: 0, sealing: 0 } as const;
  return {
    byId: async (id: string): Promise<RepeatableSpotCheck | null> =>
      model.findOne({ id }, plain).lean<RepeatableSpotCheck | null>(),
    latest: async (limit: number): Promise<SpotCheckRecord[]> =>
      model
        .find({}, { ...plain, population: 0 })
        .sort({ from: -1 })
        .limit(limit)
        .lean<SpotCheckRecord[]>(),
    /** The case numbers that many draws were made from, sorted, by draw. */
    populations: async (ids: readonly string[]): Promise<Map<string, readonly string[]>> => {
      const found = await model
        .find({ id: { $in: [...ids] } }, { _id: 0, id: 1, population: 1 })
        .lean<Pick<RepeatableSpotCheck, 'id' | 'population'>[]>();
      return new Map(found.map(({ id, population }) => [id, [...population].sort()]));
    },
    /** The draw that has one of the months already; null when none has. */
    ofMonths: async (months: readonly string[], session: ClientSession): Promise<{ id: string } | null> =>
      model.findOne({ months: { $in: [...months] } }, { _id: 0, id: 1 }, { session }).lean<{ id: string } | null>(),
    commitment: async (id: string): Promise<PublishedCommitment | null> =>
      seeds.findOne({ id }, published).lean<PublishedCommitment | null>(),
    /** The commitment for exactly these months, with what its seed is made of where the program made it. */
    commitmentToDraw: async (id: string, session: ClientSession): Promise<SeedCommitment | null> =>
      seeds.findOne({ id }, plain, { session }).lean<SeedCommitment | null>(),
    /** Commitments for any of the days, the earliest first. */
    commitmentsWithin: async (from: string, to: string, session: ClientSession): Promise<PublishedCommitment[]> =>
      seeds
        .find({ from: { $lte: to }, to: { $gte: from } }, published, { session })
        .sort({ from: 1 })
        .lean<PublishedCommitment[]>(),
    commitments: async (limit: number): Promise<PublishedCommitment[]> =>
      seeds.find({}, published).sort({ from: -1 }).limit(limit).lean<PublishedCommitment[]>(),
    /** Commitments by the ids of their draws. */
    commitmentsOf: async (ids: readonly string[]): Promise<PublishedCommitment[]> =>
      seeds.find({ id: { $in: [...ids] } }, published).lean<PublishedCommitment[]>(),
    /** Stores a commitment; false when there is one for one of its months. */
    commit: async (record: SeedCommitment, session: ClientSession): Promise<boolean> => {
      try {
        await seeds.collection.insertOne({ ...record }, { session });
        return true;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },
    notOpened: async (): Promise<SpotCheckRecord[]> => model.find({ isOpened: false }, plain).lean<SpotCheckRecord[]>(),
    setOpened: async (id: string): Promise<void> => {
      await model.updateOne({ id }, { $set: { isOpened: true } });
    },
    /** Stores a draw; false when one of its months has been drawn from already. */
    insert: async (record: RepeatableSpotCheck, session: ClientSession): Promise<boolean> => {
      try {
        await model.collection.insertOne({ ...record }, { session });
        return true;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },
    /** Puts records in unless they are there; for the demo's load, which can be run again and changes nobody's work. */
    addMissing: async (
      records: readonly RepeatableSpotCheck[],
      committed: readonly SeedCommitment[],
    ): Promise<void> => {
      await insertMissing(seeds.collection, committed);
      await insertMissing(model.collection, records);
    },
  };
}
