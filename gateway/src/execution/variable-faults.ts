import {
  coerceInputValue,
  GraphQLError,
  isInputType,
  Kind,
  print,
  typeFromAST,
  type GraphQLSchema,
  type VariableDefinitionNode,
} from 'graphql';
import { said } from '../refusal-words.js';

type Step = string | number;

const LONGEST_SHOWN = 60;

/**
 * What graphql-js says of variables' values that their types do not admit, with the place of each as `argumentPath`:
 * the variable's name, then the steps within its value, as in `["input", "days", 0, "on"]`. A form shows a refusal at
 * the field that it concerns.
 */
export function placedFaults(
  schema: GraphQLSchema,
  faults: readonly GraphQLError[],
  given: Readonly<Record<string, unknown>>,
): GraphQLError[] {
  const placesOf = new Map<VariableDefinitionNode, Step[][]>();
  return faults.map((fault) => {
    const [definition] = fault.nodes ?? [];
    // Faults beyond those that are counted have no variable.
    if (definition?.kind !== Kind.VARIABLE_DEFINITION) return fault;
    const places = placesOf.get(definition) ?? refusedPlaces(schema, definition, given);
    placesOf.set(definition, places);
    const argumentPath = [definition.variable.name.value, ...(places.shift() ?? [])];
    return new GraphQLError(fault.message, {
      nodes: fault.nodes,
      originalError: fault.originalError,
      extensions: {
        ...wordsOf(fault.message, definition, valueAt(given, argumentPath), argumentPath),
        ...fault.extensions, // a scalar says more of its own values
        code: 'BAD_USER_INPUT',
        argumentPath,
      },
    });
  });
}

/** The fault in Chinese, and for programs its reason with what was given and where. */
function wordsOf(message: string, { type }: VariableDefinitionNode, value: unknown, argumentPath: readonly Step[]) {
  const told = { fault: message, variable: argumentPath.join('.'), type: print(type) };
  const { reason, zh, parameters } =
    value === undefined ? said('VARIABLE_MISSING', told) : said('BAD_VARIABLE', { ...told, value: shown(value) });
  return { reason, zh, parameters };
}

const valueAt = (given: unknown, steps: readonly Step[]): unknown =>
  steps.reduce<unknown>(
    (value, step) =>
      typeof value === 'object' && value !== null ? (value as Readonly<Record<Step, unknown>>)[step] : undefined,
    given,
  );

/** A value as words may show it: short, and never an object's whole content. */
function shown(value: unknown): string {
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? '列表' : '对象';
  const text = JSON.stringify(value);
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
}

/** The places within a variable's value that its type refuses, in the order in which graphql-js comes upon them. */
function refusedPlaces(
  schema: GraphQLSchema,
  { variable, type: node }: VariableDefinitionNode,
  given: Readonly<Record<string, unknown>>,
): Step[][] {
  const type = typeFromAST(schema, node);
  const value = given[variable.name.value];
  if (!isInputType(type) || value === undefined || value === null) return [];
  const places: Step[][] = [];
  coerceInputValue(value, type, (path) => void places.push([...path]));
  return places;
}
