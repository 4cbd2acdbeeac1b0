import { caseRights, isOwnWords } from '../domain/access.js';
import type { Context } from '../context.js';
import type { CaseChange, CaseEvent } from '../domain/case-event.js';
import type { CaseRecord } from '../models/stored-case.js';
import { anonymised, joinedWith, LINKS, namesBehind } from '../usecases/anonymised.js';

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

/** The texts of a change. */
const textsIn = (value: unknown): string[] =>
  typeof value === 'string'
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(textsIn)
      : [];

/** Moves of which a text of the view can be. */
export type WrittenBy = readonly CaseChange['type'][];

/** Whether the reader's own office wrote a text of the view: the last of those moves that has it says so. */
async function isOfOwnOffice(
  text: string,
  { caseNumber }: CaseRecord,
  moves: WrittenBy,
  { actor, loaders }: Pick<Context, 'actor' | 'loaders'>,
): Promise<boolean> {
  if (moves.length === 0) return false;
  const written = ((await loaders.history(caseNumber, null)) ?? []).findLast(
    ({ change }) => moves.includes(change.type) && textsIn(change).includes(text),
  );
  return written !== undefined && isOwnWords(actor, written);
}

/**
 * A text of a case as this reader may see it: of an anonymous case without the numbers and names that would reveal who
 * brought it, those that the registry knows among them. What the reader's own office wrote is shown as it wrote it.
 * @param event the change that the text is of, where one alone is
 * @param moves by which a text of the view is written; without them, as of the intake, it is nobody's own
 * @param more numbers of cases whose words stand in the text, beside those that it is joined with now
 * @throws DEPARTMENT_UNAVAILABLE when the registry cannot be asked what must not be shown
 */
export async function forReader(
  text: string,
  record: CaseRecord,
  context: Pick<Context, 'actor' | 'register' | 'loaders'>,
  {
    event,
    moves = [],
    more = [],
  }: { readonly event?: CaseEvent; readonly moves?: WrittenBy; readonly more?: readonly string[] } = {},
): Promise<string> {
  if (caseRights(context.actor, record).maySeeComplainant) return text;
  const isOwn =
    event === undefined ? await isOfOwnOffice(text, record, moves, context) : isOwnWords(context.actor, event);
  if (isOwn) return text;
  return anonymised(text, await namesBehind(record, context.register, await joinedCases(record, more, context)));
}
