/** Runs something later; tests put their own in and let hours pass at once. */
export interface Timers {
  /** Calls `run` after `ms` milliseconds unless the returned function was called before. */
  after(ms: number, run: () => void): () => void;
}

const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** The machine's timers. Longer waits than Node can hold (24 days) end early. */
export const systemTimers: Timers = {
  after(ms, run) {
    const timer = setTimeout(run, Math.min(Math.max(ms, 0), LONGEST_TIMER_MS));
    return () => clearTimeout(timer);
  },
};
