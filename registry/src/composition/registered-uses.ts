import { coordinatesOf, type ClientRelease } from '@zhitong/gateway/operations';
import { isEnumType, isInputObjectType, Kind, parse, type DocumentNode, type GraphQLSchema } from 'graphql';
import type { RegisteredUse } from '../domain/judgement.js';

/**
 * What the documents use that clients have registered, whether or not they ran lately. Of an input that comes in a
 * variable any field may be given, and of an enum any value.
 * @param schema the graph that counts now
 */
export function registeredUses(releases: readonly ClientRelease[], schema: GraphQLSchema): RegisteredUse[] {
  return releases.flatMap(({ client, version, documents }) =>
    documents.map(({ id, body }) => {
      const document = parse(body, { noLocation: true });
      const used = coordinatesOf(document, schema);
      const coordinates = new Set([
        ...used.fields,
        ...used.arguments,
        ...used.inputFields,
        ...used.enumValues,
        ...used.byVariable.flatMap((type) => membersOf(schema, type)),
      ]);
      return { client, version, operation: nameOf(document) ?? id, coordinates };
    }),
  );
}

function membersOf(schema: GraphQLSchema, name: string): string[] {
  const type = schema.getType(name);
  if (isInputObjectType(type)) return Object.keys(type.getFields()).map((field) => `${name}.${field}`);
  return isEnumType(type) ? type.getValues().map((value) => `${name}.${value.name}`) : [];
}

const nameOf = ({ definitions }: DocumentNode): string | undefined =>
  definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION)?.name?.value;
