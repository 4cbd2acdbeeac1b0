/** How a process is watched: which address must respond, and for how long it may fail to. */
export interface LivenessPlan {
  /** Returns 200 as long as the process can respond at all. */
  readonly url: string;
  readonly everyMs: number;
  readonly withinMs: number;
  /** So many failures in a row, and the process is taken for hung. */
  readonly misses: number;
}

/** A watch that goes on until it is ended or has called `hung`. */
export interface LivenessWatch {
  end(): void;
}

/** The usual watch over a process that may be silent for `seconds` at the longest. */
export function livenessPlan(url: string, seconds: number): LivenessPlan {
  const misses = 3;
  // One round is a pause and the longest wait for a response.
  const round = (seconds * 1_000) / misses;
  return { url, everyMs: round / 2, withinMs: round / 2, misses };
}

/**
 * Probes repeatedly whether a process responds, and calls `hung` once when it has not done so several times in a row.
 */
export function watchLiveness({ url, everyMs, withinMs, misses }: LivenessPlan, hung: () => void): LivenessWatch {
  let failures = 0;
  let ended = false;
  let timer: NodeJS.Timeout | undefined;
  const look = async (): Promise<void> => {
    failures = (await answers(url, withinMs)) ? 0 : failures + 1;
    if (ended) return;
    if (failures < misses) later();
    else {
      ended = true;
      hung();
    }
  };
  const later = (): void => {
    timer = setTimeout(() => void look(), everyMs).unref();
  };
  later();
  return {
    end: () => {
      ended = true;
      clearTimeout(timer);
    },
  };
}

async function answers(url: string, withinMs: number): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(withinMs), headers: { connection: 'close' } });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}
