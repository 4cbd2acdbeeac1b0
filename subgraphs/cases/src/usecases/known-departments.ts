import type { Clock, Logger } from '@zhitong/kit';
import { keptIndex, keptReading } from '@zhitong/kit/graph';
import type { DepartmentsSource } from '../graph/departments-source.js';
import type { RegisteredDepartment } from '../models/department-list.js';
import type { Stores } from '../stores.js';

/** Which departments the city has and what they are called, as far as this department knows. */
export interface KnownDepartments {
  /** Those of the codes that name no department. None while no list has ever been read: then the form of a code must do. */
  unknownOf(codes: readonly string[]): Promise<string[]>;
  /** A department's name, null when it has none; undefined when nobody can say because no list has ever been read. */
  nameOf(code: string): string | null | Promise<string | null | undefined>;
  /** Reads the list anew; when the graph cannot be read, what was read last counts on. */
  refresh(): Promise<void>;
  /** Reads it anew again and again. */
  keepFresh(pauseMs: number): { stop(): Promise<void> };
}

type List = readonly RegisteredDepartment[];

/** Keeps the list of departments, which another subgraph owns: read through the graph, stored here, renewed when a code is not in it. */
export function knownDepartments({ stores: { departments: store }, source, clock, logger }: { stores: Pick<Stores, 'departments'>; source: DepartmentsSource; clock: Clock; logger: Logger }): KnownDepartments {
  const register = async (): Promise<List | null> => {
    const list = [...(await source())].sort((a, b) => (a.code < b.code ? -1 : 1));
    // A register that is still empty is no list: it would refuse everything.
    return list.length === 0 ? null : list;
  };
  const kept = keptReading({ source: register, store, clock, logger, what: 'the list of departments' });

  return {
    unknownOf: async (codes) => {
      if (codes.length === 0) return [];
      const missingIn = (list: List | null): string[] => codes.filter((code) => list?.some((department) => department.code === code) !== true);
      if (missingIn(await kept.latest()).length === 0) return [];
      const list = await kept.renewed();
      if (list !== null) return missingIn(list);
      logger.warn({ codes }, 'no list of departments has been read yet: these codes were accepted by their form alone');
      return [];
    },
    nameOf: keptIndex(kept, ({ code, name }) => [code, name]),
    refresh: async () => {
      await kept.refresh();
    },
    keepFresh: (pauseMs) => kept.keepFresh(pauseMs),
  };
}
