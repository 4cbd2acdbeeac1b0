import { SHANGHAI_OFFSET } from '@zhitong/values';
import type { Collection, Document } from 'mongodb';

/** A table of figures as everybody sees it, under its key. */
export interface PublishedTable<Key, Figures> {
  readonly key: Key;
  /** Exact; what is shown of them is decided where they are shown. */
  readonly figures: Figures;
  /** When they were fixed, by the database's clock; newer figures that are the same leave it as it was. */
  readonly publishedAt: Date;
  /** Whether a day has begun in Shanghai since it was decided last whether newer figures may take their place. */
  readonly isDue: boolean;
  /** Which state of what they are made of was looked at when that was decided last; null when it is not known. */
  readonly basis: string | null;
}

/** Figures of a table; in a decision null where the former ones stand. */
interface Offered<Key, Figures> {
  readonly key: Key;
  readonly figures: Figures;
  /** See `PublishedTable`. */
  readonly basis?: string | null;
}

/** Tables of figures that are replaced at most once a day. */
export interface PublishedTables<Key, Figures> {
  /** What is published under some keys. */
  read(keys: readonly Key[]): Promise<PublishedTable<Key, Figures>[]>;
  /** Those of some keys that have none, or of which nothing was decided on this day. */
  open(keys: readonly Key[]): Promise<Key[]>;
  /** Publishes tables under keys that have none; what another process has published meanwhile stands. */
  publishFirst(first: readonly Offered<Key, Figures>[]): Promise<void>;
  /**
   * Writes the decisions of a day; one about a table of which another process has decided on this day changes nothing.
   */
  decide(decisions: readonly Offered<Key, Figures | null>[]): Promise<void>;
}

const dayOf = (date: string) => ({ $dateToString: { date, format: '%Y-%m-%d', timezone: SHANGHAI_OFFSET } });
/** Judged by the database, so that processes with other clocks agree. */
const IS_DUE = { $lt: [dayOf('$decidedAt'), dayOf('$$NOW')] };

/**
 * Published tables in one collection: each document has the fields of its key, `figures`, `publishedAt` and
 * `decidedAt`. A unique index on the fields of the key is the caller's.
 * @param fields of the key.
 */
export function publishedTables<Key extends Readonly<Record<string, string>>, Figures>(
  collection: Collection,
  fields: readonly (keyof Key & string)[],
): PublishedTables<Key, Figures> {
  const write = async <Item>(items: readonly Item[], operationOf: (item: Item) => Document): Promise<void> => {
    if (items.length === 0) return;
    await collection.bulkWrite(
      items.map((item) => ({ updateOne: operationOf(item) as { filter: Document; update: Document[] } })),
      { ordered: false },
    );
  };
  /** A day that moved without a figure would tell that something happened to what they are made of. */
  const publishedNow = (figures: Figures) => ({
    $cond: [{ $eq: ['$figures', { $literal: figures }] }, '$publishedAt', '$$NOW'],
  });
  return {
    read: async (keys) =>
      keys.length === 0
        ? []
        : collection
            .aggregate<PublishedTable<Key, Figures>>([
              { $match: { $or: keys.map((key) => ({ ...key })) } },
              {
                $project: {
                  _id: 0,
                  key: Object.fromEntries(fields.map((field) => [field, `$${field}`])),
                  figures: 1,
                  publishedAt: 1,
                  isDue: IS_DUE,
                  basis: { $ifNull: ['$basis', null] },
                },
              },
            ])
            .toArray(),

    open: async (keys) => {
      if (keys.length === 0) return [];
      const decided = await collection
        .aggregate<{ key: Key }>([
          { $match: { $or: keys.map((key) => ({ ...key })), $expr: { $not: [IS_DUE] } } },
          { $project: { _id: 0, key: Object.fromEntries(fields.map((field) => [field, `$${field}`])) } },
        ])
        .toArray();
      const idOf = (key: Key): string => JSON.stringify(fields.map((field) => key[field]));
      const ids = new Set(decided.map(({ key }) => idOf(key)));
      return keys.filter((key) => !ids.has(idOf(key)));
    },

    publishFirst: async (first) => {
      const kept = (field: string, value: unknown) => ({ $ifNull: [`$${field}`, value] });
      await write(first, ({ key, figures, basis = null }) => ({
        filter: { ...key },
        update: [
          {
            $set: {
              figures: kept('figures', { $literal: figures }),
              publishedAt: kept('publishedAt', '$$NOW'),
              decidedAt: kept('decidedAt', '$$NOW'),
              // Of what another process has published meanwhile nobody here knows what it looked at.
              basis: { $cond: [{ $eq: [{ $type: '$figures' }, 'missing'] }, { $literal: basis }, '$basis'] },
            },
          },
        ],
        upsert: true,
      }));
    },

    decide: async (decisions) =>
      write(decisions, ({ key, figures, basis = null }) => ({
        filter: { ...key, $expr: IS_DUE },
        update: [
          {
            $set: {
              decidedAt: '$$NOW',
              basis: { $literal: basis },
              ...(figures === null ? {} : { figures: { $literal: figures }, publishedAt: publishedNow(figures) }),
            },
          },
        ],
      })),
  };
}

