import type { Actor } from '@zhitong/kit';
import type { TestAnswer } from '@zhitong/kit/testing';

/** One department with one thing of each kind, and whoever stands in the columns of the read table. */
export interface World {
  /** Under the names of the table's columns. */
  readonly callers: Readonly<Record<string, Actor | null>>;
  /** The key of the one thing of a type, and a key of the same form that nothing has. */
  readonly keys: Readonly<Record<string, { readonly found: string; readonly none: string }>>;
  readonly ask: (
    query: string,
    variables: Record<string, unknown>,
    actor: Actor | null,
  ) => Promise<TestAnswer<unknown>>;
  readonly close: () => Promise<void>;
}

/** A valid code under which no enterprise of these tests is registered. */
export const NOT_REGISTERED = '91110108551385082Q';
