import type { Clock } from '../clock.js';
import { ReportedFailure, type Job } from '../jobs/open-jobs.js';
import type { Logger } from '../logger.js';
import type { Reading, ReadingStore } from '../mongo/reading-store.js';

/** What is missed in a reading is looked for in a new one, but not more often than this. */
const LOOK_AGAIN_MS = 10_000;
/** A reading that could not be renewed for so long is worth a warning. */
const OLD_MS = 24 * 3_600_000;
/**
 * A department may start before the gateway: so long a first reading is tried in short turns, and is no reason to warn
 * when it fails.
 */
const STARTING_MS = 60_000;
const STARTING_PAUSE_MS = 2_000;

/** A copy of something that another department owns and the graph serves. */
export interface KeptReading<Value> {
  /** What this process read last or found stored; null before that. */
  current(): Value | null;
  /** What is stored, whichever process read it; null before the first reading. */
  latest(): Promise<Value | null>;
  /** Read anew, unless that was done within the last ten seconds; as long as nothing has ever been read, each time. */
  renewed(): Promise<Value | null>;
  /** Read anew; when that fails, what was read last. Whoever asks while a reading is under way waits for that one. */
  refresh(): Promise<Value | null>;
  /** The job that reads again and again with a pause in between: each process for itself. */
  job(name: string, everyMs: number): Job;
}

interface Outcome<Value> {
  readonly reading: Reading<Value> | null;
  readonly isFailed: boolean;
}

/**
 * Keeps the last reading of a source in memory and stored, so that it survives the source's outage and a restart.
 * @param source reads; null when there is nothing yet that should replace what is kept.
 * @param what names it in the log, for example `the list of departments`.
 */
export function keptReading<Value>({
  source,
  store,
  clock,
  logger,
  what,
}: {
  source: () => Promise<Value | null>;
  store: ReadingStore<Value>;
  clock: Clock;
  logger: Logger;
  what: string;
}): KeptReading<Value> {
  let held: Reading<Value> | null = null;
  let startedAt: number | undefined;
  let lookedAt: number | undefined;
  let reading: Promise<Outcome<Value>> | undefined;

  const stored = async (): Promise<Reading<Value> | null> => {
    const latest = await store.latest();
    if (latest !== null && (held === null || latest.readAt >= held.readAt)) held = latest;
    return latest;
  };
  /** What counts now, and whether the source could be read. */
  const read = async (): Promise<Outcome<Value>> => {
    lookedAt = clock.now().getTime();
    startedAt ??= lookedAt;
    try {
      const value = await source();
      if (value === null) return { reading: await stored(), isFailed: false };
      const fresh = { value, readAt: clock.now() };
      held = fresh;
      await store.put(fresh);
      return { reading: fresh, isFailed: false };
    } catch (error) {
      const last = await stored();
      const isOld = last === null ? !isStarting() : clock.now().getTime() - last.readAt.getTime() > OLD_MS;
      logger[isOld ? 'warn' : 'info'](
        { err: error, readAt: last?.readAt },
        `${what} could not be renewed; ${last === null ? 'it has never been read' : 'what was read last counts'}`,
      );
      return { reading: last, isFailed: true };
    }
  };
  const readOnce = async (): Promise<Outcome<Value>> => (reading ??= read().finally(() => (reading = undefined)));
  const refresh = async (): Promise<Value | null> => (await readOnce()).reading?.value ?? null;
  const isStarting = (): boolean =>
    held === null && (startedAt === undefined || clock.now().getTime() - startedAt < STARTING_MS);
  const isDue = (): boolean =>
    reading !== undefined || lookedAt === undefined || clock.now().getTime() - lookedAt >= LOOK_AGAIN_MS;

  return {
    current: () => held?.value ?? null,
    latest: async () => (await stored())?.value ?? null,
    renewed: async () => {
      const last = isDue() ? null : (held ?? (await stored()));
      return last === null ? refresh() : last.value;
    },
    refresh,
    job: (name, everyMs) => ({
      name,
      everyMs: () => (isStarting() ? Math.min(everyMs, STARTING_PAUSE_MS) : everyMs),
      work: async () => {
        if ((await readOnce()).isFailed) throw new ReportedFailure(`${what} could not be renewed`);
      },
    }),
  };
}
