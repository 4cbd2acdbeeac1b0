import type { Connection } from 'mongoose';
import { Registry } from 'prom-client';
import type { Logger } from '../logger.js';
import { jobLeases, type JobLeases } from './job-lease.js';
import { jobMetrics, type JobMetrics } from './job-metrics.js';
import { repeat, type Repeated, type Round } from './repeat.js';
import { systemTimers, type Timers } from './timers.js';

/** Work that a department does again and again: what, how often, under which lease. */
export interface Job {
  /** Names it in the metrics, the log and its lease: small letters, digits and hyphens, said once in a department. */
  readonly name: string;
  /** Milliseconds between the end of a round and the beginning of the next. */
  readonly everyMs: number | (() => number);
  /**
   * A round is done by one process of the department at a time, which has it for so many milliseconds and prolongs that
   * while it works; after so long another one goes on for a process that died. Left out where each process works for
   * itself.
   */
  readonly leaseMs?: number;
  /** False: the first round is begun after a pause, or when it is asked for. */
  readonly beginsAtOnce?: boolean;
  /**
   * One round. What is left when it is over is done in the next; what it throws is logged, and the round tried again.
   */
  readonly work: (round: Pick<Round, 'isOver'>) => Promise<void>;
}

/** A round was not done, and the log says so already. */
export class ReportedFailure extends Error {
  override readonly name = 'ReportedFailure';
}

/** The jobs of a department's process. */
export interface Jobs {
  /** Starts a job. @throws Error for a name that is taken */
  readonly start: (job: Job) => Repeated;
  /** Stops all, and waits for the rounds in hand. */
  readonly stop: () => Promise<void>;
}

/**
 * When another process has the lease, whoever asked for a round looks again so soon: that process may have read before
 * the change.
 */
const LOOK_AGAIN_MS = 1_000;

/** Opens the jobs of a process over its department's database. */
export function openJobs({
  connection,
  logger,
  metrics = new Registry(),
  timers = systemTimers,
  random = Math.random,
}: {
  connection: Connection;
  logger: Logger;
  metrics?: Registry;
  timers?: Timers;
  random?: () => number;
}): Jobs {
  const tools = { leases: jobLeases({ connection, timers }), figures: jobMetrics(metrics), logger };
  const started = new Map<string, Repeated>();
  return {
    start: (job) => {
      const { name, everyMs, beginsAtOnce } = job;
      if (started.has(name)) throw new Error(`The job ${name} is started already.`);
      tools.figures.announce(name);
      const repeated = repeat({
        everyMs,
        beginsAtOnce,
        timers,
        random,
        work: async (round) => runRound(job, round, tools),
        failed: (error, how) => {
          if (!(error instanceof ReportedFailure))
            logger.error({ err: error, job: name, ...how }, 'a round of a job failed and is tried again');
        },
      });
      started.set(name, repeated);
      return repeated;
    },
    stop: async () => {
      await Promise.all([...started.values()].map(async (repeated) => repeated.stop()));
    },
  };
}

interface Tools {
  readonly leases: JobLeases;
  readonly figures: JobMetrics;
  readonly logger: Logger;
}

/** A round under its lease; gives when to look again when another process has it and somebody asked for the round. */
async function runRound(job: Job, round: Round, tools: Tools): Promise<number | undefined> {
  if (job.leaseMs === undefined) {
    await measured(job, round, tools);
    return undefined;
  }
  const lease = await tools.leases.claim(job.name, job.leaseMs);
  if (lease === null) return round.isWanted ? LOOK_AGAIN_MS : undefined;
  try {
    await measured(job, { isOver: () => round.isOver() || lease.isLost() }, tools);
    return undefined;
  } finally {
    await lease
      .release()
      .catch((error: unknown) =>
        tools.logger.warn(
          { err: error, job: job.name },
          'the lease of a job could not be released; it lapses by itself',
        ),
      );
  }
}

async function measured({ name, work }: Job, round: Pick<Round, 'isOver'>, { figures }: Tools): Promise<void> {
  const began = performance.now();
  const seconds = (): number => (performance.now() - began) / 1_000;
  try {
    await work(round);
    figures.finished(name, seconds());
  } catch (error) {
    figures.failed(name, seconds());
    throw error;
  }
}
