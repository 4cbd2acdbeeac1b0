import {
  ALWAYS_STORED,
  findAtOnce,
  insertMissing,
  keysetFilter,
  keysetSort,
  withStatedDefaults,
  type SortKey,
  type StatedDefaults,
} from '@zhitong/kit/mongo';
import { Schema, type ClientSession, type Connection } from 'mongoose';
import { registerFacts, REGISTER_FIELDS } from '../domain/fact-sheet.js';
import type { Figures } from '../domain/figures.js';
import { factsVersions, type FactsVersion } from '../domain/facts-version.js';
import type { State } from '../domain/register-entry.js';
import type { PredecessorRecord } from '../domain/register/succession.js';
import type { ServiceRole } from '../domain/service-network/roles.js';
import { renewFacts } from './renew-facts.js';
import { successions } from './register/successions.js';
import { nameFields, NamesReadAhead, renewNameTerms, SEARCH_INDEXES, searching } from './enterprise-search.js';

/**
 * An enterprise as the registry keeps it. Money is whole fen; days are YYYY-MM-DD; null is what no source has stated.
 */
export interface StoredEnterprise {
  uscc: string;
  name: string;
  industry: { code: string; name: string } | null;
  region: { code: string; name: string } | null;
  /** Null when the register has none; records of before the field have none. */
  shortName?: string | null;
  /** Names that it had, latest last; records of before the field have none. */
  formerNames?: string[];
  legalForm:
    | 'LIMITED_COMPANY'
    | 'JOINT_STOCK_COMPANY'
    | 'SOLE_PROPRIETORSHIP'
    | 'PARTNERSHIP'
    | 'INDIVIDUAL_BUSINESS'
    | 'FARMERS_COOPERATIVE'
    | null;
  scale: 'LARGE' | 'MEDIUM' | 'SMALL' | 'MICRO' | null;
  registeredOn: string;
  status: State | null;
  registeredCapitalFen: number | null;
  statisticalCategory: string | null;
  honours: {
    title: string;
    level: 'NATIONAL' | 'PROVINCIAL' | 'CITY';
    awardedOn: string;
    validTo: string | null;
    firstTime: boolean;
  }[];
  /** Whom to call; shown once all three are known. */
  contact: { name: string | null; telephone: string | null; address: string | null };
  stewardId: string | null;
  /** Roles of the service network that somebody fills now; the steward is in `stewardId` too. */
  servedRoles?: ServiceRole[];
  /** Day of the latest visit to it that is recorded. */
  lastVisitedOn?: string | null;
  /** Whom it goes on from, along the whole line; records that go on from nobody have none. */
  predecessors?: PredecessorRecord[];
  /** Of each recorded fact the newest known value; all years are in their own collection. */
  latestFacts: Figures | null;
  /**
   * Versions of what a fact sheet is made of, by day: every write of that makes them anew. Records of earlier releases
   * have none.
   */
  factsVersions: FactsVersion[];
  version: number;
}

/** An enterprise as it is registered; the rest is made of it. */
export type RegisteredEnterprise = Omit<StoredEnterprise, 'factsVersions'>;

/** Fields that every read brings; the others only where they are asked for. */
const ALWAYS = ['uscc', 'name', 'industry', 'region'] as const;
type Always = (typeof ALWAYS)[number];
export type EnterpriseField = Exclude<keyof StoredEnterprise, Always>;

/** An enterprise as read: its public card, and of the rest what was asked for. */
export type EnterpriseRecord = Pick<StoredEnterprise, Always> & Partial<Omit<StoredEnterprise, Always>>;

/** What enterprises that were registered before a field stand for. */
const BEFORE: StatedDefaults<Pick<StoredEnterprise, EnterpriseField>> = {
  legalForm: ALWAYS_STORED,
  scale: ALWAYS_STORED,
  registeredOn: ALWAYS_STORED,
  status: ALWAYS_STORED,
  registeredCapitalFen: ALWAYS_STORED,
  contact: ALWAYS_STORED,
  stewardId: ALWAYS_STORED,
  version: ALWAYS_STORED,
  // Made of the facts where it is missing: see the resolver of factsVersion.
  factsVersions: ALWAYS_STORED,
  statisticalCategory: null,
  shortName: null,
  formerNames: [],
  servedRoles: [],
  lastVisitedOn: null,
  predecessors: [],
  honours: [],
  latestFacts: null,
};

