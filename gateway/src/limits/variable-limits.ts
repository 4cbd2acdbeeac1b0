import type { ApolloServerPlugin } from '@apollo/server';
import type { VariableLimits } from '../config.js';
import { refusedInput, tooComplex } from '../gateway-error.js';
import type { GatewayContext } from '../request-context.js';

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
        said: {
          message: `A variable is nested too deeply: at most ${limits.depth} levels of lists and objects are allowed.`,
        },
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
        said: {
          message: `The variables hold too much: at least ${values} values, and at most ${limits.values} are allowed.`,
        },
      });
    for (const [step, member] of members) places.push({ value: member, step, above: place, depth });
  }
}

function checkNumber(value: number, place: Place): void {
  const refuse = (why: string): never => {
    const path = pathOf(place);
    throw refusedInput(`The variable $${path.join('.')} cannot be ${value}: ${why}.`, path);
  };
  if (!Number.isFinite(value)) refuse('the number is too large for JSON');
  if (Number.isInteger(value) && !Number.isSafeInteger(value))
    refuse('a number beyond 2^53 loses digits in JSON; write it as a string where one is accepted');
}

function pathOf(place: Place): string[] {
  const path: string[] = [];
  for (let at: Place | undefined = place; at !== undefined; at = at.above) path.unshift(String(at.step));
  return path;
}
