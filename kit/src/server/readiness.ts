/** One thing without which a department cannot do its work. */
export interface ReadinessCheck {
  /** What is looked at, for example `database`. */
  readonly name: string;
  /** What is wrong, in words for whoever runs the department; null when nothing is. */
  readonly look: () => Promise<string | null>;
}

/** A department's own word on whether it can work, as `/health/ready` returns it. */
export interface ReadinessReport {
  readonly status: 'ready' | 'not ready';
  readonly subgraph: string;
  /** By check: `ok`, or what is wrong. */
  readonly checks: Readonly<Record<string, string>>;
}

/** A check that takes longer than this counts as failed: whoever asks wants to know now. */
const LOOK_WITHIN_MS = 4_000;

/** Asks all checks at once, each with a time limit. Never throws. */
export async function assessReadiness({
  name,
  checks,
  withinMs = LOOK_WITHIN_MS,
}: {
  name: string;
  checks: readonly ReadinessCheck[];
  withinMs?: number;
}): Promise<ReadinessReport> {
  const found = await Promise.all(
    checks.map(async (check): Promise<[string, string]> => [check.name, (await looked(check, withinMs)) ?? 'ok']),
  );
  return {
    status: found.every(([, word]) => word === 'ok') ? 'ready' : 'not ready',
    subgraph: name,
    checks: Object.fromEntries(found),
  };
}

/** Of an error the class alone: its message may hold an address with a password. */
async function looked({ look }: ReadinessCheck, withinMs: number): Promise<string | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>(
    (resolve) => (timer = setTimeout(() => resolve(`no answer within ${withinMs} ms`), withinMs)),
  );
  try {
    return await Promise.race([look(), late]);
  } catch (error) {
    return `could not be looked at (${error instanceof Error ? error.name : 'unknown'})`;
  } finally {
    clearTimeout(timer);
  }
}
