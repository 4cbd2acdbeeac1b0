import {
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  Kind,
  TypeInfo,
  typeFromAST,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type GraphQLInputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';

/**
 * What an operation uses of the graph by its text: fields, arguments, input fields, enum values and types of
 * conditions, as schema coordinates. What its variables hold is `givenCoordinates`.
 * @param document validated against the schema.
 */
export function coordinatesOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): ReadonlySet<string> {
  const found = new Set<string>();
  const types = new TypeInfo(schema);
  const definitions = document.definitions.filter(
    (definition) => definition === operation || definition.kind === Kind.FRAGMENT_DEFINITION,
  );
  visit(
    { kind: Kind.DOCUMENT, definitions },
    visitWithTypeInfo(types, {
      Field: ({ name }) => {
        const parent = types.getParentType();
        if (parent && !name.value.startsWith('__')) found.add(`${parent.name}.${name.value}`);
      },
      Argument: ({ name }) => {
        const [parent, field] = [types.getParentType(), types.getFieldDef()];
        if (parent && field && !field.name.startsWith('__') && types.getDirective() == null)
          found.add(`${parent.name}.${field.name}(${name.value}:)`);
      },
      ObjectField: ({ name }) => {
        const parent = getNamedType(types.getParentInputType());
        if (parent) found.add(`${parent.name}.${name.value}`);
      },
      EnumValue: ({ value }) => {
        const type = getNamedType(types.getInputType());
        if (type) found.add(`${type.name}.${value}`);
      },
      FragmentDefinition: ({ typeCondition }) => void found.add(typeCondition.name.value),
      InlineFragment: ({ typeCondition }) => {
        if (typeCondition) found.add(typeCondition.name.value);
      },
    }),
  );
  return found;
}

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
