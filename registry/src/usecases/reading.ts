import { hasRole, type Actor } from '@zhitong/kit';
import { Kind, parse } from 'graphql';
import { changelogEntries } from '../changelog/entries.js';
import type { ChangelogEntry } from '../changelog/entry.js';
import { machineOf, mayForce, mayPublish, mayRead } from '../domain/access.js';
import { readDependants } from '../domain/declaration.js';
import { byCoordinate, type Dependant } from '../domain/judgement.js';
import { departmentName, departmentUrl, readSaying, type Proposal, type Saying } from '../domain/proposal.js';
import { RegistryRefusal } from '../domain/registry-refusal.js';
import type { CheckReport } from '../domain/report.js';
import type { SchemaChange } from '../domain/schema-change.js';
import { schemaChanges } from '../domain/schema-diff.js';
import type { Publication } from '../models/publication.js';
import type { UseSpan } from '../models/use.js';
import { currentParts, examine, firstDayOf, type Examination } from './examine.js';

/** A version of a client that used a field. */
export interface FieldUser extends Omit<UseSpan, 'coordinate'> {
  /** Whom to speak to, as the client's documents were registered; null where it registered none or named nobody. */
  readonly contact: string | null;
}

/** What is asked of a field: who uses it, since when, and whether anybody does. */
export interface FieldUse {
  readonly coordinate: string;
  /** Why it should not be used any more; null where it may. */
  readonly deprecated: string | null;
  /** The most frequent first; empty where nobody used it. */
  readonly uses: readonly FieldUser[];
}

/** Which fields an owner looks at. */
export type UseFilter = 'ALL' | 'UNUSED' | 'DEPRECATED_IN_USE';

/** A department's place in the graph that counts. */
export interface PublishedPart {
  readonly department: string;
  readonly owner: string | null;
  readonly publication: Publication;
}

/** The graph that counts. */
export interface CurrentGraph {
  /** Number of the last publication; 0 before the first. */
  readonly number: number;
  readonly parts: readonly PublishedPart[];
}

/** What would stop with a field, and which department says so. */
export interface DeclaredDependant extends Dependant {
  readonly department: string;
  readonly at: Date;
}

/** What is read, and decided, of the registry beside publishing. */
export interface Reading {
  current(actor: Actor): Promise<CurrentGraph>;
  check(actor: Actor, proposal: Proposal): Promise<CheckReport>;
  /** The newest first. */
  history(
    actor: Actor,
    wanted: { department?: string | undefined; before?: number | undefined; limit: number },
  ): Promise<Publication[]>;
  show(actor: Actor, number: number): Promise<Publication>;
  /** What lies between two states of the whole graph, the worst first. */
  between(actor: Actor, from: number, to: number): Promise<SchemaChange[]>;
  /** Lets one change come although it is used, now and whenever it is checked again. */
  approve(actor: Actor, change: string, saying: Saying): Promise<void>;
  /**
   * Says what would stop with fields of the graph: policies, matching runs, webhooks. Replaces what was said; says how
   * many are kept.
   */
  declare(actor: Actor, department: string, dependants: readonly Dependant[]): Promise<number>;
  /** What departments have declared. */
  dependants(actor: Actor, wanted: { department?: string | undefined }): Promise<DeclaredDependant[]>;
  /** The latest publications as a reader of the schema is told them. */
  changelog(actor: Actor, wanted: { limit: number }): Promise<ChangelogEntry[]>;
  /** Who used the fields that a department defines. */
  usage(actor: Actor, department: string, wanted: { days: number; filter: UseFilter }): Promise<FieldUse[]>;
}

const CHANGE = /^[0-9a-f]{16}$/;

