import type { Connection } from 'mongoose';
import { keysetFilter, keysetSort, type SortKey } from '../mongo/keyset.js';

/** A reading of personal data for a stated purpose, as it is stored; never changed, never taken out. */
export interface DataAccessRecord {
  readonly id: string;
  /** When, by the database's clock. */
  readonly at: Date;
  readonly sub: string;
  readonly role: 'OFFICER' | 'COORDINATOR' | 'SERVICE';
  /** Code of the reader's department; null for a coordinator whose token names none. */
  readonly department: string | null;
  /** USCC of the enterprise; null where it has none, or where the reader did not learn which it is. */
  readonly about: string | null;
  /** Which datum, for example `Enterprise.contact`. */
  readonly datum: string;
  readonly purpose: string;
  /** Ties it to the log lines of the request; empty in one for auditors alone. */
  readonly requestId: string;
  /** Who alone is told of it; absent where the enterprise and auditors both are. */
  readonly toldTo?: Audience;
}

/**
 * A reading that by its moment would tell auditors what they may not know is stored twice: for the enterprise itself as
 * it was, and for auditors without the enterprise, under the first moment of its month, once that is over.
 */
export type Audience = 'ENTERPRISE' | 'AUDITORS';

/** Conditions of a list; all must hold. */
export interface DataAccessConditions {
  /** Who reads the list. */
  readonly reader: Audience;
  readonly about?: string | undefined;
  readonly department?: string | undefined;
  /** First and last moment, the last one excluded. */
  readonly from?: Date | undefined;
  readonly before?: Date | undefined;
}

/** Latest first; a cursor carries these keys. */
export const LATEST_ACCESS_FIRST: readonly SortKey[] = [
  { field: 'at', direction: -1 },
  { field: 'id', direction: -1 },
];

/** Records of personal data that was read: they are added and listed, and nothing else. */
export interface DataAccessStore {
  /** Adds records with one command; the database says when that is. */
  add(records: readonly Omit<DataAccessRecord, 'at'>[]): Promise<void>;
  list(
    conditions: DataAccessConditions,
    page: {
      readonly limit: number;
      readonly position: Parameters<typeof keysetFilter>[1];
      readonly backwards: boolean;
    },
  ): Promise<DataAccessRecord[]>;
  count(conditions: DataAccessConditions): Promise<number>;
}

/** The first moment of the month in Shanghai, by the database's clock. */
const THIS_MONTH = { $dateTrunc: { date: '$$NOW', unit: 'month', timezone: 'Asia/Shanghai' } };
/** What a reader of the list is not told; for auditors what is told to them alone and of a month that runs. */
const UNTOLD: Readonly<Record<Audience, Record<string, unknown>>> = {
  ENTERPRISE: { toldTo: 'AUDITORS' },
  AUDITORS: {
    $or: [{ toldTo: 'ENTERPRISE' }, { toldTo: 'AUDITORS', $expr: { $gte: ['$at', THIS_MONTH] } }],
  },
};

/** Collection of the records, for who covers them. */
export const DATA_ACCESSES = 'data_accesses';

/** The records of a department's own database. */
export function dataAccessStore(connection: Connection): DataAccessStore {
  const collection = connection.collection<DataAccessRecord>(DATA_ACCESSES);
  return {
    add: async (records) => {
      await collection.bulkWrite(
        records.map((record) => ({
          updateOne: {
            filter: { id: record.id },
            update: [{ $set: { ...literal(record), at: record.toldTo === 'AUDITORS' ? THIS_MONTH : '$$NOW' } }],
            upsert: true,
          },
        })),
        { ordered: false },
      );
    },
    list: async (conditions, { limit, position, backwards }) =>
      collection
        .find(
          { $and: [filterOf(conditions), keysetFilter(LATEST_ACCESS_FIRST, position, backwards)] },
          { projection: { _id: 0 } },
        )
        .sort(keysetSort(LATEST_ACCESS_FIRST, backwards))
        .limit(limit + 1)
        .batchSize(limit + 2)
        .toArray(),
    count: async (conditions) => collection.countDocuments(filterOf(conditions)),
  };
}

/** Builds the indexes of the records. Call once at start. */
export async function ensureDataAccessIndexes(connection: Connection): Promise<void> {
  await connection
    .collection(DATA_ACCESSES)
    .createIndexes([
      { key: { id: 1 }, unique: true },
      { key: { at: -1, id: -1 } },
      { key: { about: 1, at: -1, id: -1 } },
      { key: { department: 1, at: -1, id: -1 } },
    ]);
}

/** Values that a pipeline takes as they are, whatever they begin with. */
const literal = (record: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, { $literal: value as unknown }]));

function filterOf({ reader, about, department, from, before }: DataAccessConditions): Record<string, unknown> {
  return {
    $nor: [UNTOLD[reader]],
    ...(about === undefined ? {} : { about }),
    ...(department === undefined ? {} : { department }),
    ...(from === undefined && before === undefined
      ? {}
      : { at: { ...(from === undefined ? {} : { $gte: from }), ...(before === undefined ? {} : { $lt: before }) } }),
  };
}
