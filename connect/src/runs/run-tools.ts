import type { ClientSession, Connection } from 'mongoose';
import type { Target } from '../target.js';
import type { ConnectorCollections, RunRecord } from './collections.js';
import type { JudgedRow } from './judge-records.js';
import { type OtherSource } from './precedence.js';
import { type RefusedRow } from './rows/refusals.js';
import type { RunSettings } from './run-settings.js';

/** What a run of one source works with. */
export interface RunTools {
  readonly connection: Connection;
  readonly collections: ConnectorCollections;
  readonly target: Target;
  readonly settings: RunSettings;
  readonly others: readonly OtherSource[];
  /** Refusals of earlier runs stand open. */
  readonly hasOpenRefusals: boolean;
  /** How often rows of the source were made to land again, when this run began. */
  readonly sayAgain: number;
  /** Whether none of some rows can be stored yet by an earlier batch or run. */
  readonly isNews: (rows: readonly JudgedRow[]) => boolean;
  readonly isDryRun: boolean;
  readonly now: () => Date;
  /** Writes refused rows for who corrects them, before the batch is stored; gives the length of that file in bytes. */
  readonly reject: (rows: readonly RefusedRow[]) => Promise<number>;
}

/** Stores the run's record if it still stands as this process last stored it. @throws RunLost when it does not */
export async function storeRun(
  { runs }: ConnectorCollections,
  { _id, batches }: RunRecord,
  { _id: _same, ...after }: RunRecord,
  session: ClientSession,
): Promise<void> {
  const { matchedCount } = await runs.updateOne({ _id, batches, state: 'RUNNING' }, { $set: after }, { session });
  if (matchedCount === 0) throw new RunLost(`Another process goes on with the run ${_id}.`);
}

/** Another process goes on with this run; this one must write no more. */
export class RunLost extends Error {
  override readonly name = 'RunLost';
}
