import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Role } from '@zhitong/kit';
import { testDatabase, type TestDatabase } from '@zhitong/kit/testing';
import { hubKeyFiles } from '../../gateway/src/identity/gateway-key-files.js';
import {
  bearer,
  CASES_SDL,
  FIRST,
  REGISTRY_SDL,
  startSmallCity,
  type SmallCity,
} from '../gateway/support/small-city.js';
import { runCommand, type CommandEnd } from '../support/command-line.js';
import { composeHere, admin } from './support/small-parts.js';
import { openRegistry } from '../../registry/src/service.js';

const CLI = path.resolve(import.meta.dirname, '..', '..', 'registry', 'src', 'cli.ts');
const EXAMPLE = path.resolve(import.meta.dirname, '..', '..', 'docs', 'joining');
const SCHEMA = path.join(EXAMPLE, 'permits.graphql');
const why = ['--reason', 'The office for permits joins.'];

let database: TestDatabase;
let city: SmallCity;
let permits: ChildProcess;
let url = '';

beforeAll(async () => {
  database = await testDatabase(import.meta.url);
  city = await startSmallCity({ REGISTRY_MONGODB_URI: database.uri, REGISTRY_DATABASE: database.name });
  const registry = await openRegistry({ connection: database.connection, compose: composeHere });
  const owner = null;
  await registry.begin(
    admin,
    [
      { department: 'registry', url: city.registry.url, sdl: REGISTRY_SDL, owner },
      { department: 'cases', url: city.cases.url, sdl: CASES_SDL, owner },
    ],
    { reason: 'The city begins.' },
  );
  permits = spawn(process.execPath, [path.join(EXAMPLE, 'permits.mjs')], {
    env: {
      PATH: process.env['PATH'],
      ZHITONG_GATEWAY_KEYS: hubKeyFiles(city.dataDir).published,
      PERMITS_PORT: '0',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (permits.stdout === null) throw new Error('It says where it listens.');
  url = String(((await once(permits.stdout, 'data')) as [Buffer])[0]).trim();
});
afterAll(async () => {
  const ended = once(permits, 'exit');
  permits.kill();
  await ended;
  await city.stop();
  await database.close();
});

async function run(args: readonly string[], role: Role, department?: string): Promise<CommandEnd> {
  return runCommand(CLI, args, {
    ZHITONG_DATA_DIR: city.dataDir,
    REGISTRY_MONGODB_URI: database.uri,
    REGISTRY_DATABASE: database.name,
    ZHITONG_TOKEN: await city.token(role, department === undefined ? {} : { department }),
  });
}

/** Asks the gateway until the graph has the field, or has it no more. */
async function until(isThere: boolean): Promise<void> {
  const has = async (): Promise<boolean> => (await city.ask({ query: '{ permitCount }' })).status === 200;
  while ((await has()) !== isThere);
}

describe('a department in another language, and a gateway that runs all the time', () => {
  const source = (): string[] => ['permits', '--file', SCHEMA, '--url', url];
  const query = `{ permitCount enterprise(uscc: "${FIRST}") { name permits { number } } }`;

  it('joins: it checks, publishes, and answers its part of an enterprise', async () => {
    expect((await city.ask({ query })).status).toBe(400);
    expect(await run(['check', ...source()], 'SERVICE', 'XKB')).toMatchObject({ code: 0 });
    expect((await city.ask({ query })).status).toBe(400);
    expect(await run(['publish', ...source(), ...why], 'SERVICE', 'XKB')).toMatchObject({ code: 0, err: '' });
    await until(true);
    const officer = bearer(await city.token('OFFICER', { department: 'RSJ' }));
    expect((await city.ask({ query }, officer)).body).toEqual({
      data: { permitCount: 2, enterprise: { name: '甲公司', permits: [{ number: 'P-1' }, { number: 'P-2' }] } },
    });
  });

  it('leaves: it is told who still uses it, and is gone when an administrator insists', async () => {
    const leaving = await run(['retire', 'permits', ...why], 'SERVICE', 'XKB');
    expect(leaving.code).toBe(1);
    expect(leaving.out).toContain('REFUSED breaking: removes `Query.permitCount`');
    expect(await run(['retire', 'permits', ...why, '--force'], 'ADMIN')).toMatchObject({ code: 0, err: '' });
    await until(false);
    expect((await city.ask({ query: '{ case(caseNumber: "C-1") { title } }' })).body).toEqual({
      data: { case: { title: '诉求' } },
    });
  });

  it('comes back as it was, by going back to its publication', async () => {
    expect(await run(['rollback', '3', ...why], 'SERVICE', 'XKB')).toMatchObject({ code: 0, err: '' });
    await until(true);
    expect((await city.ask({ query: '{ permitCount }' })).body).toEqual({ data: { permitCount: 2 } });
    expect((await run(['show', '5'], 'AUDITOR')).out).toBe(`${readFileSync(SCHEMA, 'utf8')}\n`);
  });
});
