import type { ClientRelease } from '@zhitong/gateway/operations';
import type { Dependant, RegisteredUse } from '../domain/judgement.js';
import type { Fault } from '../domain/report.js';
import type { SchemaChange } from '../domain/schema-change.js';
import type { DiffSettings } from '../domain/schema-diff.js';

/** A department's part of a graph. */
export interface SchemaPart {
  readonly name: string;
  readonly url: string;
  readonly sdl: string;
}

export interface GraphQuestion {
  /** The supergraph that counts now; null before there is one. */
  readonly before: string | null;
  readonly parts: readonly SchemaPart[];
  /** What clients ask of the graph that counts now. */
  readonly releases: readonly ClientRelease[];
  readonly settings: DiffSettings;
}

/** What became of a composition. */
export type ComposedGraph =
  | {
      readonly composes: true;
      readonly supergraphSdl: string;
      /** Against the graph that counts now; none where there is none. */
      readonly changes: readonly SchemaChange[];
      /** What departments need of one another in the graph that counts now. */
      readonly required: readonly Dependant[];
      /** What the clients' documents use of it. */
      readonly registered: readonly RegisteredUse[];
    }
  | { readonly composes: false; readonly faults: readonly Fault[] };

/** Composes and compares: a function, so that what decides about schemas does not know in which thread it happens. */
export type ComposeGraph = (question: GraphQuestion) => Promise<ComposedGraph>;

/** A composition that came to nothing, for a reason that has no place in a schema. */
export const fault = (message: string): ComposedGraph => ({ composes: false, faults: [{ message, places: [] }] });
