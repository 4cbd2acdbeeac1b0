import { badUserInput } from '@zhitong/kit';
import type { JobFairResolvers, LabourMonthResolvers } from '../../generated/resolvers-types.js';
import { requiredDepartment } from '../department.js';
import { said } from '../../domain/refusal-words.js';

const MOST_MONTHS = 60;
const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;

/** A number of months. @throws GraphQLError BAD_USER_INPUT */
export function monthsArgument(months: number): number {
  if (months >= 1 && months <= MOST_MONTHS) return months;
  throw badUserInput(said('MONTHS_OUTSIDE', { months, most: MOST_MONTHS }), ['months']);
}

/** Whether a text is a month, YYYY-MM. */
export const isMonth = (text: string): boolean => MONTH.test(text);

/** A range of months. @throws GraphQLError BAD_USER_INPUT */
export function monthRange(from: string, to: string): void {
  for (const [name, month] of [
    ['from', from],
    ['to', to],
  ] as const)
    if (!isMonth(month))
      throw badUserInput(said('NO_MONTH', { name, value: JSON.stringify(month.slice(0, 20)) }), [name]);
  const count =
    (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(to.slice(5)) - Number(from.slice(5)) + 1;
  if (count < 1 || count > MOST_MONTHS)
    throw badUserInput(said('TOO_MANY_MONTHS', { from, to, count, most: MOST_MONTHS }), ['to']);
}

export const LabourMonth: Pick<LabourMonthResolvers, 'short'> = {
  short: ({ short, enterprises }) => ({ numerator: short, denominator: enterprises }),
};

export const JobFair: JobFairResolvers = {
  department: async ({ departmentCode }, _args, { loaders }) => requiredDepartment(departmentCode, loaders),
};
