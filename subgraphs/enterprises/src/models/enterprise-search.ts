import type { Connection, mongo } from 'mongoose';
import { codeTerm, codeTerms, NAME_TERMS_FORM, nameTerms } from '../domain/search/name-terms.js';
import type { SearchTerms, SearchWay } from '../domain/search/search-terms.js';
import { renewDerived } from './renew-derived.js';

/** What is looked for: by what was typed, or the codes that it stands for. */
export type Searched =
  | (SearchTerms & {
      /** Whether short and former names count: who may not read them must not find by them either. */
      readonly byOtherNames: boolean;
    })
  | { readonly codes: readonly string[] };

/** The names by which an enterprise is found, and its code, by the beginning of it. */
export interface SearchedNames {
  readonly uscc: string;
  readonly name: string;
  readonly shortName?: string | null;
  /** Latest last; records of before the field have none. */
  readonly formerNames?: readonly string[];
}

/** What an enterprise is found by. */
export function nameFields({ uscc, name, shortName, formerNames = [] }: SearchedNames) {
  const others = [...(shortName ? [shortName] : []), ...formerNames].filter((other) => other !== name);
  const own = nameTerms(name);
  const { pairs, sounds } = others.length === 0 ? own : nameTerms(name, ...others);
  return {
    nameLength: [...name].length,
    namePairs: [...pairs, ...codeTerms(uscc)],
    nameInitials: [...sounds],
    nameSound: own.sound,
    otherSound: others.length === 0 ? null : nameTerms(...others).sound,
  };
}

/** Reads names again that were stored before the form of their terms; former names come from the register's history. */
export const renewNameTerms = async (db: Connection, enterprises: mongo.Collection): Promise<void> =>
  renewDerived<SearchedNames>(db, enterprises, {
    name: 'enterprise-names',
    form: NAME_TERMS_FORM,
    projection: { _id: 0, uscc: 1, name: 1, shortName: 1, formerNames: 1 },
    deriving: async () => {
      const changes = db.collection<{ uscc: string; version: number; field: string; from: string }>('register_changes');
      const former = new Map<string, string[]>();
      for await (const { uscc, from } of changes
        .find({ field: 'name', from: { $type: 'string' } })
        .sort({ version: 1 }))
        former.set(uscc, [...(former.get(uscc) ?? []), from]);
      return (names) =>
        names.map(({ uscc, name, shortName, formerNames = former.get(uscc) }) => ({
          filter: { uscc, name },
          set: {
            ...(formerNames === undefined ? {} : { formerNames }),
            ...nameFields({ uscc, name, shortName: shortName ?? null, ...(formerNames && { formerNames }) }),
          },
        }));
    },
  });

/** What MongoDB is asked. */
export function searchFilter(terms: Searched): Record<string, unknown> {
  if ('codes' in terms) return { uscc: { $in: [...terms.codes] } };
  const { code, ways, byOtherNames } = terms;
  const conditions = [
    ...(code === null ? [] : [codeFilter(code, ways.length > 0)]),
    ...ways.map((way) => wayFilter(way, byOtherNames)),
  ];
  return conditions.length === 1 ? (conditions[0] ?? {}) : { $or: conditions };
}

/** The beginning of a code; where names are looked for too, by a term, which hands out both in one order. */
const codeFilter = (code: string, isOfName: boolean): Record<string, unknown> =>
  isOfName ? { namePairs: codeTerm(code) } : { uscc: { $gte: code, $lt: `${code}~` } };

/** Index candidates; where those are not decided yet, the readings of the whole name decide. */
function wayFilter({ pairs, sounds, anySound, sound, isDecided }: SearchWay, byOtherNames: boolean) {
  const reading = new RegExp(sound);
  return {
    ...(pairs.length === 0 ? {} : { namePairs: { $all: [...pairs] } }),
    ...(sounds.length + anySound.length === 0
      ? {}
      : {
          nameInitials: {
            ...(sounds.length === 0 ? {} : { $all: [...sounds] }),
            ...(anySound.length === 0 ? {} : { $in: [...anySound] }),
          },
        }),
    ...(byOtherNames
      ? isDecided
        ? {}
        : { $or: [{ nameSound: reading }, { otherSound: reading }] }
      : { nameSound: reading }),
  };
}
