import DataLoader from 'dataloader';
import { LRUCache } from 'lru-cache';
import type { Connection } from 'mongoose';
import type { Clock } from '../clock.js';
import type { Logger } from '../logger.js';
import type { Job } from '../jobs/open-jobs.js';
import { readingStore, type ReadingStore } from '../mongo/reading-store.js';
import { departmentUnavailable } from '../errors.js';
import { GraphUnreachable } from './ask-graph.js';
import { keptIndex } from './kept-index.js';
import { keptReading } from './kept-reading.js';
import type { Offices } from '../personal-data/purpose.js';
import { areasAmong, nameChecks, type NameChecks, type NamedKind } from './name-checks.js';
import type { IsRegistered } from '../uscc-argument.js';

/** A code of the registry and what it is called; null where the registry has no name. */
export interface Coded {
  readonly code: string;
  readonly name: string | null;
}

/** The registry's short lists, read whole. */
export interface RegisterLists {
  readonly departments: readonly Coded[];
  readonly regions: readonly Coded[];
}

/** A project as the registry has it. */
export interface RegisteredProject {
  readonly id: string;
  readonly uscc: string | null;
  readonly name?: string | null | undefined;
}

/** A matter of the catalogue (政务服务事项) as the registry has it. */
export interface RegisteredServiceItem {
  readonly id: string;
  /** Promised time in working days, halves included; null where the registry does not tell it. */
  readonly promisedDays?: string | null | undefined;
}

/** What leads to an enterprise in a text beside its names. Personal data: for masking, and shown to nobody. */
export interface IdentifyingWords {
  readonly persons: readonly string[];
  readonly telephones: readonly string[];
  readonly addresses: readonly string[];
}

/** How the registry is asked. Each throws GraphUnreachable when it does not respond. */
export interface RegisterSource {
  lists(): Promise<RegisterLists>;
  /** Those of the codes under which an enterprise is registered, 100 at most. */
  enterprises(usccs: readonly string[]): Promise<readonly string[]>;
  /**
   * What those of the codes under which an enterprise is registered are called, or were (name, short name, former
   * names), and their industry, 100 at most.
   */
  enterpriseNames(
    usccs: readonly string[],
  ): Promise<
    readonly { readonly uscc: string; readonly names: readonly string[]; readonly industry?: string | null }[]
  >;
  /** What else leads to those of the codes under which an enterprise is registered, 100 at most. */
  identifyingWords(usccs: readonly string[]): Promise<readonly (IdentifyingWords & { readonly uscc: string })[]>;
  /** Those of the projects that exist, with their enterprise and what they are called, 20 at most. */
  projects(ids: readonly string[]): Promise<readonly RegisteredProject[]>;
  /** Those of the matters that the catalogue has, 20 at most. */
  serviceItems(ids: readonly string[]): Promise<readonly RegisteredServiceItem[]>;
}

/** What a department knows of the registry, which another one keeps. */
export interface Register extends NameChecks {
  /** A department's name, null when it has none; undefined when nobody can say because no list has ever been read. */
  nameOf(code: string): string | null | Promise<string | null | undefined>;
  /**
   * The names that the registry has of an enterprise, none for one that is not registered.
   * @throws DEPARTMENT_UNAVAILABLE when it cannot be asked
   */
  enterpriseNames(uscc: string): Promise<readonly string[]>;
  /**
   * What else leads to an enterprise in a text, nothing for one that is not registered. Kept in memory alone, and for
   * ten minutes.
   * @throws DEPARTMENT_UNAVAILABLE when it cannot be asked
   */
  identifyingWords(uscc: string): Promise<IdentifyingWords>;
  /**
   * Section letter (GB/T 4754) of an enterprise's main industry; null when the registry has none or knows no such one.
   * @throws DEPARTMENT_UNAVAILABLE when it cannot be asked
   */
  enterpriseIndustry(uscc: string): Promise<string | null>;
  /**
   * What a project is called; null for one that the registry does not have.
   * @throws DEPARTMENT_UNAVAILABLE when it cannot be asked
   */
  projectName(id: string): Promise<string | null>;
  /**
   * What a matter promises, in working days, as it was read last: by `faultsOf` where that has just found it. Null for
   * one that the catalogue does not have.
   * @throws DEPARTMENT_UNAVAILABLE when it cannot be asked
   */
  promisedDays(id: string): Promise<string | null>;
  /** Codes of the city's regions; null when no list has ever been read. */
  regionCodes(): Promise<readonly string[] | null>;
  /** Reads the lists anew; when the graph cannot be read, what was read last counts on. */
  refresh(): Promise<void>;
  /** Reads them anew again and again; each process for itself. */
  readonly job: Job;
  /** Name of the subgraph that keeps the registry. */
  readonly keptBy: string;
}