/** Reading over the registry's stores. */
export function reading(examination: Examination): Reading {
  const { stores, clock, settings } = examination;
  const requireReader = (actor: Actor): void => {
    if (!mayRead(actor))
      throw new RegistryRefusal('FORBIDDEN', {
        en: 'The registry is read by departments, administrators and auditors.',
        zh: '注册中心仅供部门、管理员和审计员查阅。',
      });
  };
  const published = async (number: number): Promise<Publication> => {
    const [publication] = await stores.publications.byNumber([number]);
    if (publication === undefined)
      throw new RegistryRefusal('NOT_FOUND', {
        en: `There is no publication ${number}.`,
        zh: `没有第 ${number} 次发布。`,
      });
    return publication;
  };
  return {
    current: async (actor) => {
      requireReader(actor);
      const head = await stores.head.read();
      const publications = await stores.publications.byNumber(head.parts.map(({ publication }) => publication));
      const byNumber = new Map(publications.map((one) => [one.number, one]));
      return {
        number: head.number,
        parts: head.parts.flatMap(({ department, owner, publication }) => {
          const found = byNumber.get(publication);
          return found === undefined ? [] : [{ department, owner, publication: found }];
        }),
      };
    },
    check: async (actor, { department, sdl, url }) => {
      requireReader(actor);
      const part = { name: departmentName(department), url: departmentUrl(url), sdl };
      const head = await stores.head.read();
      const { report } = await examine(examination, head, part.name, new Map([[part.name, part]]));
      return report;
    },
    history: async (actor, wanted) => {
      requireReader(actor);
      return stores.publications.history(wanted);
    },
    show: async (actor, number) => {
      requireReader(actor);
      return published(number);
    },
    between: async (actor, from, to) => {
      requireReader(actor);
      await Promise.all([published(from), published(to)]);
      const [before, after] = await Promise.all([stores.supergraphs.at(from), stores.supergraphs.at(to)]);
      if (before === null || after === null)
        throw new RegistryRefusal('NOT_FOUND', {
          en: 'Before the whole city was published there was no graph to compare.',
          zh: '全市首次发布之前没有可供比较的图谱。',
        });
      // With it come the libraries that compose, which no other reading waits for.
      const { graphVersion } = await import('../composition/compose-graph.js');
      return schemaChanges(graphVersion(before), graphVersion(after), settings);
    },
    approve: async (actor, change, saying) => {
      if (!mayForce(actor))
        throw new RegistryRefusal('FORBIDDEN', {
          en: 'Only an administrator approves what breaks others.',
          zh: '会影响他人的变更只能由管理员批准。',
        });
      if (!CHANGE.test(change))
        throw new RegistryRefusal('BAD_USER_INPUT', {
          en: `"${change.slice(0, 40)}" is no change: its 16 digits stand in the report.`,
          zh: `“${change.slice(0, 40)}”不是变更编号，16 位编号见检查报告。`,
        });
      const { reason } = readSaying(saying);
      await stores.decisions.approve({ change, by: actor.sub, reason, at: clock.now() });
    },
    declare: async (actor, given, dependants) => {
      const department = departmentName(given);
      const head = await stores.head.read();
      const owner = head.parts.find((part) => part.department === department)?.owner;
      if (owner === undefined)
        throw new RegistryRefusal('NOT_FOUND', {
          en: `${department} is not in the graph.`,
          zh: `图谱中没有 ${department}。`,
        });
      if (!mayPublish(actor, { department, owner }))
        throw new RegistryRefusal('FORBIDDEN', {
          en: `${department} declares what it needs itself, and ${machineOf(actor) ?? actor.sub} does not speak for it.`,
          zh: `${department} 的依赖由其自行申报，${machineOf(actor) ?? actor.sub} 无权代报。`,
        });
      const kept = readDependants(dependants);
      await stores.decisions.declare({ department, dependants: kept, at: clock.now() });
      return kept.length;
    },
    dependants: async (actor, { department }) => {
      requireReader(actor);
      return (await stores.decisions.declared())
        .filter((one) => department === undefined || one.department === department)
        .flatMap(({ department: by, dependants, at }) => dependants.map((one) => ({ ...one, department: by, at })));
    },
    changelog: async (actor, { limit }) => {
      requireReader(actor);
      const [publications, approvals] = await Promise.all([
        stores.publications.history({ limit }),
        stores.decisions.approvals(),
      ]);
      return changelogEntries(publications.reverse(), approvals);
    },
    usage: async (actor, given, { days, filter }) => {
      const department = departmentName(given);
      const head = await stores.head.read();
      const part = head.parts.find((one) => one.department === department);
      if (part === undefined)
        throw new RegistryRefusal('NOT_FOUND', {
          en: `${department} is not in the graph.`,
          zh: `图谱中没有 ${department}。`,
        });
      if (!mayPublish(actor, part) && !hasRole(actor, 'AUDITOR'))
        throw new RegistryRefusal('FORBIDDEN', {
          en: `Who uses the fields of ${department} is for its owner, administrators and auditors.`,
          zh: `${department} 各字段的使用情况仅供其所属部门、管理员和审计员查阅。`,
        });
      const own = (await currentParts(stores, head)).find(({ name }) => name === department);
      const fields = fieldsOf(own?.sdl ?? '');
      const rows = byCoordinate(await stores.uses.since(firstDayOf(clock, days), [...fields.keys()]));
      const contacts = await examination.contacts();
      const shown = [...fields].map(([coordinate, deprecated]): FieldUse => ({
        coordinate,
        deprecated,
        uses: (rows.get(coordinate) ?? []).map(({ client, version, count, first, last }) => ({
          client,
          version,
          count,
          first,
          last,
          contact: contacts.get(client) ?? null,
        })),
      }));
      if (filter === 'UNUSED') return shown.filter(({ uses }) => uses.length === 0);
      if (filter === 'DEPRECATED_IN_USE') return shown.filter((one) => one.deprecated !== null && one.uses.length > 0);
      return shown;
    },
  };
}

/** The fields, input fields and enum values that a schema defines itself, with why each is deprecated. */
function fieldsOf(sdl: string): Map<string, string | null> {
  const fields = new Map<string, string | null>();
  for (const definition of parse(sdl, { noLocation: true }).definitions) {
    if (!('name' in definition) || definition.kind === Kind.DIRECTIVE_DEFINITION) continue;
    const members = 'fields' in definition ? definition.fields : 'values' in definition ? definition.values : [];
    for (const { name, directives = [] } of members ?? []) {
      if (directives.some((one) => one.name.value === 'external')) continue;
      const deprecated = directives.find((one) => one.name.value === 'deprecated');
      const reason = deprecated?.arguments?.find((one) => one.name.value === 'reason')?.value;
      const text = reason?.kind === Kind.STRING ? reason.value : 'No longer supported';
      fields.set(`${definition.name?.value ?? ''}.${name.value}`, deprecated === undefined ? null : text);
    }
  }
  return fields;
}
