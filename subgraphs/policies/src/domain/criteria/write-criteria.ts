import type { ParameterTest, StatedCriterion, Test } from './criteria.js';
import { FILE_OPERATORS } from './read-criteria.js';
import { attributeName } from '../facts/facts.js';

const OPERATOR_IN_FILE = new Map(Object.entries(FILE_OPERATORS).map(([file, operator]) => [operator, file]));

/** The value of a leaf as a policy file writes it; of `has` the conditions of one item. */
export const writeValueOf = (leaf: Test | ParameterTest): unknown =>
  leaf.kind === 'test' && leaf.operator === 'HAS'
    ? leaf.value.map((one) => ({
        attribute: attributeName(one.fact),
        op: OPERATOR_IN_FILE.get(one.operator),
        value: one.value,
      }))
    : leaf.value;

/** Criteria as a policy file writes them; what `readCriteria` reads back as the same criteria. */
export function writeCriterion(criterion: StatedCriterion): Record<string, unknown> {
  const text = criterion.text === '' ? {} : { text_zh: criterion.text };
  switch (criterion.kind) {
    case 'test':
    case 'parameterTest':
      return {
        fact: criterion.fact,
        ...(criterion.year === undefined ? {} : { year: criterion.year }),
        op: OPERATOR_IN_FILE.get(criterion.operator),
        value: writeValueOf(criterion),
        ...text,
      };
    case 'all':
      return { allOf: criterion.of.map(writeCriterion), ...text };
    case 'any':
      return { anyOf: criterion.of.map(writeCriterion), ...text };
    case 'not':
      return { not: writeCriterion(criterion.of), ...text };
    case 'atLeast':
      return { atLeast: criterion.count, of: criterion.of.map(writeCriterion), ...text };
  }
}
