/** Work that is done in the background, one round after the other: as often as it is nudged, never twice at once. */
export interface BackgroundJob {
  nudge(): void;
  /** Lets the round end that is under way, and begins no other. */
  stop(): Promise<void>;
}

/**
 * Starts a job that works when it is nudged and after each `everyMs`.
 * @param work one round; a long one asks `stopped` between its steps.
 * @param failed told of a round that failed; the next one is tried as usual.
 */
export function startBackgroundJob({ work, everyMs, failed }: { work: (stopped: () => boolean) => Promise<void>; everyMs: number; failed: (error: unknown) => void }): BackgroundJob {
  let stopped = false;
  let wanted = false;
  let working: Promise<void> | undefined;
  const rounds = async (): Promise<void> => {
    while (wanted && !stopped) {
      wanted = false;
      try {
        await work(() => stopped);
      } catch (error) {
        failed(error);
      }
    }
  };
  const nudge = (): void => {
    wanted = true;
    working ??= rounds().finally(() => (working = undefined));
  };
  const timer = setInterval(nudge, everyMs);
  return {
    nudge,
    stop: async () => {
      stopped = true;
      clearInterval(timer);
      await working;
    },
  };
}
