import { readingStore, type ReadingStore } from '@zhitong/kit/mongo';
import type { Connection } from 'mongoose';

/** A department as the registry has it. */
export interface RegisteredDepartment {
  readonly code: string;
  /** Null where the registry has no name. */
  readonly name: string | null;
}

export type DepartmentListStore = ReadingStore<readonly RegisteredDepartment[]>;

/** The city's departments as they were read last. */
export const departmentListStore = (db: Connection): DepartmentListStore => readingStore(db, { collection: 'department_list', id: 'departments' });
