/** A task that never runs twice at once. */
export interface OneAtATime {
  /** Runs the task; while it runs already, makes it run once more afterwards, however often this is called. */
  readonly kick: () => void;
  /** Resolves when nothing runs. */
  readonly idle: () => Promise<void>;
}

/** Wraps `run`, which must not reject. */
export function oneAtATime(run: () => Promise<void>): OneAtATime {
  let current: Promise<void> | undefined;
  let again = false;
  const takeAgain = (): boolean => {
    const wanted = again;
    again = false;
    return wanted;
  };
  const loop = async (): Promise<void> => {
    do await run();
    while (takeAgain());
    // No await between that look and giving up the place, or a kick could fall in between and be lost.
    current = undefined;
  };
  return {
    kick: () => {
      if (current === undefined) current = loop();
      else again = true;
    },
    idle: async () => current,
  };
}
