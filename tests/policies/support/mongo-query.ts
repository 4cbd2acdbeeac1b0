import { Decimal } from 'decimal.js';
import sift from 'sift';
import type { Facts } from '../../../subgraphs/policies/src/domain/facts/fact-values.js';
import type { MongoFilter } from '../../../subgraphs/policies/src/domain/evaluation/to-mongo-filter.js';

type Values = Facts['values'];

/** Operator and operand of an expression. */
function partsOf(expression: unknown): readonly [string, unknown] {
  const [parts = ['', undefined]] = Object.entries(expression as Record<string, unknown>);
  return parts;
}

/**
 * The value of an aggregation expression over numbers, in decimals as the server has them; null where a field is
 * missing.
 */
function valueOf(expression: unknown, values: Values): Decimal | null {
  if (typeof expression === 'number') return new Decimal(expression);
  if (typeof expression === 'string') {
    const known = expression.startsWith('$values.') ? values[expression.slice('$values.'.length)] : expression;
    return known === undefined ? null : new Decimal(known as number | string);
  }
  const [operator, operand] = partsOf(expression);
  if (operator === '$toString' || operator === '$toDecimal') return valueOf(operand, values);
  const [one, other] = (operand as unknown[]).map((each) => valueOf(each, values));
  if (!one || !other) return null;
  if (operator === '$multiply') return one.times(other);
  if (operator === '$add') return one.plus(other);
  throw new Error(`${operator} is not known here.`);
}

/** Below zero, zero or above it; null stands before every number, as in the server's order of types. */
function compared(operands: readonly unknown[], values: Values): number {
  const [one, other] = operands.map((each) => valueOf(each, values));
  if (!one || !other) return Number(Boolean(one)) - Number(Boolean(other));
  return one.comparedTo(other);
}

function holds(expression: unknown, values: Values): boolean {
  const [operator, operand] = partsOf(expression);
  const operands = operand as readonly unknown[];
  if (operator === '$and') return operands.every((each) => holds(each, values));
  if (operator === '$not') return operands.every((each) => !holds(each, values));
  if (operator === '$gt') return compared(operands, values) > 0;
  if (operator === '$gte') return compared(operands, values) >= 0;
  throw new Error(`${operator} is not known here.`);
}

/**
 * Decides without a database whether a filter finds an enterprise of these facts; sift answers as MongoDB does, but for
 * `$expr`.
 */
export function finds(filter: MongoFilter): (values: Values) => boolean {
  const $expr = (expression: unknown, owner: unknown, options: Parameters<typeof sift.createEqualsOperation>[2]) =>
    sift.createEqualsOperation(
      (document: { readonly values: Values }) => holds(expression, document.values),
      owner,
      options,
    );
  const decide = sift.default<{ readonly values: Values }>(filter, { operations: { $expr } });
  return (values) => decide({ values });
}
