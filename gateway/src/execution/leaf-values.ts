import { isEnumType, type GraphQLNamedType } from 'graphql';

/** Largest and smallest Int (GraphQL, October 2021, section 3.5.1). */
const MOST_INT = 2_147_483_647;
const LEAST_INT = -2_147_483_648;

/** The value as the client is given it, or undefined when it is none of its type. */
export type LeafTest = (value: unknown) => unknown;

const SPECIFIED: Readonly<Record<string, LeafTest>> = {
  Int: (value) => (isInt(value) ? value : undefined),
  Float: (value) => (typeof value === 'number' && Number.isFinite(value) ? value : undefined),
  String: (value) => (typeof value === 'string' ? value : undefined),
  Boolean: (value) => (typeof value === 'boolean' ? value : undefined),
  // Read as a number, a long one has lost its last digits.
  ID: (value) => (typeof value === 'string' ? value : Number.isSafeInteger(value) ? String(value) : undefined),
};

export function isInt(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value <= MOST_INT && value >= LEAST_INT;
}

/** Whether a number that was read from JSON is longer than numbers can be: its last digits are lost. */
export function hasLostDigits(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value);
}

/** How a department's value of a scalar or enum is checked. Of custom scalars the department alone knows the form. */
export function leafTest(type: GraphQLNamedType): LeafTest {
  if (isEnumType(type)) {
    const names = new Set(type.getValues().map(({ name }) => name));
    return (value) => (typeof value === 'string' && names.has(value) ? value : undefined);
  }
  return (
    (Object.hasOwn(SPECIFIED, type.name) ? SPECIFIED[type.name] : undefined) ??
    ((value) => (hasLostDigits(value) ? undefined : value))
  );
}
