import { insertMissing } from '@zhitong/kit/mongo';
import { Schema, type ClientSession, type Connection } from 'mongoose';

/** The ten directs (十个直通), by what one is connected to. */
export const DIRECT_KINDS = [
  'HOTLINE_12345',
  'COMMERCE_FEDERATION_LINE',
  'PORTAL',
  'SECRETARY',
  'MAYOR',
  'SERVICE_CENTRE',
  'DEPARTMENT',
  'PARK',
  'AGENT',
  'SUPERVISION',
] as const;
export type DirectKind = (typeof DIRECT_KINDS)[number];

/** A line that anybody may call. */
export interface DirectLineRecord {
  id: string;
  kind: DirectKind;
  name: string;
  departmentCode: string;
  /** Public telephone of the desk, or an https address. */
  reach: string;
  /** District, park's district; null: the whole city. */
  region: string | null;
  /** Words for what it is called; empty: anything. */
  matters: string[];
  isActive: boolean;
  version: number;
}

const required = true;
const schema = new Schema<DirectLineRecord>(
  {
    id: { type: String, required },
    kind: { type: String, required },
    name: { type: String, required },
    departmentCode: { type: String, required },
    reach: { type: String, required },
    region: { type: String, default: null },
    matters: { type: [String], required },
    isActive: { type: Boolean, required },
    version: { type: Number, required, min: 1 },
  },
  { collection: 'direct_lines', versionKey: false, strict: 'throw', id: false },
);
schema.index({ id: 1 }, { unique: true });

export type DirectLineStore = ReturnType<typeof directLineStore>;

/** The lines that the directory lists: some dozen, read whole. */
export function directLineStore(db: Connection) {
  const model = db.model('DirectLine', schema);
  const plain = { _id: 0 } as const;
  return {
    active: async (): Promise<DirectLineRecord[]> =>
      model.find({ isActive: true }, plain).sort({ id: 1 }).lean<DirectLineRecord[]>(),
    byId: async (id: string, session?: ClientSession): Promise<DirectLineRecord | null> =>
      model.findOne({ id }, plain, { session: session ?? null }).lean<DirectLineRecord | null>(),
    put: async (line: DirectLineRecord, session: ClientSession): Promise<void> => {
      await model.collection.replaceOne({ id: line.id }, { ...line }, { session, upsert: true });
    },
    /** Puts records in unless they are there; for the demo's load. */
    addMissing: async (lines: readonly DirectLineRecord[]): Promise<void> => insertMissing(model.collection, lines),
  };
}
