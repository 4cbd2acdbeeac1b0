import { departmentForm, type Actor } from '@zhitong/kit';
import { inTransaction } from '@zhitong/kit/mongo';
import type { SchemaPart } from '../composition/composed-graph.js';
import { machineOf, mayForce } from '../domain/access.js';
import { departmentName, departmentUrl, readSaying, type Proposal, type Saying } from '../domain/proposal.js';
import { RegistryRefusal } from '../domain/registry-refusal.js';
import type { CheckReport } from '../domain/report.js';
import type { Head } from '../models/head.js';
import type { Publication } from '../models/publication.js';
import { renewDrafts } from './drafting.js';
import { examine, type ExaminedGraph, type Examination } from './examine.js';
import { ownerOf, requireOwner } from './ownership.js';

/** What came of a publication. */
export interface Published {
  readonly publication: Publication;
  readonly report: CheckReport;
  /** True where the department's schema was this one already: nothing was published. */
  readonly isRepeat: boolean;
}

/** Whether and against what an administrator insists. */
export interface Force {
  readonly force?: boolean | undefined;
}

/** What is done with a department's schema. Each refuses with `RegistryRefusal`, and then changed nothing. */
export interface Publishing {
  /** Puts a department's schema into the graph, or replaces it. */
  publish(actor: Actor, proposal: Proposal, saying: Saying & Force): Promise<Published>;
  /** Puts all departments of a city into an empty registry at once; none of them composes alone. */
  begin(
    actor: Actor,
    proposals: readonly (Proposal & { owner: string | null })[],
    saying: Saying,
  ): Promise<Publication[]>;
  /** Publishes a department's schema again as it was with an earlier publication. */
  rollback(actor: Actor, to: number, saying: Saying & Force): Promise<Published>;
  /** Takes a department out of the graph. */
  retire(actor: Actor, department: string, saying: Saying & Force): Promise<Published>;
}

const formOf = (owner: string | null): string | null => (owner === null ? null : departmentForm(owner));

/** One department's step, before it has a number. */
type Step = Pick<Publication, 'department' | 'kind' | 'sdl' | 'url' | 'owner'>;

