import type { StoredDraft } from '@zhitong/gateway/feed';
import { reasonOf, type Actor } from '@zhitong/kit';
import { machineOf, mayRead } from '../domain/access.js';
import {
  departmentName,
  departmentUrl,
  draftName,
  readSaying,
  type Proposal,
  type Saying,
} from '../domain/proposal.js';
import { RegistryRefusal } from '../domain/registry-refusal.js';
import type { CheckReport } from '../domain/report.js';
import type { DraftNote } from '../models/draft.js';
import type { Head } from '../models/head.js';
import { examine, type ExaminedGraph, type Examination } from './examine.js';
import { ownerOf, requireOwner } from './ownership.js';

/** A draft that requests can ask for, and what a publication of it would change. */
export interface Drafted {
  readonly draft: DraftNote;
  readonly report: CheckReport;
}

/** What is done with drafts: schemas that only requests meet which ask for them. */
export interface Drafting {
  /**
   * Puts a department's schema into a graph of its own. It must compose; what it breaks is told, and hurts nobody.
   * @param label tells several drafts of a department apart.
   */
  draft(actor: Actor, proposal: Proposal & { readonly label: string }, saying: Saying): Promise<Drafted>;
  /** Takes a draft away before it ends by itself. */
  withdraw(actor: Actor, name: string): Promise<void>;
  /** Those that requests can ask for, by name. */
  drafts(actor: Actor): Promise<DraftNote[]>;
}

const KEPT_DAYS = 30;
const DAY_MS = 86_400_000;
/** Each is composed anew with every publication. */
const MOST_DRAFTS = 20;
/** One document of MongoDB holds 16 MiB. */
const MOST_BYTES = 15_000_000;

/** Drafts over the registry's stores. */
export function drafting(examination: Examination): Drafting {
  const { stores, clock } = examination;
  return {
    draft: async (actor, { label, ...proposal }, saying) => {
      const department = departmentName(proposal.department);
      const part = { name: department, url: departmentUrl(proposal.url), sdl: proposal.sdl };
      const _id = draftName(department, label);
      const { reason } = readSaying(saying);
      const head = await stores.head.read();
      const present = await stores.drafts.byName(_id);
      const known = await ownerOf(stores, head, department);
      const owner = known === undefined ? present?.owner : known;
      requireOwner(actor, department, owner);
      const now = clock.now();
      const open = await stores.drafts.open(now);
      if (open.length >= MOST_DRAFTS && !open.some((one) => one._id === _id))
        throw new RegistryRefusal('BAD_USER_INPUT', {
          en: `There are ${open.length} drafts, as many as are kept: ${open.map((one) => one._id).join(', ')}. Withdraw one.`,
          zh: `已有 ${open.length} 份草稿，达到上限：${open.map((one) => one._id).join('、')}。请先撤回一份。`,
        });
      const examined = await examine(examination, head, department, new Map([[department, part]]));
      const stood = standing(examined, part.sdl);
      if (stood.supergraphSdl === null)
        throw new RegistryRefusal(
          'CHECK_FAILED',
          { en: `The draft cannot be served: ${stood.fault ?? ''}`, zh: `该草稿无法提供服务：${stood.fault ?? ''}` },
          examined.report,
        );
      const draft = {
        _id,
        department,
        owner: owner === undefined ? machineOf(actor) : owner,
        url: part.url,
        base: stood.base,
        fault: stood.fault,
        author: actor.sub,
        reason,
        at: now,
        expiresAt: new Date(now.getTime() + KEPT_DAYS * DAY_MS),
      };
      await stores.drafts.put({ ...draft, sdl: part.sdl, supergraphSdl: stood.supergraphSdl });
      return { draft: { ...draft, revision: (present?.revision ?? 0) + 1 }, report: examined.report };
    },
    withdraw: async (actor, name) => {
      const found = await stores.drafts.byName(name);
      if (found === null)
        throw new RegistryRefusal('NOT_FOUND', {
          en: `There is no draft "${name.slice(0, 80)}".`,
          zh: `没有草稿“${name.slice(0, 80)}”。`,
        });
      requireOwner(actor, found.department, found.owner);
      await stores.drafts.remove(name);
    },
    drafts: async (actor) => {
      if (!mayRead(actor))
        throw new RegistryRefusal('FORBIDDEN', {
          en: 'Drafts are read by departments, administrators and auditors.',
          zh: '草稿仅供部门、管理员和审计员查阅。',
        });
      return stores.drafts.open(clock.now());
    },
  };
}

/**
 * Puts the open drafts into the graph that counts now. One that does not compose with it any more is kept with the
 * reason, until its department mends it or another publication does.
 */
export async function renewDrafts(examination: Examination, head: Head): Promise<void> {
  const { stores, clock } = examination;
  for (const { _id } of await stores.drafts.open(clock.now())) {
    const draft = await stores.drafts.byName(_id);
    if (draft === null || draft.base >= head.number) continue;
    const { department, url, sdl } = draft;
    const part = { name: department, url, sdl };
    // The publication stands by now: whatever is wrong with a draft is the draft's.
    const stood = await examine(examination, head, department, new Map([[department, part]])).then(
      (examined) => standing(examined, sdl),
      (error: unknown) => ({ supergraphSdl: null, base: head.number, fault: reasonOf(error) }),
    );
    await stores.drafts.renew(draft, stood);
  }
}

function standing(
  { head, report, supergraphSdl }: ExaminedGraph,
  sdl: string,
): Pick<StoredDraft, 'supergraphSdl' | 'base' | 'fault'> {
  const bytes = Buffer.byteLength(supergraphSdl ?? '') + Buffer.byteLength(sdl);
  const fault =
    supergraphSdl === null
      ? report.faults.map(({ message }) => message).join(' ')
      : bytes > MOST_BYTES
        ? `Schema and graph have ${bytes} bytes, and at most ${MOST_BYTES} are kept of a draft.`
        : null;
  return { supergraphSdl: fault === null ? supergraphSdl : null, base: head.number, fault };
}
