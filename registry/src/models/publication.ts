import { Schema, type ClientSession, type Connection } from 'mongoose';
import type { SchemaChange } from '../domain/schema-change.js';

/** Who did something: the subject of his token and, where it names one, his department. */
export interface Author {
  readonly sub: string;
  readonly department: string | null;
}

/** One step of a department's schema, kept for good. */
export interface Publication {
  /** Number among all publications of the city, without gaps. */
  readonly number: number;
  /** Name of the department in the graph. */
  readonly department: string;
  readonly kind: 'PUBLISH' | 'ROLLBACK' | 'RETIRE';
  /** Null when the department leaves. */
  readonly sdl: string | null;
  readonly url: string | null;
  /** The machine identity that may publish the next one. */
  readonly owner: string | null;
  readonly author: Author;
  readonly reason: string;
  /** The commit that it was made from, as the author names it. */
  readonly commit: string | null;
  readonly at: Date;
  /** Whether an administrator published it against a refusal. */
  readonly forced: boolean;
  readonly changes: readonly SchemaChange[];
}

type Stored = Omit<Publication, 'number'> & { readonly _id: number };

const required = true;
const schema = new Schema<Stored>(
  {
    _id: { type: Number, required },
    department: { type: String, required },
    kind: { type: String, required, enum: ['PUBLISH', 'ROLLBACK', 'RETIRE'] },
    sdl: { type: String, default: null },
    url: { type: String, default: null },
    owner: { type: String, default: null },
    author: { type: Schema.Types.Mixed, required },
    reason: { type: String, required },
    commit: { type: String, default: null },
    at: { type: Date, required },
    forced: { type: Boolean, required },
    changes: { type: [Schema.Types.Mixed], required },
  },
  { collection: 'publications', versionKey: false, strict: 'throw' },
);
schema.index({ department: 1, _id: -1 });

export type PublicationStore = ReturnType<typeof publicationStore>;

const shown = ({ _id, ...rest }: Stored): Publication => ({ number: _id, ...rest });

/** Everything that was ever published. */
export function publicationStore(db: Connection) {
  const model = db.model('Publication', schema);
  return {
    insert: async (publications: readonly Publication[], session: ClientSession): Promise<void> => {
      await model.insertMany(
        publications.map(({ number, ...rest }) => ({ _id: number, ...rest })),
        { session, lean: true },
      );
    },
    byNumber: async (numbers: readonly number[]): Promise<Publication[]> =>
      (
        await model
          .find({ _id: { $in: numbers } })
          .sort({ _id: 1 })
          .lean<Stored[]>()
      ).map(shown),
    /** The newest first, without their schemas, which are large. */
    history: async ({
      department,
      after = 0,
      before = Infinity,
      limit,
    }: {
      department?: string | undefined;
      after?: number | undefined;
      before?: number | undefined;
      limit: number;
    }): Promise<Publication[]> =>
      (
        await model
          .find({ ...(department === undefined ? {} : { department }), _id: { $gt: after, $lt: before } }, { sdl: 0 })
          .sort({ _id: -1 })
          .limit(limit)
          .lean<Omit<Stored, 'sdl'>[]>()
      ).map((stored) => shown({ ...stored, sdl: null })),
  };
}
