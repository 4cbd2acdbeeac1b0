import { badUserInput } from '@zhitong/kit';
import { daysBetween, type LegalDay } from '@zhitong/values';

const LONGEST_DAYS = 3_653;

/** Checks the arguments `from` and `to` of a period. @throws GraphQLError BAD_USER_INPUT naming the argument */
export function periodArguments({ from, to }: { from: LegalDay; to: LegalDay }): { from: LegalDay; to: LegalDay } {
  if (to < from) throw badUserInput(`to is ${to}, which lies before from, ${from}.`, ['to']);
  if (daysBetween(from, to) > LONGEST_DAYS) throw badUserInput(`${from} to ${to} is longer than 10 years.`, ['to']);
  return { from, to };
}
