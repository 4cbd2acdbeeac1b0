import { caseRights } from '../domain/access.js';
import type { Context } from '../context.js';
import type { CaseRecord } from '../models/stored-case.js';
import { anonymised, namesBehind } from '../usecases/anonymised.js';

/**
 * A text of a case as this reader may see it: of an anonymous case without the numbers and names that would reveal who
 * brought it, those that the registry knows among them.
 * @throws DEPARTMENT_UNAVAILABLE when the registry cannot be asked what must not be shown
 */
export async function forReader(
  text: string,
  record: CaseRecord,
  { actor, register }: Pick<Context, 'actor' | 'register'>,
): Promise<string> {
  if (caseRights(actor, record).maySeeComplainant) return text;
  return anonymised(text, await namesBehind(record, register));
}
