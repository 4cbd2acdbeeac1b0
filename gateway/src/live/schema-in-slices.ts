import {
  GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isUnionType,
  Kind,
  parse,
  type GraphQLNamedType,
  type GraphQLObjectType,
} from 'graphql';
import { extendSchemaImpl } from 'graphql/utilities/extendSchema.js';
import type { Slices } from './slices.js';

/** As `buildASTSchema` begins. */
const NOTHING = { description: undefined, types: [], directives: [], extensions: {}, extensionASTNodes: [] };

/**
 * Builds a schema as `buildASTSchema` does, in slices.
 * @param definitions SDL of a valid schema, one definition after the other.
 */
export async function schemaInSlices(definitions: readonly string[], slices: Slices): Promise<GraphQLSchema> {
  const nodes = [];
  for (const definition of definitions) {
    nodes.push(...parse(definition, { noLocation: true }).definitions);
    await slices.pause();
  }
  const config = extendSchemaImpl(
    { ...NOTHING, assumeValid: true },
    { kind: Kind.DOCUMENT, definitions: nodes },
    { assumeValid: true, assumeValidSDL: true },
  );
  await slices.pause();
  // A type makes its fields when it is first asked for them, and the schema asks all types at once.
  for (const type of config.types) {
    touch(type);
    await slices.pause();
  }
  const root = (name: string): GraphQLObjectType | undefined =>
    config.types.find((type): type is GraphQLObjectType => type.name === name && isObjectType(type));
  return new GraphQLSchema({
    ...config,
    ...(config.astNode == null
      ? { query: root('Query'), mutation: root('Mutation'), subscription: root('Subscription') }
      : {}),
    assumeValid: true,
  });
}

function touch(type: GraphQLNamedType): void {
  if (isObjectType(type) || isInterfaceType(type)) {
    type.getInterfaces();
    type.getFields();
  } else if (isInputObjectType(type)) type.getFields();
  else if (isUnionType(type)) type.getTypes();
  else if (isEnumType(type)) type.getValues();
}
