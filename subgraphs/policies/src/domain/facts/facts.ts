import type { CodeHierarchy, FactDefinition, FactType } from './fact-definition.js';
import { VOCABULARY_ROWS } from './fact-vocabulary.js';

export type { CodeHierarchy, FactDefinition, FactType } from './fact-definition.js';

const definitions: ReadonlyMap<string, FactDefinition> = new Map(
  VOCABULARY_ROWS.map(([name, type, unit, label, meaning, source, special], number) => [
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
      isReported: special?.reportedByNobody !== true,
    },
  ]),
);

/** The fact of that name, or null: there is no such fact. */
export const factDefinition = (name: string): FactDefinition | null => definitions.get(name) ?? null;

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
