import { createHash, createHmac, randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { request as httpRequest, type ClientRequest, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { pushRoute, runDelivery } from '@zhitong/connect';
import { createLogger, startSubgraph, subgraphConfig, type RunningSubgraph } from '@zhitong/kit';
import { Webhook } from 'standardwebhooks';
import { newGateway, publishedKeys } from '../../kit/identity/keys.js';
import { harbour, type Harbour } from '../support/harbour.js';

const SECRET = `whsec_${randomBytes(32).toString('base64')}`;
const MAPPING = `name: berth-list
target: berth
department: GKJ
source: { kind: csv, path: berths.csv }
push: { secret: { environment: BERTHS_SECRET }, mostBytes: 100000, bodySeconds: 1 }
fields: { number: 泊位, name: 名称, master: 联系人 }
`;
const LIST = '泊位,名称,联系人\nB1,北码头,王小红\nB2,bad,欧阳小红\n';

let port: Harbour;
let folder: string;
let server: RunningSubgraph;
let id = 0;
const tools = (environment: Record<string, string>) => ({
  ...port,
  logger: createLogger({ name: 'test', level: 'silent' }),
  targets: async () => [port.target],
  environment,
  spool: path.join(folder, 'spool'),
});
beforeAll(async () => {
  port = await harbour(import.meta.url);
  folder = mkdtempSync(path.join(tmpdir(), 'zhitong-push-'));
  writeFileSync(path.join(folder, 'berths.yaml'), MAPPING);
  server = await startSubgraph({
    config: {
      ...subgraphConfig('tests', 0, { ZHITONG_GATEWAY_KEYS: publishedKeys(newGateway()) }),
      port: 0,
    },
    typeDefs: 'type Query { a: Int }',
    resolvers: {},
    context: (context) => context,
    logger: createLogger({ name: 'test', level: 'silent' }),
    routes: [await pushRoute(path.join(folder, 'berths.yaml'), tools({ BERTHS_SECRET: SECRET }))],
  });
});
beforeEach(async () => {
  await port.empty();
  port.clock.move(1);
  id += 1;
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
  await port.database.close();
});

interface Sent {
  readonly id?: string;
  readonly at?: Date;
  readonly secret?: string;
  readonly headers?: Record<string, string>;
  /** What the signature is for. */
  readonly place?: string;
}
const address = (): string => `http://127.0.0.1:${String(server.port)}/connect/berth-list`;
const digestOf = (body: string | Buffer): string => `sha-256=:${createHash('sha256').update(body).digest('base64')}:`;
const signed = (
  body: string,
  { id: number = `d-${String(id)}`, at, secret = SECRET, headers, place = '/connect/berth-list' }: Sent = {},
) => {
  const time = at ?? port.clock.now();
  return {
    'webhook-id': number,
    'webhook-timestamp': String(Math.floor(time.getTime() / 1000)),
    // The specification's own library: whoever delivers may use it, or the one of its language.
    'content-digest': digestOf(body),
    'webhook-signature': new Webhook(secret).sign(number, time, `${place} ${digestOf(body)}`),
    ...headers,
  };
};
interface Report {
  readonly error?: string;
  readonly state?: string;
  readonly counts?: Record<string, number>;
  readonly remembered?: string;
  readonly run?: string;
  readonly failure?: string;
  readonly refused?: readonly unknown[];
}
async function send(body: string, options?: Sent): Promise<{ status: number; report: Report }> {
  const response = await fetch(address(), { method: 'POST', body, headers: signed(body, options) });
  return { status: response.status, report: (await response.json()) as Report };
}
const runs = async () => port.all('connector_runs');
const spooled = (): string[] => readdirSync(path.join(folder, 'spool', 'berth-list'));

it('a signed file is run, and answered with its report', async () => {
  const { status, report } = await send(LIST);
  expect(status).toBe(200);
  expect(report).toMatchObject({
    state: 'DONE',
    remembered: 'new',
    counts: { read: 2, new: 1, refused: 1 },
    refused: [{ line: 3, column: '名称', reason: '名称不允许' }],
  });
  expect(JSON.stringify(report)).not.toContain('小红');
  expect((await port.berths()).map(({ values }) => values['name'])).toEqual(['北码头']);
  expect(spooled()).toEqual([]);
});

it('what is signed is HMAC-SHA256 over number, time, place and the digest of the very bytes', async () => {
  const bytes = Buffer.concat([Buffer.from('泊位,名称\nB1,'), Buffer.from([0xb1, 0xb1]), Buffer.from('\n')]);
  const stamp = String(Math.floor(port.clock.now().getTime() / 1000));
  const hmac = createHmac('sha256', Buffer.from(SECRET.slice(6), 'base64'));
  const signature = hmac.update(`bytes.${stamp}./connect/berth-list ${digestOf(bytes)}`).digest('base64');
  const headers = {
    'webhook-id': 'bytes',
    'webhook-timestamp': stamp,
    'webhook-signature': `v1,x v1,${signature}`,
    'content-digest': digestOf(bytes),
  };
  const response = await fetch(address(), { method: 'POST', body: bytes, headers });
  // The bytes are no UTF-8 and were not altered on their way: the file is refused, not the signature.
  expect(response.status).toBe(422);
});

it('a delivery that is repeated is answered with the first report, and runs no more', async () => {
  const { report } = await send(LIST);
  port.clock.move(1 / 60);
  const again = await send(LIST);
  expect(again.status).toBe(200);
  expect(again.report).toEqual({ ...report, remembered: 'repeated' });
  expect(await runs()).toHaveLength(1);
});

it('refused rows are told again by another delivery of the same rows', async () => {
  const { report } = await send(LIST);
  const other = await send(LIST, { id: 'another' });
  expect(other.report.refused).toEqual(report.refused);
  expect(await runs()).toHaveLength(2);
});

describe('is refused, and nothing is run:', () => {
  afterEach(async () => {
    expect(await runs()).toEqual([]);
    expect(spooled()).toEqual([]);
  });

  it.each([
    ['another secret', { secret: `whsec_${randomBytes(32).toString('base64')}` }, 'signature does not match'],
    ['no signature', { headers: { 'webhook-signature': '' } }, 'missing or malformed'],
    ['a number that is a path', { headers: { 'webhook-id': '../../x' } }, 'missing or malformed'],
    ['another number', { headers: { 'webhook-id': 'other' } }, 'signature does not match'],
    ['no digest', { headers: { 'content-digest': '' } }, 'missing or malformed'],
    ['a digest that was not signed', { headers: { 'content-digest': digestOf('x') } }, 'signature does not match'],
    ['a signature for another source', { place: '/connect/quay-list' }, 'signature does not match'],
    ['a time long ago', { at: new Date('2026-11-19T02:00:00Z') }, 'not within 300 seconds'],
  ])('%s', async (_what, options: Sent, words) => {
    const { status, report } = await send(LIST, options);
    expect([status, report.error]).toEqual([401, expect.stringContaining(words) as unknown]);
  });

  it('another body than was announced', async () => {
    const response = await fetch(address(), { method: 'POST', body: `${LIST}B3,x,y\n`, headers: signed(LIST) });
    expect(response.status).toBe(400);
    // Its number is free for what was meant.
    port.clock.move(1 / 60);
    expect((await send('%PDF-1.7')).status).toBe(422);
    await port.empty();
  });

  it('a body that is too long, by its header or as soon as it is', async () => {
    const long = LIST.padEnd(100_001, '\n');
    expect((await send(long)).status).toBe(413);
    port.clock.move(1 / 60);
    expect((await stream(long, { 'transfer-encoding': 'chunked' }, true)).status).toBe(413);
  });

  it('a body that does not come to its end', async () => {
    expect(await stream(LIST, { 'content-length': '5000' }, false)).toEqual({
      status: 408,
      text: JSON.stringify({ error: 'The body has not come within 1 seconds.' }),
    });
  });
});

/** Sends the beginning of a body, which ends or does not. */
async function stream(
  body: string,
  headers: Record<string, string>,
  ends: boolean,
): Promise<{ status: number | undefined; text: string }> {
  const request = begun(body, headers);
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    request.once('response', resolve);
    request.once('error', reject);
  });
  request.write(body);
  if (ends) request.end();
  const response = await answered;
  let text = '';
  for await (const chunk of response) text += String(chunk);
  request.destroy();
  return { status: response.statusCode, text };
}

