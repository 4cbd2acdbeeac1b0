import { caseRights, isOfOwnOffice } from '../domain/access.js';
import type { Context } from '../context.js';
import { knewWhoBroughtIt } from '../domain/persons/known-writers.js';
import type { Writer } from '../domain/persons/writers.js';
import type { CaseRecord } from '../models/stored-case.js';
import { anonymised, joinedWith, LINKS, namesBehind, NOTHING_BEHIND } from '../usecases/anonymised.js';

/** The cases that one is joined with, and `more`, as what tells who brought them. */
async function joinedCases(
  { caseNumber }: CaseRecord,
  more: readonly string[],
  { loaders }: Pick<Context, 'loaders'>,
): Promise<CaseRecord[]> {
  const links = await loaders.case(caseNumber, { fields: LINKS });
  const numbers = [...new Set([...more, ...joinedWith(links ?? {})])];
  const found = await Promise.all(numbers.map(async (number) => loaders.case(number, { fields: [] })));
  return found.filter((record) => record !== undefined);
}

/** The office whose words a text is, of which nobody knew who brought the case; null where somebody did. */
async function guessedBy(
  written: Writer | undefined,
  { caseNumber }: CaseRecord,
  joined: readonly CaseRecord[],
  { loaders }: Pick<Context, 'loaders'>,
) {
  if (written === undefined) return null;
  const [history = [], ...others] = await Promise.all(
    [caseNumber, ...joined.map((record) => record.caseNumber)].map(
      async (number) => (await loaders.history(number, null)) ?? [],
    ),
  );
  const change = written(history)?.change;
  const at = history.findIndex((event) => event.change === change);
  return knewWhoBroughtIt(history, at, others) ? null : (history[at]?.by ?? null);
}

/**
 * A text of a case as this reader may see it: of an anonymous case, where somebody wrote it who knew who brought it,
 * without the numbers and names that would reveal that, those that the registry knows among them. Of what somebody
 * wrote who did not know, only what looks like a number or an address is taken out, whosever it is, so that a right
 * guess reads like a wrong one, and nothing for the own office.
 * @param written finds the change that the text is of; left out of what whoever brought the case, or who knows, wrote
 * @param more numbers of cases whose words stand in the text, beside those that it is joined with now
 * @throws DEPARTMENT_UNAVAILABLE when the registry cannot be asked what must not be shown
 */
export async function forReader(
  text: string,
  record: CaseRecord,
  context: Pick<Context, 'actor' | 'register' | 'loaders'>,
  { written, more = [] }: { readonly written?: Writer; readonly more?: readonly string[] } = {},
): Promise<string> {
  const { actor, register } = context;
  if (caseRights(actor, record).maySeeComplainant) return text;
  const joined = await joinedCases(record, more, context);
  const by = await guessedBy(written, record, joined, context);
  if (by !== null) return isOfOwnOffice(actor, by) ? text : anonymised(text, NOTHING_BEHIND);
  return anonymised(text, await namesBehind(record, register, joined));
}
