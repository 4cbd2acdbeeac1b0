import { z } from 'zod';

/** Settings that gateways and the schema registry read alike: where the registry's database is. */
export const registrySettings = {
  REGISTRY_MONGODB_URI: z.string().min(1).optional(),
  REGISTRY_DATABASE: z
    .string()
    .regex(/^[\w-]{1,38}$/)
    .default('zhitong_registry'),
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
