import { caseRights, isOfOwnOffice } from '../domain/access.js';
import type { Context } from '../context.js';
import type { CaseEvent } from '../domain/case-event.js';
import { knewWhoBroughtIt, maskedBy, withoutAbsorbed } from '../domain/persons/known-writers.js';
import type { Writer } from '../domain/persons/writers.js';
import type { CaseRecord } from '../models/stored-case.js';
import { anonymised, joinedWith, LINKS, namesBehind, NOTHING_BEHIND, type Revealing } from '../usecases/anonymised.js';

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

interface Read {
  readonly histories: readonly (readonly CaseEvent[])[];
  /** Where in the first of them the change stands by which the text was written. */
  readonly at: number;
}

/** The histories of a case and of those that it is joined with, and where the first has the change of a text. */
async function read(
  written: Writer,
  { caseNumber }: CaseRecord,
  joined: readonly CaseRecord[],
  { loaders }: Pick<Context, 'loaders'>,
): Promise<Read> {
  const numbers = [caseNumber, ...joined.map((record) => record.caseNumber)];
  const histories = await Promise.all(numbers.map(async (number) => (await loaders.history(number, null)) ?? []));
  const [history = []] = histories;
  const change = written(history)?.change;
  return { histories, at: history.findIndex((event) => event.change === change) };
}

/** What words of somebody who knew who brought a case are masked by: of these cases those of which he knew it. */
const knownOf = (records: readonly CaseRecord[], { histories, at }: Read): Revealing[] => {
  const isMasked = maskedBy(histories, at);
  if (!isMasked.includes(false)) return [...records];
  return records
    .map((record, place) => ({
      ...record,
      complainant: withoutAbsorbed(record.complainant, histories[place] ?? []),
    }))
    .filter((_record, place) => isMasked[place]);
};

/**
 * A text of a case as this reader may see it: of an anonymous case, where somebody wrote it who knew who brought it,
 * without the numbers and names that would reveal that, those that the registry knows among them. Of what somebody
 * wrote who did not know, only what looks like a number or an address is taken out, whosever it is, so that a right
 * guess reads like a wrong one, and nothing for the own office.
 * @param written finds the change that the text is of; left out of what whoever knows who brought the case wrote
 * @param taken the same of what whoever brought the case says in it
 * @param more numbers of cases whose words stand in the text, beside those that it is joined with now
 * @throws DEPARTMENT_UNAVAILABLE when the registry cannot be asked what must not be shown
 */
export async function forReader(
  text: string,
  record: CaseRecord,
  context: Pick<Context, 'actor' | 'register' | 'loaders'>,
  {
    written,
    taken,
    more = [],
  }: { readonly written?: Writer; readonly taken?: Writer; readonly more?: readonly string[] } = {},
): Promise<string> {
  const { actor, register } = context;
  if (caseRights(actor, record).maySeeComplainant) return text;
  const joined = await joinedCases(record, more, context);
  // Most cases are joined with none, and what was taken down is then masked by the case itself.
  const writer = written ?? (joined.length > 0 ? taken : undefined);
  if (writer === undefined) return anonymised(text, await namesBehind(record, register, joined));
  const found = await read(writer, record, joined, context);
  const [history = [], ...others] = found.histories;
  const by = history[found.at]?.by;
  if (by !== undefined && !knewWhoBroughtIt(history, found.at, others))
    return isOfOwnOffice(actor, by) ? text : anonymised(text, NOTHING_BEHIND);
  const [first = record, ...rest] = knownOf([record, ...joined], found);
  return anonymised(text, await namesBehind(first, register, rest));
}
