import { caseRights } from '../domain/access.js';
import type { Context } from '../context.js';
import type { CaseRecord } from '../models/stored-case.js';

/**
 * Numbers of cases that one was merged with or split from, so far as the reader may know that they are of one
 * enterprise. Both were anonymous or neither when they were joined; where one has become so since, the named one would
 * tell who brought it.
 */
export async function linksFor(
  numbers: readonly string[],
  record: CaseRecord,
  { actor, loaders }: Pick<Context, 'actor' | 'loaders'>,
): Promise<string[]> {
  const shown = await Promise.all(
    numbers.map(async (caseNumber) => {
      const other = await loaders.case(caseNumber, { fields: [] });
      return (
        other !== undefined &&
        (other.complainant.anonymous === record.complainant.anonymous ||
          [record, other].every((each) => caseRights(actor, each).maySeeComplainant))
      );
    }),
  );
  return numbers.filter((_number, at) => shown[at]);
}

/** The same for one number that may not be there. */
export const linkFor = async (
  number: string | null,
  record: CaseRecord,
  context: Pick<Context, 'actor' | 'loaders'>,
): Promise<string | null> => (number === null ? null : ((await linksFor([number], record, context))[0] ?? null));
