import { wrongValue, type Facts, type FactValue, type UnusableFacts } from './fact-values.js';
import { factNamed, isNumeric, yearOfFact, type FactDefinition } from './facts.js';
import { saidOf, VALUE_PHRASE } from '../refusal-words.js';
import { shown } from '../problem.js';

/** Stored values, and what of them cannot be used, with the value and why. */
export interface StoredValues {
  readonly values: Facts['values'];
  /** Absent where there is none. */
  readonly unusable?: UnusableFacts | undefined;
}

/**
 * The values of a stored record as they count: it may have been written by an earlier release or by hand, and one bad
 * value must cost neither the enterprise nor those beside it. Null is not known; what has not the type of its fact is
 * not known and is named. A record without any fault is returned as it is. Never throws.
 */
export function storedValues(stored: unknown): StoredValues {
  if (!isRecord(stored)) return { values: {} };
  const faulty = Object.keys(stored).filter((fact) => !hasTypeOf(definitionOf(fact), stored[fact]));
  // A copy is made of the few that need one.
  if (faulty.length === 0) return { values: stored as Facts['values'] };
  const values: Record<string, FactValue> = { ...(stored as Facts['values']) };
  const unusable: Record<string, string> = {};
  for (const fact of faulty) {
    const [value, definition] = [stored[fact], definitionOf(fact)];
    Reflect.deleteProperty(values, fact);
    const wrong = definition === null || value === null ? null : wrongValue(definition, value);
    if (wrong !== null) unusable[fact] = saidOf(VALUE_PHRASE, wrong, { value: shown(value) }).message;
  }
  return Object.keys(unusable).length === 0 ? { values } : { values, unusable };
}

/** The definition of a fact, also of one in a year. */
const definitionOf = (name: string): FactDefinition | null =>
  factNamed(name) ?? factNamed(yearOfFact(name)?.fact ?? name);

/**
 * Whether a value has the type of its fact, so that it can be decided on. Whether a text is on the list that the
 * vocabulary has today was asked when it was read; a name that it no longer has is never looked at.
 */
function hasTypeOf(definition: FactDefinition | null, value: unknown): boolean {
  if (value === null || value === undefined) return false;
  if (definition === null) return true;
  const { type } = definition;
  if (isNumeric(type)) return Number.isFinite(value);
  if (type === 'BOOLEAN') return typeof value === 'boolean';
  return type === 'TITLES' || type === 'RECORDS' ? wrongValue(definition, value) === null : typeof value === 'string';
}

/** An object that is no list. */
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
