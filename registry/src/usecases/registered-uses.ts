import { coordinatesOf, type ClientDocumentStore } from '@zhitong/gateway/operations';
import { apiSchemaOf } from '@zhitong/gateway/supergraph';
import { isEnumType, isInputObjectType, Kind, parse, type DocumentNode, type GraphQLSchema } from 'graphql';
import type { RegisteredUse } from '../domain/judgement.js';

/**
 * What the documents use that clients have registered, whether or not they ran lately. Of an input that comes in a
 * variable any field may be given, and of an enum any value.
 * @param before the supergraph that counts; null before there is one.
 * @throws Error that names a release that cannot be read
 */
export async function registeredUses(store: ClientDocumentStore, before: string | null): Promise<RegisteredUse[]> {
  const releases = before === null ? [] : await store.releases();
  if (before === null || releases.length === 0) return [];
  const schema = apiSchemaOf(before);
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
