import { bulkDecider } from '../evaluation/bulk.js';
import type { Facts } from '../facts/fact-values.js';
import type { FactColumns } from '../facts/fact-columns.js';
import type { MatchablePolicy, StoredMatches } from './match.js';
import { both, forEachRow, without } from '../evaluation/row-set.js';
import { rowsBarredByRegister } from '../policy/register-bar.js';

/**
 * Matches every row of a table against policies: what `matchEnterprise` gives for each, by row.
 * @param hadFen what the enterprise of a row had before under a policy that pays the difference only.
 */
export function matchColumns(
  policies: readonly MatchablePolicy[],
  columns: FactColumns,
  hadFen: (policyId: string, row: number) => number = () => 0,
): StoredMatches[] {
  const matches = Array.from({ length: columns.rows }, (): Filling => ({
    eligible: [],
    undetermined: [],
    amounts: {},
  }));
  const decider = bulkDecider(columns);
  const off = rowsBarredByRegister(columns);
  // In the order of the ids, so that equal results are equal.
  for (const { id, bulk, amount } of policies.toSorted((one, other) => (one.id < other.id ? -1 : 1))) {
    const outcomes = decider.outcomesOf(bulk);
    forEachRow(both(outcomes.met, off), (row) => {
      const match = matches[row];
      if (match !== undefined) (match.struckOff ??= []).push(id);
    });
    forEachRow(without(decider.unknownIn(outcomes), off), (row) => void matches[row]?.undetermined.push(id));
    forEachRow(without(outcomes.met, off), (row) => {
      const match = matches[row];
      if (match === undefined) return;
      match.eligible.push(id);
      const values = amount.facts.length === 0 ? NO_VALUES : columns.valuesAt(row, amount.facts);
      match.amounts[id] = amount.of(values, hadFen(id, row));
    });
  }
  return matches;
}

const NO_VALUES: Facts['values'] = {};

interface Filling extends StoredMatches {
  readonly eligible: string[];
  readonly undetermined: string[];
  readonly amounts: Record<string, number | null>;
  struckOff?: string[];
}
