import type { Actor } from '@zhitong/kit';
import type { Registry } from './service.js';

/** What one request carries. */
export interface Context {
  readonly actor: Actor;
  readonly registry: Registry;
}
