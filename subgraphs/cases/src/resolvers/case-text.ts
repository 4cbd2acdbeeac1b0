import type { Actor } from '@zhitong/kit';
import { caseRights } from '../domain/access.js';
import { anonymised } from '../usecases/anonymised.js';
import type { CaseRecord } from '../models/stored-case.js';

/**
 * A text of a case as this reader may see it: of an anonymous case without the numbers and names that would reveal who
 * brought it.
 */
export function forReader(text: string, record: CaseRecord, actor: Actor | null): string {
  if (caseRights(actor, record).maySeeComplainant) return text;
  const { name, contactName } = record.complainant;
  return anonymised(
    text,
    [name, contactName].filter((known) => known !== null),
  );
}
