import { LRUCache } from 'lru-cache';
import type { VersionedFacts } from '../domain/facts/versioned-facts.js';

/** Enterprises whose facts are kept, unless configured otherwise: some two kilobytes each. */
export const MOST_FACTS_IN_MEMORY = 16_384;

/** Facts by USCC in the version in which they were read last, those that were asked for longest ago given up first. */
export type FactsInMemory = Pick<LRUCache<string, VersionedFacts>, 'get' | 'set'>;

/** Keeps facts of at most so many enterprises. Whoever takes some compares their version with that of the register. */
export const factsInMemory = (most = MOST_FACTS_IN_MEMORY): FactsInMemory =>
  new LRUCache<string, VersionedFacts>({ max: most });
