/** What the schema registry needs of the documents that clients have registered. */
export { operationsFolder } from '../config.js';
export { coordinatesOf } from './coordinates.js';
export type { ClientDocumentStore } from './client-documents.js';
export { documentFolder } from './document-folder.js';