/** Publishing over the registry's stores. */
export function publishing(examination: Examination): Publishing {
  const { stores, clock } = examination;

  const requirePass = (actor: Actor, { report }: ExaminedGraph, force: boolean): boolean => {
    if (report.ok) return false;
    const cannotBe = report.faults.length > 0;
    if (force && !mayForce(actor))
      throw new RegistryRefusal(
        'FORBIDDEN',
        { en: 'Only an administrator may publish against a refusal.', zh: '只有管理员可以不顾拒绝强行发布。' },
        report,
      );
    if (force && !cannotBe) return true;
    throw new RegistryRefusal(
      'CHECK_FAILED',
      {
        en: cannotBe ? 'The schema does not compose.' : 'The schema breaks what is used, or may be used.',
        zh: cannotBe ? '该模式无法合成。' : '该模式会破坏正在使用或可能使用的内容。',
      },
      report,
    );
  };

  /** Writes steps in a row behind `seen`, unless another publication came first. */
  const commit = async (
    actor: Actor,
    steps: readonly Step[],
    {
      seen,
      examined,
      saying,
      forced,
    }: { seen: Head; examined: ExaminedGraph; saying: ReturnType<typeof readSaying>; forced: boolean },
  ): Promise<Publication[]> => {
    const { supergraphSdl } = examined;
    if (supergraphSdl === null) throw new Error('Only what composes is published.');
    const at = clock.now();
    const publications = steps.map((step, index): Publication => ({
      ...step,
      number: seen.number + 1 + index,
      author: { sub: actor.sub, department: actor.department ?? null },
      ...saying,
      at,
      forced,
      changes: examined.changes,
    }));
    const number = seen.number + steps.length;
    const changed = new Set(steps.map(({ department }) => department));
    const parts = [
      ...seen.parts.filter(({ department }) => !changed.has(department)),
      ...publications
        .filter(({ sdl }) => sdl !== null)
        .map(({ department, number: publication, owner }) => ({ department, publication, owner })),
    ].sort((a, b) => (a.department < b.department ? -1 : 1));
    const isFirst = await inTransaction(stores.connection, async (session) => {
      if (!(await stores.head.replace(seen.number, { number, parts }, session))) return false;
      await stores.publications.insert(publications, session);
      await stores.supergraphs.insert({ _id: number, sdl: supergraphSdl, at }, session);
      return true;
    });
    if (!isFirst) throw await overtaken(seen);
    await renewDrafts(examination, { number, parts });
    return publications;
  };

  const overtaken = async (seen: Head): Promise<RegistryRefusal> => {
    const since = await stores.publications.history({ after: seen.number, limit: 10 });
    const told = since.map(
      ({ number, department, author, reason, changes }) =>
        `${number} of ${department} by ${author.sub} (${reason}): ${changes.map(({ message }) => message).join('; ') || 'no change'}`,
    );
    return new RegistryRefusal('OVERTAKEN', {
      en: `Meanwhile came publication ${told.join('; publication ')}. Check again, and publish then.`,
      zh: `其间已有第 ${since.map(({ number }) => number).join('、')} 次发布。请重新检查后再发布。`,
    });
  };

  const step = async (actor: Actor, taken: Step, given: Saying & Force, head: Head): Promise<Published> => {
    const saying = readSaying(given);
    const part = taken.sdl === null ? null : { name: taken.department, url: taken.url ?? '', sdl: taken.sdl };
    const examined = await examine(examination, head, taken.department, new Map([[taken.department, part]]));
    const forced = requirePass(actor, examined, given.force === true);
    const [publication] = await commit(actor, [taken], { seen: head, examined, saying, forced });
    if (publication === undefined) throw new Error('One step makes one publication.');
    return { publication, report: examined.report, isRepeat: false };
  };

  /** The department's present publication where it says the same already. */
  const repeated = async (head: Head, part: SchemaPart): Promise<Publication | null> => {
    const present = head.parts.find(({ department }) => department === part.name);
    if (present === undefined) return null;
    const [publication] = await stores.publications.byNumber([present.publication]);
    return publication?.sdl === part.sdl && publication.url === part.url ? publication : null;
  };

  const put = async (
    actor: Actor,
    part: SchemaPart,
    { kind, saying }: { kind: 'PUBLISH' | 'ROLLBACK'; saying: Saying & Force },
  ): Promise<Published> => {
    readSaying(saying); // Also a repeat says why.
    const head = await stores.head.read();
    const owner = await ownerOf(stores, head, part.name);
    requireOwner(actor, part.name, owner);
    const same = await repeated(head, part);
    if (same !== null) {
      const { report } = await examine(examination, head, part.name, new Map([[part.name, part]]));
      return { publication: same, report, isRepeat: true };
    }
    const next = { department: part.name, kind, sdl: part.sdl, url: part.url };
    return step(actor, { ...next, owner: owner === undefined ? machineOf(actor) : owner }, saying, head);
  };

  return {
    publish: async (actor, { department, sdl, url }, saying) =>
      put(actor, { name: departmentName(department), url: departmentUrl(url), sdl }, { kind: 'PUBLISH', saying }),

    begin: async (actor, proposals, given) => {
      const saying = readSaying(given);
      const head = await stores.head.read();
      if (!mayForce(actor))
        throw new RegistryRefusal('FORBIDDEN', {
          en: 'Only an administrator begins a registry.',
          zh: '只有管理员可以启用注册中心。',
        });
      if (head.number > 0)
        throw new RegistryRefusal('OVERTAKEN', {
          en: `The registry has begun: it stands at publication ${head.number}.`,
          zh: `注册中心已启用，当前为第 ${head.number} 次发布。`,
        });
      const parts = proposals.map(({ department, sdl, url }) => ({
        name: departmentName(department),
        url: departmentUrl(url),
        sdl,
      }));
      const examined = await examine(examination, head, 'the city', new Map(parts.map((part) => [part.name, part])));
      requirePass(actor, examined, false);
      const steps = parts.map(({ name, url, sdl }, at) => ({
        department: name,
        kind: 'PUBLISH' as const,
        sdl,
        url,
        owner: formOf(proposals[at]?.owner ?? null),
      }));
      return commit(actor, steps, { seen: head, examined, saying, forced: false });
    },

    rollback: async (actor, to, saying) => {
      const [earlier] = await stores.publications.byNumber([to]);
      if (earlier === undefined)
        throw new RegistryRefusal('NOT_FOUND', { en: `There is no publication ${to}.`, zh: `没有第 ${to} 次发布。` });
      const { department, sdl, url } = earlier;
      if (sdl === null || url === null)
        throw new RegistryRefusal('BAD_USER_INPUT', {
          en: `With publication ${to} ${department} left the graph: retire it.`,
          zh: `第 ${to} 次发布时 ${department} 已退出图谱，请改用退出操作。`,
        });
      return put(actor, { name: department, url, sdl }, { kind: 'ROLLBACK', saying });
    },

    retire: async (actor, given, saying) => {
      const department = departmentName(given);
      const head = await stores.head.read();
      const owner = head.parts.find((part) => part.department === department)?.owner;
      if (owner === undefined)
        throw new RegistryRefusal('NOT_FOUND', {
          en: `${department} is not in the graph.`,
          zh: `图谱中没有 ${department}。`,
        });
      requireOwner(actor, department, owner);
      return step(actor, { department, kind: 'RETIRE', sdl: null, url: null, owner }, saying, head);
    },
  };
}
