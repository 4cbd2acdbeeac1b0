import { insertMissing, keysetFilter, keysetSort } from '@zhitong/kit/mongo';
import type { LegalDay } from '@zhitong/values';
import { Schema, type ClientSession, type Connection } from 'mongoose';
import { ITEM_ORDER } from '../../list-orders.js';
import type { ServiceItemContent } from '../../domain/service-items/service-item.js';

/** A matter of the catalogue in its newest version. */
export interface ServiceItemRecord extends ServiceItemContent {
  readonly id: string;
  readonly version: number;
  readonly changedOn: LegalDay;
}

/** Matters that are applied for at once (一件事一次办). */
export interface ServiceBundleRecord {
  readonly id: string;
  readonly version: number;
  readonly name: string;
  /** Numbers of the matters, in order. */
  readonly items: readonly string[];
}

/** Conditions of a list, by stored field. */
export interface ItemConditions {
  readonly departmentCode?: string | undefined;
  readonly isCityWide?: boolean | undefined;
  readonly text?: string | undefined;
}

const required = true;
const itemSchema = new Schema(
  {
    id: { type: String, required },
    version: { type: Number, required, min: 1 },
    changedOn: { type: String, required },
    name: { type: String, required },
    departmentCode: { type: String, required },
    conditions: { type: [String], required },
    documents: { type: [String], required },
    legalBasis: { type: [String], required },
    promisedHalfDays: { type: Number, required, min: 0 },
    legalWorkingDays: { type: Number, default: null },
    isCityWide: { type: Boolean, required },
    counters: { type: [Schema.Types.Mixed], required },
    onlineAddress: { type: String, default: null },
    agents: { type: [String], required },
  },
  { collection: 'service_items', versionKey: false, strict: 'throw', id: false },
);
itemSchema.index({ id: 1 }, { unique: true });

const bundleSchema = new Schema(
  {
    id: { type: String, required },
    version: { type: Number, required, min: 1 },
    name: { type: String, required },
    items: { type: [String], required },
  },
  { collection: 'service_bundles', versionKey: false, strict: 'throw', id: false },
);
bundleSchema.index({ id: 1 }, { unique: true });

const PLAIN = { _id: 0 } as const;
const MOST_BUNDLES = 200;

export type ServiceItemStore = ReturnType<typeof serviceItemStore>;

/** The catalogue of matters, some thousand, and their bundles. */
export function serviceItemStore(db: Connection) {
  const items = db.model('ServiceItem', itemSchema);
  const bundles = db.model('ServiceBundle', bundleSchema);
  const filterOf = ({ departmentCode, isCityWide, text }: ItemConditions): Record<string, unknown> => ({
    ...(departmentCode === undefined ? {} : { departmentCode }),
    ...(isCityWide === undefined ? {} : { isCityWide }),
    ...(text === undefined
      ? {}
      : { $expr: { $gte: [{ $indexOfCP: [{ $toLower: '$name' }, { $literal: text.toLowerCase() }] }, 0] } }),
  });
  return {
    byId: async (ids: readonly string[], session?: ClientSession): Promise<ServiceItemRecord[]> =>
      items.find({ id: { $in: [...ids] } }, PLAIN, { session: session ?? null }).lean<ServiceItemRecord[]>(),
    list: async (
      conditions: ItemConditions,
      {
        limit,
        position,
        backwards,
      }: { limit: number; position: Parameters<typeof keysetFilter>[1]; backwards: boolean },
    ): Promise<ServiceItemRecord[]> =>
      items
        .find({ $and: [filterOf(conditions), keysetFilter(ITEM_ORDER, position, backwards)] }, PLAIN)
        .sort(keysetSort(ITEM_ORDER, backwards))
        .limit(limit + 1)
        .lean<ServiceItemRecord[]>(),
    count: async (conditions: ItemConditions): Promise<number> => items.countDocuments(filterOf(conditions)),
    put: async (item: ServiceItemRecord, session: ClientSession): Promise<void> => {
      await items.collection.replaceOne({ id: item.id }, { ...item }, { session, upsert: true });
    },
    /** Puts an official, or nobody, in the place of an agent of matters; answers of how many. */
    replaceAgent: async (agent: string, successor: string | null, session: ClientSession): Promise<number> => {
      const found = await items.find({ agents: agent }, PLAIN, { session }).lean<ServiceItemRecord[]>();
      const after = (agents: readonly string[]): string[] => [
        ...new Set(agents.flatMap((one) => (one !== agent ? [one] : successor === null ? [] : [successor]))),
      ];
      for (const { id, agents } of found)
        await items.collection.updateOne(
          { id },
          { $set: { agents: after(agents) }, $inc: { version: 1 } },
          { session },
        );
      return found.length;
    },
    bundles: async (): Promise<ServiceBundleRecord[]> =>
      bundles.find({}, PLAIN).sort({ id: 1 }).limit(MOST_BUNDLES).lean<ServiceBundleRecord[]>(),
    bundleById: async (id: string, session?: ClientSession): Promise<ServiceBundleRecord | null> =>
      bundles.findOne({ id }, PLAIN, { session: session ?? null }).lean<ServiceBundleRecord | null>(),
    putBundle: async (bundle: ServiceBundleRecord, session: ClientSession): Promise<void> => {
      await bundles.collection.replaceOne({ id: bundle.id }, { ...bundle }, { session, upsert: true });
    },
    /** Puts records in unless they are there; for the demo's load, which can be run again and changes nobody's work. */
    addMissing: async (
      records: readonly ServiceItemRecord[],
      bundleRecords: readonly ServiceBundleRecord[],
    ): Promise<void> => {
      await insertMissing(items.collection, records);
      await insertMissing(bundles.collection, bundleRecords);
    },
  };
}
