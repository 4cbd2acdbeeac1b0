import { mkdtempSync } from 'node:fs';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { testDatabase, type TestDatabase } from '@zhitong/kit/testing';
import { developmentToken } from '../../launcher/src/development-token.js';
import { openRegistry, type Registry } from '../../registry/src/service.js';
import { CASES_SDL, REGISTRY_SDL, startSmallCity, type SmallCity } from '../gateway/support/small-city.js';
import { runCommand } from '../support/command-line.js';
import { until } from '../support/until.js';
import { admin, composeHere, market } from './support/small-parts.js';

const CLI = path.resolve(import.meta.dirname, '..', '..', 'registry', 'src', 'cli.ts');
const saying = { reason: 'The office moved.' };

let database: TestDatabase;
let registry: Registry;

beforeAll(async () => {
  database = await testDatabase(import.meta.url);
});
beforeEach(async () => {
  await database.empty();
  registry = await openRegistry({ connection: database.connection, compose: composeHere });
});
afterAll(() => database.close());

/** A line to the registry's database that can be cut. */
class Line {
  readonly #sockets = new Set<Socket>();
  readonly #target: { host: string; port: number };
  #server: Server | undefined;
  port = 0;

  constructor(uri: string) {
    const [, host = '', port = ''] = /^mongodb:\/\/(?:[^@/]*@)?([^:/,]+):(\d+)/.exec(uri) ?? [];
    this.#target = { host, port: Number(port) };
  }

  async open(): Promise<void> {
    const server = createServer((near) => {
      const far = connect(this.#target);
      for (const socket of [near, far]) {
        this.#sockets.add(socket);
        socket.on('error', () => undefined);
        socket.on('close', () => {
          this.#sockets.delete(socket);
          near.destroy();
          far.destroy();
        });
      }
      near.pipe(far).pipe(near);
    });
    this.#server = server;
    await new Promise<void>((resolve) => server.listen(this.port, '127.0.0.1', resolve));
    this.port = (server.address() as AddressInfo).port;
  }

  async cut(): Promise<void> {
    const server = this.#server;
    for (const socket of this.#sockets) socket.destroy();
    await new Promise<void>((resolve) => server?.close(() => resolve()));
  }
}

describe('a registry that is away', () => {
  it('is told by each command in one line', async () => {
    const dataDir = mkdtempSync(path.join(tmpdir(), 'zhitong-away-'));
    const ended = await runCommand(
      CLI,
      ['check', 'market', '--file', path.resolve('docs/joining/permits.graphql'), '--url', 'http://m.example'],
      {
        ZHITONG_DATA_DIR: dataDir,
        REGISTRY_MONGODB_URI: 'mongodb://127.0.0.1:9/?serverSelectionTimeoutMS=200',
        ZHITONG_TOKEN: await developmentToken({ role: 'ADMIN', ttlSeconds: 600, dataDir }),
      },
    );
    expect(ended).toMatchObject({ code: 1, out: '' });
    expect(ended.err.trimEnd().split('\n')).toHaveLength(1);
    expect(ended.err).toMatch(/127\.0\.0\.1:9/);
  });

  it('stops no gateway, which takes the last of many publications when it is back, and tells what was used meanwhile', async () => {
    const line = new Line(database.uri);
    await line.open();
    const city: SmallCity = await startSmallCity({
      REGISTRY_MONGODB_URI: `mongodb://127.0.0.1:${String(line.port)}/?directConnection=true`,
      REGISTRY_DATABASE: database.name,
    });
    const has = async (field: string): Promise<boolean> =>
      (await city.ask({ query: `{ case(caseNumber: "C-1") { ${field} } }` })).status === 200;
    const cases = (field: string): string => CASES_SDL.replace('"Title." title', `"New." ${field}: Int "Title." title`);
    const publish = (field: string) =>
      registry.publish(
        admin,
        { department: 'cases', url: city.cases.url, sdl: cases(field) },
        { ...saying, force: true },
      );
    await registry.begin(
      admin,
      [
        { department: 'registry', url: city.registry.url, sdl: REGISTRY_SDL, owner: null },
        { department: 'cases', url: city.cases.url, sdl: cases('first'), owner: null },
      ],
      saying,
    );
    await until(async () => has('first'));
    await line.cut();
    for (const field of ['second', 'third', 'fourth', 'fifth']) {
      await publish(field);
      expect(await has('first')).toBe(true);
    }
    expect(await has('fifth')).toBe(false);
    await has('title');
    await until(() => city.logged().includes('the schema registry does not answer; the graph stays'));
    await line.open();
    await until(async () => has('fifth'));
    expect([await has('first'), await has('fourth')]).toEqual([false, false]);
    await city.stop();
    // A day without this gateway: it begins with what counts now, not with what it served last.
    await publish('sixth');
    const again = await startSmallCity({
      ZHITONG_DATA_DIR: city.dataDir,
      REGISTRY_MONGODB_URI: database.uri,
      REGISTRY_DATABASE: database.name,
    });
    const { body } = await again.ask({ query: '{ __type(name: "Case") { fields { name } } }' });
    expect(JSON.stringify(body)).toMatch(/"sixth"/);
    expect(JSON.stringify(body)).not.toMatch(/"fifth"/);
    await again.stop();
    await line.cut();
    const uses = await database.connection.collection('uses').findOne({ coordinate: 'Case.title' });
    expect(uses?.['count']).toBeGreaterThan(0);
  });
});

describe('a schema of five megabytes', () => {
  it('is published and shown as it is, and one that is larger than is kept is refused with its size', async () => {
    const sdl = market().replace('"It." name', `"${'表'.repeat(1_700_000)}" name`);
    expect(Buffer.byteLength(sdl)).toBeGreaterThan(5_000_000);
    const proposal = { department: 'market', url: 'http://market.example/graphql', sdl };
    const { publication } = await registry.publish(admin, proposal, saying);
    expect((await registry.show(admin, publication.number)).sdl).toBe(sdl);
    const larger = { ...proposal, sdl: sdl.replace('"表', `"${'表'.repeat(1_200_000)}`) };
    const { ok, faults } = await registry.check(admin, larger);
    expect([ok, faults.map(({ message }) => message)]).toEqual([false, [expect.stringMatching(/bytes/)]]);
  });
});

describe('a schema of ten thousand types', () => {
  it('is published, checked with what it changes, and one that has more than is composed is refused with how many', async () => {
    const of = (types: number, more = ''): string =>
      `${market().replace('"It." firm(', '"It." t: T7 "It." firm(')} ${Array.from({ length: types }, (_one, at) => `"It." type T${String(at)} { "It." a: Int ${at === 7 ? more : ''} }`).join(' ')}`;
    const proposal = (sdl: string) => ({ department: 'market', url: 'http://market.example/graphql', sdl });
    await registry.publish(admin, proposal(of(10_000)), saying);
    const report = await registry.check(admin, proposal(of(10_000, '"It." b: Int')));
    expect(report).toMatchObject({ ok: true, changes: [{ severity: 'SAFE', message: 'adds `T7.b`' }] });
    const { ok, faults } = await registry.check(admin, proposal(of(20_001)));
    expect([ok, faults.map(({ message }) => message)]).toEqual([
      false,
      [expect.stringMatching(/^The schema has 200\d\d definitions, and at most 20000 are accepted/)],
    ]);
  });
});
