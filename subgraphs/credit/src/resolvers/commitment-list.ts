import {
  badUserInput,
  connectionOf,
  parsePage,
  requestedFields,
  requestedNodeFields,
  usccArgument,
  type Page,
  type PageArguments,
} from '@zhitong/kit';
import type { SortKey } from '@zhitong/kit/mongo';
import { dayInShanghai, moneyOfFen } from '@zhitong/values';
import type { GraphQLResolveInfo } from 'graphql';
import type { Context } from '../context.js';
import { NO_TOTALS, type CommitmentTotals } from '../domain/ledger/commitment-totals.js';
import { said } from '../domain/refusal-words.js';
import type { CommitmentConnectionResolvers, CommitmentFilter } from '../generated/resolvers-types.js';
import type { CommitmentConditions, CommitmentParent, CommitmentRow } from '../models/commitment.js';
import type { CommitmentConnectionRows } from '../records.js';
import { storedFields, totalsAskedFor } from './commitment-fields.js';
import { limitsFor, type Limits } from './own-credit.js';

/** Reads a filter; `today` decides what is overdue. */
export function readFilter(filter: CommitmentFilter | null | undefined, today: string): CommitmentConditions {
  if (!filter) return {};
  const { state, kind, promisor, uscc, project, districtCode, documented, overdue } = filter;
  if (districtCode && !/^\d{6}$/.test(districtCode))
    throw badUserInput(said('FILTER_DISTRICT', { value: JSON.stringify(districtCode.slice(0, 40)) }), [
      'filter',
      'districtCode',
    ]);
  return {
    states: state ?? undefined,
    kinds: kind ?? undefined,
    promisor: promisor ?? undefined,
    uscc: typeof uscc === 'string' ? usccArgument(uscc, ['filter', 'uscc']) : undefined,
    projectId: project ?? undefined,
    districtCode: districtCode ?? undefined,
    documented: documented ?? undefined,
    overdue: overdue === null || overdue === undefined ? undefined : { is: overdue, today },
  };
}

/** Rows of a page as a connection of commitments as they stand today. */
export function commitmentConnection({
  rows,
  page,
  sort,
  totalCount,
  totals,
  today,
}: {
  rows: readonly CommitmentRow[];
  page: Page;
  sort: readonly SortKey[];
  totalCount: number;
  totals: CommitmentTotals;
  today: string;
}): CommitmentConnectionRows {
  const connection = connectionOf({ rows: rows.map((row) => ({ ...row, asOf: today })), page, sort, totalCount });
  return Object.assign(connection, { totals });
}

/** What the caller may read of the commitments that hang on an entity. @throws GraphQLError FORBIDDEN */
function limitsOfParent(
  { field, key }: { readonly field: CommitmentParent; readonly key: string },
  asked: CommitmentConditions,
  context: Context,
): CommitmentConditions {
  const what = { en: 'What was promised', zh: '政府承诺' };
  if (field === 'uscc') limitsFor(context, { uscc: key }, what);
  if (field === 'promisor') limitsFor(context, { department: key }, what);
  return conditionsOfLimits(limitsFor(context, { uscc: asked.uscc, department: asked.promisor }, what));
}

/** Limits as conditions on commitments. */
export const conditionsOfLimits = ({ uscc, department }: Limits): CommitmentConditions => ({
  ...(uscc === undefined ? {} : { uscc }),
  ...(department === undefined ? {} : { promisor: department }),
});

/** A page of the commitments that hang on another entity, batched over all parents of the operation. */
export async function commitmentsOf(
  parent: { readonly field: CommitmentParent; readonly key: string },
  args: PageArguments & { filter?: CommitmentFilter | null | undefined },
  { list, sort, limitedTo = {} }: { list: string; sort: readonly SortKey[]; limitedTo?: CommitmentConditions },
  context: Context,
  info: GraphQLResolveInfo,
): Promise<CommitmentConnectionRows> {
  const { loaders, clock } = context;
  const { filter, ...pageArguments } = args;
  const page = parsePage(pageArguments, { list: { list, filter }, keys: sort.length });
  const today = dayInShanghai(clock.now());
  const asked = readFilter(filter, today);
  const requested = requestedFields(info);
  const nodes = requestedNodeFields(requested);
  const found = await loaders.commitmentsOf(parent.key, {
    parentField: parent.field,
    conditions: { ...asked, ...limitedTo, ...limitsOfParent(parent, asked, context) },
    sort,
    page: nodes === undefined ? null : { limit: page.limit, position: page.position, backwards: page.backwards },
    fields: storedFields(nodes),
    totals: totalsAskedFor(requested),
    today,
  });
  const { rows = [], totalCount = 0, totals = {} } = found ?? {};
  return commitmentConnection({ rows, page, sort, totalCount, totals: { ...NO_TOTALS, ...totals }, today });
}

export const CommitmentConnection: CommitmentConnectionResolvers = {
  promisedAmount: ({ totals }) => moneyOfFen(totals.promised),
  fulfilledAmount: ({ totals }) => moneyOfFen(totals.fulfilled),
  outstandingAmount: ({ totals }) => moneyOfFen(totals.outstanding),
  overdueAmount: ({ totals }) => moneyOfFen(totals.overdue),
  overdueCount: ({ totals }) => totals.overdueCount,
};
