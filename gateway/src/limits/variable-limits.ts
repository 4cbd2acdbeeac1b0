import type { ApolloServerPlugin } from '@apollo/server';
import type { VariableLimits } from '../config.js';
import { refusedInput, tooComplex } from '../gateway-error.js';
import type { GatewayContext } from '../request-context.js';
import { said } from '../refusal-words.js';

interface Place {
  readonly value: unknown;
  /** Names and numbers from the variable on; kept as a chain, because most values are never named. */
  readonly step: string | number;
  readonly above: Place | undefined;
  readonly depth: number;
}

/**
 * Refuses variables that are too deep or too many before anything reads them recursively, and numbers that JSON could
 * not carry: `1e999` is read as Infinity and would be written on as null, a whole number beyond 2^53 has lost digits
 * already.
 */
export function variableLimits(limits: VariableLimits): ApolloServerPlugin<GatewayContext> {
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ request: { variables } }) {
          if (variables !== undefined) checkVariables(variables, limits);
        },
      };
    },
  };
}

/**
 * Checks variables as they came; without recursion, for this is what stands before everything that recurs.
 * @throws GraphQLError QUERY_TOO_COMPLEX with `measure`, `actual` and `limit`, or BAD_USER_INPUT with `argumentPath`.
 */
export function checkVariables(variables: Readonly<Record<string, unknown>>, limits: VariableLimits): void {
  const places: Place[] = Object.entries(variables).map(([step, value]) => ({
    value,
    step,
    above: undefined,
    depth: 0,
  }));
  let values = places.length;
  for (let place = places.pop(); place !== undefined; place = places.pop()) {
    const { value } = place;
    if (typeof value === 'number') checkNumber(value, place);
    if (typeof value !== 'object' || value === null) continue;
    const depth = place.depth + 1;
    if (depth > limits.depth)
      throw tooComplex({
        measure: 'variableDepth',
        actual: depth,
        limit: limits.depth,
        told: { whole: said('VARIABLE_TOO_DEEP', { limit: limits.depth }) },
      });
    const members: readonly (readonly [string | number, unknown])[] = Array.isArray(value)
      ? value.map((member: unknown, index) => [index, member])
      : Object.entries(value);
    values += members.length;
    if (values > limits.values)
      throw tooComplex({
        measure: 'variableValues',
        actual: values,
        limit: limits.values,
        told: { whole: said('TOO_MANY_VALUES', { actual: values, limit: limits.values }) },
      });
    for (const [step, member] of members) places.push({ value: member, step, above: place, depth });
  }
}

function checkNumber(value: number, place: Place): void {
  const refuse = (reason: 'NUMBER_TOO_LARGE' | 'NUMBER_LOSES_DIGITS'): never => {
    const path = pathOf(place);
    throw refusedInput(said(reason, { variable: path.join('.'), value }), path);
  };
  if (!Number.isFinite(value)) refuse('NUMBER_TOO_LARGE');
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) refuse('NUMBER_LOSES_DIGITS');
}

function pathOf(place: Place): string[] {
  const path: string[] = [];
  for (let at: Place | undefined = place; at !== undefined; at = at.above) path.unshift(String(at.step));
  return path;
}
