import {
  getNamedType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isIntrospectionType,
  type GraphQLSchema,
} from 'graphql';

/** Where the types of a graph are used: through which coordinates a client meets them. */
export interface SchemaUses {
  /** Fields whose answers have the type. */
  received(type: string): readonly string[];
  /** Arguments and input fields that take the type. */
  given(type: string): readonly string[];
  /** Both. */
  of(type: string): readonly string[];
}

/** Looks once through a schema for where each type is used. */
export function schemaUses(schema: GraphQLSchema): SchemaUses {
  const received = new Map<string, string[]>();
  const given = new Map<string, string[]>();
  const note = (where: Map<string, string[]>, type: string, coordinate: string): void => {
    const known = where.get(type);
    if (known === undefined) where.set(type, [coordinate]);
    else known.push(coordinate);
  };
  for (const type of Object.values(schema.getTypeMap())) {
    if (isIntrospectionType(type)) continue;
    if (isObjectType(type) || isInterfaceType(type)) {
      for (const field of Object.values(type.getFields())) {
        const coordinate = `${type.name}.${field.name}`;
        note(received, getNamedType(field.type).name, coordinate);
        for (const argument of field.args)
          note(given, getNamedType(argument.type).name, `${coordinate}(${argument.name}:)`);
      }
    } else if (isInputObjectType(type)) {
      for (const field of Object.values(type.getFields()))
        note(given, getNamedType(field.type).name, `${type.name}.${field.name}`);
    }
  }
  return {
    received: (type) => received.get(type) ?? [],
    given: (type) => given.get(type) ?? [],
    of: (type) => [...(received.get(type) ?? []), ...(given.get(type) ?? [])],
  };
}