/**
 * What everybody sees under some keys. It is decided once a day (the first time that somebody asks on it) whether the
 * figures of that moment take the place of the former ones; until then, and where they may not, those stand.
 * @param idOf a text for a key, other ones for other keys.
 * @param now the figures of this moment under the keys that are due or have none; none under a key of which they cannot
 *   be told yet.
 * @param basisOf by the key's text, which state of what figures are made of is the present one; none where that is not
 *   known. Where it is the one that was looked at last, the figures are not made again: they are the same.
 * @param mayReplace whether newer figures may take the place of published ones, for example `mayReplace` of
 *   `@zhitong/values`.
 * @returns by the key's text; nothing under keys of which nothing can be told yet.
 */
export async function publishedOf<Key, Figures>(
  keys: readonly Key[],
  {
    tables,
    idOf,
    now,
    basisOf = async () => Promise.resolve(new Map<string, string>()),
    mayReplace,
  }: {
    readonly tables: PublishedTables<Key, Figures>;
    readonly idOf: (key: Key) => string;
    readonly now: (keys: readonly Key[]) => Promise<readonly Offered<Key, Figures>[]>;
    readonly basisOf?: (keys: readonly Key[]) => Promise<ReadonlyMap<string, string>>;
    readonly mayReplace: (former: Figures, newer: Figures, key: Key) => boolean;
  },
): Promise<ReadonlyMap<string, PublishedTable<Key, Figures>>> {
  const byId = (rows: readonly PublishedTable<Key, Figures>[]) => new Map(rows.map((row) => [idOf(row.key), row]));
  const held = byId(await tables.read(keys));
  const open = keys.filter((key) => held.get(idOf(key))?.isDue !== false);
  if (open.length === 0) return held;
  // Read before the figures: what changes in between is looked at again.
  const bases = await basisOf(open);
  const basis = (key: Key): string | null => bases.get(idOf(key)) ?? null;
  const moved = open.filter((key) => basis(key) === null || held.get(idOf(key))?.basis !== basis(key));
  const fresh = moved.length === 0 ? [] : await now(moved);
  await tables.publishFirst(
    fresh.flatMap(({ key, figures }) => (held.has(idOf(key)) ? [] : [{ key, figures, basis: basis(key) }])),
  );
  await tables.decide([
    ...open.flatMap((key) => (moved.includes(key) ? [] : [{ key, figures: null, basis: basis(key) }])),
    ...fresh.flatMap(({ key, figures }) => {
      const former = held.get(idOf(key));
      if (former === undefined) return [];
      return [{ key, figures: mayReplace(former.figures, figures, key) ? figures : null, basis: basis(key) }];
    }),
  ]);
  return new Map([...held, ...byId(await tables.read(open))]);
}
