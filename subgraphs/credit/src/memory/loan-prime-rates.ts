import type { Clock, Logger } from '@zhitong/kit';
import type { Job } from '@zhitong/kit/jobs';
import { dayInShanghai, type BasisPoints, type DatedFigure, type LegalDay } from '@zhitong/values';
import { lprEndsText, ONE_YEAR_LPR, oneYearLpr } from '../domain/figures/loan-prime-rate.js';
import type { AddedRate, PublishedRateStore } from '../models/published-rate.js';

/** A rate that somebody adds counts within a minute in every process. */
const READ_EVERY_MS = 60_000;
/** How often it is said that the table ends. */
const SAY_EVERY_MS = 24 * 60 * 60_000;

export type LoanPrimeRates = ReturnType<typeof loanPrimeRates>;

/** The one-year loan prime rate as it is known now, held in memory. */
export function loanPrimeRates(store: PublishedRateStore) {
  let figure = ONE_YEAR_LPR;
  let added: readonly AddedRate[] = [];
  const refresh = async (): Promise<void> => {
    added = await store.all();
    figure = oneYearLpr(added);
  };
  return {
    current: (): DatedFigure<BasisPoints> => figure,
    /** As it was known at the end of a day: with what had been added by then. */
    knownOn: (day: LegalDay): DatedFigure<BasisPoints> =>
      oneYearLpr(added.filter(({ addedOn }) => addedOn === null || addedOn <= day)),
    /** As it is known now, and as it was before each publication that was added since the release; newest first. */
    known: (): readonly DatedFigure<BasisPoints>[] =>
      Array.from({ length: added.length + 1 }, (_, less) => oneYearLpr(added.slice(0, added.length - less))),
    /** Reads what was added anew. */
    refresh,
    /** Keeps it current, and says loudly that it ends where it does. */
    jobs: (clock: Clock, logger: Logger): readonly Job[] => [
      { name: 'read-loan-prime-rates', everyMs: READ_EVERY_MS, work: refresh },
      {
        name: 'check-loan-prime-rates',
        everyMs: SAY_EVERY_MS,
        work: async () => {
          await refresh();
          const text = lprEndsText(figure, dayInShanghai(clock.now()));
          if (text !== null) logger.warn({ completeThrough: figure.completeThrough }, text);
        },
      },
    ],
  };
}
