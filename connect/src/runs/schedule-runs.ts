import type { Clock, Logger } from '@zhitong/kit';
import { ReportedFailure, type Jobs } from '@zhitong/kit/jobs';
import { inTransaction } from '@zhitong/kit/mongo';
import type { Outbox } from '@zhitong/kit/outbox';
import type { Connection } from 'mongoose';
import { connectorCollections } from './collections.js';
import { connectorReads, nextAfter } from './read-runs.js';
import { sourceSilent } from './run-events.js';
import { RunRefused } from './run-settings.js';

/** A source that is run by its schedule. */
export interface ScheduledSource {
  readonly name: string;
  /** Five-field cron expression in Asia/Shanghai. */
  readonly schedule: string;
  /** Runs it; ends early when `isOver` says so. */
  readonly run: (isOver: () => boolean) => Promise<void>;
}

/** How often is looked for sources that are silent. */
const SILENCE_WATCH_MS = 600_000;
/** A job's pause is at least this long, so that a schedule of each minute is not asked for twice. */
const SHORTEST_PAUSE_MS = 1_000;

/**
 * Starts a job for each source with a schedule, and one that reports sources of which nothing has come for longer than
 * promised. A run that was due while the department was down is made when it is up again: due is what the schedule
 * demands since the last run began.
 */
export function scheduleRuns({
  connection,
  jobs,
  sources,
  clock,
  outbox,
  logger,
}: {
  readonly connection: Connection;
  readonly jobs: Pick<Jobs, 'start'>;
  readonly sources: readonly ScheduledSource[];
  readonly clock: Clock;
  readonly outbox: Pick<Outbox, 'append'>;
  readonly logger: Logger;
}): void {
  const reads = connectorReads(connection);
  for (const { name, schedule, run } of sources) {
    jobs.start({
      name: `connector-run-${name}`,
      everyMs: () => {
        const now = clock.now();
        return Math.max(SHORTEST_PAUSE_MS, (nextAfter(schedule, now)?.getTime() ?? Infinity) - now.getTime());
      },
      work: async ({ isOver }) => {
        const [last] = await reads.runs(name, { limit: 1 });
        const now = clock.now();
        const due = last === undefined ? now : nextAfter(schedule, last.startedAt);
        if (due === null || due > now) return;
        try {
          await run(isOver);
        } catch (error) {
          // Another process runs it.
          if (error instanceof RunRefused) return;
          logger.error({ err: error, source: name }, 'a run of a connector failed; the next one goes on there');
          throw new ReportedFailure(`The run of ${name} failed.`);
        }
      },
    });
  }
  jobs.start({
    name: 'connector-silence',
    everyMs: SILENCE_WATCH_MS,
    leaseMs: 60_000,
    work: async () => reportSilence({ connection, clock, outbox }),
  });
}

/** Reports each source that has become silent, once until it delivers again. */
export async function reportSilence({
  connection,
  clock,
  outbox,
}: {
  readonly connection: Connection;
  readonly clock: Clock;
  readonly outbox: Pick<Outbox, 'append'>;
}): Promise<void> {
  const { sources } = connectorCollections(connection);
  const now = clock.now();
  for (const { _id, target, department, lastDoneAt, silentAfterHours, isSilent, silenceToldAt } of await connectorReads(
    connection,
  ).sources(now)) {
    if (!isSilent || silentAfterHours === null || silenceToldAt !== null) continue;
    await inTransaction(connection, async (session) => {
      const told = await sources.updateOne({ _id, silenceToldAt: null }, { $set: { silenceToldAt: now } }, { session });
      if (told.modifiedCount === 1)
        await outbox.append([sourceSilent({ source: _id, target, department, lastDoneAt, silentAfterHours })], {
          session,
        });
    });
  }
}