const begun = (body: string, headers: Record<string, string> = {}): ClientRequest =>
  httpRequest(address(), { method: 'POST', headers: { ...signed(body), ...headers } });

describe('before a byte of the body is read', () => {
  const endless = { 'content-length': '5000' };

  it('who cannot sign is sent away, and holds no place of who can', async () => {
    const wrong = { ...endless, 'webhook-signature': `v1,${randomBytes(32).toString('base64')}` };
    const answers = await Promise.all([1, 2, 3, 4].map(async () => stream(LIST, wrong, false)));
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401]);
    expect((await send(LIST)).status).toBe(200);
  });

  it('a signature that was used is refused, with its time written otherwise too', async () => {
    await send(LIST);
    expect((await stream(LIST, endless, false)).status).toBe(409);
    const stamp = signed(LIST)['webhook-timestamp'];
    expect((await stream(LIST, { ...endless, 'webhook-timestamp': `0${stamp}` }, false)).status).toBe(409);
    expect(await runs()).toHaveLength(1);
  });
});

it('a connection that breaks off leaves no part of its file, and its number free', async () => {
  const request = begun(LIST, { 'content-length': '5000' });
  request.on('error', () => undefined);
  request.write(LIST);
  while (!spooled().some((name) => name.startsWith('body-'))) await setImmediate();
  request.destroy();
  while (spooled().length > 0) await setImmediate();
  port.clock.move(1 / 60);
  expect(await send(`${LIST}B3,西码头,\n`)).toMatchObject({ status: 200, report: { remembered: 'new' } });
});

