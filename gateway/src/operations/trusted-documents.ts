import { hasRole, reasonOf, saidError, systemClock, type Actor, type Clock, type Logger } from '@zhitong/kit';
import type { ClientDocumentStore } from './client-documents.js';
import { plainId } from './manifest.js';
import { said } from '../refusal-words.js';

/** `any`: every operation may be asked; `registered`: front ends ask registered documents alone. */
export type DocumentPolicy = 'any' | 'registered';

/**
 * Puts the text of a registered document into a request that names it by its id, as GraphQL over HTTP's `documentId`
 * or Apollo's `extensions.persistedQuery.sha256Hash` do.
 * @throws GraphQLError with an HTTP status: nobody has registered it
 */
export type TrustedDocuments = (body: object, actor: Actor | null) => Promise<object>;

/** So long a release may be registered or taken out without a gateway knowing. */
const KEPT_MS = 5_000;
const SHOWN_OF_ID = 80;

interface Index {
  readonly byId: ReadonlyMap<string, string>;
  readonly texts: ReadonlySet<string>;
}

/** Trusted documents as the store has them; while it cannot be read, as it had them. */
export function trustedDocuments({
  store,
  policy,
  logger,
  clock = systemClock,
}: {
  store: Pick<ClientDocumentStore, 'releases'>;
  policy: DocumentPolicy;
  logger: Logger;
  clock?: Clock;
}): TrustedDocuments {
  let index: Index = { byId: new Map(), texts: new Set() };
  let readAt = -Infinity;
  let reading: Promise<void> | undefined;
  const read = async (): Promise<void> => {
    try {
      const documents = (await store.releases()).flatMap((release) => release.documents);
      index = {
        byId: new Map(documents.map(({ id, body }) => [plainId(id), body])),
        texts: new Set(documents.map(({ body }) => body)),
      };
    } catch (error) {
      logger.error({ reason: reasonOf(error) }, 'registered documents cannot be read; those of before stay');
    }
    readAt = clock.now().getTime();
  };
  const current = async (): Promise<Index> => {
    if (clock.now().getTime() - readAt > KEPT_MS) await (reading ??= read().finally(() => (reading = undefined)));
    return index;
  };
  return async (body, actor) => {
    const { query } = body as { query?: unknown };
    if (query === undefined || query === null || query === '') {
      const id = idIn(body);
      if (id === undefined) return body;
      const text = (await current()).byId.get(plainId(id));
      if (text === undefined)
        throw saidError('BAD_USER_INPUT', said('PERSISTED_QUERY_NOT_FOUND', { id: id.slice(0, SHOWN_OF_ID) }), {
          extensions: { http: { status: 404 } },
        });
      // Of the extensions nothing is meant for who reads the request on: they named the document.
      return { ...Object.fromEntries(Object.entries(body).filter(([member]) => member !== 'extensions')), query: text };
    }
    if (policy === 'any' || hasRole(actor, 'ADMIN', 'SERVICE')) return body;
    if (typeof query === 'string' && (await current()).texts.has(query)) return body;
    throw saidError('FORBIDDEN', said('DOCUMENT_NOT_REGISTERED'), { extensions: { http: { status: 403 } } });
  };
}

function idIn(body: object): string | undefined {
  const { documentId, extensions } = body as { documentId?: unknown; extensions?: unknown };
  if (typeof documentId === 'string' && documentId !== '') return documentId;
  const persisted =
    typeof extensions === 'object' && extensions !== null && 'persistedQuery' in extensions
      ? extensions.persistedQuery
      : undefined;
  const hash =
    typeof persisted === 'object' && persisted !== null && 'sha256Hash' in persisted ? persisted.sha256Hash : undefined;
  return typeof hash === 'string' && hash !== '' ? hash : undefined;
}

/** Where nobody registers documents: a request says itself what it asks. */
export const noTrustedDocuments: TrustedDocuments = async (body) => body;
