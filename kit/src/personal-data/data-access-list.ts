import { endOfDayInShanghai, startOfDayInShanghai } from '@zhitong/values';
import { parsePage, type PageArguments } from '../connection/page.js';
import { connectionOf, type RelayConnection } from '../connection/relay-connection.js';
import { badUserInput, forbidden } from '../errors.js';
import { hasRole, type Actor } from '../identity/actor.js';
import { said } from '../refusal-words.js';
import { usccArgument } from '../uscc-argument.js';
import {
  LATEST_ACCESS_FIRST,
  type DataAccessConditions,
  type DataAccessRecord,
  type DataAccessStore,
} from './data-access-store.js';

/** A record as the graph's DataAccess. */
export interface DataAccessView {
  readonly id: string;
  readonly at: Date;
  /** Null for the enterprise that reads about itself. */
  readonly account: string | null;
  readonly role: DataAccessRecord['role'];
  readonly department: { readonly code: string } | null;
  readonly enterprise: { readonly uscc: string } | null;
  readonly datum: string;
  readonly purpose: string;
}

export type DataAccessConnectionRows = RelayConnection<DataAccessView>;

/** The arguments of a list of accesses, as every department's schema has them. Days are of Shanghai. */
export interface DataAccessArguments extends PageArguments {
  readonly filter?:
    | {
        readonly uscc?: string | null | undefined;
        readonly department?: string | null | undefined;
        readonly from?: string | null | undefined;
        readonly to?: string | null | undefined;
      }
    | null
    | undefined;
}

/**
 * What was read in this department for a stated purpose, latest first: for auditors all of it, for an enterprise what
 * was read about itself, without the officials' accounts.
 * @throws GraphQLError FORBIDDEN for anybody else and for another enterprise, BAD_USER_INPUT
 */
export async function listDataAccesses(
  { filter, ...args }: DataAccessArguments,
  { actor, store }: { actor: Actor | null; store: DataAccessStore },
): Promise<DataAccessConnectionRows> {
  const isAuditor = hasRole(actor, 'AUDITOR');
  const uscc = filter?.uscc ? usccArgument(filter.uscc, ['filter', 'uscc']) : undefined;
  const own = actor?.roles.includes('ENTERPRISE') === true ? actor.uscc : undefined;
  if (!isAuditor && (own === undefined || (uscc !== undefined && uscc !== own)))
    throw forbidden(said('ACCESS_RECORDS_ARE_FOR'));
  const { from, to } = filter ?? {};
  if (from && to && from > to) throw badUserInput(said('FILTER_FROM_AFTER_TO', { from, to }), ['filter', 'from']);
  const conditions: DataAccessConditions = {
    reader: isAuditor ? 'AUDITORS' : 'ENTERPRISE',
    about: isAuditor ? uscc : own,
    department: filter?.department ?? undefined,
    from: from ? startOfDayInShanghai(from) : undefined,
    before: to ? endOfDayInShanghai(to) : undefined,
  };
  const page = parsePage(args, {
    list: { list: 'dataAccesses', filter, own: isAuditor ? null : own },
    keys: LATEST_ACCESS_FIRST.length,
  });
  const rows = (await store.list(conditions, page)).map(
    ({ id, at, sub, role, department, about, datum, purpose }): DataAccessView => ({
      id,
      at,
      account: isAuditor ? sub : null,
      role,
      department: department === null ? null : { code: department },
      enterprise: about === null ? null : { uscc: about },
      datum,
      purpose,
    }),
  );
  return connectionOf({ rows, page, sort: LATEST_ACCESS_FIRST, totalCount: async () => store.count(conditions) });
}
