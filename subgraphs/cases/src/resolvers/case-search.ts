import { badUserInput, forbidden, hasRole } from '@zhitong/kit';
import type { Context } from '../context.js';
import { caseScope } from '../domain/access.js';
import { asStored } from '../domain/intake.js';
import { said } from '../domain/refusal-words.js';
import type { CaseFilter } from '../generated/resolvers-types.js';
import type { CaseConditions, UpdatedWithin } from '../models/case-conditions.js';

const LONGEST_WORDS = 100;
const MOST_WORDS = 10;

/** What a desk looks for while a caller waits: a telephone number, words, a number, what has changed. */
export function searchConditions(
  filter: Pick<CaseFilter, 'telephone' | 'words' | 'number' | 'updatedFrom' | 'updatedTo'>,
  context: Pick<Context, 'actor' | 'keywords' | 'telephoneHash'>,
  isOpenedForPurpose: boolean,
): CaseConditions {
  const { telephone, words, number, updatedFrom, updatedTo } = filter;
  return {
    ...(typeof words === 'string' ? { words: wordsOf(words, context) } : {}),
    ...(typeof number === 'string' ? { number: numberOf(number) } : {}),
    ...(updatedFrom || updatedTo
      ? {
          updated: {
            field: updatedField(context, isOpenedForPurpose),
            from: moment(updatedFrom),
            to: moment(updatedTo),
          },
        }
      : {}),
    ...(typeof telephone === 'string' ? byTelephone(telephone, context) : {}),
  };
}

const moment = (at: Date | null | undefined): string | undefined => at?.toISOString();

/** By the changes that the caller learns of: another one must not show by the time at which a case is found. */
function updatedField({ actor }: Pick<Context, 'actor'>, isOpenedForPurpose: boolean): UpdatedWithin['field'] {
  const { kind } = caseScope(actor);
  if (kind === 'ALL') return 'updatedAt';
  return kind === 'DEPARTMENT' && !isOpenedForPurpose ? 'updatedForOffices' : 'updatedForOutside';
}

function wordsOf(asked: string, { keywords }: Pick<Context, 'keywords'>): readonly string[] {
  if (asked.length > LONGEST_WORDS)
    throw badUserInput(said('SEARCH_TOO_LONG', { length: asked.length, most: LONGEST_WORDS }), ['filter', 'words']);
  const words = keywords.words(asked);
  if (words.length === 0 || words.length > MOST_WORDS)
    throw badUserInput(said('SEARCH_WORDS', { length: words.length, most: MOST_WORDS }), ['filter', 'words']);
  return words;
}

/** The beginning of a case number as it is stored; the letters may be left out (2026-0001). */
function numberOf(asked: string): string {
  const plain = asStored(asked).normalize('NFKC').toUpperCase().replace(/\s/g, '');
  const number = /^\d/.test(plain) ? `SQ${plain}` : plain;
  if (!/^SQ\d{1,4}(?:-\d{0,9})?$/.test(number))
    throw badUserInput(said('FILTER_NUMBER', { value: JSON.stringify(asked.slice(0, 40)) }), ['filter', 'number']);
  return number;
}

/**
 * Only cases whose contact the caller reads in clear: else the telephone number of a case could be found out by trying,
 * or who brought an anonymous one.
 */
function byTelephone(
  telephone: string,
  { actor, telephoneHash }: Pick<Context, 'actor' | 'telephoneHash'>,
): CaseConditions {
  const scope = caseScope(actor);
  if (scope.kind === 'ALL' && !hasRole(actor, 'COORDINATOR')) throw forbidden(said('SEARCH_BY_TELEPHONE'));
  const telephoneHashes = telephoneHash(telephone);
  // The number itself is named in no message: messages are logged.
  if (telephoneHashes.length === 0) throw badUserInput(said('FILTER_TELEPHONE'), ['filter', 'telephone']);
  return {
    telephoneHashes,
    ...(scope.kind === 'DEPARTMENT' ? { contactOf: scope.department, namedOnly: true } : {}),
  };
}
