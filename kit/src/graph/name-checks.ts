import { irregularCodeWords } from '@zhitong/values';
import type { InputFault } from '../commands/outcome.js';
import { departmentUnavailable, forbidden } from '../errors.js';
import { hasRole, type Actor } from '../identity/actor.js';
import { said } from '../refusal-words.js';
import type { RenewableLoaders } from '../loaders.js';
import { GraphUnreachable } from './ask-graph.js';

/**
 * Kinds of things of which the registry says whether they exist; an area is a region of the city, or one that a region
 * lies in.
 */
export type NamedKind = 'department' | 'region' | 'area' | 'enterprise' | 'project' | 'serviceItem';

/** Something that an input names, and where. */
export interface Named {
  readonly kind: NamedKind;
  readonly code: string;
  /** Path within the input. */
  readonly path: readonly string[];
  /** The enterprise whose project it must be. */
  readonly of?: string | undefined;
}

/**
 * Says which of some codes exist, and under each the enterprise that it belongs to (projects), else null.
 * @throws GraphUnreachable when nobody can say
 */
export type NameLookup = (kind: NamedKind, codes: readonly string[]) => Promise<ReadonlyMap<string, string | null>>;

/** Checks of names against the registry. Each throws DEPARTMENT_UNAVAILABLE when the registry cannot be asked. */
export interface NameChecks {
  /** The faults of an input: each thing that it names and that does not exist. */
  faultsOf(named: readonly Named[]): Promise<InputFault[]>;
  /**
   * Refuses who acts for a department that the city does not have, or for an enterprise that is not registered. @throws
   * FORBIDDEN
   */
  requireKnownActor(actor: Actor | null): Promise<void>;
}

const WHY: Readonly<Record<NamedKind, (code: string) => string>> = {
  department: (code) => `${code} is no department of this city`,
  region: (code) => `${code} is no region of this city`,
  area: (code) => `${code} is no region of this city, and none of its regions lies in it`,
  enterprise: notRegistered,
  project: (code) => `there is no investment project ${code}`,
  serviceItem: (code) => `the catalogue has no matter ${code}`,
};

/** The same in Chinese. */
const WHY_IN_CHINESE: Readonly<Record<NamedKind, (code: string) => string>> = {
  department: (code) => `本市没有单位 ${code}`,
  region: (code) => `本市没有行政区划 ${code}`,
  area: (code) => `${code} 不是本市的行政区划，也不包含本市的行政区划`,
  enterprise: (code) =>
    `没有登记统一社会信用代码为 ${code} 的企业${irregularCodeWords(code) === null ? '' : `：${irregularCodeWords(code)?.zh ?? ''}`}`,
  project: (code) => `没有投资项目 ${code}`,
  serviceItem: (code) => `事项目录中没有 ${code}`,
};

/**
 * An unregistered code with an irregular check character was mistyped (GB 32100-2015): the register holds some, so only
 * it can decide.
 */
function notRegistered(code: string): string {
  return irregularCodeWords(code)?.en ?? `no enterprise is registered under ${code}`;
}

const KINDS = Object.keys(WHY) as NamedKind[];
const SHOWN = 40;

/**
 * Checks names by a lookup.
 * @param keptBy name of the subgraph that keeps the register, for the error when it does not answer.
 */
export function nameChecks(lookup: NameLookup, keptBy: string): NameChecks {
  const known = async (kind: NamedKind, codes: readonly string[]): Promise<ReadonlyMap<string, string | null>> => {
    try {
      return await lookup(kind, codes);
    } catch (error) {
      if (!(error instanceof GraphUnreachable)) throw error;
      throw departmentUnavailable(
        `The registry does not answer, so nobody can say whether the ${kind} ${codes.join(', ').slice(0, SHOWN)} exists; nothing was written. Try again later.`,
        keptBy,
      );
    }
  };
  return {
    faultsOf: async (named) => {
      const tables = await Promise.all(
        KINDS.map(async (kind) => {
          const codes = [...new Set(named.filter((each) => each.kind === kind).map(({ code }) => code))];
          return [kind, codes.length === 0 ? new Map<string, string | null>() : await known(kind, codes)] as const;
        }),
      );
      const tableOf = new Map(tables);
      return named.flatMap(({ kind, code, path, of }) => {
        const owner = tableOf.get(kind)?.get(code);
        const shown = code.slice(0, SHOWN);
        if (owner === undefined)
          return [{ path, message: WHY[kind](shown), reason: 'UNKNOWN_NAME', zh: WHY_IN_CHINESE[kind](shown) }];
        if (of === undefined || owner === null || owner === of) return [];
        return [
          {
            path,
            message: `${shown} is a project of another enterprise`,
            reason: 'OTHER_ENTERPRISE',
            zh: `${shown} 是其他企业的项目`,
          },
        ];
      });
    },

    requireKnownActor: async (actor) => {
      const { department, uscc } = actor ?? {};
      if (department !== undefined && !(await known('department', [department])).has(department)) {
        throw forbidden(said('DEPARTMENT_NOT_OF_CITY', { department: JSON.stringify(department) }));
      }
      if (uscc === undefined || !hasRole(actor, 'ENTERPRISE')) return;
      // Whom a token names is the identity provider's word; it stands as long as the registry cannot be asked.
      const registered = await lookup('enterprise', [uscc]).catch((error: unknown) => {
        if (error instanceof GraphUnreachable) return null;
        throw error;
      });
      if (registered !== null && !registered.has(uscc)) throw forbidden(said('ENTERPRISE_NOT_REGISTERED', { uscc }));
    },
  };
}

/** Of some codes of areas those in which one of the regions lies: `420000` for `421202`, `CN` for any. */
export function areasAmong(codes: readonly string[], regions: readonly string[]): string[] {
  return codes.filter(
    (code) => code === 'CN' || regions.some((region) => region.startsWith(code.replace(/(00)+$/, ''))),
  );
}

type Resolve = (root: never, args: never, context: never, info: never) => unknown;

/**
 * Mutations, each a function, that a guard precedes: it throws, or the mutation runs. The roles of `@access` come
 * first. A mutation sees nothing that was read before it in the same request, and its payload nothing that it read
 * before it wrote: the context has its loaders of `renewableLoaders`.
 */
export function guarded<Mutations extends object>(
  mutations: Mutations,
  guard: (context: never) => Promise<void>,
): Mutations {
  const entries = Object.entries(mutations as Readonly<Record<string, Resolve>>).map(
    ([name, resolve]): [string, Resolve] => [
      name,
      async (root, args, context, info) => {
        const { renewLoaders } = context as RenewableLoaders<unknown>;
        await guard(context);
        renewLoaders();
        try {
          return await resolve(root, args, context, info);
        } finally {
          renewLoaders();
        }
      },
    ],
  );
  return Object.fromEntries(entries) as Mutations;
}
