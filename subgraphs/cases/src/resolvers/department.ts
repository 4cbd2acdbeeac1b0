import { departmentUnavailable, forbidden } from '@zhitong/kit';
import type { Context } from '../context.js';
import { seesExactFigures } from '../domain/access.js';
import { said } from '../domain/refusal-words.js';
import type { DepartmentResolvers } from '../generated/resolvers-types.js';
import { knownPeriod } from './period.js';

/** A name that was looked up. Where nobody knows it, the result is as when the registry itself does not respond. */
function named(code: string, name: string | null | undefined): string | null {
  if (name !== undefined) return name;
  throw departmentUnavailable(
    `The system of the department "enterprises" does not answer, and has never told here what ${code} is called.`,
    'enterprises',
  );
}

/**
 * Lets officials of the government pass, and a bank's officer for the own department. @throws GraphQLError FORBIDDEN
 */
function requireFigures(
  code: string,
  { actor, financialDepartments }: Pick<Context, 'actor' | 'financialDepartments'>,
): void {
  if (!seesExactFigures(actor, financialDepartments) && actor?.department !== code)
    throw forbidden(said('FIGURES_ARE_FOR', { department: code }));
}

export const Department: DepartmentResolvers = {
  name: ({ code }, _args, { register }) => {
    const name = register.nameOf(code);
    return name instanceof Promise ? name.then((found) => named(code, found)) : name;
  },
  caseload: async ({ code }, _args, context) => {
    requireFigures(code, context);
    return (
      (await context.loaders.caseload(code, null)) ?? { open: 0, overdue: 0, waiting: 0, notAccepted: 0, escalated: 0 }
    );
  },
  scorecard: ({ code }, args, context) => {
    requireFigures(code, context);
    return { department: code, ...knownPeriod(args, context.today) };
  },
};