/** Conditions of a list; all must hold. */
export interface EnterpriseConditions {
  readonly usccs?: readonly string[] | undefined;
  readonly scale?: readonly string[] | undefined;
  readonly industryPrefixes?: readonly string[] | undefined;
  /** Beginnings of region codes: six digits mean a district, four a city. */
  readonly regionPrefixes?: readonly string[] | undefined;
  readonly aboveDesignatedSize?: boolean | undefined;
  readonly status?: readonly string[] | undefined;
  readonly stewardId?: string | undefined;
  /** Nobody fills this role there. */
  readonly withoutRole?: ServiceRole | undefined;
  /** Not visited on this day or later. */
  readonly notVisitedSince?: string | undefined;
}

interface ListRequest {
  readonly sort: readonly SortKey[];
  readonly limit: number;
  readonly position: Parameters<typeof keysetFilter>[1];
  readonly backwards: boolean;
  readonly fields: readonly EnterpriseField[];
}

interface SearchableEnterprise extends StoredEnterprise {
  nameLength: number;
  namePairs: string[];
  nameInitials: string[];
  nameSound: string;
  otherSound: string | null;
}

const ENTERPRISES = 'enterprises';
const required = true;
const codeAndName = new Schema({ code: { type: String, required }, name: { type: String, required } }, { _id: false });
const schema = new Schema<SearchableEnterprise>(
  {
    uscc: { type: String, required },
    name: { type: String, required },
    nameLength: { type: Number, required },
    namePairs: { type: [String], required },
    nameInitials: { type: [String], required },
    nameSound: { type: String, default: '' },
    otherSound: { type: String, default: null },
    formerNames: { type: [String], default: undefined } as never,
    industry: { type: codeAndName, default: null },
    region: { type: codeAndName, default: null },
    legalForm: { type: String, default: null },
    scale: { type: String, default: null },
    registeredOn: { type: String, required },
    status: { type: String, default: null },
    registeredCapitalFen: { type: Number, default: null, min: 0 },
    statisticalCategory: { type: String, default: null },
    honours: { type: [Schema.Types.Mixed], required } as never,
    contact: { type: Schema.Types.Mixed, required } as never,
    stewardId: { type: String, default: null },
    shortName: { type: String, default: undefined },
    servedRoles: { type: [String], default: undefined } as never,
    lastVisitedOn: { type: String, default: undefined },
    predecessors: { type: [Schema.Types.Mixed], default: undefined } as never,
    latestFacts: { type: Schema.Types.Mixed, default: null } as never,
    factsVersions: { type: [Schema.Types.Mixed], required } as never,
    version: { type: Number, required, min: 1 },
  },
  { collection: ENTERPRISES, versionKey: false, strict: 'throw' },
);
schema.index({ uscc: 1 }, { unique: true });
schema.index({ name: 1, uscc: 1 });
schema.index({ 'predecessors.uscc': 1 }, { sparse: true });
schema.index({ scale: 1, uscc: 1 });
schema.index({ 'industry.code': 1, uscc: 1 });
schema.index({ 'region.code': 1, uscc: 1 });
schema.index({ statisticalCategory: 1, uscc: 1 });
schema.index({ stewardId: 1, uscc: 1 });
for (const index of SEARCH_INDEXES) schema.index(index);

export type EnterpriseStore = ReturnType<typeof enterpriseStore>;

