/** How often and how soon a failed delivery is tried again. */
export interface RetryPolicy {
  /** Milliseconds before the second attempt, doubled for each further one. */
  readonly firstDelayMs: number;
  readonly longestDelayMs: number;
  /** Attempts in all before the delivery becomes a dead letter. */
  readonly maxAttempts: number;
}

/** 5 s, 10 s, … up to 6 h: about a day in all. */
export const DEFAULT_RETRY: RetryPolicy = { firstDelayMs: 5_000, longestDelayMs: 6 * 3_600_000, maxAttempts: 16 };

/**
 * Milliseconds to wait after `failures` failed attempts (1 or more): exponential, of which the upper half is random so
 * that receivers that came back are not hit by all at once.
 * @param random a number from 0 (included) to 1 (excluded).
 */
export function retryDelay({
  failures,
  policy,
  random,
}: {
  failures: number;
  policy: Pick<RetryPolicy, 'firstDelayMs' | 'longestDelayMs'>;
  random: number;
}): number {
  const full = Math.min(policy.firstDelayMs * 2 ** (failures - 1), policy.longestDelayMs);
  return Math.round(full / 2 + (full / 2) * random);
}
