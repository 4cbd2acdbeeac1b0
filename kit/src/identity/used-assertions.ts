/**
 * So many assertions are remembered at most: more mutations than this do not come within their lifetime to one process.
 */
const REMEMBERED = 100_000;

/** Remembers which assertions were used, as long as they would be accepted. */
export interface UsedAssertions {
  /**
   * True when the id comes for the first time.
   * @param until when the assertion ends, in seconds since 1970.
   * @param now in seconds since 1970.
   */
  first(id: string, until: number, now: number): boolean;
}

/**
 * The memory of one process. Where a department runs in several processes a request can be repeated once towards each
 * of them within the assertion's minute: what must happen once there is held by the mutation's idempotency key. When it
 * is full, the oldest is forgotten: one caller's many mutations never keep out another's.
 */
export function usedAssertions(remembered: number = REMEMBERED): UsedAssertions {
  const used = new Map<string, number>();
  return {
    first: (id, until, now) => {
      if ((used.get(id) ?? 0) > now) return false;
      used.delete(id);
      used.set(id, until);
      for (const [oldest, ends] of used) {
        if (ends > now && used.size <= remembered) break;
        used.delete(oldest);
      }
      return true;
    },
  };
}
