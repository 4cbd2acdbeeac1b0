import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { z } from 'zod';
import type { Logger } from '../logger.js';
import { reasonOf } from '../reason.js';
import { publicJwkOf } from './signing-key.js';

/** The gateway's public keys, as they are published now. */
export interface GatewayKeys {
  /** The key with this id. One that is not known is looked for where the keys are published. */
  find(kid: string): KeyObject | undefined | Promise<KeyObject | undefined>;
}

type Keys = ReadonlyMap<string, KeyObject>;

/** So often at most a file that has not changed is looked at. */
const LOOK_MS = 1_000;
/** What was fetched is fetched again in the background when it is older than this: a withdrawn key loses its effect. */
const FRESH_MS = 60_000;
/** When it is older than this, whoever asks waits for the new one. */
const OLD_MS = 10 * 60_000;
/** A key that is not among those fetched is looked for at most this often. */
const LOOK_AGAIN_MS = 1_000;
const FETCH_TIMEOUT_MS = 5_000;
const LONGEST_SET = 65_536;
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

const setSchema = z.object({
  keys: z.array(z.looseObject({ kty: z.string(), crv: z.string().optional(), x: z.string().optional() })),
});

/**
 * Reads a JSON Web Key Set (RFC 7517) with the gateway's Ed25519 keys. Keys of other kinds are passed over.
 * @throws Error that says what is wrong, without quoting the text.
 */
export function readKeySet(text: string): Keys {
  if (text.trim() === '') throw new Error('is empty');
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new Error('is not JSON');
  }
  const set = setSchema.safeParse(json);
  if (!set.success) throw new Error('is not a JSON Web Key Set: an object with the list "keys" is due');
  const keys = new Map<string, KeyObject>();
  for (const jwk of set.data.keys) {
    if ('d' in jwk) throw new Error('holds a private key; departments are given public keys only');
    if (jwk.kty === 'OKP' && jwk.crv === 'Ed25519') keys.set(...publicKeyOf(jwk));
  }
  if (keys.size === 0) throw new Error('holds no Ed25519 key');
  return keys;
}

function publicKeyOf(jwk: JsonWebKey): [string, KeyObject] {
  let key: KeyObject;
  try {
    key = createPublicKey({ key: jwk, format: 'jwk' });
  } catch {
    throw new Error('holds an Ed25519 key that cannot be read');
  }
  return [typeof jwk['kid'] === 'string' ? jwk['kid'] : publicJwkOf(key).kid, key];
}

/** @param now a clock in milliseconds that only goes forward. */
type Options = { readonly logger: Pick<Logger, 'info' | 'warn'>; readonly now?: () => number };

/**
 * The keys of a file, or of an address that publishes them (`https:`, or `http:` on this machine).
 * @throws Error in one line when the location cannot be used. An address need not answer yet: the gateway starts later.
 */
export function gatewayKeys(location: string, { logger, now = () => performance.now() }: Options): GatewayKeys {
  return /^https?:/i.test(location)
    ? fetchedKeys(publishedAt(location), { logger, now })
    : keysInFile(location, { logger, now });
}

function publishedAt(location: string): URL {
  const url = new URL(location);
  if (url.protocol === 'http:' && !LOOPBACK.has(url.hostname))
    throw new Error(`ZHITONG_GATEWAY_KEYS names ${location}: from another machine keys are read over https only.`);
  return url;
}

/** Warns of a problem once, until it is another one or has gone. */
function problemLog(warn: (reason: string) => void): { met(error: unknown): void; gone(): void } {
  let last: string | undefined;
  return {
    met: (error) => {
      const reason = reasonOf(error);
      if (reason !== last) warn(reason);
      last = reason;
    },
    gone: () => (last = undefined),
  };
}

function keysInFile(file: string, { logger, now }: Required<Options>): GatewayKeys {
  const problem = problemLog((reason) =>
    logger.warn({ file, reason }, "the gateway's keys could not be read again; those read before count"),
  );
  let seen = '';
  let lookedAt = now();
  const mark = (): string => {
    const { mtimeMs, size, ino } = statSync(file);
    return `${mtimeMs} ${size} ${ino}`;
  };
  const read = (): Keys => {
    seen = mark();
    return readKeySet(readFileSync(file, 'utf8'));
  };
  const lookAgain = (): void => {
    lookedAt = now();
    try {
      if (mark() === seen) return;
      keys = read();
      problem.gone();
      logger.info({ file, keys: [...keys.keys()] }, 'the gateway has other keys now');
    } catch (error) {
      problem.met(error);
    }
  };
  let keys: Keys;
  try {
    keys = read();
  } catch (error) {
    throw new Error(
      `ZHITONG_GATEWAY_KEYS names ${file}, which ${reasonOf(error)}. It must be the gateway's public key set, as "npm run keys -- show" prints it or "npm start" leaves it in the data folder.`,
    );
  }
  return {
    find: (kid) => {
      if (!keys.has(kid) || now() - lookedAt >= LOOK_MS) lookAgain();
      return keys.get(kid);
    },
  };
}

function fetchedKeys(url: URL, { logger, now }: Required<Options>): GatewayKeys {
  const problem = problemLog((reason) =>
    logger.warn({ url: url.href, reason }, "the gateway's keys could not be fetched; those fetched before count"),
  );
  let keys: Keys = new Map();
  let readAt = -Infinity;
  let triedAt = -Infinity;
  let fetching: Promise<void> | undefined;
  const fetchSet = async (): Promise<void> => {
    triedAt = now();
    try {
      const response = await fetch(url, {
        redirect: 'error',
        headers: { accept: 'application/json' },
        signal: AbortSignal.timeout(FETCH_TIMEOUT_MS),
      });
      const text = await response.text();
      if (!response.ok) throw new Error(`answers HTTP ${response.status}`);
      if (text.length > LONGEST_SET) throw new Error(`has more than ${LONGEST_SET} characters`);
      const fetched = readKeySet(text);
      if ([...fetched.keys()].join() !== [...keys.keys()].join())
        logger.info({ url: url.href, keys: [...fetched.keys()] }, 'the gateway has other keys now');
      keys = fetched;
      readAt = now();
      problem.gone();
    } catch (error) {
      problem.met(error);
    }
  };
  const fetchOnce = (): Promise<void> => (fetching ??= fetchSet().finally(() => (fetching = undefined)));
  return {
    find: (kid) => {
      const age = now() - readAt;
      const known = keys.get(kid);
      const mayTry = fetching !== undefined || now() - triedAt >= LOOK_AGAIN_MS;
      if (age > FRESH_MS && mayTry) {
        const fetched = fetchOnce();
        if (age > OLD_MS) return fetched.then(() => keys.get(kid));
      }
      if (known !== undefined || !mayTry) return known;
      return fetchOnce().then(() => keys.get(kid));
    },
  };
}
