import { SUPERGRAPHS, type StoredSupergraph } from '@zhitong/gateway/feed';
import { Schema, type ClientSession, type Connection } from 'mongoose';

const required = true;
const schema = new Schema<StoredSupergraph>(
  { _id: { type: Number, required }, sdl: { type: String, required }, at: { type: Date, required } },
  { collection: SUPERGRAPHS, versionKey: false, strict: 'throw' },
);

export type SupergraphStore = ReturnType<typeof supergraphStore>;

/** What gateways serve. */
export function supergraphStore(db: Connection) {
  const model = db.model('Supergraph', schema);
  return {
    insert: async (supergraph: StoredSupergraph, session: ClientSession): Promise<void> => {
      await model.insertMany([supergraph], { session, lean: true });
    },
    /** The graph as it stood with a publication; null before the first. */
    at: async (number: number): Promise<string | null> => {
      const found = await model
        .findOne({ _id: { $lte: number } })
        .sort({ _id: -1 })
        .lean<StoredSupergraph | null>();
      return found?.sdl ?? null;
    },
  };
}
