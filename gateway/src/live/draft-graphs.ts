import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ApolloServer } from '@apollo/server';
import { departmentForm, hasRole, reasonOf, systemClock, type Actor, type Clock } from '@zhitong/kit';
import { GraphQLError } from 'graphql';
import type { SupergraphExecutor } from '../execution/supergraph-executor.js';
import type { GatewayContext } from '../request-context.js';
import type { StoredDraft } from './feed-contract.js';
import { LiveExecutor, type Graph } from './live-executor.js';
import type { SupergraphFeed } from './supergraph-feed.js';

/** The draft that a request asks for, as in `cases/next`. */
export const DRAFT_HEADER = 'x-graph-draft';

/** Graphs beside the one that is served: each holds a schema, plans and connections of its own. */
const MOST_KEPT = 3;

type Server = ApolloServer<GatewayContext>;

/** Who asks for a draft, and until when what answers must stay. */
export interface AskedDraft {
  readonly name: string;
  readonly actor: Actor | null;
  readonly response: ServerResponse;
}

interface Kept {
  readonly revision: number;
  readonly served: Promise<{ readonly server: Server; readonly stop: () => Promise<void> }>;
  /** Requests that it answers at present. */
  holders: number;
  /** Another revision took its place, or there was no room: it goes with its last request. */
  isRetired: boolean;
}

export interface DraftGraphsOptions {
  /** Undefined: there is no schema registry, and so no draft. */
  readonly feed: Pick<SupergraphFeed, 'draft' | 'draftSupergraph'> | undefined;
  /** @param department is asked at the very address that the draft names. */
  readonly build: (supergraphSdl: string, department: string) => Promise<Graph>;
  /** A server for one graph, not started. */
  readonly serverOver: (gateway: SupergraphExecutor) => Server;
  readonly onReleaseFailed: (error: unknown) => void;
  readonly clock?: Clock;
}

/**
 * Runs requests that ask for a draft on the graph with that draft, and no other request. Graphs are made when they are
 * first asked for; what runs on them is not counted as use.
 */
export class DraftGraphs {
  readonly #options: DraftGraphsOptions;
  readonly #clock: Clock;
  /** By name, the one that was asked for last at the end. */
  readonly #kept = new Map<string, Kept>();

  constructor(options: DraftGraphsOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
  }

  /** @throws GraphQLError with an HTTP status: who asks may not, there is no such draft, or it cannot be served */
  async serverFor({ name, actor, response }: AskedDraft): Promise<Server> {
    const { feed } = this.#options;
    if (feed === undefined) throw refused('BAD_USER_INPUT', 400, 'This gateway follows no registry and has no drafts.');
    if (actor === null) throw refused('UNAUTHENTICATED', 401, 'A draft is for callers with a token.');
    const draft = await feed.draft(name).catch((error: unknown) => {
      throw refused('DEPARTMENT_UNAVAILABLE', 503, `The schema registry does not answer: ${reasonOf(error)}.`);
    });
    const isOpen = draft !== null && draft.expiresAt > this.#clock.now();
    if (!isOpen && hasRole(actor, 'ADMIN')) throw refused('NOT_FOUND', 404, `There is no draft ${name}.`);
    // Whether there is one is nobody else's business.
    if (!isOpen || !mayRun(actor, draft.owner))
      throw refused('FORBIDDEN', 403, 'A draft is for the department that published it, and for administrators.');
    if (draft.fault !== null) throw refused('BAD_USER_INPUT', 400, `${name} cannot be served: ${draft.fault}`);
    const kept = this.#at(draft);
    kept.holders += 1;
    response.once('close', () => {
      kept.holders -= 1;
      this.#stopIdle(kept);
    });
    try {
      return (await kept.served).server;
    } catch (error) {
      if (this.#kept.get(name) === kept) this.#kept.delete(name); // The registry may have been away.
      throw refused('BAD_USER_INPUT', 400, `${name} cannot be served: ${reasonOf(error)}`);
    }
  }

  async stop(): Promise<void> {
    const all = [...this.#kept.values()];
    this.#kept.clear();
    await Promise.all(
      all.map(async ({ served }) => served.then(({ stop }) => stop()).catch(this.#options.onReleaseFailed)),
    );
  }

  #at(draft: Pick<StoredDraft, '_id' | 'revision' | 'department'>): Kept {
    const { _id: name, revision } = draft;
    const known = this.#kept.get(name);
    this.#kept.delete(name);
    if (known !== undefined && known.revision !== revision) this.#retire(known);
    const kept =
      known?.revision === revision ? known : { revision, served: this.#make(draft), holders: 0, isRetired: false };
    this.#kept.set(name, kept);
    const [[oldest, first] = []] = this.#kept;
    if (this.#kept.size > MOST_KEPT && oldest !== undefined && first !== undefined) {
      this.#kept.delete(oldest);
      this.#retire(first);
    }
    return kept;
  }

  async #make({ _id, revision, department }: Pick<StoredDraft, '_id' | 'revision' | 'department'>): Promise<{
    readonly server: Server;
    readonly stop: () => Promise<void>;
  }> {
    const { feed, build, serverOver, onReleaseFailed } = this.#options;
    const sdl = await feed?.draftSupergraph(_id, revision);
    if (sdl === undefined || sdl === null) throw new Error('it was changed at this moment; ask again.');
    const graph = await build(sdl, department);
    try {
      const server = serverOver(await LiveExecutor.over(graph, undefined, onReleaseFailed));
      await server.start();
      return {
        server,
        stop: async () => {
          await server.stop();
          await graph.release();
        },
      };
    } catch (error) {
      await graph.release();
      throw error;
    }
  }

  #retire(kept: Kept): void {
    kept.isRetired = true;
    this.#stopIdle(kept);
  }

  #stopIdle(kept: Kept): void {
    if (!kept.isRetired || kept.holders > 0) return;
    kept.served.then(({ stop }) => stop()).catch(this.#options.onReleaseFailed);
  }
}

/** Which draft a request asks for; undefined for none. */
export function askedDraft({ headers }: IncomingMessage): string | undefined {
  const value = headers[DRAFT_HEADER];
  const name = Array.isArray(value) ? value[0] : value;
  return name === undefined || name === '' ? undefined : name.slice(0, LONGEST_NAME);
}

const LONGEST_NAME = 100;

function mayRun(actor: Actor, owner: string | null): boolean {
  if (hasRole(actor, 'ADMIN')) return true;
  const { department } = actor;
  return (
    owner !== null &&
    department !== undefined &&
    hasRole(actor, 'SERVICE', 'OFFICER') &&
    departmentForm(department) === departmentForm(owner)
  );
}

const refused = (code: string, status: number, message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code, http: { status } } });
