import { rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { generateKeyPairSync } from 'node:crypto';
import { gatewayKeys, publicKeySet, readSigningKeys, type GatewayKeys } from '@zhitong/kit';
import { newGateway, publish, publishedKeys, type TestGateway } from './keys.js';

const lines: { level: string; line: unknown[] }[] = [];
const logger = {
  info: (...line: unknown[]) => void lines.push({ level: 'info', line }),
  warn: (...line: unknown[]) => void lines.push({ level: 'warn', line }),
};
const told = (level: string): number => lines.filter((entry) => entry.level === level).length;
beforeEach(() => void lines.splice(0));

const knows = async (keys: GatewayKeys, { key }: TestGateway): Promise<boolean> =>
  (await keys.find(key.jwk.kid)) !== undefined;
const [old, next] = [newGateway(), newGateway()];

describe("the gateway's public keys in a file", () => {
  it('are read again as soon as a key is named that is not among them', async () => {
    const file = publishedKeys(old);
    const keys = gatewayKeys(file, { logger });
    expect([await knows(keys, old), await knows(keys, next)]).toEqual([true, false]);
    publish(file, old, next);
    expect([await knows(keys, next), await knows(keys, old)]).toEqual([true, true]);
    expect(told('info')).toBe(1);
  });

  it('lose a withdrawn key within a second', async () => {
    let now = 0;
    const file = publishedKeys(old, next);
    const keys = gatewayKeys(file, { logger, now: () => now });
    publish(file, next);
    now = 1_000;
    expect([await knows(keys, old), await knows(keys, next)]).toEqual([false, true]);
  });

  it('go on counting while the file is gone or broken, and the log says so once', async () => {
    const file = publishedKeys(old);
    const keys = gatewayKeys(file, { logger });
    writeFileSync(file, '{"keys":[');
    for (let turn = 0; turn < 3; turn++) expect(await knows(keys, next)).toBe(false);
    expect([await knows(keys, old), told('warn')]).toEqual([true, 1]);
    rmSync(file);
    expect(await knows(keys, next)).toBe(false);
    expect([await knows(keys, old), told('warn')]).toEqual([true, 2]);
    publish(file, old, next);
    expect(await knows(keys, next)).toBe(true);
  });

  it.each([
    ['', 'is empty'],
    ['keys', 'is not JSON'],
    ['[]', 'is not a JSON Web Key Set'],
    ['{"keys":[]}', 'holds no Ed25519 key'],
    [
      JSON.stringify({
        keys: [generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' })],
      }),
      'holds no Ed25519 key',
    ],
    [
      JSON.stringify({ keys: [generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' })] }),
      'holds a private key',
    ],
    ['{"keys":[{"kty":"OKP","crv":"Ed25519","x":"AA"}]}', 'holds an Ed25519 key that cannot be read'],
  ])('are refused at the start when the file holds %j: it %s', (text, why) => {
    const file = publishedKeys();
    writeFileSync(file, text);
    const start = (): unknown => gatewayKeys(file, { logger });
    expect(start).toThrow(`ZHITONG_GATEWAY_KEYS names ${file}, which ${why}`);
    expect(start).not.toThrow('\n');
  });

  it('are refused at the start when there is no file', () => {
    expect(() => gatewayKeys('/nowhere/keys.json', { logger })).toThrow(
      'ZHITONG_GATEWAY_KEYS names /nowhere/keys.json, which does not exist',
    );
  });
});

describe("the gateway's public keys at an address", () => {
  let published: TestGateway[] | undefined;
  let asked = 0;
  let server: Server;
  let url: string;
  beforeAll(async () => {
    server = createServer((_request, response) => {
      asked += 1;
      if (published === undefined) response.writeHead(503).end();
      else response.end(JSON.stringify(publicKeySet(published.map(({ key }) => key))));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/.well-known/jwks.json`;
  });
  beforeEach(() => void (asked = 0));
  afterAll(async () => new Promise((resolve) => server.close(resolve)));

  it('are fetched when they are first needed, by all that wait at once, and not again for a key that is there', async () => {
    published = [old];
    const keys = gatewayKeys(url, { logger });
    expect(asked).toBe(0);
    expect(await Promise.all([knows(keys, old), knows(keys, old), knows(keys, old)])).toEqual([true, true, true]);
    expect([await knows(keys, old), asked]).toEqual([true, 1]);
  });

  it('are fetched again for a key that is not among them, once a second at most, however often somebody asks', async () => {
    let now = 0;
    published = [old];
    const keys = gatewayKeys(url, { logger, now: () => now });
    await knows(keys, old);
    published = [old, next];
    now = 999;
    for (let turn = 0; turn < 5; turn++) expect(await knows(keys, next)).toBe(false);
    expect(asked).toBe(1);
    now = 1_000;
    expect([await knows(keys, next), asked]).toEqual([true, 2]);
  });

  it('lose a withdrawn key, and go on counting while they cannot be fetched', async () => {
    let now = 0;
    published = [old, next];
    const keys = gatewayKeys(url, { logger, now: () => now });
    await knows(keys, old);
    published = [next];
    now = 11 * 60_000;
    expect([await knows(keys, old), await knows(keys, next)]).toEqual([false, true]);
    published = undefined;
    now *= 2;
    expect([await knows(keys, next), told('warn')]).toEqual([true, 1]);
  });

  it('come over https only, except on this machine', () => {
    expect(() => gatewayKeys('http://graph.city.example/.well-known/jwks.json', { logger })).toThrow('over https only');
  });
});

describe('the private keys of the gateway', () => {
  it.each([
    ['', 'is empty'],
    ['\n', 'is empty'],
    ['secret', 'holds no private key in PEM'],
    [
      generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      'Ed25519 is due',
    ],
    ['-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----', 'not a private key in PEM'],
    [
      old.key.privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' }).toString(),
      'without a password',
    ],
  ])('are refused when the text %# %s', (pem, why) => {
    expect(() => readSigningKeys(pem)).toThrow(why);
  });

  it('are several in one file, of which the first signs', () => {
    expect(readSigningKeys(`# old and new\n${next.pem}${old.pem}`).map(({ jwk }) => jwk.kid)).toEqual([
      next.key.jwk.kid,
      old.key.jwk.kid,
    ]);
  });
});
