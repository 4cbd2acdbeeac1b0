import { retryDelay } from './retry-delay.js';
import { systemTimers, type Timers } from './timers.js';

/** One round of work that is repeated. */
export interface Round {
  /**
   * True as soon as the round is to come to its end: a long one asks between its steps, and what is left is done in the
   * next.
   */
  readonly isOver: () => boolean;
  /** Somebody asked for it; it is not only the pause that has passed. */
  readonly isWanted: boolean;
}

/** Work that is repeated, one round at a time. */
export interface Repeated {
  /**
   * Asks for a round at once; during a round, for one more when it has ended, however often this is called. After a
   * failure the next round waits all the same.
   */
  readonly nudge: () => void;
  /** Begins no further round and waits for the one in hand. */
  readonly stop: () => Promise<void>;
}

/** What is repeated, and how. */
export interface Repetition {
  /**
   * One round.
   * @returns milliseconds after which it must be begun again as though it were asked for, because it could not be done
   *   now; else nothing
   */
  readonly work: (round: Round) => Promise<number | undefined>;
  /** Milliseconds between the end of a round and the beginning of the next. */
  readonly everyMs: number | (() => number);
  /** False: the first round is begun after a pause, or when it is asked for. */
  readonly beginsAtOnce?: boolean;
  /** Told of each round that failed. */
  readonly failed: (error: unknown, how: { readonly failures: number; readonly againInMs: number }) => void;
  readonly timers?: Timers;
  /** A number from 0 (included) to 1 (excluded). */
  readonly random?: () => number;
}

/** After the first failure; doubled for each further one up to the usual pause. */
const FIRST_RETRY_MS = 2_000;

/**
 * Repeats work with a pause between the rounds until it is stopped. A round that fails is tried again sooner than the
 * pause would have it, at growing intervals, so that a short fault costs little and a long one is not hammered at.
 */
export function repeat({
  work,
  everyMs,
  beginsAtOnce = true,
  failed,
  timers = systemTimers,
  random = Math.random,
}: Repetition): Repeated {
  let stopped = false;
  let wanted = false;
  let failures = 0;
  /** The next round is not to be begun before its time, whoever asks for it. */
  let mustWait = false;
  let cancel: (() => void) | undefined;
  let running: Promise<void> | undefined;
  const pauseMs = (): number => (typeof everyMs === 'number' ? everyMs : everyMs());

  /** One round; gives the milliseconds until the next. */
  const round = async (isWanted: boolean): Promise<number> => {
    try {
      const againInMs = await work({ isOver: () => stopped, isWanted });
      failures = 0;
      mustWait = typeof againInMs === 'number';
      wanted ||= mustWait;
      return againInMs ?? pauseMs();
    } catch (error) {
      failures += 1;
      mustWait = true;
      wanted ||= isWanted;
      const longest = pauseMs();
      const againInMs = retryDelay({
        failures,
        policy: { firstDelayMs: Math.min(FIRST_RETRY_MS, longest), longestDelayMs: longest },
        random: random(),
      });
      failed(error, { failures, againInMs });
      return againInMs;
    }
  };
  const begin = (): void => {
    cancel?.();
    const isWanted = wanted;
    wanted = false;
    running = round(isWanted).then((nextInMs) => {
      running = undefined;
      if (stopped) return;
      if (wanted && !mustWait) begin();
      else cancel = timers.after(nextInMs, begin);
    });
  };
  if (beginsAtOnce) begin();
  else cancel = timers.after(pauseMs(), begin);
  return {
    nudge: () => {
      if (stopped) return;
      wanted = true;
      if (running === undefined && !mustWait) begin();
    },
    stop: async () => {
      stopped = true;
      cancel?.();
      await running;
    },
  };
}
