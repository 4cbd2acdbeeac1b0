import type { Connection, mongo } from 'mongoose';
import { NAME_TERMS_FORM, nameTerms } from '../domain/search/name-terms.js';
import type { SearchTerms, SearchWay } from '../domain/search/search-terms.js';
import { renewDerived } from './renew-derived.js';

/** What is looked for: by what was typed, or the codes that it stands for. */
export type Searched = SearchTerms | { readonly codes: readonly string[] };

/** What a name is found by. */
export function nameFields(name: string) {
  const { pairs, initials, sound } = nameTerms(name);
  return { nameLength: [...name].length, namePairs: [...pairs], nameInitials: [...initials], nameSound: sound };
}

/** An enterprise with its name. */
interface Named {
  readonly uscc: string;
  readonly name: string;
}

/** Reads names again that were stored before the form of their terms. */
export const renewNameTerms = async (db: Connection, enterprises: mongo.Collection): Promise<void> =>
  renewDerived<Named>(db, enterprises, {
    name: 'enterprise-names',
    form: NAME_TERMS_FORM,
    projection: { _id: 0, uscc: 1, name: 1 },
    derive: ({ uscc, name }) => ({ filter: { uscc, name }, set: nameFields(name) }),
  });

/** What MongoDB is asked. */
export function searchFilter(terms: Searched): Record<string, unknown> {
  if ('codes' in terms) return { uscc: { $in: [...terms.codes] } };
  const { code, ways } = terms;
  const conditions = [...(code === null ? [] : [{ uscc: { $gte: code, $lt: `${code}~` } }]), ...ways.map(wayFilter)];
  return conditions.length === 1 ? (conditions[0] ?? {}) : { $or: conditions };
}

/** Index candidates; where those are not decided yet, the readings of the whole name decide. */
const wayFilter = ({ pairs, initials, sound }: SearchWay): Record<string, unknown> => ({
  ...(pairs.length === 0 ? {} : { namePairs: { $all: [...pairs] } }),
  // Both ends of the range are met by one and the same term, and not by two.
  ...(initials === null ? {} : { nameInitials: { $elemMatch: { $gte: initials, $lt: `${initials}~` } } }),
  ...(sound === null ? {} : { nameSound: new RegExp(sound) }),
});
