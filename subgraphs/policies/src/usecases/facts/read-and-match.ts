import { ReadingProgress } from './reading-progress.js';
import { matchAll, matchSome, type MatchOptions, type MatchOutcome } from '../match-enterprises.js';
import { readAllFacts, type ReadFactsOptions, type ReadingSummary } from './read-facts.js';

export interface ReadAndMatchOptions
  extends Omit<MatchOptions, 'stores' | 'reading'>, Pick<ReadFactsOptions, 'source'> {
  readonly stores: MatchOptions['stores'] & ReadFactsOptions['stores'];
}

/**
 * Reads the whole register and matches everything behind it, enterprise by enterprise as they are read: the one waits
 * for the graph, the other for the processor. Both go on where an interrupted one stopped.
 * @throws what either failed with, the reading first, when both have ended; what was stored until then is kept.
 */
export async function readAndMatch(
  options: ReadAndMatchOptions,
): Promise<{ readonly read: ReadingSummary; readonly matched: MatchOutcome }> {
  const { stores } = options;
  const progress = new ReadingProgress();
  // A run that was interrupted may stand further on than this reading: what is mended before that is matched by itself.
  const stoodAt = (await stores.runs.running('FULL'))?.lastUscc ?? '';
  const read = async (): Promise<ReadingSummary> => {
    try {
      const summary = await readAllFacts({
        ...options,
        progress: () => undefined,
        stored: (page) => {
          progress.pageStored(page);
        },
        changed: async (usccs) => {
          const passed = usccs.filter((uscc) => uscc <= stoodAt);
          if (passed.length > 0) await matchSome(options, passed, null);
        },
      });
      progress.end();
      return summary;
    } catch (error) {
      progress.end(error instanceof Error ? error : new Error(String(error)));
      throw error;
    }
  };
  const [reading, matching] = await Promise.allSettled([read(), matchAll({ ...options, reading: progress })]);
  if (reading.status === 'rejected') throw reading.reason;
  if (matching.status === 'rejected') throw matching.reason;
  return { read: reading.value, matched: matching.value };
}
