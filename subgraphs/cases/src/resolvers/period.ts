import { badUserInput, forbidden } from '@zhitong/kit';
import { daysBetween, type LegalDay } from '@zhitong/values';
import type { KnownPeriod } from '../domain/figures/known-period.js';

const LONGEST_DAYS = 3_653;

/** Checks the arguments `from` and `to` of a period. @throws GraphQLError BAD_USER_INPUT naming the argument */
export function periodArguments({ from, to }: { from: LegalDay; to: LegalDay }): { from: LegalDay; to: LegalDay } {
  if (to < from) throw badUserInput(`to is ${to}, which lies before from, ${from}.`, ['to']);
  if (daysBetween(from, to) > LONGEST_DAYS) throw badUserInput(`${from} to ${to} is longer than 10 years.`, ['to']);
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
  if (day > today) throw badUserInput(`knownOn is ${day}, which is still to come; today is ${today}.`, ['knownOn']);
  if (typeof knownOn === 'string' && day < asked.from)
    throw badUserInput(`knownOn is ${day}, when nothing of a period from ${asked.from} on was known.`, ['knownOn']);
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
  if (typeof knownOn === 'string')
    throw forbidden('Published figures are those of each month as it was known on its last day; leave knownOn out.');
  return periodArguments(period);
}
