import { createHash } from 'node:crypto';
import { z } from 'zod';

/** One document of a client, with the name by which it is asked for. */
export interface ClientDocument {
  /** As the client's tool made it: a hash of the text, with `sha256:` before it or without. */
  readonly id: string;
  readonly body: string;
  /** Where the document was read, for messages. */
  readonly source: string;
}

/** A manifest that cannot be used, and why; nothing of it is taken. */
export class UnusableManifest extends Error {}

const apolloManifest = z.object({
  format: z.literal('apollo-persisted-query-manifest'),
  version: z.literal(1),
  operations: z.array(z.object({ id: z.string().min(1), name: z.string(), body: z.string() })),
});
const hashManifest = z.record(z.string().min(1), z.string());

const SHA_256 = /^(?:sha256:)?([0-9a-f]{64})$/i;

/** The hash by which a document is asked for that comes without one. */
export const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The id without `sha256:`, in small letters where it is such a hash: two ways of writing one name are one name. */
export const plainId = (id: string): string => SHA_256.exec(id)?.[1]?.toLowerCase() ?? id;

/**
 * Reads a manifest of persisted documents: that of Apollo's `generate-persisted-query-manifest`, or
 * `{ "hash": "text" }` as Relay's compiler and GraphQL Code Generator's client preset write it.
 * @param text JSON.
 * @param source Name of the file, for messages.
 * @throws UnusableManifest for another form, and for a SHA-256 that is not that of its text.
 */
export function readManifest(text: string, source: string): ClientDocument[] {
  const json = parsed(text, source);
  const apollo = apolloManifest.safeParse(json);
  if (apollo.success)
    return apollo.data.operations.map(({ id, name, body }) => checked({ id, body, source: `${source}, ${name}` }));
  const hashes = hashManifest.safeParse(json);
  if (hashes.success && !('format' in hashes.data))
    return Object.entries(hashes.data).map(([id, body]) => checked({ id, body, source: `${source}, ${id}` }));
  throw new UnusableManifest(
    `${source} is neither a manifest of Apollo's tool (format apollo-persisted-query-manifest, version 1) nor { "hash": "text" }.`,
  );
}

function parsed(text: string, source: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UnusableManifest(`${source} is no JSON: ${(error as Error).message}`);
  }
}

function checked(document: ClientDocument): ClientDocument {
  const hash = SHA_256.exec(document.id)?.[1];
  if (hash !== undefined && hash.toLowerCase() !== hashOf(document.body))
    throw new UnusableManifest(
      `${document.source}: ${document.id} is not the SHA-256 of its text, which is ${hashOf(document.body)}.`,
    );
  return document;
}
