/** A place that a request occupies until everything that holds it has let go. */
export interface PlaceInFlight {
  /** Keeps the place occupied until the returned function is called; calling that again does nothing. */
  hold(): () => void;
}

/** Gives a subject or address one place more, or undefined when all that it may have are occupied. */
export type InFlight = (caller: string) => PlaceInFlight | undefined;

/**
 * How many requests one caller may have in flight, held in this process: whoever asks slow things often would otherwise
 * have all connections to the departments for itself. 0: no limit.
 */
export function inFlight(most: number): InFlight {
  const occupied = new Map<string, number>();
  const leave = (caller: string): void => {
    const left = (occupied.get(caller) ?? 0) - 1;
    if (left > 0) occupied.set(caller, left);
    else occupied.delete(caller);
  };
  return (caller) => {
    const before = occupied.get(caller) ?? 0;
    if (most > 0 && before >= most) return undefined;
    occupied.set(caller, before + 1);
    let holders = 0;
    return {
      hold: () => {
        holders += 1;
        let isHeld = true;
        return () => {
          if (!isHeld) return;
          isHeld = false;
          holders -= 1;
          if (holders === 0) leave(caller);
        };
      },
    };
  };
}
