import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  assertionSigner,
  newSigningKeyPem,
  publicKeySet,
  readSigningKeys,
  type AssertionSigner,
  type SigningKey,
} from '@zhitong/kit';

/** A gateway's key and how it signs with it. */
export interface TestGateway {
  readonly key: SigningKey;
  readonly pem: string;
  readonly sign: AssertionSigner;
}

/** A gateway with a key of its own. */
export function newGateway(): TestGateway {
  const pem = newSigningKeyPem();
  const [key] = readSigningKeys(pem);
  return { key, pem, sign: assertionSigner(() => key) };
}

/** A file of its own that publishes the gateways' keys; answers its path. */
export function publishedKeys(...gateways: readonly TestGateway[]): string {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'zhitong-keys-')), 'gateway-keys.json');
  publish(file, ...gateways);
  return file;
}

export function publish(file: string, ...gateways: readonly TestGateway[]): void {
  writeFileSync(file, JSON.stringify(publicKeySet(gateways.map(({ key }) => key))));
}
