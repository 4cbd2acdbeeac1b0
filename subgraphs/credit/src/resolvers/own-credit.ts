import type { Words } from '@zhitong/values';
import { badUserInput, forbidden, type Clock } from '@zhitong/kit';
import { readThing } from '@zhitong/kit/personal-data';
import { dayInShanghai } from '@zhitong/values';
import type { Context } from '../context.js';
import { debtScope, isWithin, type DebtScope, type OfficesOfCredit, type Owed } from '../domain/access.js';
import { said } from '../domain/refusal-words.js';

/** What of the context decides about rights. */
export type RightsContext = Pick<Context, 'actor' | 'ledgerOffice' | 'financialDepartments'>;

/** The departments that rights name. */
export const officesOf = ({ ledgerOffice, financialDepartments }: RightsContext): OfficesOfCredit => ({
  ledgerOffice,
  financial: financialDepartments,
});

/** Which promises, debts and approval items the caller may read. */
export const scopeOf = (context: RightsContext): DebtScope => debtScope(context.actor, officesOf(context));

const READERS: Words = {
  en: 'the enterprises that it concerns, the department that owes it, and officials of the government',
  zh: '相关企业、责任单位和政府工作人员',
};

const refusal = ({ en, zh }: Words) => forbidden(said('FOR_READERS', { what: en, whatInChinese: zh }));

/** What a list is limited to for the caller; the filter must not ask for anything else. */
export interface Limits {
  readonly uscc?: string;
  readonly department?: string;
}

/**
 * What a list of promises, debts or items is limited to for the caller.
 * @param asked enterprise and department that the question names
 * @throws GraphQLError FORBIDDEN when it names another enterprise or department than the caller may read
 */
export function limitsFor(
  context: RightsContext,
  asked: { readonly uscc?: string | null | undefined; readonly department?: string | null | undefined },
  what: Words,
): Limits {
  const scope = scopeOf(context);
  switch (scope.kind) {
    case 'ALL':
      return {};
    case 'ENTERPRISE':
      if (asked.uscc && asked.uscc !== scope.uscc)
        throw refusal({ en: `${what.en} of ${asked.uscc}`, zh: `${asked.uscc} 的${what.zh}` });
      return { uscc: scope.uscc };
    case 'DEPARTMENT':
      if (asked.department && asked.department !== scope.department)
        throw refusal({ en: `${what.en} of ${asked.department}`, zh: `${asked.department} 的${what.zh}` });
      return { department: scope.department };
    case 'NONE':
      throw refusal(what);
  }
}

/**
 * What is owed, by its key, if the caller may read it; null when there is none, for whoever reads all.
 * @param called how a refusal calls it, by the key alone
 * @throws GraphQLError see readThing
 */
export function readable<Row>(
  found: Row | null | undefined,
  owedIn: (row: Row) => Owed,
  context: RightsContext,
  called: Words,
): Row | null {
  const scope = scopeOf(context);
  return readThing(context, {
    found,
    readsAll: scope.kind === 'ALL',
    mayRead: (row) => isWithin(scope, owedIn(row)),
    called,
    readers: READERS,
  });
}

/** Lets those pass who read what all departments owe. */
export function requireAll(context: RightsContext, what: Words): void {
  if (scopeOf(context).kind !== 'ALL')
    throw forbidden(said('FOR_OFFICIALS', { what: what.en, whatInChinese: what.zh }));
}

/** A day that has come; BAD_USER_INPUT for a later one. */
export function pastDay(
  date: string | null | undefined,
  { clock, path }: { clock: Clock; path: readonly string[] },
): string {
  const today = dayInShanghai(clock.now());
  if (date !== null && date !== undefined && date > today)
    throw badUserInput(said('NOT_COME', { field: path.join('.'), day: date, today }), path);
  return date ?? today;
}
