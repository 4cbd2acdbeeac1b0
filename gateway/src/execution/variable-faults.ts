import {
  coerceInputValue,
  GraphQLError,
  isInputType,
  Kind,
  typeFromAST,
  type GraphQLSchema,
  type VariableDefinitionNode,
} from 'graphql';

type Step = string | number;

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
    return new GraphQLError(fault.message, {
      nodes: fault.nodes,
      originalError: fault.originalError,
      extensions: {
        ...fault.extensions,
        code: 'BAD_USER_INPUT',
        argumentPath: [definition.variable.name.value, ...(places.shift() ?? [])],
      },
    });
  });
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