/** The register of enterprises: reads return plain records with the requested fields. */
export function enterpriseStore(db: Connection) {
  const model = db.model('Enterprise', schema);
  const ahead = new NamesReadAhead();
  const projection = (fields: readonly EnterpriseField[]): Record<string, 0 | 1> => ({
    _id: 0,
    ...Object.fromEntries([...ALWAYS, ...fields].map((field) => [field, 1 as const])),
  });

  const page = async (
    filter: Record<string, unknown>,
    { sort, limit, position, backwards, fields }: ListRequest,
  ): Promise<EnterpriseRecord[]> =>
    withStatedDefaults(
      await findAtOnce<EnterpriseRecord>(db, {
        collection: ENTERPRISES,
        filter: { $and: [filter, keysetFilter(sort, position, backwards)] },
        projection: { ...projection(fields), ...Object.fromEntries(sort.map(({ field }) => [field, 1])) },
        sort: keysetSort(sort, backwards),
        limit: limit + 1,
      }),
      fields,
      BEFORE,
    );

  return {
    /** Reads enterprises by USCC, in no particular order; unknown codes are left out. */
    byUscc: async (usccs: readonly string[], fields: readonly EnterpriseField[]): Promise<EnterpriseRecord[]> =>
      withStatedDefaults(
        await findAtOnce<EnterpriseRecord>(db, {
          collection: ENTERPRISES,
          filter: { uscc: { $in: [...usccs] } },
          projection: projection(fields),
          limit: usccs.length,
        }),
        fields,
        BEFORE,
      ),

    /** Reads a page, with one row more than `limit` when more follow. */
    list: async (conditions: EnterpriseConditions, request: ListRequest): Promise<EnterpriseRecord[]> =>
      page(filterOf(conditions), request),

    count: async (conditions: EnterpriseConditions): Promise<number> => {
      const filter = filterOf(conditions);
      return Object.keys(filter).length === 0 ? model.estimatedDocumentCount() : model.countDocuments(filter);
    },

    ...searching(() => model.collection, page),

    /** Reads names again that were stored before the form of their terms, see {@link renewNameTerms}. */
    renewNameTerms: async (): Promise<void> => renewNameTerms(db, model.collection),

    /** Makes current figures and versions of facts anew that were stored before their present form. */
    renewFacts: async (newestOfYears: Parameters<typeof renewFacts>[2]): Promise<void> =>
      renewFacts(db, model.collection, newestOfYears),

    /** Reads an enterprise as it stands in a transaction, to decide on it; null when there is none. */
    current: async (
      uscc: string,
      fields: readonly EnterpriseField[],
      session: ClientSession,
    ): Promise<EnterpriseRecord | null> =>
      model.findOne({ uscc }, projection(fields), { session }).lean<EnterpriseRecord>(),

    /** Writes the current figures and grows the version. False when there is no such enterprise. */
    setLatestFacts: async (
      uscc: string,
      latestFacts: NonNullable<StoredEnterprise['latestFacts']>,
      session: ClientSession,
    ): Promise<boolean> => {
      const registered = await model
        .findOne({ uscc }, projection(REGISTER_FIELDS), { session })
        .lean<RegisteredEnterprise>();
      if (registered === null) return false;
      await model.updateOne(
        { uscc },
        {
          $set: { latestFacts, factsVersions: factsVersions(registerFacts(registered), latestFacts) },
          $inc: { version: 1 },
        },
        { session },
      );
      return true;
    },

    ...successions(model.collection),
    /** Whole records as they stand in a transaction, by USCC; unknown codes are left out. */
    wholeRecords: async (
      usccs: readonly string[],
      session: ClientSession,
    ): Promise<Map<string, RegisteredEnterprise>> =>
      new Map(
        (
          await model.collection
            .find<RegisteredEnterprise>(
              { uscc: { $in: [...usccs] } },
              { session, projection: WHOLE, batchSize: usccs.length + 1 },
            )
            .toArray()
        ).map((record) => [record.uscc, record]),
      ),

    /** Reads names that are about to be registered, ahead of the transaction in which they are. */
    readNames: (names: readonly string[]): void => {
      ahead.read(names);
    },

    /** Enters enterprises that are not registered yet, in one command: several cost the database a fifth more. */
    register: async (enterprises: readonly RegisteredEnterprise[], session: ClientSession): Promise<void> => {
      if (enterprises.length > 0)
        await model.collection.insertMany(
          enterprises.map((enterprise) => searchable(enterprise, ahead.take)),
          { session, ordered: false },
        );
    },

    /** Writes records anew with all that is made of them, in one command; each must have the version before. */
    rewrite: async (enterprises: readonly RegisteredEnterprise[], session: ClientSession): Promise<void> => {
      if (enterprises.length === 0) return;
      const { matchedCount } = await model.collection.bulkWrite(
        enterprises.map((enterprise) => ({
          updateOne: {
            filter: { uscc: enterprise.uscc, version: enterprise.version - 1 },
            update: { $set: searchable(enterprise) },
          },
        })),
        { session, ordered: false },
      );
      if (matchedCount !== enterprises.length)
        throw new Error(`${enterprises.length - matchedCount} records of the register are at another version.`);
    },

    /** Writes the current figures of records with the versions that are made of them, in one command. */
    rewriteFacts: async (enterprises: readonly RegisteredEnterprise[], session: ClientSession): Promise<void> => {
      if (enterprises.length === 0) return;
      await model.collection.bulkWrite(
        enterprises.map(({ uscc, ...record }) => ({
          updateOne: {
            filter: { uscc, version: record.version - 1 },
            update: {
              $set: {
                latestFacts: record.latestFacts,
                factsVersions: factsVersions(registerFacts(record), record.latestFacts ?? undefined),
                version: record.version,
              },
            },
          },
        })),
        { session, ordered: false },
      );
    },

    /** Takes records out that should never have been entered. */
    remove: async (usccs: readonly string[], session: ClientSession): Promise<void> => {
      if (usccs.length > 0) await model.collection.deleteMany({ uscc: { $in: [...usccs] } }, { session });
    },

    /** Puts records in unless they are there; for the demo's load, which can be run again and changes nobody's work. */
    addMissing: async (enterprises: readonly RegisteredEnterprise[]): Promise<void> =>
      // Through the driver: casting 28,000 records by the schema takes half a minute.
      insertMissing(
        model.collection,
        enterprises.map((enterprise) => searchable(enterprise)),
      ),
  };
}

