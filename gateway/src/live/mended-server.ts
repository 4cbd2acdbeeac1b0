import { ApolloServer } from '@apollo/server';
import { assertValidSchema, type GraphQLSchema } from 'graphql';
import { DocumentStore, schemaPrefix } from './document-store.js';

let isMended = false;

/**
 * Apollo Server prints a schema, descriptions and all, whenever it begins to serve one, only to tell its documents from
 * another's: for a city's graph that takes longer than a request, and all requests wait. With our store of documents
 * they are told apart by a number. Once for the process.
 */
export function mendServer(): void {
  if (isMended) return;
  isMended = true;
  const name = 'generateSchemaDerivedData';
  const found: unknown = Object.getOwnPropertyDescriptor(ApolloServer, name)?.value;
  if (typeof found !== 'function')
    throw new Error('This version of Apollo Server derives its data in another way: see mended-server.ts.');
  const mended = (schema: GraphQLSchema, documentStore: unknown): unknown => {
    if (!(documentStore instanceof DocumentStore)) return found.call(ApolloServer, schema, documentStore) as unknown;
    assertValidSchema(schema);
    return { schema, documentStore, documentStoreKeyPrefix: schemaPrefix(schema) };
  };
  Object.defineProperty(ApolloServer, name, { value: mended, configurable: true, writable: true });
}
