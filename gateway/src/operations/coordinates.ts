import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isIntrospectionType,
  Kind,
  TypeInfo,
  typeFromAST,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type GraphQLSchema,
  type GraphQLType,
} from 'graphql';

/** What a document uses of a schema, as schema coordinates; each list sorted, each entry once. */
export interface UsedCoordinates {
  /** `Type.field` */
  readonly fields: readonly string[];
  /** `Type.field(argument:)`, those that the document gives a value. */
  readonly arguments: readonly string[];
  /** `Input.field`, those that are written in the document. */
  readonly inputFields: readonly string[];
  /** `Enum.VALUE`, those that are written in the document. */
  readonly enumValues: readonly string[];
  /**
   * Input types and enums whose values come in variables, with all that they hold: whoever runs the document may use
   * any of their fields and values.
   */
  readonly byVariable: readonly string[];
}

/**
 * What a document uses; validate it first, for what the schema does not have is left out, as `__typename` and
 * introspection are.
 */
export function coordinatesOf(document: DocumentNode, schema: GraphQLSchema): UsedCoordinates {
  const fields = new Set<string>();
  const given = new Set<string>();
  const inputFields = new Set<string>();
  const enumValues = new Set<string>();
  const byVariable = new Set<string>();
  const info = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(info, {
      Field: ({ name, arguments: args = [] }) => {
        const parent = info.getParentType();
        const field = info.getFieldDef();
        if (!parent || !field || isIntrospectionType(parent) || name.value.startsWith('__')) return;
        const coordinate = `${parent.name}.${name.value}`;
        fields.add(coordinate);
        for (const argument of args)
          if (field.args.some((one) => one.name === argument.name.value))
            given.add(`${coordinate}(${argument.name.value}:)`);
      },
      ObjectField: ({ name }) => {
        const holder = getNamedType(info.getParentInputType());
        if (isInputObjectType(holder) && name.value in holder.getFields())
          inputFields.add(`${holder.name}.${name.value}`);
      },
      EnumValue: ({ value }) => {
        const type = getNamedType(info.getInputType());
        if (isEnumType(type) && type.getValue(value)) enumValues.add(`${type.name}.${value}`);
      },
      VariableDefinition: ({ type }) => addHeld(typeFromAST(schema, type), byVariable),
    }),
  );
  const sorted = (set: ReadonlySet<string>): string[] => [...set].sort();
  return {
    fields: sorted(fields),
    arguments: sorted(given),
    inputFields: sorted(inputFields),
    enumValues: sorted(enumValues),
    byVariable: sorted(byVariable),
  };
}

/** An input type or enum and every one that it holds. */
function addHeld(type: GraphQLType | undefined, held: Set<string>): void {
  const named = type === undefined ? undefined : getNamedType(type);
  if ((!isInputObjectType(named) && !isEnumType(named)) || held.has(named.name)) return;
  held.add(named.name);
  if (isInputObjectType(named)) for (const field of Object.values(named.getFields())) addHeld(field.type, held);
}

/** The operations of a document by name; an anonymous one is `undefined`. */
export const operationNames = (document: DocumentNode): (string | undefined)[] =>
  document.definitions.flatMap((node) => (node.kind === Kind.OPERATION_DEFINITION ? [node.name?.value] : []));
