import { addDays, yearOf, type LegalDay } from '@zhitong/values';
import type { FactValue } from './fact-vocabulary.js';

/** One award of a title [荣誉称号]. */
export interface Award {
  readonly title: string;
  readonly awardedOn: LegalDay;
  /** The last day on which it holds; null when it does not run out. */
  readonly validTo: LegalDay | null;
  /** False for a title that was held before and is renewed [复审, 复核]. */
  readonly firstTime: boolean;
}

/**
 * What policies ask of titles on a day. Each list names titles that hold then, by the newest award of each: policies
 * give more for one that is recognised for the first time [首次认定] than for one that was renewed, and ask for what
 * was recognised in this year [当年认定] or the last, each of the title that they mean and not of another. `titles` has
 * each award that holds, with its attributes.
 */
export function honourFacts(awards: readonly Award[], today: LegalDay): Record<string, FactValue> {
  const newest = new Map<string, Award>();
  for (const award of awards) {
    if (award.awardedOn > today || (award.validTo !== null && award.validTo < today)) continue;
    const other = newest.get(award.title);
    if (other === undefined || isNewer(award, other)) newest.set(award.title, award);
  }
  const titlesOf = (wanted: (award: Award) => boolean): string[] =>
    [...newest.values()].filter(wanted).map(({ title }) => title);
  const year = yearOf(today);
  const latest = [...newest.values()]
    .map(({ awardedOn }) => awardedOn)
    .sort()
    .at(-1);
  const valid = awards.filter(({ awardedOn, validTo }) => awardedOn <= today && (validTo === null || validTo >= today));
  return {
    titles: valid.map(({ title, firstTime, awardedOn, validTo }) => ({
      title,
      firstTime,
      awardedOn,
      ...(validTo === null ? {} : { validTo }),
    })),
    honours: titlesOf(() => true),
    firstTimeHonours: titlesOf(({ firstTime }) => firstTime),
    honoursOfThisYear: titlesOf(({ awardedOn }) => yearOf(awardedOn) === year),
    honoursOfLastYear: titlesOf(({ awardedOn }) => yearOf(awardedOn) === year - 1),
    ...(latest === undefined
      ? {}
      : {
          honourFirstTime: [...newest.values()].some(({ awardedOn, firstTime }) => awardedOn === latest && firstTime),
        }),
  };
}

/** Of two awards of one title on one day the first recognition counts. */
const isNewer = (award: Award, other: Award): boolean =>
  award.awardedOn > other.awardedOn || (award.awardedOn === other.awardedOn && award.firstTime);

/** The days on which these facts may change: with each award, behind each last day, and with the two years after it. */
export const honourDays = (awards: readonly Award[]): LegalDay[] =>
  awards.flatMap(({ awardedOn, validTo }) => [
    awardedOn,
    ...[1, 2].map((years) => `${String(yearOf(awardedOn) + years)}-01-01`),
    ...(validTo === null ? [] : [addDays(validTo, 1)]),
  ]);
