import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { DocumentNode, GraphQLSchema } from 'graphql';

/** As Apollo Server's own store bounds itself. */
const MOST_BYTES = 30 * 1024 * 1024;

/**
 * The parsed and validated documents of the operations that are asked, by schema and text: Apollo Server's store, which
 * here can be filled before a schema is served. What was planned hangs on the documents and goes with them.
 */
export class DocumentStore {
  readonly #documents = new LRUCache<string, DocumentNode>({
    maxSize: MOST_BYTES,
    sizeCalculation: (document) => Buffer.byteLength(JSON.stringify(document)),
  });

  async get(key: string): Promise<DocumentNode | undefined> {
    return this.#documents.get(key);
  }

  async set(key: string, document: DocumentNode): Promise<void> {
    this.#documents.set(key, document);
  }

  async delete(key: string): Promise<boolean> {
    return this.#documents.delete(key);
  }

  /** Puts a document where Apollo Server will look for it when it serves the schema. */
  put(schemaPrefix: string, text: string, document: DocumentNode): void {
    this.#documents.set(`${schemaPrefix}${sha256(text)}`, document);
  }
}

const prefixes = new WeakMap<GraphQLSchema, string>();
let schemas = 0;

/** Beginning of the keys of a schema's documents: of each schema in service another one, see `mendServer`. */
export function schemaPrefix(schema: GraphQLSchema): string {
  const prefix = prefixes.get(schema) ?? `${(schemas += 1)}:`;
  prefixes.set(schema, prefix);
  return prefix;
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
