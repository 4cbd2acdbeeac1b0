import { hasRole, type Actor } from '@zhitong/kit';
import { readThingForPurpose, requirePurpose } from '@zhitong/kit/personal-data';
import type { Context } from '../context.js';
import { caseRights, caseScope } from '../domain/access.js';
import type { CaseRecord } from '../models/stored-case.js';

/** Who reads a case without a purpose, for refusals. */
export const READERS = {
  en: 'the enterprise that brought it, the departments that handle it, coordinator and auditor',
  zh: '提出诉求的企业、承办单位、营商办和审计人员',
};

const opened = (record: CaseRecord): CaseRecord => ({ ...record, isOpenedForPurpose: true });

/**
 * A case that the caller may read, or that is opened to an officer of the government for the stated purpose; null when
 * there is none, for whoever reads all. Of an anonymous case, and of one from elsewhere, the record of the reading
 * names no enterprise.
 * @throws GraphQLError see readThingForPurpose
 */
export async function readable(
  found: CaseRecord | undefined,
  caseNumber: string,
  context: Context,
): Promise<CaseRecord | null> {
  const { actor } = context;
  return readThingForPurpose<CaseRecord>(
    context,
    {
      found,
      readsAll: caseScope(actor).kind === 'ALL',
      mayRead: (record) => caseRights(actor, record).mayRead,
      called: { en: `The case ${caseNumber.slice(0, 40)}`, zh: `诉求 ${caseNumber.slice(0, 40)} ` },
      readers: READERS,
    },
    {
      noted: ({ caseNumber: number, complainant }) => ({
        about: complainant.anonymous ? null : complainant.uscc,
        datum: `Case ${number}`,
      }),
      opened,
    },
  );
}

/** What of an enterprise's cases a caller finds beside the department's own: all named ones, for a stated purpose. */
export interface OpenedList {
  readonly isOpened: boolean;
  /** The rows as the caller may read them. */
  rows(found: readonly CaseRecord[]): CaseRecord[];
}

const hasPurpose = (actor: Actor | null, { financialDepartments }: Context): boolean =>
  actor?.purpose !== undefined && hasRole(actor, 'OFFICER') && !financialDepartments.has(actor.department ?? '');

/**
 * Opens the named cases of an enterprise to an officer of the government who states a purpose, and records it; to
 * others nothing.
 * @throws GraphQLError FORBIDDEN, DEPARTMENT_UNAVAILABLE (see requirePurpose)
 */
export async function openedFor(uscc: string, context: Context): Promise<OpenedList> {
  const isOpened = caseScope(context.actor).kind === 'DEPARTMENT' && hasPurpose(context.actor, context);
  if (isOpened) await requirePurpose(context, { about: uscc, datum: 'Enterprise.cases', readers: READERS });
  return { isOpened, rows: (found) => (isOpened ? found.map(opened) : [...found]) };
}
