import type { FactDefinition } from './fact-definition.js';

/** A value of a closed list, and what it is called in Chinese. */
export interface FactChoice {
  readonly value: string;
  readonly label: string;
}

/** Values that policy files write in English; every other one is its own word. */
const WORDS: ReadonlyMap<string, string> = new Map([
  ['large', '大型'],
  ['medium', '中型'],
  ['small', '小型'],
  ['micro', '微型'],
  ['individual', '个体工商户'],
  ['residential', '居民'],
  ['non-residential', '非居民'],
  ['small-scale', '小规模纳税人'],
  ['general', '一般纳税人'],
]);

/** The values that a fact can have, of one that has a closed list; none of any other fact. */
export const choicesOf = ({ type, values }: Pick<FactDefinition, 'type' | 'values'>): FactChoice[] =>
  type === 'ENUM' ? values.map((value) => ({ value, label: WORDS.get(value) ?? value })) : [];
