import { badUserInput, forbidden } from '@zhitong/kit';
import { daysBetween, type LegalDay } from '@zhitong/values';
import type { KnownPeriod } from '../domain/figures/known-period.js';
import { said } from '../domain/refusal-words.js';

const LONGEST_DAYS = 3_653;

/** Checks the arguments `from` and `to` of a period. @throws GraphQLError BAD_USER_INPUT naming the argument */
export function periodArguments({ from, to }: { from: LegalDay; to: LegalDay }): { from: LegalDay; to: LegalDay } {
  if (to < from) throw badUserInput(said('TO_BEFORE_FROM', { to, from }), ['to']);
  if (daysBetween(from, to) > LONGEST_DAYS) throw badUserInput(said('PERIOD_TOO_LONG', { from, to }), ['to']);
  return { from, to };
}

/**
 * The arguments of figures that are told as known on a day: today when `knownOn` is left out. @throws GraphQLError
 * BAD_USER_INPUT for a day that is still to come, or that lies before the period
 */
export function knownPeriod(
  { knownOn, ...period }: { from: LegalDay; to: LegalDay; knownOn?: LegalDay | null | undefined },
  today: LegalDay,
): KnownPeriod {
  const asked = periodArguments(period);
  const day = knownOn ?? today;
  if (day > today) throw badUserInput(said('KNOWN_ON_NOT_COME', { day, today }), ['knownOn']);
  if (typeof knownOn === 'string' && day < asked.from)
    throw badUserInput(said('KNOWN_ON_TOO_EARLY', { day, from: asked.from }), ['knownOn']);
  return { ...asked, knownOn: day };
}

/**
 * The arguments of published figures, whose knowledge is that of each month's last day. @throws GraphQLError FORBIDDEN
 */
export function publicPeriod({
  knownOn,
  ...period
}: {
  from: LegalDay;
  to: LegalDay;
  knownOn?: LegalDay | null | undefined;
}): Pick<KnownPeriod, 'from' | 'to'> {
  if (typeof knownOn === 'string') throw forbidden(said('PUBLISHED_FIGURES'));
  return periodArguments(period);
}
