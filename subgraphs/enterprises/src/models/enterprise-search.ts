import type { SortKey } from '@zhitong/kit/mongo';
import type { Connection, mongo } from 'mongoose';
import { codeTerm, codeTerms, NAME_TERMS_FORM, nameTerms, type NameTerms } from '../domain/search/name-terms.js';
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

/** Terms of names that are about to be registered, made ahead. */
export class NamesReadAhead {
  readonly #terms = new Map<string, NameTerms>();

  read(names: readonly string[]): void {
    if (this.#terms.size > MOST_READ_AHEAD) this.#terms.clear();
    for (const name of names) this.#terms.set(name, nameTerms(name));
  }

  /** The terms of a name, which are kept no longer. */
  take = (name: string): NameTerms => {
    const read = this.#terms.get(name);
    this.#terms.delete(name);
    return read ?? nameTerms(name);
  };
}
/** Two batches of a delivery: what did not land is forgotten then. */
const MOST_READ_AHEAD = 1_000;

/** What an enterprise is found by. */
export function nameFields(
  { uscc, name, shortName, formerNames = [] }: SearchedNames,
  termsOf: (name: string) => NameTerms = nameTerms,
) {
  const others = [...(shortName ? [shortName] : []), ...formerNames].filter((other) => other !== name);
  const own = termsOf(name);
  const { pairs, sounds } = others.length === 0 ? own : nameTerms(name, ...others);
  return {
    nameLength: [...name].length,
    namePairs: [...pairs, ...codeTerms(uscc)],
    nameInitials: [...sounds],
    nameSound: own.sound,
    otherSound: others.length === 0 ? null : nameTerms(...others).sound,
  };
}

/** What a search reads; both hand out what they find in order of length. */
export const SEARCH_INDEXES = [
  { namePairs: 1, nameLength: 1, uscc: 1 },
  { nameInitials: 1, nameLength: 1, uscc: 1 },
] as const;

/**
 * Does the work that fills an empty register. The search's indexes are made when it is done: kept up name by name they
 * take half of the time. A register that holds anything keeps them; so does the next start, when this one is killed.
 */
async function filledAtOnce(enterprises: mongo.Collection, work: () => Promise<void>): Promise<void> {
  if ((await enterprises.findOne({}, { projection: { _id: 1 } })) !== null) return work();
  // As MongoDB names an index by its fields.
  for (const index of SEARCH_INDEXES) await enterprises.dropIndex(Object.entries(index).flat().join('_'));
  try {
    await work();
  } finally {
    await enterprises.createIndexes(SEARCH_INDEXES.map((key) => ({ key })));
  }
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

/** A range of one index: all that is found by a way has its term, and MongoDB hands it out in the order of a page. */
export type TermRange =
  { readonly namePairs: string } | { readonly nameInitials: string | { readonly $in: readonly string[] } };
/** How many enterprises a range holds, at most as many as it is worth to know. */
export type SizeOfRange = (range: TermRange) => Promise<number>;

/**
 * What MongoDB is asked, one question for each way to read the text; any of them may be met. Each question names one
 * term, the rarest of those that it could: given several, MongoDB tries them side by side, which in a million names
 * takes seconds where what is looked for is rare.
 */
export async function searchFilters(terms: Searched, sizeOf: SizeOfRange): Promise<Record<string, unknown>[]> {
  if ('codes' in terms) return [{ uscc: { $in: [...terms.codes] } }];
  const { code, ways, byOtherNames } = terms;
  return [
    ...(code === null ? [] : [codeFilter(code, ways.length > 0)]),
    ...(await Promise.all(ways.map(async (way) => wayFilter(way, await rarest(rangesOf(way), sizeOf), byOtherNames)))),
  ];
}

/** The beginning of a code; where names are looked for too, by a term, which hands out both in one order. */
const codeFilter = (code: string, isOfName: boolean): Record<string, unknown> =>
  isOfName ? { namePairs: codeTerm(code) } : { uscc: { $gte: code, $lt: `${code}~` } };

const rangesOf = ({ pairs, sounds, anySound }: SearchWay): TermRange[] => [
  ...pairs.map((namePairs) => ({ namePairs })),
  ...sounds.map((nameInitials) => ({ nameInitials })),
  ...(anySound.length === 0 ? [] : [{ nameInitials: { $in: anySound } }]),
];

async function rarest(ranges: readonly TermRange[], sizeOf: SizeOfRange): Promise<TermRange | undefined> {
  if (ranges.length <= 1) return ranges[0];
  const sizes = await Promise.all(ranges.map(sizeOf));
  return ranges[sizes.indexOf(Math.min(...sizes))];
}

/** Candidates of one range; where that does not decide yet, the readings of the whole name do. */
function wayFilter({ sound, isDecided }: SearchWay, range: TermRange | undefined, byOtherNames: boolean) {
  const reading = new RegExp(sound);
  if (!byOtherNames) return { ...range, nameSound: reading };
  return isDecided ? { ...range } : { ...range, $or: [{ nameSound: reading }, { otherSound: reading }] };
}

/** A page as a list asks for it. */
interface SearchRequest {
  readonly sort: readonly SortKey[];
  readonly limit: number;
  readonly backwards: boolean;
}

/**
 * The reads of a search.
 * @param page reads a page by a filter, with one row more than `limit` when more follow
 */
export function searching<Row extends { readonly uscc: string }, Request extends SearchRequest>(
  enterprises: () => mongo.Collection,
  page: (filter: Record<string, unknown>, request: Request) => Promise<Row[]>,
) {
  const sizeOf = rangeSizes(enterprises);
  return {
    /** Reads a page of what is found. */
    search: async (terms: Searched, request: Request): Promise<Row[]> => {
      const filters = await searchFilters(terms, sizeOf);
      const pages = await Promise.all(filters.map(async (filter) => page(filter, request)));
      return pages.length === 1 ? pages.flat() : onePage(pages.flat(), request);
    },

    /** Does the work that fills the register, faster where it is empty, see {@link filledAtOnce}. */
    filledAtOnce: async (work: () => Promise<void>): Promise<void> => filledAtOnce(enterprises(), work),

    countFound: async (terms: Searched): Promise<number> =>
      enterprises().countDocuments({ $or: await searchFilters(terms, sizeOf) }),
  };
}

/** Pages of the same order put together; what several have stands there once. */
function onePage<Row extends { readonly uscc: string }>(
  rows: readonly Row[],
  { sort, limit, backwards }: SearchRequest,
): Row[] {
  const before = (a: unknown, b: unknown): boolean =>
    typeof a === 'number' && typeof b === 'number' ? a < b : String(a) < String(b);
  const order = (one: Row, other: Row): number => {
    for (const { field, direction } of sort) {
      const [a, b] = [one[field as keyof Row], other[field as keyof Row]];
      if (a !== b) return before(a, b) === (backwards !== (direction === 1)) ? -1 : 1;
    }
    return 0;
  };
  return [...new Map(rows.map((row) => [row.uscc, row])).values()].sort(order).slice(0, limit + 1);
}

const MOST_COUNTED = 5_000;
const KEPT_MS = 60_000;
const MOST_KEPT = 5_000;

/** Counts ranges up to a bound, and keeps each count for a minute: it decides how fast an answer is, not what it is. */
export function rangeSizes(enterprises: () => mongo.Collection): SizeOfRange {
  const kept = new Map<string, { readonly until: number; readonly size: Promise<number> }>();
  return async (range) => {
    const key = JSON.stringify(range);
    const now = performance.now();
    const before = kept.get(key);
    if (before !== undefined && before.until > now) return before.size;
    if (kept.size >= MOST_KEPT) kept.clear();
    const size = enterprises().countDocuments(range, { limit: MOST_COUNTED });
    kept.set(key, { until: now + KEPT_MS, size });
    // One that failed is asked again.
    size.catch(() => kept.delete(key));
    return size;
  };
}
