import { badUserInput } from '@zhitong/kit';
import type { QueryResolvers } from '../generated/resolvers-types.js';
import { orError } from './refused.js';

const MOST_ROWS = 100;
const MOST_DAYS = 400;

/** @throws GraphQLError BAD_USER_INPUT */
function within(value: number, most: number, name: string): number {
  if (Number.isInteger(value) && value >= 1 && value <= most) return value;
  throw badUserInput(
    {
      message: `${name} is ${value}, and must be 1 to ${most}.`,
      reason: 'NUMBER_OUTSIDE',
      zh: `${name} 为 ${value}，须为 1 至 ${most}`,
      parameters: { name, value, most },
    },
    [name],
  );
}

export const query: QueryResolvers = {
  currentGraph: (_root, _given, { registry, actor }) => orError(registry.current(actor)),
  publications: (_root, { department, before, first }, { registry, actor }) =>
    orError(
      registry.history(actor, {
        department: department ?? undefined,
        before: before ?? undefined,
        limit: within(first, MOST_ROWS, 'first'),
      }),
    ),
  publication: (_root, { number }, { registry, actor }) => orError(registry.show(actor, number)),
  changesBetween: (_root, { from, to }, { registry, actor }) => orError(registry.between(actor, from, to)),
  schemaCheck: (_root, { proposal }, { registry, actor }) => orError(registry.check(actor, proposal)),
  fieldUses: (_root, { department, days, show }, { registry, actor }) =>
    orError(registry.usage(actor, department, { days: within(days, MOST_DAYS, 'days'), filter: show })),
  dependants: (_root, { department }, { registry, actor }) =>
    orError(registry.dependants(actor, { department: department ?? undefined })),
  drafts: (_root, _given, { registry, actor }) => orError(registry.drafts(actor)),
  changelog: (_root, { first }, { registry, actor }) =>
    orError(registry.changelog(actor, { limit: within(first, MOST_ROWS, 'first') })),
};
