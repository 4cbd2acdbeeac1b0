import { NO_FAULTS } from './faults.js';
import { drawTrial, report, tryOperation, worldOf } from './trial.js';
import { shrink } from './shrink.js';

/** Operations that are tried in one world: drawing and composing it costs as much as dozens of them. */
export const OPERATIONS_PER_WORLD = 80;

export interface RunOptions {
  readonly seed: number;
  readonly operations: number;
  /** The run ends after so many operations that went wrong. */
  readonly mostFailures: number;
  readonly onProgress?: (done: number) => void;
  readonly onFailure?: (failure: string) => void;
}

export interface RunResult {
  readonly operations: number;
  readonly withFaults: number;
  readonly worlds: number;
  /** Worlds that did not compose and were drawn again. */
  readonly refusedWorlds: number;
  /** Operation numbers for which no valid operation was drawn. */
  readonly undrawn: number;
  readonly failures: readonly string[];
}

/** Tries operations by chance in worlds by chance. The same seed tries the same. */
export async function runOracle({
  seed,
  operations,
  mostFailures,
  onProgress,
  onFailure,
}: RunOptions): Promise<RunResult> {
  const counts = { operations: 0, withFaults: 0, worlds: 0, refusedWorlds: 0, undrawn: 0 };
  const failures: string[] = [];
  for (let world = seed; counts.operations < operations && failures.length < mostFailures; world += 1) {
    const living = await worldOf(world);
    counts.worlds += 1;
    counts.refusedWorlds += living.refused.length;
    for (let number = 0; number < OPERATIONS_PER_WORLD && counts.operations < operations; number += 1) {
      const found = await runOne(living, number);
      if (found === undefined) {
        counts.undrawn += 1;
        continue;
      }
      counts.operations += 1;
      counts.withFaults += found.withFaults;
      failures.push(...found.failures);
      found.failures.forEach((failure) => onFailure?.(failure));
    }
    onProgress?.(counts.operations);
  }
  return { ...counts, failures };
}

/** Tries one operation of a world, without faults and mostly with; undefined when none was drawn. */
export async function runOne(
  living: Awaited<ReturnType<typeof worldOf>>,
  number: number,
): Promise<{ withFaults: number; failures: string[] } | undefined> {
  const { operation, faults } = drawTrial(living, number);
  if (operation === undefined) return undefined;
  for (const some of faults) {
    const trial = await tryOperation(living, operation, some);
    if (trial.complaints.length === 0) continue;
    // What already goes wrong without faults says nothing new with them.
    const small = await shrink(trial, (smaller) => tryOperation(living, smaller, some), living.oracle.schema);
    return { withFaults: some === NO_FAULTS ? 0 : 1, failures: [report(living, number, small)] };
  }
  return { withFaults: faults.length - 1, failures: [] };
}
