import { createLogger, type Clock } from '@zhitong/kit';
import {
  GraphUnreachable,
  openRegister,
  registerListsStore,
  type IdentifyingWords,
  type Register,
} from '@zhitong/kit/graph';
import { checkUscc } from '@zhitong/values';
import type { Connection } from 'mongoose';
import { DEPARTMENTS } from '../../demo/src/departments.js';

/** What the registry of a test holds. */
export interface ToldRegistry {
  /** Departments, code by name. */
  departments: Readonly<Record<string, string>>;
  regions: readonly string[];
  /** Whether an enterprise is registered. */
  isRegistered: (uscc: string) => boolean;
  /** What the enterprises are called, by code. */
  names: Readonly<Record<string, readonly string[]>>;
  /** What else the registry has of them that leads to them, by code. */
  identifying: Readonly<Record<string, Partial<IdentifyingWords>>>;
  /** Section letters of their industries, by code. */
  industries: Readonly<Record<string, string>>;
  /** Projects, id by the code of their enterprise. */
  projects: Readonly<Record<string, string>>;
  /** What projects are called, by id. */
  projectNames: Readonly<Record<string, string>>;
  /** Matters of the catalogue, their promised working days by id. */
  serviceItems: Readonly<Record<string, string>>;
  /** Whether it answers. */
  isDown: boolean;
  /** How often its lists, and how often enterprises and projects, were asked for. */
  readonly asked: { lists: number; enterprises: number; words: number; projects: number; serviceItems: number };
}

/** The departments of the demo city, name by code. */
export const CITY_DEPARTMENTS: Readonly<Record<string, string>> = Object.fromEntries(
  DEPARTMENTS.map(({ code, name }) => [code, name]),
);

/** The regions of the demo city. */
export const CITY_REGIONS = ['421200', '421202', '421221', '421222', '421223', '421224', '421281'];

/**
 * A registry that holds what a test says: by default the demo city's departments and regions, and an enterprise under
 * every regular code.
 */
export const toldRegistry = (part: Partial<ToldRegistry> = {}): ToldRegistry => ({
  departments: CITY_DEPARTMENTS,
  regions: CITY_REGIONS,
  isRegistered: (uscc) => checkUscc(uscc).ok,
  names: {},
  identifying: {},
  industries: {},
  projects: {},
  projectNames: {},
  serviceItems: {},
  isDown: false,
  asked: { lists: 0, enterprises: 0, words: 0, projects: 0, serviceItems: 0 },
  ...part,
});

/** What a department knows of that registry, over its own database. */
export function registerOver(
  registry: ToldRegistry,
  {
    connection,
    clock,
    logger = createLogger({ name: 'test', level: 'silent' }),
  }: { connection: Connection; clock: Clock; logger?: ReturnType<typeof createLogger> },
): Register {
  const asked = async <Value>(what: keyof ToldRegistry['asked'], value: () => Value): Promise<Value> => {
    registry.asked[what] += 1;
    return registry.isDown ? Promise.reject(new GraphUnreachable('the registry of this test is down')) : value();
  };
  return openRegister({
    source: {
      lists: async () =>
        asked('lists', () => ({
          departments: Object.entries(registry.departments).map(([code, name]) => ({ code, name })),
          regions: registry.regions.map((code) => ({ code, name: code })),
        })),
      enterprises: async (usccs) => asked('enterprises', () => usccs.filter(registry.isRegistered)),
      enterpriseNames: async (usccs) =>
        asked('enterprises', () =>
          usccs.filter(registry.isRegistered).map((uscc) => ({
            uscc,
            names: registry.names[uscc] ?? [],
            industry: registry.industries[uscc] ?? null,
          })),
        ),
      identifyingWords: async (usccs) =>
        asked('words', () =>
          usccs.filter(registry.isRegistered).map((uscc) => ({
            ...{ uscc, persons: [], telephones: [], addresses: [] },
            ...registry.identifying[uscc],
          })),
        ),
      projects: async (ids) =>
        asked('projects', () =>
          ids.flatMap((id) =>
            registry.projects[id] === undefined
              ? []
              : [{ id, uscc: registry.projects[id], name: registry.projectNames[id] }],
          ),
        ),
      serviceItems: async (ids) =>
        asked('serviceItems', () =>
          ids.flatMap((id) =>
            registry.serviceItems[id] === undefined ? [] : [{ id, promisedDays: registry.serviceItems[id] }],
          ),
        ),
    },
    store: registerListsStore(connection),
    clock,
    logger,
    keptBy: 'enterprises',
  });
}
