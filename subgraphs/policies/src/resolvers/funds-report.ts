import { badUserInput } from '@zhitong/kit';
import { dayInShanghai, moneyOfFen } from '@zhitong/values';
import type { Context } from '../context.js';
import { seesExactFigures } from '../domain/access.js';
import { cellOf, publicPeriod, withheldFunds, type WithheldFunds } from '../domain/disclosure/funds-disclosure.js';
import type { FundsGrouping, QueryFundsReportArgs, QueryResolvers } from '../generated/resolvers-types.js';
import type { PolicyContent } from '../domain/policy/policy.js';
import { said } from '../domain/refusal-words.js';
import type { FundsSum } from '../models/funds.js';

const NOTHING: FundsSum = {
  key: '',
  paidFen: 0,
  returnedFen: 0,
  returnedPayments: 0,
  policies: 0,
  enterprises: 0,
  payments: 0,
};
const WITHHELD = { paid: null, policies: null, enterprises: null, payments: null };
/** Money comes back from a few enterprises at a time: the public does not get it. */
const RETURNS_WITHHELD = { returned: null, returnedPayments: null };

/** What is published of a period, and which figures are not. */
interface Told {
  readonly from: string;
  readonly to: string;
  readonly isShown: (key: string | null) => boolean;
}

const returns = ({ returnedFen, returnedPayments }: FundsSum) => ({
  returned: moneyOfFen(returnedFen),
  returnedPayments,
});
const figures = ({ paidFen, policies, enterprises, payments }: FundsSum) => ({
  paid: moneyOfFen(paidFen),
  policies,
  enterprises,
  payments,
});

/** Whether the figure of a month, in all or of a group, may be shown to the public. */
function isTold(
  withheld: WithheldFunds,
  {
    month,
    key,
    groupBy,
    department,
  }: { month: string; key: string | null; groupBy: FundsGrouping | null; department: string | null },
): boolean {
  if (key === null || groupBy === 'MONTH')
    return department === null ? !withheld.months.has(month) : !withheld.departments.has(cellOf(month, department));
  switch (groupBy) {
    case 'POLICY':
      return !withheld.policies.has(cellOf(month, key));
    case 'DEPARTMENT':
      return !withheld.departments.has(cellOf(month, key));
    case 'DISTRICT':
      // Of one department by district nothing is shown: with the other departments it would reveal the district.
      return department === null && !withheld.districts.has(cellOf(month, key));
    default:
      return true;
  }
}

/** The public part of a report: whole months that are over, without what would reveal one to four enterprises. */
async function publicPart(
  { from, to, department = null, groupBy = null }: Partial<QueryFundsReportArgs> & { from: string; to: string },
  { clock, stores }: Context,
): Promise<Told> {
  const today = dayInShanghai(clock.now());
  const table = await stores.funds.paidByMonth();
  const period = publicPeriod(
    { from, to, today },
    table.months.map(({ month }) => month),
  );
  const withheld = withheldFunds(table, today.slice(0, 7));
  const isShown = (key: string | null): boolean => {
    if (!period.isOver) return false;
    const months = groupBy === 'MONTH' && key !== null ? [key] : period.months;
    return months.every((month) => isTold(withheld, { month, key, groupBy, department }));
  };
  return { from: period.from, to: period.to, isShown };
}

/** What no approved grant takes of a policy's budget, in fen; null without a budget. */
export async function budgetLeftFen(
  { id, budgetFen }: PolicyContent,
  { loaders }: Pick<Context, 'loaders'>,
): Promise<number | null> {
  if (budgetFen === null) return null;
  // A budget that was cut may be less than what is granted of it.
  return Math.max(0, budgetFen - ((await loaders.budget.load(id))?.reservedFen ?? 0));
}

export const fundsReport: NonNullable<QueryResolvers['fundsReport']> = async (_root, args, context) => {
  const { from, to, department, groupBy } = args;
  const { actor, financialDepartments, stores, shelf } = context;
  if (from > to) throw badUserInput(said('FROM_AFTER_TO', { field: 'from', from, other: 'to', to }), ['from']);
  const isExact = seesExactFigures(actor, financialDepartments);
  const told: Told = isExact ? { from, to, isShown: () => true } : await publicPart(args, context);
  const range = { from: told.from, to: told.to, department: department ?? undefined };
  const [[whole = NOTHING], sums, [wholeBack], back] = await Promise.all([
    stores.funds.sums(range, null),
    groupBy ? stores.funds.sums(range, groupBy) : Promise.resolve([]),
    isExact ? stores.recoveries.sums(range, null) : Promise.resolve([]),
    isExact && groupBy ? stores.recoveries.sums(range, groupBy) : Promise.resolve([]),
  ]);
  const recoveredOf = new Map(back.map(({ key, recoveredFen }) => [key, recoveredFen]));
  const recovered = (fen: number | undefined) => (isExact ? moneyOfFen(fen ?? 0) : null);
  // Money may come back where none was paid in these days.
  const alone = back.filter(({ key }) => !sums.some((sum) => sum.key === key));
  // The public gets groups by their key: the order of the sums would reveal how large a withheld one is.
  const groups = isExact
    ? [...sums, ...alone.map(({ key }) => ({ ...NOTHING, key }))]
    : sums.toSorted((a, b) => (a.key < b.key ? -1 : 1));
  return {
    from: told.from,
    to: told.to,
    ...(told.isShown(null) ? figures(whole) : WITHHELD),
    ...(isExact ? returns(whole) : RETURNS_WITHHELD),
    recovered: recovered(wholeBack?.recoveredFen),
    groups: groups.map((sum) => ({
      key: sum.key,
      policy: groupBy === 'POLICY' ? shelf.byId(sum.key) : null,
      department: groupBy === 'DEPARTMENT' ? { code: sum.key } : null,
      ...(told.isShown(sum.key) ? figures(sum) : WITHHELD),
      ...(isExact ? returns(sum) : RETURNS_WITHHELD),
      recovered: recovered(recoveredOf.get(sum.key)),
    })),
  };
};
