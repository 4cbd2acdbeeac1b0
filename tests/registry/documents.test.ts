import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Role } from '@zhitong/kit';
import { testDatabase, type TestDatabase } from '@zhitong/kit/testing';
import { documentDatabase, type StoredRelease } from '../../gateway/src/operations/document-database.js';
import { documentFolder } from '../../gateway/src/operations/document-folder.js';
import { hashOf } from '../../gateway/src/operations/manifest.js';
import { developmentToken } from '../../launcher/src/development-token.js';
import { openRegistry, type Registry } from '../../registry/src/service.js';
import { CASES_SDL, FIRST, REGISTRY_SDL, startSmallCity, type SmallCity } from '../gateway/support/small-city.js';
import { runCommand, type CommandEnd } from '../support/command-line.js';
import { admin, composeHere } from './support/small-parts.js';
import { until } from '../support/until.js';

const COMMAND = path.resolve(import.meta.dirname, '..', '..', 'gateway/src/operations/operations-command.ts');
const BODY = 'query Title { case(caseNumber: "C-1") { title } }';
const FUTURE = 'query Later { case(caseNumber: "C-1") { later } }';
const release = (version: string, body: string) => ({
  client: 'portal',
  version,
  publishedAt: '2026-03-01T00:00:00Z',
  documents: [{ id: hashOf(body), body }],
});

let database: TestDatabase;
let registry: Registry;
let city: SmallCity;
let work: string;
const store = () =>
  documentDatabase(database.connection.getClient().db(database.name).collection<StoredRelease>('releases'));
const environment = (): Record<string, string> => ({
  REGISTRY_MONGODB_URI: database.uri,
  REGISTRY_DATABASE: database.name,
});

beforeAll(async () => {
  database = await testDatabase(import.meta.url);
  registry = await openRegistry({ connection: database.connection, compose: composeHere });
  work = mkdtempSync(path.join(tmpdir(), 'zhitong-registered-'));
  city = await startSmallCity({ ...environment(), ZHITONG_DATA_DIR: work, GATEWAY_DOCUMENTS: 'registered' });
  await registry.begin(
    admin,
    [
      { department: 'registry', url: city.registry.url, sdl: REGISTRY_SDL, owner: null },
      {
        department: 'cases',
        url: city.cases.url,
        sdl: CASES_SDL.replace('"Title." title', '"New." later: Int "Title." title'),
        owner: null,
      },
    ],
    { reason: 'The city begins.' },
  );
});
afterAll(async () => {
  await city.stop();
  await database.close();
});

/** The command as an operator runs it, who holds a token of the role. */
async function operations(args: readonly string[], role?: Role): Promise<CommandEnd> {
  const token =
    role === undefined
      ? {}
      : {
          ZHITONG_TOKEN: await developmentToken({
            role,
            ttlSeconds: 600,
            dataDir: work,
            ...(role === 'ENTERPRISE' ? { uscc: FIRST } : {}),
          }),
        };
  return runCommand(COMMAND, [...args], { ...environment(), ZHITONG_DATA_DIR: work, ...token });
}

describe('documents in the registry', () => {
  it('are checked against what is published there, and registered by whoever may', async () => {
    const file = path.join(work, 'later.graphql');
    writeFileSync(file, FUTURE);
    const publish = ['publish', file, '--client', 'portal', '--client-version', '4.0'];
    expect(await operations(publish)).toMatchObject({
      code: 2,
      err: expect.stringContaining('ZHITONG_TOKEN') as string,
    });
    expect(await operations(publish, 'ENTERPRISE')).toMatchObject({
      code: 2,
      err: expect.stringContaining('administrators') as string,
    });
    expect(await store().releases()).toEqual([]);
    // The checked-in graph has no such field: the registry's has.
    expect(await operations(publish, 'ADMIN')).toMatchObject({
      code: 0,
      err: 'portal 4.0 is registered in the registry.\n',
    });
    expect((await operations(['list'], 'ADMIN')).out).toMatch(/^portal 4\.0, 1 documents of the whole graph/);
  });

  it('keep a change back that would break them, until they are retired', async () => {
    const blocking = async (): Promise<unknown[]> => {
      const { changes } = await registry.check(admin, { department: 'cases', url: city.cases.url, sdl: CASES_SDL });
      return changes.flatMap(({ registeredIn }) => registeredIn.map(({ version }) => version));
    };
    expect(await blocking()).toEqual(['4.0']);
    expect(await operations(['retire', 'portal', '4.0'], 'ADMIN')).toMatchObject({ code: 0 });
    expect(await blocking()).toEqual([]);
  });

  it('come from a folder too, once, and a version is one set of documents', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'zhitong-folder-'));
    await documentFolder(folder).publish(release('3.1', BODY));
    expect(await operations(['import', folder], 'ADMIN')).toMatchObject({ code: 0 });
    expect((await operations(['import', folder], 'ADMIN')).err).toContain('is registered already');
    await expect(store().publish(release('3.1', FUTURE))).rejects.toThrow(/registered with other documents/);
    // Both press at once: one of them registers, whatever it is.
    const both = await Promise.allSettled([BODY, FUTURE].map((body) => store().publish(release('9.9', `${body} `))));
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await store().retire('portal', '9.9');
  });

  it('are what gateways answer, and go on answering when the registry is away', async () => {
    const asked = { documentId: hashOf(BODY) };
    const answered = async (of: SmallCity): Promise<unknown> => (await of.ask(asked)).body.data;
    // A gateway looks every five seconds.
    await until(async () => (await city.ask(asked)).status !== 404);
    expect(await answered(city)).toEqual({ case: { title: '诉求' } });
    expect((await city.ask({ query: '{ case(caseNumber: "C-1") { title } }' })).status).toBe(403);
    const again = await startSmallCity({
      ZHITONG_DATA_DIR: work,
      GATEWAY_DOCUMENTS: 'registered',
      REGISTRY_MONGODB_URI: 'mongodb://127.0.0.1:9/?serverSelectionTimeoutMS=200',
    });
    expect(await answered(again)).toEqual({ case: { title: '诉求' } });
    await again.stop();
  });
});
