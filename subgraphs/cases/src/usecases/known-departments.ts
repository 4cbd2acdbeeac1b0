import type { Clock, Logger } from '@zhitong/kit';
import type { DepartmentsSource } from '../graph/departments-source.js';
import type { DepartmentList } from '../models/department-list.js';
import type { Stores } from '../stores.js';

/** A code that the list does not hold is looked up in the graph before it is refused, but not more often than this. */
const LOOK_UP_AGAIN_MS = 10_000;
/** A list that could not be renewed for so long is worth a warning. */
const OLD_MS = 24 * 3_600_000;

/** Which departments the city has, as far as this department knows. */
export interface KnownDepartments {
  /** Those of the codes that name no department. None while no list has ever been read: then the form of a code must do. */
  unknownOf(codes: readonly string[]): Promise<string[]>;
  /** Reads the list anew; when the graph cannot be read, what was read last counts on. */
  refresh(): Promise<void>;
}

/** Keeps the list of departments, which another subgraph owns: read through the graph, stored here, renewed when a code is not in it. */
export function knownDepartments({ stores: { departments }, source, clock, logger }: { stores: Pick<Stores, 'departments'>; source: DepartmentsSource; clock: Clock; logger: Logger }): KnownDepartments {
  let lookedUpAt: number | undefined;
  let reading: Promise<DepartmentList | null> | undefined;

  const read = async (): Promise<DepartmentList | null> => {
    lookedUpAt = clock.now().getTime();
    try {
      const codes = [...new Set(await source())].sort();
      // A register that is still empty is no list: it would refuse everything.
      if (codes.length === 0) return await departments.latest();
      const list = { codes, readAt: clock.now() };
      await departments.put(list);
      return list;
    } catch (error) {
      const list = await departments.latest();
      const isOld = list !== null && clock.now().getTime() - list.readAt.getTime() > OLD_MS;
      logger[isOld ? 'warn' : 'info']({ err: error, readAt: list?.readAt }, 'the list of departments could not be renewed; what was read last counts');
      return list;
    }
  };
  /** Whoever asks while a reading is under way waits for that one. */
  const readOnce = async (): Promise<DepartmentList | null> => {
    reading ??= read().finally(() => (reading = undefined));
    return reading;
  };

  return {
    unknownOf: async (codes) => {
      if (codes.length === 0) return [];
      const missingIn = (list: DepartmentList | null): string[] => (list === null ? [...codes] : codes.filter((code) => !list.codes.includes(code)));
      if (missingIn(await departments.latest()).length === 0) return [];
      const isDue = reading !== undefined || lookedUpAt === undefined || clock.now().getTime() - lookedUpAt >= LOOK_UP_AGAIN_MS;
      const list = isDue ? await readOnce() : await departments.latest();
      if (list !== null) return missingIn(list);
      logger.warn({ codes }, 'no list of departments has been read yet: these codes were accepted by their form alone');
      return [];
    },
    refresh: async () => {
      await readOnce();
    },
  };
}
