/** What the schema registry needs of the documents that clients have registered. */
export { coordinatesOf } from './coordinates.js';
export type { ClientDocumentStore, ClientRelease } from './client-documents.js';
export { documentDatabase, type StoredRelease } from './document-database.js';
