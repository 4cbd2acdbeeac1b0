import {
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  typeFromAST,
  type GraphQLInputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';

/** The variables of an operation in which input fields or enum values can be given, with their types. */
export function tellingVariables(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
): readonly (readonly [name: string, type: GraphQLInputType])[] {
  return (operation.variableDefinitions ?? []).flatMap(({ variable, type }) => {
    const input = typeFromAST(schema, type) as GraphQLInputType | undefined; // validated: an input type
    const named = getNamedType(input);
    return input !== undefined && (isInputObjectType(named) || isEnumType(named)) ? [[variable.name.value, input]] : [];
  });
}

/** Input fields and enum values of the schema that a value holds; nothing else of the value is looked at or kept. */
export function givenCoordinates(type: GraphQLInputType, value: unknown, found: Set<string>): void {
  const nullable = getNullableType(type);
  if (value === null || value === undefined) return;
  if (isListType(nullable)) {
    for (const item of Array.isArray(value) ? (value as unknown[]) : [value])
      givenCoordinates(nullable.ofType, item, found);
  } else if (isEnumType(nullable)) {
    if (typeof value === 'string' && nullable.getValue(value) != null) found.add(`${nullable.name}.${value}`);
  } else if (isInputObjectType(nullable) && typeof value === 'object') {
    const fields = nullable.getFields();
    for (const [name, inner] of Object.entries(value)) {
      const field = fields[name];
      if (field === undefined) continue;
      found.add(`${nullable.name}.${name}`);
      givenCoordinates(field.type, inner, found);
    }
  }
}
