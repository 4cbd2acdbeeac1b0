import type { Connection } from 'mongoose';

/** The codes of the city's departments as they were read last. */
export interface DepartmentList {
  readonly codes: readonly string[];
  readonly readAt: Date;
}

interface StoredList extends DepartmentList {
  readonly _id: 'departments';
}

export type DepartmentListStore = ReturnType<typeof departmentListStore>;

/** The list of departments: one document, so that a reader sees one reading whole. */
export function departmentListStore(db: Connection) {
  const lists = db.collection<StoredList>('department_list');
  return {
    /** The last reading; null before the first one. */
    latest: async (): Promise<DepartmentList | null> => lists.findOne({ _id: 'departments' }, { projection: { _id: 0 } }),
    put: async ({ codes, readAt }: DepartmentList): Promise<void> => {
      await lists.replaceOne({ _id: 'departments' }, { codes: [...codes], readAt }, { upsert: true });
    },
  };
}