/** What the registry shows of an enterprise in public. */
interface Card {
  readonly names: readonly string[];
  /** Section letter of GB/T 4754. */
  readonly industry: string | null;
}
const NO_CARD: Card = { names: [], industry: null };
const NO_WORDS: IdentifyingWords = { persons: [], telephones: [], addresses: [] };

/**
 * Enterprises that are known to be registered are not asked for again (an entry of the register is never taken out), so
 * many of them.
 */
const MOST_REMEMBERED = 100_000;
const ENTERPRISES_AT_ONCE = 100;
/** A name can change: it is asked for again after so long. */
const NAMES_LAST_MS = 600_000;
const MOST_NAMES = 20_000;
const PROJECTS_AT_ONCE = 20;
const ITEMS_AT_ONCE = 20;

/** The lists as they were read last, stored in the department's own database. */
export const registerListsStore = (db: Connection): ReadingStore<RegisterLists> =>
  readingStore(db, { collection: 'register_lists', id: 'lists' });

/**
 * Between two readings of the lists: a new name is shown within a minute. A code that is not among them is looked up at
 * once.
 */
const LISTS_EVERY_MS = 30_000;

/**
 * Keeps the registry's lists of departments and regions, and asks it for enterprises and projects.
 * @param keptBy name of the subgraph that keeps the registry.
 */
