import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { RunningSubgraph } from '@zhitong/kit';
import { Webhook } from 'standardwebhooks';
import { enterprisesConfig } from '../../../../subgraphs/enterprises/src/config.js';
import { startEnterprises } from '../../../../subgraphs/enterprises/src/server.js';
import { newGateway, publishedKeys } from '../../../kit/identity/keys.js';
import { coordinator, enterprisesUnderTest, type EnterprisesUnderTest } from '../../support/enterprises-under-test.js';

const SHIPPED = path.resolve('subgraphs/enterprises/connectors');
const SECRET = `whsec_${randomBytes(32).toString('base64')}`;
let under: EnterprisesUnderTest;
let folder: string;
let server: RunningSubgraph;
beforeAll(async () => {
  under = await enterprisesUnderTest(import.meta.url, 200);
  folder = mkdtempSync(path.join(tmpdir(), 'zhitong-pushed-'));
  const mapping = readFileSync(path.join(SHIPPED, 'market-register.yaml'), 'utf8');
  const pushed = (variable: string): string => `push: { secret: { environment: ${variable} } }\n`;
  writeFileSync(path.join(folder, 'register.yaml'), mapping + pushed('REGISTER_SECRET'));
  writeFileSync(
    path.join(folder, 'other.yaml'),
    mapping.replace('name: market-register', 'name: other-register') + pushed('FORGOTTEN_SECRET'),
  );
  server = await startEnterprises(
    enterprisesConfig({
      ENTERPRISES_PORT: '0',
      ENTERPRISES_MONGODB_URI: under.database.uri,
      ENTERPRISES_DATABASE: under.database.name,
      ENTERPRISES_CONNECTORS_DIR: folder,
      REGISTER_SECRET: SECRET,
      ZHITONG_GATEWAY_KEYS: publishedKeys(newGateway()),
      ZHITONG_DATA_DIR: path.join(folder, 'data'),
      ZHITONG_LOG_LEVEL: 'silent',
    }),
  );
});
afterAll(async () => {
  await server.stop();
  await under.close();
  rmSync(folder, { recursive: true });
});

const push = async (source: string, body: Buffer): Promise<Response> => {
  const now = new Date();
  const digest = `sha-256=:${createHash('sha256').update(body).digest('base64')}:`;
  return fetch(`http://127.0.0.1:${String(server.port)}/connect/${source}`, {
    method: 'POST',
    body,
    headers: {
      'webhook-id': 'day-1',
      'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
      'content-digest': digest,
      'webhook-signature': new Webhook(SECRET).sign('day-1', now, `/connect/${source} ${digest}`),
    },
  });
};

it('the regulator pushes its list, and the graph has the enterprise', async () => {
  // Two lines of the file that ships: the first, and the one whose credit code has a wrong check character.
  const lines = new TextDecoder('gb18030').decode(readFileSync(path.join(SHIPPED, 'market-register.csv'))).split('\n');
  const response = await push('market-register', Buffer.from([lines[0], lines[1], lines[23], ''].join('\n')));
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({
    state: 'DONE',
    counts: { read: 2, new: 1, refused: 1 },
    refused: [{ line: 3, column: '统一社会信用代码' }],
  });
  const { data } = await under.ask<{ enterprise: unknown }>('{ enterprise(uscc: "91421222MA3L4W7M5Q") { name } }', {
    actor: coordinator,
  });
  expect(data?.enterprise).toEqual({ name: '通城贺胜科技股份有限公司' });
});

it('a mapping whose secret is missing takes nothing, and stops nothing else', async () => {
  expect((await push('other-register', Buffer.from('x'))).status).toBe(404);
});

it('the lines of the README sign a file with openssl and send it with curl', async () => {
  const [, lines] = /```sh\n(TIME=.*?)```/s.exec(readFileSync('connect/README.md', 'utf8')) ?? [];
  const { stdout } = await promisify(execFile)('sh', ['-euc', lines ?? 'false'], {
    env: {
      PATH: process.env['PATH'] ?? '',
      SECRET,
      FILE: path.join(SHIPPED, 'market-register.csv'),
      ID: 'register-2026-11-28',
      ADDRESS: `http://127.0.0.1:${String(server.port)}/connect/market-register`,
    },
  });
  expect(JSON.parse(stdout)).toMatchObject({ state: 'DONE', counts: { read: 100, refused: 3 } });
});
