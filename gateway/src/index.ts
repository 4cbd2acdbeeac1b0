/** What the launcher needs of the gateway: its settings, and the files in the data folder that both know. */
export { gatewayConfig, operationsPortBeside, signingKeyFile } from './config.js';
export { forgetPlaygroundNote, writePlaygroundNote } from './http/playground-note.js';
export { developmentKeys, privateFolder } from './identity/development-keys.js';
export { signDevelopmentToken } from './identity/development-issuer.js';
export { defaultSigningKeyFile, ensureKeyFiles, publishKeys, type KeyFiles } from './identity/gateway-key-files.js';
export { readOrCreate, replaceFile } from '@zhitong/kit';
export { REGISTRY_PORT } from './live/feed-contract.js';
