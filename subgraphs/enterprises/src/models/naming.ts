import type { ClientSession, Connection } from 'mongoose';

/** A field of a collection by which its records name something. */
interface Naming {
  readonly collection: string;
  readonly field: string;
}

/** Where something that was recorded of enterprises names them; what the register itself keeps of them is left out. */
export const NAMING_ENTERPRISES: readonly Naming[] = [
  { collection: 'projects', field: 'uscc' },
  { collection: 'service_links', field: 'uscc' },
  { collection: 'campaign_targets', field: 'uscc' },
  { collection: 'visits', field: 'uscc' },
  { collection: 'visit_findings', field: 'uscc' },
  { collection: 'reported_problems', field: 'uscc' },
  { collection: 'inspections', field: 'uscc' },
  { collection: 'penalties', field: 'uscc' },
  { collection: 'labour_reports', field: 'uscc' },
  { collection: 'appraisal_sample', field: 'uscc' },
  { collection: 'enterprise_relations', field: 'uscc' },
  { collection: 'enterprise_relations', field: 'parent' },
  { collection: 'enterprises', field: 'predecessors.uscc' },
];

/** Where officials are named by their staff numbers. */
export const NAMING_OFFICIALS: readonly Naming[] = [
  { collection: 'service_links', field: 'officialId' },
  { collection: 'service_officers', field: 'officialId' },
  { collection: 'service_items', field: 'agents' },
  { collection: 'projects', field: 'stewardId' },
  { collection: 'project_events', field: 'change.official' },
  { collection: 'indicators', field: 'chiefId' },
  { collection: 'campaign_targets', field: 'officialId' },
  { collection: 'visits', field: 'officialIds' },
];

export type NamingStore = ReturnType<typeof namingStore>;

/** Who is named by anything that the department keeps, and so cannot be taken out again. */
export function namingStore(db: Connection) {
  const among = async (
    namings: readonly Naming[],
    keys: readonly string[],
    session: ClientSession,
  ): Promise<ReadonlySet<string>> => {
    // Of a list that names one of the keys the others come along; they hurt nobody.
    const named = new Set<string>();
    if (keys.length === 0) return named;
    // A transaction runs one command at a time.
    for (const { collection, field } of namings) {
      const found = await db.collection(collection).distinct(field, { [field]: { $in: [...keys] } }, { session });
      for (const key of found) named.add(String(key));
    }
    return named;
  };
  return {
    enterprises: async (usccs: readonly string[], session: ClientSession) => among(NAMING_ENTERPRISES, usccs, session),
    officials: async (ids: readonly string[], session: ClientSession) => among(NAMING_OFFICIALS, ids, session),
  };
}