export function openRegister({
  source,
  store,
  clock,
  logger,
  keptBy,
}: {
  source: RegisterSource;
  store: ReadingStore<RegisterLists>;
  clock: Clock;
  logger: Logger;
  keptBy: string;
}): Register {
  const byCode = (a: Coded, b: Coded): number => (a.code < b.code ? -1 : 1);
  const kept = keptReading<RegisterLists>({
    source: async () => {
      const { departments, regions } = await source.lists();
      // A register that is still empty is no list, and replaces none.
      return departments.length === 0
        ? null
        : { departments: [...departments].sort(byCode), regions: [...regions].sort(byCode) };
    },
    store,
    clock,
    logger,
    what: 'the list of departments',
  });
  const departmentsOf = (lists: RegisterLists | null): readonly Coded[] | null => lists?.departments ?? null;
  const nameOf = keptIndex(
    { current: () => departmentsOf(kept.current()), renewed: async () => departmentsOf(await kept.renewed()) },
    ({ code, name }) => [code, name],
  );

  const listed = async (
    codes: readonly string[],
    among: (lists: RegisterLists) => readonly string[],
  ): Promise<ReadonlyMap<string, null>> => {
    const foundIn = (lists: RegisterLists | null): Map<string, null> =>
      new Map((lists === null ? [] : among(lists)).map((code) => [code, null]));
    for (const read of [async () => kept.current(), async () => kept.latest()]) {
      const found = foundIn(await read());
      if (found.size === codes.length) return found;
    }
    const renewed = await kept.renewed();
    if (renewed === null) throw new GraphUnreachable('No list of departments has ever been read.');
    return foundIn(renewed);
  };

  const registered = new LRUCache<string, true>({ max: MOST_REMEMBERED });
  const enterprises = new DataLoader<string, boolean>(
    async (usccs) => {
      const found = new Set(await source.enterprises(usccs));
      for (const uscc of found) registered.set(uscc, true);
      return usccs.map((uscc) => found.has(uscc));
    },
    { cache: false, maxBatchSize: ENTERPRISES_AT_ONCE },
  );
  const enterprisesAmong = async (usccs: readonly string[]): Promise<ReadonlyMap<string, null>> => {
    const answers = await Promise.all(usccs.map(async (uscc) => registered.has(uscc) || enterprises.load(uscc)));
    return new Map(usccs.filter((_uscc, at) => answers[at]).map((uscc) => [uscc, null]));
  };
  const cards = new LRUCache<string, Card>({ max: MOST_NAMES, ttl: NAMES_LAST_MS });
  const asked = new DataLoader<string, Card>(
    async (usccs) => {
      const found = new Map(
        (await source.enterpriseNames(usccs)).map(({ uscc, names, industry = null }) => [uscc, { names, industry }]),
      );
      for (const [uscc, card] of found) if (card.names.length > 0) cards.set(uscc, card);
      return usccs.map((uscc) => found.get(uscc) ?? NO_CARD);
    },
    { cache: false, maxBatchSize: ENTERPRISES_AT_ONCE },
  );
  const words = new LRUCache<string, IdentifyingWords>({ max: MOST_NAMES, ttl: NAMES_LAST_MS });
  const wordsAsked = new DataLoader<string, IdentifyingWords>(
    async (usccs) => {
      for (const { uscc, persons, telephones, addresses } of await source.identifyingWords(usccs))
        words.set(uscc, { persons, telephones, addresses });
      return usccs.map((uscc) => words.get(uscc) ?? NO_WORDS);
    },
    { cache: false, maxBatchSize: ENTERPRISES_AT_ONCE },
  );
  const answered = async <Value>(what: string, ask: () => Promise<Value>): Promise<Value> => {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof GraphUnreachable)) throw error;
      throw departmentUnavailable(`The registry does not answer ${what}: ${error.message}`, keptBy);
    }
  };
  const cardOf = async (uscc: string, what: string): Promise<Card> =>
    answered(what, async () => cards.get(uscc) ?? asked.load(uscc));
  const projectNames = new LRUCache<string, string>({ max: MOST_NAMES, ttl: NAMES_LAST_MS });
  const projects = new DataLoader<string, RegisteredProject | null>(
    async (ids) => {
      const found = new Map((await source.projects(ids)).map((project) => [project.id, project]));
      for (const [id, { name }] of found) if (name) projectNames.set(id, name);
      return ids.map((id) => found.get(id) ?? null);
    },
    { cache: false, maxBatchSize: PROJECTS_AT_ONCE },
  );
  const projectsAmong = async (ids: readonly string[]): Promise<ReadonlyMap<string, string | null>> => {
    const found = await Promise.all(ids.map(async (id) => projects.load(id)));
    return new Map(found.flatMap((project) => (project === null ? [] : [[project.id, project.uscc] as const])));
  };

  const promises = new LRUCache<string, { readonly days: string | null }>({ max: MOST_NAMES, ttl: NAMES_LAST_MS });
  const serviceItems = new DataLoader<string, RegisteredServiceItem | null>(
    async (ids) => {
      const found = new Map((await source.serviceItems(ids)).map((item) => [item.id, item]));
      for (const [id, { promisedDays = null }] of found) promises.set(id, { days: promisedDays });
      return ids.map((id) => found.get(id) ?? null);
    },
    { cache: false, maxBatchSize: ITEMS_AT_ONCE },
  );
  const itemsAmong = async (ids: readonly string[]): Promise<ReadonlyMap<string, null>> => {
    const found = await Promise.all(ids.map(async (id) => serviceItems.load(id)));
    return new Map(found.flatMap((item) => (item === null ? [] : [[item.id, null] as const])));
  };

  const lookup = async (kind: NamedKind, codes: readonly string[]): Promise<ReadonlyMap<string, string | null>> => {
    switch (kind) {
      case 'department':
        return listed(codes, ({ departments }) =>
          codes.filter((code) => departments.some((department) => department.code === code)),
        );
      case 'region':
        return listed(codes, ({ regions }) => codes.filter((code) => regions.some((region) => region.code === code)));
      case 'area':
        return listed(codes, ({ regions }) =>
          areasAmong(
            codes,
            regions.map(({ code }) => code),
          ),
        );
      case 'enterprise':
        return enterprisesAmong(codes);
      case 'project':
        return projectsAmong(codes);
      case 'serviceItem':
        return itemsAmong(codes);
    }
  };
  return {
    ...nameChecks(lookup, keptBy),
    nameOf,
    enterpriseNames: async (uscc) => (await cardOf(uscc, 'what an enterprise is called')).names,
    identifyingWords: async (uscc) =>
      answered('what leads to an enterprise', async () => words.get(uscc) ?? wordsAsked.load(uscc)),
    enterpriseIndustry: async (uscc) => (await cardOf(uscc, 'which industry an enterprise is of')).industry,
    projectName: async (id) =>
      answered('what a project is called', async () => projectNames.get(id) ?? (await projects.load(id))?.name ?? null),
    promisedDays: async (id) =>
      answered('what a matter promises', async () => {
        const known = promises.get(id);
        return known === undefined ? ((await serviceItems.load(id))?.promisedDays ?? null) : known.days;
      }),
    regionCodes: async () => (kept.current() ?? (await kept.latest()))?.regions.map(({ code }) => code) ?? null,
    refresh: async () => {
      await kept.refresh();
    },
    job: kept.job('register-lists', LISTS_EVERY_MS),
    keptBy,
  };
}

/** Whether the registry has an enterprise under a code. @throws DEPARTMENT_UNAVAILABLE when it cannot be asked */
export const isRegisteredIn =
  ({ faultsOf }: Pick<Register, 'faultsOf'>): IsRegistered =>
  async (code) =>
    (await faultsOf([{ kind: 'enterprise', code, path: [] }])).length === 0;

/** What rights need to know about the departments that callers come from, as the registry says. */
export function officesOf(register: Register, financialDepartments: ReadonlySet<string>): Offices {
  return {
    keptBy: register.keptBy,
    isFinancial: (code) => financialDepartments.has(code),
    isKnown: async (code) => {
      const name = await register.nameOf(code);
      return name === undefined ? undefined : name !== null;
    },
  };
}
