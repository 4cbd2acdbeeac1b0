import { isDepartmentUnavailable, type Clock, type Logger } from '@zhitong/kit';
import { isDatabaseAbsence } from '@zhitong/kit/mongo';
import type { Outbox } from '@zhitong/kit/outbox';
import type { Connection } from 'mongoose';
import { readMapping, type MappingReader } from '../commands/mapping-files.js';
import { connectorCollections, type RunRecord } from '../runs/collections.js';
import { connectorReads } from '../runs/read-runs.js';
import { RunLost } from '../runs/run-tools.js';
import type { RunMetrics } from '../runs/run-metrics.js';
import { RunRefused } from '../runs/run-settings.js';
import { runSource } from '../runs/run-source.js';
import type { Target } from '../target.js';

/** What delivered files are run with. */
export interface DeliveryTools {
  readonly connection: Connection;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly outbox: Pick<Outbox, 'append'>;
  readonly metrics?: RunMetrics;
  readonly targets: () => Promise<readonly Target[]>;
  /** Where mappings find their secrets. */
  readonly environment: MappingReader['environment'];
}

/** A file that was delivered whole. */
export interface DeliveredFile {
  /** Number of the delivery: the same file gets the same one, however often it is tried. */
  readonly delivery: string;
  readonly file: string;
  /** Where its refused rows are written. */
  readonly rejectFile: string;
  /** That file is theirs who delivered. */
  readonly rejectsGoBack: boolean;
}

/** States in which a delivery is over: it is never run again. */
const OVER: readonly RunRecord['state'][] = ['DONE', 'REFUSED', 'UNDONE'];

/**
 * Runs a delivered file to its end, once: of a delivery that is over its first run is given, and nothing is read. A run
 * that was killed goes on where it stood. A file that cannot be used ends as a run that is `REFUSED` or `FAILED`.
 * @throws whatever says nothing against the file (an outage, another run of the source, a mapping with faults): it is
 *   to be tried again
 */
export async function runDelivery(
  mapping: { readonly file: string; readonly source: string },
  { delivery, file, rejectFile, rejectsGoBack }: DeliveredFile,
  { targets, environment, ...tools }: DeliveryTools,
  isOver: () => boolean = () => false,
): Promise<RunRecord> {
  const { source } = mapping;
  const overBefore = async (): Promise<RunRecord | null> => {
    const newest = await newestRun(tools.connection, { source, delivery });
    return newest !== null && OVER.includes(newest.state) ? newest : null;
  };
  const earlier = await overBefore();
  if (earlier !== null) return earlier;
  const reader = { targets: await targets(), reads: connectorReads(tools.connection), environment };
  const { drift, ...read } = await readMapping(mapping.file, reader, { as: 'delivery', file, delivery });
  try {
    // Once more when the source is its own: the same one may have come twice at once, and the other one run meanwhile.
    const insteadOf = overBefore;
    return (await runSource({ ...tools, ...read, drift, rejectFile, rejectsGoBack, isOver, insteadOf })).run;
  } catch (error) {
    const run = await newestRun(tools.connection, { source, delivery });
    if (run === null || isPassing(error)) throw error;
    tools.logger.error({ err: error, source, delivery }, 'a delivered file could not be run to its end');
    return run;
  }
}

/** The newest run of a delivery; null for one that was never begun. */
export const newestRun = async (
  connection: Connection,
  of: { readonly source: string; readonly delivery: string },
): Promise<RunRecord | null> => connectorCollections(connection).runs.findOne({ ...of }, { sort: { _id: -1 } });

/** What may be otherwise next time, and says nothing against the file. */
const isPassing = (error: unknown): boolean =>
  error instanceof RunRefused || error instanceof RunLost || isDepartmentUnavailable(error) || isDatabaseAbsence(error);