/** Everything of a record but what is made of the rest. */
const WHOLE = { _id: 0, nameLength: 0, namePairs: 0, nameInitials: 0, nameSound: 0, otherSound: 0, factsVersions: 0 };

/** A record with what is made of it. */
const searchable = (enterprise: RegisteredEnterprise, termsOf?: Parameters<typeof nameFields>[1]) => ({
  ...enterprise,
  ...nameFields(enterprise, termsOf),
  factsVersions: factsVersions(registerFacts(enterprise), enterprise.latestFacts ?? undefined),
});

function filterOf({
  usccs,
  scale,
  industryPrefixes,
  regionPrefixes,
  aboveDesignatedSize,
  status,
  stewardId,
  withoutRole,
  notVisitedSince,
}: EnterpriseConditions): Record<string, unknown> {
  return {
    ...(usccs === undefined ? {} : { uscc: { $in: [...usccs] } }),
    ...(scale === undefined ? {} : { scale: { $in: [...scale] } }),
    ...(industryPrefixes === undefined
      ? {}
      : { 'industry.code': { $in: industryPrefixes.map((prefix) => new RegExp(`^${prefix}`)) } }),
    ...(regionPrefixes === undefined
      ? {}
      : { 'region.code': { $in: regionPrefixes.map((prefix) => new RegExp(`^${prefix}`)) } }),
    ...(aboveDesignatedSize === undefined ? {} : { statisticalCategory: aboveDesignatedSize ? { $gt: '' } : null }),
    ...(status === undefined ? {} : { status: { $in: [...status] } }),
    ...(stewardId === undefined ? {} : { stewardId }),
    ...without(withoutRole),
    ...(notVisitedSince === undefined
      ? {}
      : { $or: [{ lastVisitedOn: null }, { lastVisitedOn: { $lt: notVisitedSince } }] }),
  };
}

/** Nobody in a role. Enterprises of before the service network have a steward and no list of roles. */
function without(role: ServiceRole | undefined): Record<string, unknown> {
  if (role === undefined) return {};
  return role === 'STEWARD' ? { $nor: [{ stewardId: { $type: 'string' } }] } : { servedRoles: { $ne: role } };
}
