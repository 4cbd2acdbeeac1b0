import type { Clock, Logger } from '@zhitong/kit';
import { ReportedFailure, type Jobs } from '@zhitong/kit/jobs';
import { inTransaction } from '@zhitong/kit/mongo';
import type { Outbox } from '@zhitong/kit/outbox';
import type { Connection } from 'mongoose';
import { connectorCollections, type RunRecord } from './collections.js';
import { dropOldJournals } from './journal.js';
import { connectorReads, type ShownSource } from './read-runs.js';
import { sourceSilent } from './run-events.js';
import type { RunMetrics } from './run-metrics.js';
import { RunRefused } from './run-settings.js';
import { nextAfter } from './schedule.js';

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

interface WatchTools {
  readonly connection: Connection;
  readonly clock: Clock;
  readonly outbox: Pick<Outbox, 'append'>;
  readonly logger: Pick<Logger, 'error'>;
}

/** Does something with each source as it stands now. One that cannot be looked at is reported, and costs no other. */
async function eachSource(
  { connection, clock, logger }: Pick<WatchTools, 'connection' | 'clock' | 'logger'>,
  work: (source: ShownSource) => Promise<void>,
): Promise<void> {
  const reads = connectorReads(connection);
  for (const { _id } of await connectorCollections(connection)
    .sources.find({}, { projection: { _id: 1 } })
    .sort({ _id: 1 })
    .toArray())
    try {
      const source = await reads.source(_id, clock.now());
      if (source !== null) await work(source);
    } catch (error) {
      logger.error({ err: error, source: _id }, 'a source could not be looked at');
    }
}

/**
 * Starts the job that reports sources of which nothing has come for longer than promised, tells the metrics how they
 * stand, and drops what undoing old runs would need.
 */
export function watchSources({
  jobs,
  metrics,
  ...tools
}: WatchTools & { readonly jobs: Pick<Jobs, 'start'>; readonly metrics: RunMetrics }): void {
  const { connection, clock, logger } = tools;
  jobs.start({
    name: 'connector-watch',
    everyMs: SILENCE_WATCH_MS,
    work: async () => {
      await reportSilence(tools);
      await eachSource(tools, async ({ _id, lastDoneAt, isSilent }) => {
        metrics.stands(_id, { lastDoneAt, isSilent });
        return Promise.resolve();
      });
      for (const run of await dropOldJournals(connection, clock.now()))
        logger.error({ run }, 'nobody can say how old a run is, and what undoing it needs is kept');
    },
  });
}

/** Reports each source that has become silent, once until it delivers again. */
export async function reportSilence(tools: WatchTools): Promise<void> {
  const { connection, clock, outbox } = tools;
  const { sources } = connectorCollections(connection);
  await eachSource(
    tools,
    async ({ _id, target, department, lastDoneAt, silentAfterHours, isSilent, silenceToldAt }) => {
      if (!isSilent || silentAfterHours === null || silenceToldAt !== null) return;
      await inTransaction(connection, async (session) => {
        const told = await sources.updateOne(
          { _id, silenceToldAt: null },
          { $set: { silenceToldAt: clock.now() } },
          { session },
        );
        if (told.modifiedCount === 1)
          await outbox.append([sourceSilent({ source: _id, target, department, lastDoneAt, silentAfterHours })], {
            session,
          });
      });
    },
  );
}
