/**
 * Thrown when somebody else took what was to be taken next, such as the next number of a history: it is decided afresh.
 */
export class Raced extends Error {}

const MOST_RACES = 5;

/** Runs work again when it was overtaken, five times at most. @throws Raced when it still was */
export async function retryRaces<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let race = 1; ; race += 1) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Raced) || race === MOST_RACES) throw error;
    }
  }
}
