import path from 'node:path';
import {
  newSigningKeyPem,
  publicKeySet,
  publicKeysFile,
  readIfPresent,
  readOrCreate,
  readSigningKeys,
  reasonOf,
  replaceFile,
  type PublicKeySet,
} from '@zhitong/kit';
import { privateFolder } from './development-keys.js';

const READABLE_BY_ALL = 0o644;
const PEM_BLOCK = /-----BEGIN ([A-Z0-9 ]+)-----[\s\S]+?-----END \1-----\n?/g;

/**
 * The private file that the gateway signs with, and the public one that departments on the same machine verify with.
 */
export interface KeyFiles {
  readonly signing: string;
  readonly published: string;
}

/** Where the gateway's private keys lie in a data folder. */
export const defaultSigningKeyFile = (dataDir: string): string => path.join(privateFolder(dataDir), 'signing-keys.pem');

/** Where the launcher keeps the keys in its data folder. */
export const hubKeyFiles = (dataDir: string): KeyFiles => ({
  signing: defaultSigningKeyFile(dataDir),
  published: publicKeysFile(dataDir),
});

/**
 * Makes a signing key where there is none and publishes what there is. Only the owner may read the private file.
 * @throws Error in one line when the private file is there and cannot be used.
 */
export function ensureKeyFiles(files: KeyFiles): PublicKeySet {
  readOrCreate(files.signing, newSigningKeyPem);
  return publishKeys(files);
}

/** Publishes the keys of the private file, which must be there. @throws Error in one line */
export const publishKeys = (files: KeyFiles): PublicKeySet => publish(files, shownKeys(files));

/** The public keys of the private file, which must be there. @throws Error in one line */
export function shownKeys(files: KeyFiles): PublicKeySet {
  return keysOf(files, blocksOf(files).join(''));
}

/** First step of a change of keys: a new key is published, and the old one goes on signing. */
export function addKey(files: KeyFiles): PublicKeySet {
  return replace(files, [...blocksOf(files), newSigningKeyPem()], 'published first');
}

/** Second step, once every department has the new key: it signs, and the old one stays published. */
export function useNewestKey(files: KeyFiles): PublicKeySet {
  const blocks = blocksOf(files);
  return replace(files, [...blocks.slice(-1), ...blocks.slice(0, -1)], 'published first');
}

/** Last step, when nothing is under way any more that an old key signed: only the key that signs is published. */
export function dropOldKeys(files: KeyFiles): PublicKeySet {
  return replace(files, blocksOf(files).slice(0, 1), 'signing first');
}

function replace(files: KeyFiles, blocks: readonly string[], order: 'published first' | 'signing first'): PublicKeySet {
  const pem = blocks.map((block) => `${block.trimEnd()}\n`).join('');
  const keys = keysOf(files, pem);
  if (order === 'published first') publish(files, keys);
  replaceFile(files.signing, pem);
  return publish(files, keys);
}

function publish({ published }: KeyFiles, keys: PublicKeySet): PublicKeySet {
  const text = `${JSON.stringify(keys, null, 2)}\n`;
  if (readIfPresent(published) !== text) replaceFile(published, text, READABLE_BY_ALL);
  return keys;
}

function blocksOf({ signing }: KeyFiles): string[] {
  const pem = readIfPresent(signing);
  if (pem === undefined) throw new Error(`There is no signing key at ${signing}: "npm run keys -- new" makes one.`);
  const blocks = [...pem.matchAll(PEM_BLOCK)].map(([block]) => block);
  return blocks.length === 0 ? [pem] : blocks;
}

function keysOf({ signing }: KeyFiles, pem: string): PublicKeySet {
  try {
    return publicKeySet(readSigningKeys(pem));
  } catch (error) {
    throw new Error(`The gateway's signing key file ${signing} ${reasonOf(error)}.`);
  }
}
