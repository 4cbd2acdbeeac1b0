import { insertMissing, keysetFilter, keysetSort } from '@zhitong/kit/mongo';
import type { LegalDay } from '@zhitong/values';
import { Schema, type ClientSession, type Connection } from 'mongoose';
import { OFFICER_ORDER } from '../../list-orders.js';
import type { ServiceRole } from '../../domain/service-network/roles.js';
import type { ServiceClass, ServiceTeam } from '../../domain/service-network/service-class.js';

/** An official on the roster of the service network: for which roles and for whom. Empty lists mean all. */
export interface ServiceOfficerRecord {
  officialId: string;
  departmentCode: string;
  roles: ServiceRole[];
  classes: ServiceClass[];
  teams: ServiceTeam[];
  /** Districts, six digits. */
  regions: string[];
  /** Most enterprises in one role; null: no bound. */
  capacity: number | null;
  /** Day on which the official left; null while serving. */
  leftOn: LegalDay | null;
}

/** Conditions of a list; all must hold. */
export interface OfficerConditions {
  readonly role?: ServiceRole | undefined;
  readonly departmentCode?: string | undefined;
  readonly region?: string | undefined;
  readonly serviceClass?: ServiceClass | undefined;
  readonly team?: ServiceTeam | undefined;
  /** Still serving, or left. */
  readonly isServing?: boolean | undefined;
  /** One of these staff numbers. */
  readonly among?: readonly string[] | undefined;
}

const required = true;
const schema = new Schema<ServiceOfficerRecord>(
  {
    officialId: { type: String, required },
    departmentCode: { type: String, required },
    roles: { type: [String], required } as never,
    classes: { type: [String], required } as never,
    teams: { type: [String], required } as never,
    regions: { type: [String], required },
    capacity: { type: Number, default: null },
    leftOn: { type: String, default: null },
  },
  { collection: 'service_officers', versionKey: false, strict: 'throw', id: false },
);
schema.index({ officialId: 1 }, { unique: true });
schema.index({ departmentCode: 1, officialId: 1 });

export type ServiceOfficerStore = ReturnType<typeof serviceOfficerStore>;

/** The roster of the service network: some thousand officials. */
export function serviceOfficerStore(db: Connection) {
  const model = db.model('ServiceOfficer', schema);
  const plain = { _id: 0 } as const;
  return {
    byId: async (ids: readonly string[], session?: ClientSession): Promise<ServiceOfficerRecord[]> =>
      model
        .find({ officialId: { $in: [...ids] } }, plain, { session: session ?? null })
        .batchSize(ids.length + 1)
        .lean<ServiceOfficerRecord[]>(),

    /** Everybody who serves in a role. */
    serving: async (role: ServiceRole, session?: ClientSession): Promise<ServiceOfficerRecord[]> =>
      model
        .find({ ...filterOf({ role, isServing: true }) }, plain, { session: session ?? null })
        .batchSize(10_000)
        .lean<ServiceOfficerRecord[]>(),

    list: async (
      conditions: OfficerConditions,
      {
        limit,
        position,
        backwards,
      }: { limit: number; position: Parameters<typeof keysetFilter>[1]; backwards: boolean },
    ): Promise<ServiceOfficerRecord[]> =>
      model
        .find({ $and: [filterOf(conditions), keysetFilter(OFFICER_ORDER, position, backwards)] }, plain)
        .sort(keysetSort(OFFICER_ORDER, backwards))
        .limit(limit + 1)
        .batchSize(limit + 2)
        .lean<ServiceOfficerRecord[]>(),

    count: async (conditions: OfficerConditions): Promise<number> => model.countDocuments(filterOf(conditions)),

    /** Enters officials, or changes what is on the roster. */
    put: async (officers: readonly ServiceOfficerRecord[], session: ClientSession): Promise<void> => {
      await model.collection.bulkWrite(
        officers.map((officer) => ({
          replaceOne: { filter: { officialId: officer.officialId }, replacement: { ...officer }, upsert: true },
        })),
        { session, ordered: false },
      );
    },

    /** Puts records in unless they are there; for the demo's load, which can be run again and changes nobody's work. */
    addMissing: async (officers: readonly ServiceOfficerRecord[]): Promise<void> =>
      insertMissing(model.collection, officers),
  };
}

/** An empty list of a record means all, so a condition is met by it too. */
const among = (field: string, value: string): Record<string, unknown> => ({
  $or: [{ [field]: value }, { [field]: { $size: 0 } }],
});

function filterOf({
  role,
  departmentCode,
  region,
  serviceClass,
  team,
  isServing,
  among: ids,
}: OfficerConditions): Record<string, unknown> {
  const all: Record<string, unknown>[] = [
    ...(role === undefined ? [] : [{ roles: role }]),
    ...(departmentCode === undefined ? [] : [{ departmentCode }]),
    ...(region === undefined ? [] : [among('regions', region)]),
    ...(serviceClass === undefined ? [] : [among('classes', serviceClass)]),
    ...(team === undefined ? [] : [among('teams', team)]),
    ...(ids === undefined ? [] : [{ officialId: { $in: [...ids] } }]),
    ...(isServing === undefined ? [] : [{ leftOn: isServing ? null : { $ne: null } }]),
  ];
  return all.length === 0 ? {} : { $and: all };
}
