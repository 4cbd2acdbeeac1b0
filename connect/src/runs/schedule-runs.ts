import type { Clock, Logger } from '@zhitong/kit';
import { ReportedFailure, type Jobs } from '@zhitong/kit/jobs';
import { inTransaction } from '@zhitong/kit/mongo';
import type { Outbox } from '@zhitong/kit/outbox';
import type { Connection } from 'mongoose';
import { connectorCollections, type RunRecord } from './collections.js';
import { dropOldJournals } from './journal.js';
import { connectorReads, nextAfter } from './read-runs.js';
import { sourceSilent } from './run-events.js';
import type { RunMetrics } from './run-metrics.js';
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
/** And at most this long: a run that another process left when it died is gone on with so soon. */
const LONGEST_PAUSE_MS = 60_000;
/** After so long another process looks after the schedule of one that died. */
const LEASE_MS = 30_000;

/**
 * Whether a source is to be run: it never was; its last run was broken off because its process ended, and is to be gone
 * on with; or its schedule has demanded one since the last run ended. So a run that was due while nobody was there is
 * made once, however often it was due. What failed waits for the next time of the schedule.
 * @param last the newest run of the source
 */
export function isDue(
  last: Pick<RunRecord, 'state' | 'startedAt' | 'finishedAt'> | undefined,
  { schedule, now }: { readonly schedule: string; readonly now: Date },
): boolean {
  if (last === undefined || last.state === 'RUNNING' || last.state === 'STOPPED') return true;
  const next = nextAfter(schedule, last.finishedAt ?? last.startedAt);
  return next !== null && next <= now;
}

/**
 * Starts the job that runs a source by its schedule. Of several processes of the department one looks at a time, so
 * that what is due is run once.
 */
export function scheduleRun(
  { name, schedule, run }: ScheduledSource,
  {
    connection,
    jobs,
    clock,
    logger,
  }: {
    readonly connection: Connection;
    readonly jobs: Pick<Jobs, 'start'>;
    readonly clock: Clock;
    readonly logger: Logger;
  },
): void {
  const reads = connectorReads(connection);
  jobs.start({
    name: `connector-run-${name}`,
    leaseMs: LEASE_MS,
    everyMs: () => {
      const now = clock.now();
      const untilNext = (nextAfter(schedule, now)?.getTime() ?? Infinity) - now.getTime();
      return Math.min(LONGEST_PAUSE_MS, Math.max(SHORTEST_PAUSE_MS, untilNext));
    },
    work: async ({ isOver }) => {
      const [last] = await reads.runs(name, { limit: 1 });
      if (!isDue(last, { schedule, now: clock.now() })) return;
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

/**
 * Starts the job that reports sources of which nothing has come for longer than promised, tells the metrics how they
 * stand, and drops what undoing old runs would need.
 */
export function watchSources({
  jobs,
  metrics,
  ...tools
}: {
  readonly connection: Connection;
  readonly jobs: Pick<Jobs, 'start'>;
  readonly clock: Clock;
  readonly outbox: Pick<Outbox, 'append'>;
  readonly metrics: RunMetrics;
}): void {
  const { connection, clock } = tools;
  jobs.start({
    name: 'connector-watch',
    everyMs: SILENCE_WATCH_MS,
    work: async () => {
      await reportSilence(tools);
      for (const { _id, lastDoneAt, isSilent } of await connectorReads(connection).sources(clock.now()))
        metrics.stands(_id, { lastDoneAt, isSilent });
      await dropOldJournals(connection, clock.now());
    },
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
