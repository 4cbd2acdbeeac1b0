import { createHash } from 'node:crypto';
import { Schema, type ClientSession, type Connection } from 'mongoose';
import { FILE_KINDS, type IncomingFile } from '../domain/files/case-file.js';

/** A file that no case has taken may be swept this long after it was announced, by the database's clock. */
const KEPT_MS = 86_400_000;

const required = true;

const fileSchema = new Schema(
  {
    id: { type: String, required },
    sender: { type: String, required },
    name: { type: String, required },
    kind: { type: String, required, enum: FILE_KINDS },
    bytes: { type: Number, required },
    received: { type: Number, required },
    sha256: { type: String, default: null },
    caseNumber: { type: String, default: null },
    /** Since when it waits for a case, by the database's clock; absent once a case has taken it. */
    waitingSince: { type: Date },
  },
  { collection: 'case_files', versionKey: false, strict: 'throw', id: false },
);
fileSchema.index({ id: 1 }, { unique: true });
fileSchema.index({ sender: 1, caseNumber: 1 });
fileSchema.index({ waitingSince: 1 }, { sparse: true });

interface StoredPart {
  readonly file: string;
  readonly part: number;
  readonly content: Buffer;
}

const partSchema = new Schema(
  {
    file: { type: String, required },
    part: { type: Number, required },
    content: { type: Buffer, required },
  },
  { collection: 'case_file_parts', versionKey: false, strict: 'throw', id: false },
);
partSchema.index({ file: 1, part: 1 }, { unique: true });

export type CaseFileStore = ReturnType<typeof caseFileStore>;

/** Files of cases: what is known of each, and its content by parts. */
export function caseFileStore(db: Connection) {
  const files = db.model('CaseFile', fileSchema);
  const parts = db.model('CaseFilePart', partSchema);
  const plain = { _id: 0, waitingSince: 0 } as const;
  return {
    /** Announces a file. */
    begin: async (file: IncomingFile, session: ClientSession): Promise<void> => {
      const { id, ...rest } = file;
      await files.updateOne(
        { id },
        { $setOnInsert: rest, $currentDate: { waitingSince: true } },
        { session, upsert: true },
      );
    },

    /** Files of a sender that no case has taken, and their bytes. */
    onTheWay: async (sender: string, session: ClientSession): Promise<{ files: number; bytes: number }> => {
      const [sums] = await files
        .aggregate<{ files: number; bytes: number }>([
          { $match: { sender, caseNumber: null } },
          { $group: { _id: null, files: { $sum: 1 }, bytes: { $sum: '$bytes' } } },
        ])
        .session(session);
      return { files: sums?.files ?? 0, bytes: sums?.bytes ?? 0 };
    },

    /** What is known of some files, by id; what was swept is absent. */
    byIds: async (ids: readonly string[], session?: ClientSession): Promise<Map<string, IncomingFile>> =>
      new Map(
        (await files.find({ id: { $in: [...ids] } }, plain, { session: session ?? null }).lean<IncomingFile[]>()).map(
          (file) => [file.id, file],
        ),
      ),

    /**
     * Keeps the part that is awaited, by what was read of the file in the same transaction: of two that come at once
     * one meets the other's write.
     */
    addPart: async (
      { file, part, content }: Omit<StoredPart, 'content'> & { content: Uint8Array },
      session: ClientSession,
    ): Promise<void> => {
      await files.updateOne({ id: file }, { $inc: { received: 1 } }, { session });
      await parts.updateOne({ file, part }, { $set: { content: Buffer.from(content) } }, { session, upsert: true });
    },

    /** Notes what the content of a file is whose last part has come; returns its SHA-256, hexadecimal. */
    seal: async (id: string, session: ClientSession): Promise<string> => {
      const hash = createHash('sha256');
      for await (const { content } of parts
        .find({ file: id }, { _id: 0 }, { session })
        .sort({ part: 1 })
        .lean<StoredPart>()
        .cursor())
        hash.update(bytesOf(content));
      const sha256 = hash.digest('hex');
      await files.updateOne({ id }, { $set: { sha256 } }, { session });
      return sha256;
    },

    /** Gives whole files to a case for good; false when one of them was taken or swept in between. */
    give: async (ids: readonly string[], caseNumber: string, session: ClientSession): Promise<boolean> => {
      const { modifiedCount } = await files.updateMany(
        { id: { $in: [...ids] }, caseNumber: null, sha256: { $ne: null } },
        { $set: { caseNumber }, $unset: { waitingSince: 1 } },
        { session },
      );
      return modifiedCount === ids.length;
    },

    /** Ids of files that have waited for a case long enough, the longest first. */
    leftBehind: async (limit: number): Promise<string[]> =>
      (
        await files
          .find(
            { waitingSince: { $exists: true }, $expr: { $lt: ['$waitingSince', { $subtract: ['$$NOW', KEPT_MS] }] } },
            { _id: 0, id: 1 },
          )
          .sort({ waitingSince: 1 })
          .limit(limit)
          .lean<{ readonly id: string }[]>()
      ).map(({ id }) => id),

    /** Removes a file with its content; false when a case took it in between. */
    remove: async (id: string, session: ClientSession): Promise<boolean> => {
      const { deletedCount } = await files.deleteOne({ id, caseNumber: null }, { session });
      if (deletedCount > 0) await parts.deleteMany({ file: id }, { session });
      return deletedCount > 0;
    },

    /** The content of a part of a case's file. @throws Error when it is not there: what was given to a case stays. */
    contentOf: async (file: string, part: number): Promise<Buffer> => {
      const stored = await parts.findOne({ file, part }, { _id: 0 }).lean<StoredPart | null>();
      if (stored === null) throw new Error(`The part ${part} of the file ${file} is not there.`);
      return bytesOf(stored.content);
    },
  };
}

/** A lean read brings the driver's own Binary. */
const bytesOf = (content: Buffer | { readonly buffer: Uint8Array }): Buffer =>
  Buffer.isBuffer(content) ? content : Buffer.from(content.buffer);
