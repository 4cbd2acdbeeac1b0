import { ATTRIBUTE_ROWS } from './collection-vocabulary.js';
import type { CodeHierarchy, FactDefinition, FactType, VocabularyRow } from './fact-definition.js';
import { VOCABULARY_ROWS } from './fact-vocabulary.js';

export type { CodeHierarchy, FactDefinition, FactType } from './fact-definition.js';

const defined = (
  [name, type, unit, label, meaning, source, special]: VocabularyRow,
  number: number,
): readonly [string, FactDefinition] => [
  name,
  {
    name,
    number,
    type,
    unit,
    label,
    meaning,
    source,
    values: special?.values ?? [],
    hierarchy: special?.hierarchy ?? null,
    priorYear: special?.priorYear ?? null,
    since: special?.since ?? null,
    isAskedByName: special?.askedByName === true,
  },
];

const definitions: ReadonlyMap<string, FactDefinition> = new Map(VOCABULARY_ROWS.map(defined));

/** Attributes of what collections hold, by their names with the collection; they lie in no slot of their own. */
const attributes: ReadonlyMap<string, FactDefinition> = new Map(ATTRIBUTE_ROWS.map((row) => defined(row, -1)));

/** The name of an attribute with its collection: `loans.takenOn`. */
export const attributeOf = (collection: string, attribute: string): string => `${collection}.${attribute}`;

/** The name of an attribute without its collection. */
export const attributeName = (name: string): string => name.slice(name.indexOf('.') + 1);

/** The attributes that items of a collection have, in the order of the table. */
export const attributesOf = (collection: string): FactDefinition[] =>
  [...attributes.values()].filter(({ name }) => name.startsWith(`${collection}.`));

/** Facts in single years that were asked for, each numbered behind the vocabulary. */
const inYears = new Map<string, FactDefinition>();

/** The name under which a fact stands in one year: `annualRevenueYuan@2025`. */
export const factInYear = (fact: string, year: number): string => `${fact}@${String(year)}`;

/** The fact and the year of a name with a year; null for any other name. */
export function yearOfFact(name: string): { readonly fact: string; readonly year: number } | null {
  const at = name.indexOf('@');
  return at < 0 ? null : { fact: name.slice(0, at), year: Number(name.slice(at + 1)) };
}

/** The fact of the vocabulary of that name, or null: there is no such fact. */
export const factNamed = (name: string): FactDefinition | null => definitions.get(name) ?? null;

/** The same, also of a fact in one year and of an attribute of a collection, as checks name them. */
export const factDefinition = (name: string): FactDefinition | null =>
  definitions.get(name) ??
  attributes.get(name) ??
  inYears.get(name) ??
  (IN_YEAR.test(name) ? definitionInYear(name) : null);

/** Number of a fact, or of one in a year, among the slots of an enterprise. @throws Error when there is no such fact */
export function slotOf(name: string): number {
  const definition = factDefinition(name);
  if (definition === null) throw new Error(`The vocabulary has no fact ${name}.`);
  return definition.number;
}

const IN_YEAR = /^\w+@\d{4}$/;

function definitionInYear(name: string): FactDefinition | null {
  const { fact, year } = yearOfFact(name) ?? { fact: '', year: 0 };
  const base = definitions.get(fact);
  if (base === undefined) return null;
  const made = {
    ...base,
    name,
    number: definitions.size + inYears.size,
    label: `${String(year)}年度${base.label}`,
    meaning: `${base.meaning}, of ${String(year)}`,
    priorYear: null,
    since: null,
  };
  inYears.set(name, made);
  return made;
}

/** The whole vocabulary, in the order of the table. */
export const allFacts = (): FactDefinition[] => [...definitions.values()];

/** True where values are ordered numbers. */
export const isNumeric = (type: FactType): type is 'INTEGER' | 'NUMBER' | 'MONEY' =>
  type === 'INTEGER' || type === 'NUMBER' || type === 'MONEY';

/**
 * The prefix that every code under `code` begins with. Industries nest by prefix (`C` ⊃ `C13` ⊃ `C1330`); regions by
 * pairs of digits with `00` for "all of it" (`420000` ⊃ `421200` ⊃ `421281`), and `CN` is everything.
 */
export function prefixUnder(code: string, hierarchy: CodeHierarchy): string {
  if (hierarchy === 'INDUSTRY') return code;
  return code === 'CN' ? '' : code.replace(/(00){1,2}$/, '');
}
