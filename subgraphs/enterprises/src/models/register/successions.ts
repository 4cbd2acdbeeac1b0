import type { ClientSession, mongo } from 'mongoose';
import type { PredecessorRecord } from '../../domain/register/succession.js';

interface GoingOn {
  readonly uscc: string;
  readonly predecessors?: readonly PredecessorRecord[];
}

/** Who goes on from whom, in the records of the enterprises. */
export const successions = (enterprises: mongo.Collection) => ({
  /** Those that go on from an enterprise, with their lines. */
  goingOnFrom: async (uscc: string, session: ClientSession): Promise<GoingOn[]> =>
    enterprises
      .find<GoingOn>({ 'predecessors.uscc': uscc }, { projection: { _id: 0, uscc: 1, predecessors: 1 }, session })
      .toArray(),

  /** Writes whom an enterprise goes on from and grows its version. */
  setPredecessors: async (
    uscc: string,
    predecessors: readonly PredecessorRecord[],
    session: ClientSession,
  ): Promise<void> => {
    await enterprises.updateOne({ uscc }, { $set: { predecessors }, $inc: { version: 1 } }, { session });
  },
});
