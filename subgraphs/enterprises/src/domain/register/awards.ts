import type { LegalDay } from '@zhitong/values';
import type { Award } from '../honour-facts.js';

/** Levels of recognised titles with what lists call them. */
export const AWARD_LEVELS = {
  NATIONAL: ['国家级', '国家', '部级'],
  PROVINCIAL: ['省级', '省', '自治区级', '直辖市级'],
  CITY: ['市级', '市', '地市级'],
} as const;

/** A title as the register keeps it. */
export interface RegisteredAward extends Award {
  readonly level: keyof typeof AWARD_LEVELS;
}

/** A title as a list states it; what it does not state is absent. */
export interface StatedAward {
  readonly title: string;
  readonly level: RegisteredAward['level'];
  readonly awardedOn: LegalDay;
  readonly validTo?: LegalDay | undefined;
  readonly firstTime?: boolean | undefined;
}

/** What is wrong with a title, and the field at fault. */
export interface AwardFault {
  readonly field: string;
  /** In Chinese, for the person who corrects the row. */
  readonly reason: string;
}

const isSame = (one: Pick<Award, 'title' | 'awardedOn'>, other: Pick<Award, 'title' | 'awardedOn'>): boolean =>
  one.title === other.title && one.awardedOn === other.awardedOn;

/** The award of this title and day among others. */
export const awardAmong = <Kind extends Pick<Award, 'title' | 'awardedOn'>>(
  awards: readonly Kind[],
  wanted: Pick<Award, 'title' | 'awardedOn'>,
): Kind | undefined => awards.find((one) => isSame(one, wanted));

/**
 * Reads what a list states of a title: awarded at the latest today, and valid at least on its first day. Without a word
 * on it a title that the enterprise had not been awarded on an earlier day is recognised for the first time.
 */
export function readAward(
  stated: StatedAward,
  { awards, today }: { readonly awards: readonly Award[]; readonly today: LegalDay },
): RegisteredAward | AwardFault {
  const { title, level, awardedOn, validTo, firstTime } = stated;
  if (awardedOn > today) return { field: 'awardedOn', reason: `认定日期 ${awardedOn} 晚于今天 ${today}` };
  if (validTo !== undefined && validTo < awardedOn)
    return { field: 'validTo', reason: `有效期至 ${validTo} 早于认定日期 ${awardedOn}` };
  const isFirst = firstTime ?? !awards.some((one) => one.title === title && one.awardedOn < awardedOn);
  return { title, level, awardedOn, validTo: validTo ?? null, firstTime: isFirst };
}

/** Titles with one more, or with one that takes the place of what was stated of the same title and day. */
export const withAward = (awards: readonly RegisteredAward[], award: RegisteredAward): RegisteredAward[] =>
  awardAmong(awards, award) === undefined
    ? [...awards, award]
    : awards.map((one) => (isSame(one, award) ? award : one));

/** Titles without one. */
export const withoutAward = (
  awards: readonly RegisteredAward[],
  award: Pick<Award, 'title' | 'awardedOn'>,
): RegisteredAward[] => awards.filter((one) => !isSame(one, award));
