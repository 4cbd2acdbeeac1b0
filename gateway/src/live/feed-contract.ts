import { z } from 'zod';

/** Where the registry's own graph is served, unless `REGISTRY_PORT` says otherwise. */
export const REGISTRY_PORT = 4_008;

/** Settings that gateways and the schema registry read alike: where the registry's database and graph are. */
export const registrySettings = {
  REGISTRY_MONGODB_URI: z.string().min(1).optional(),
  REGISTRY_DATABASE: z
    .string()
    .regex(/^[\w-]{1,38}$/)
    .default('zhitong_registry'),
  REGISTRY_PORT: z.coerce.number().int().min(0).max(65_535).default(REGISTRY_PORT),
  REGISTRY_URL: z.url().optional(),
};

/**
 * What gateways and the schema registry have in common: two collections of the registry's database. The registry writes
 * supergraphs and reads uses; gateways do the reverse.
 */
export const SUPERGRAPHS = 'supergraphs';
export const USES = 'uses';

/** A supergraph that was published. The one with the highest number counts. */
export interface StoredSupergraph {
  /** The number of the publication that it came with; numbers rise and may have gaps. */
  readonly _id: number;
  readonly sdl: string;
  readonly at: Date;
}

/** How often one version of a client used one coordinate on one day in Asia/Shanghai. */
export interface StoredUse {
  /** Day, client, version and coordinate, so that gateways add to one document. */
  readonly _id: string;
  readonly day: string;
  readonly client: string;
  readonly version: string;
  readonly coordinate: string;
  readonly count: number;
  /** When it was first counted; by it the document expires. */
  readonly at: Date;
}

/** The documents that clients have registered, see `documentDatabase`. */
export const RELEASES = 'releases';

/** Graphs with one department's draft in place of what it has published, for requests that ask for them. */
export const DRAFTS = 'drafts';

export interface StoredDraft {
  /** As a request names it: `cases/next`. */
  readonly _id: string;
  readonly department: string;
  /** The machine identity whose department may run requests on it beside administrators; null: they alone. */
  readonly owner: string | null;
  /** The department's schema and address. */
  readonly sdl: string;
  readonly url: string;
  /** The whole graph with it; null while it does not compose with what others have published since. */
  readonly supergraphSdl: string | null;
  /** Number of the publication of the graph that it was put into. */
  readonly base: number;
  /** Why it does not compose; null where it does. */
  readonly fault: string | null;
  /** Counts up with each change of the draft or of the graph below it. */
  readonly revision: number;
  readonly author: string;
  readonly reason: string;
  readonly at: Date;
  /** From this moment on nobody is answered on it. */
  readonly expiresAt: Date;
}
