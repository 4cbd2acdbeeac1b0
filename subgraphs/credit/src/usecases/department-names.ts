import type { Clock, Logger } from '@zhitong/kit';
import { keptIndex, keptReading } from '@zhitong/kit/graph';
import type { DepartmentsSource } from '../graph/departments-source.js';
import type { RegisteredDepartment } from '../models/department-list.js';
import type { Stores } from '../stores.js';

/** What the city's departments are called, as far as this department knows. */
export interface DepartmentNames {
  /** A department's name, null when it has none; undefined when nobody can say because no list has ever been read. */
  nameOf(code: string): string | null | Promise<string | null | undefined>;
  /** Reads the list anew; when the graph cannot be read, what was read last counts on. */
  refresh(): Promise<void>;
  /** Reads it anew again and again. */
  keepFresh(pauseMs: number): { stop(): Promise<void> };
}

type List = readonly RegisteredDepartment[];

/** Keeps the registry's list of departments: read through the graph, stored here, renewed when a code is not in it. */
export function departmentNames({ stores: { departments: store }, source, clock, logger }: { stores: Pick<Stores, 'departments'>; source: DepartmentsSource; clock: Clock; logger: Logger }): DepartmentNames {
  const register = async (): Promise<List | null> => {
    const list = await source();
    // A register that is still empty names nobody, and replaces no list.
    return list.length === 0 ? null : list;
  };
  const kept = keptReading({ source: register, store, clock, logger, what: 'the list of departments' });
  return {
    nameOf: keptIndex(kept, ({ code, name }) => [code, name]),
    refresh: async () => {
      await kept.refresh();
    },
    keepFresh: (pauseMs) => kept.keepFresh(pauseMs),
  };
}