it('a signature that was used before is refused, and a number that stood for another content', async () => {
  await send(LIST);
  expect(await send(LIST)).toMatchObject({
    status: 409,
    report: { error: expect.stringContaining('used before') as unknown },
  });
  port.clock.move(1 / 60);
  expect(await send(`${LIST}B3,西码头,\n`)).toMatchObject({
    status: 409,
    report: { error: expect.stringContaining('another content') as unknown },
  });
  expect(await runs()).toHaveLength(1);
});

it('a file that cannot be used is 422 with the reason, also when it is repeated', async () => {
  const first = await send('%PDF-1.7');
  expect(first).toMatchObject({
    status: 422,
    report: { state: 'REFUSED', failure: expect.stringContaining('PDF') as unknown },
  });
  port.clock.move(1 / 60);
  expect(await send('%PDF-1.7')).toMatchObject({ status: 422, report: { run: first.report.run } });
});

it('of one that is sent twice at once, one is run and the other is told to come again', async () => {
  const answers = await Promise.all([send(LIST), send(LIST, { at: new Date(port.clock.now().getTime() + 1000) })]);
  const statuses = answers.map(({ status }) => status).sort();
  expect([
    [200, 200],
    [200, 503],
  ]).toContainEqual(statuses);
  expect(await runs()).toHaveLength(1);
  port.clock.move(1 / 60);
  expect((await send(LIST)).report.refused).toMatchObject([{ line: 3, column: '名称', reason: '名称不允许' }]);
  expect(spooled()).toEqual([]);
});

it('of one that comes again while the first waits for its turn, neither is run twice', async () => {
  const file = path.join(folder, 'berths.csv');
  writeFileSync(file, LIST);
  const mapping = { file: path.join(folder, 'berths.yaml'), source: 'berth-list' };
  const delivered = (rejects: string) => ({
    ...{ delivery: 'twice', file, rejectsGoBack: false },
    rejectFile: path.join(folder, rejects),
  });
  const own = tools({ BERTHS_SECRET: SECRET });
  const overtaken = runDelivery(mapping, delivered('first.refused.csv'), {
    ...own,
    // The first has looked whether it was run, and not begun: now the second comes, and is run to its end.
    targets: async () => {
      await runDelivery(mapping, delivered('second.refused.csv'), own);
      return own.targets();
    },
  });
  expect((await overtaken).counts).toMatchObject({ read: 2, new: 1, refused: 1 });
  expect(await runs()).toHaveLength(1);
});

it('waits where another department does not answer, and goes on when it is sent again', async () => {
  const list = '泊位,名称\nB1,outage\n';
  const response = await fetch(address(), { method: 'POST', body: list, headers: signed(list) });
  expect([response.status, response.headers.get('retry-after')]).toEqual([503, '30']);
  expect(await runs()).toMatchObject([{ state: 'FAILED', delivery: `push:d-${String(id)}`, resumed: 0 }]);
  port.clock.move(1 / 60);
  expect((await send(list)).status).toBe(503);
  expect(await runs()).toMatchObject([{ state: 'FAILED', resumed: 1 }]);
  expect(spooled().filter((name) => !name.endsWith('.refused.csv'))).toEqual([]);
});

it('removes what a killed process left of bodies, and not what another receives', async () => {
  const spool = path.join(folder, 'spool', 'berth-list');
  for (const name of ['body-old', 'body-new']) mkdirSync(path.join(spool, name));
  utimesSync(path.join(spool, 'body-old'), 0, 0);
  await pushRoute(path.join(folder, 'berths.yaml'), tools({ BERTHS_SECRET: SECRET }));
  expect(spooled()).toContain('body-new');
  expect(spooled()).not.toContain('body-old');
});

it('needs a secret that is one', async () => {
  await expect(pushRoute(path.join(folder, 'berths.yaml'), tools({}))).rejects.toThrow('BERTHS_SECRET');
  const weak = pushRoute(path.join(folder, 'berths.yaml'), tools({ BERTHS_SECRET: 'whsec_c2hvcnQ=' }));
  await expect(weak).rejects.toThrow(/24 to 64 bytes/);
  await expect(weak).rejects.not.toThrow(/c2hvcnQ/);
});
