import { wholeMonths } from '@zhitong/values';
import { seesExactFigures } from '../domain/access.js';
import { SMALLEST_CELL } from '../domain/disclosure.js';
import type { QueryResolvers } from '../generated/resolvers-types.js';
import { periodArguments } from './period.js';

export const departmentRanking: NonNullable<QueryResolvers['departmentRanking']> = async (
  _root,
  args,
  { actor, financialDepartments, loaders },
) => {
  const isOfficial = seesExactFigures(actor, financialDepartments);
  const { from, to } = isOfficial ? periodArguments(args) : wholeMonths(periodArguments(args));
  const { ranking, figures } = await loaders.appraisal(from, to);
  const isShown = (department: string): boolean =>
    isOfficial || (figures.get(department)?.enterprises ?? 0) >= SMALLEST_CELL;
  return { from, to, departments: [...ranking.values()].filter(({ department }) => isShown(department)) };
};
