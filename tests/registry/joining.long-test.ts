import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
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
import { freePort } from '../support/free-ports.js';
import { until } from '../support/until.js';
import { composeHere, admin } from './support/small-parts.js';
import { openRegistry, type Registry } from '../../registry/src/service.js';

const ROOT = path.resolve(import.meta.dirname, '..', '..');
const CLI = path.join(ROOT, 'registry', 'src', 'cli.ts');
const EXAMPLE = path.join(ROOT, 'docs', 'joining');
const SCHEMA = path.join(EXAMPLE, 'permits.graphql');
const why = ['--reason', 'The office for permits joins.'];

let database: TestDatabase;
let registry: Registry;
let city: SmallCity;
let url = '';
const departments: ChildProcess[] = [];
const folders: string[] = [];

beforeAll(async () => {
  database = await testDatabase(import.meta.url);
  city = await startSmallCity({ REGISTRY_MONGODB_URI: database.uri, REGISTRY_DATABASE: database.name });
  registry = await openRegistry({ connection: database.connection, compose: composeHere });
  const owner = null;
  await registry.begin(
    admin,
    [
      { department: 'registry', url: city.registry.url, sdl: REGISTRY_SDL, owner },
      { department: 'cases', url: city.cases.url, sdl: CASES_SDL, owner },
    ],
    { reason: 'The city begins.' },
  );
  url = await started(path.join(EXAMPLE, 'permits.mjs'), { PERMITS_PORT: '0' });
});
afterAll(async () => {
  for (const department of departments) {
    const ended = once(department, 'exit');
    department.kill();
    await ended;
  }
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  await city.stop();
  await database.close();
});

/** Starts a department's process, which knows of the gateway its public keys; answers the address that it prints. */
async function started(file: string, environment: Record<string, string>): Promise<string> {
  const department = spawn(process.execPath, [file], {
    env: { PATH: process.env['PATH'], ZHITONG_GATEWAY_KEYS: hubKeyFiles(city.dataDir).published, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  departments.push(department);
  for (;;) {
    const [chunk] = (await Promise.race([once(department.stdout, 'data'), once(department.stderr, 'data')])) as [
      Buffer,
    ];
    const found = /http:\/\/[^\s"]+\/graphql/.exec(chunk.toString());
    if (found !== null) return found[0];
  }
}

async function run(args: readonly string[], role: Role, department?: string): Promise<CommandEnd> {
  return runCommand(CLI, args, {
    ZHITONG_DATA_DIR: city.dataDir,
    REGISTRY_MONGODB_URI: database.uri,
    REGISTRY_DATABASE: database.name,
    ZHITONG_TOKEN: await city.token(role, department === undefined ? {} : { department }),
  });
}

/** Asks the gateway until the graph has the field, or has it no more. */
async function served(isThere: boolean, query = '{ permitCount }'): Promise<void> {
  await until(async () => ((await city.ask({ query })).status === 200) === isThere);
}

describe('a department in another language, and a gateway that runs all the time', () => {
  const source = (): string[] => ['permits', '--file', SCHEMA, '--url', url];
  const query = `{ permitCount enterprise(uscc: "${FIRST}") { name permits { number } } }`;

  it('joins: it checks, publishes, and answers its part of an enterprise', async () => {
    expect((await city.ask({ query })).status).toBe(400);
    expect(await run(['check', ...source()], 'SERVICE', 'XKB')).toMatchObject({ code: 0 });
    expect((await city.ask({ query })).status).toBe(400);
    expect(await run(['publish', ...source(), ...why], 'SERVICE', 'XKB')).toMatchObject({ code: 0, err: '' });
    await served(true);
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
    await served(false);
    expect((await city.ask({ query: '{ case(caseNumber: "C-1") { title } }' })).body).toEqual({
      data: { case: { title: '诉求' } },
    });
  });

  it('comes back as it was, by going back to its publication', async () => {
    expect(await run(['rollback', '3', ...why], 'SERVICE', 'XKB')).toMatchObject({ code: 0, err: '' });
    await served(true);
    expect((await city.ask({ query: '{ permitCount }' })).body).toEqual({ data: { permitCount: 2 } });
    expect((await run(['show', '5'], 'AUDITOR')).out).toBe(`${readFileSync(SCHEMA, 'utf8')}\n`);
  });
});

describe('a department with another library', () => {
  const sdl = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
"Asks." type Query { "All parks." parks: [Park!] }
"A park." type Park @key(fields: "id") { "Its number." id: ID! "Its name." name: String }
`;

  it('joins: graphql-http answers through the gateway, and nobody past it', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'zhitong-parks-'));
    folders.push(folder);
    const schema = path.join(folder, 'parks.graphql');
    writeFileSync(schema, sdl);
    const address = await started(path.join(import.meta.dirname, 'support', 'parks.mjs'), { PARKS_SCHEMA: schema });
    const source = ['parks', '--file', schema, '--url', address];
    expect(await run(['publish', ...source, ...why], 'SERVICE', 'YLJ')).toMatchObject({ code: 0, err: '' });
    await served(true, '{ parks { name } }');
    expect((await city.ask({ query: '{ parks { id name } }' })).body).toEqual({
      data: {
        parks: [
          { id: '1', name: '公园 1' },
          { id: '2', name: '公园 2' },
        ],
      },
    });
    const past = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"query":"{ parks { id } }"}',
    });
    expect(past.status).toBe(401);
  });
});

describe('a department from the template', () => {
  it('is made, built, checked, published and answers; goes back; and leaves with its dependants listed', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'zhitong-template-'));
    folders.push(folder);
    cpSync(path.join(ROOT, 'scripts'), path.join(folder, 'scripts'), { recursive: true });
    mkdirSync(path.join(folder, 'subgraphs'));
    symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'));
    execFileSync(process.execPath, ['scripts/new-department.mjs', 'archives'], { cwd: folder });
    const own = path.join(folder, 'subgraphs', 'archives');
    await build({
      entryPoints: readdirSync(path.join(own, 'src'), { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.ts'))
        .map((file) => path.join(own, 'src', file)),
      outbase: path.join(own, 'src'),
      outdir: path.join(own, 'dist'),
      ...{ platform: 'node', format: 'esm', logLevel: 'error' },
    });
    const address = await started(path.join(own, 'dist', 'main.js'), {
      ARCHIVES_PORT: String(await freePort()),
      ARCHIVES_DATABASE: `${database.name}_a`,
      MONGODB_URI: database.uri,
      ZHITONG_DATA_DIR: folder,
    });
    const schema = path.join(own, 'schema.graphql');
    const source = ['archives', '--file', schema, '--url', address];
    const query = '{ archivesRecords }';
    expect(await run(['check', ...source], 'SERVICE', 'DAJ')).toMatchObject({ code: 0 });
    expect(await run(['publish', ...source, ...why], 'SERVICE', 'DAJ')).toMatchObject({ code: 0, err: '' });
    await served(true, query);
    const auditor = bearer(await city.token('AUDITOR'));
    expect((await city.ask({ query }, auditor)).body).toEqual({ data: { archivesRecords: 0 } });
    const { number } = (await registry.history(admin, { department: 'archives', limit: 1 }))[0] ?? { number: 0 };
    const more = path.join(folder, 'more.graphql');
    writeFileSync(more, readFileSync(schema, 'utf8').replace(/}\s*$/, '  "More." archivesShelves: Int\n}\n'));
    const next = ['archives', '--file', more, '--url', address];
    expect(await run(['publish', ...next, ...why], 'SERVICE', 'DAJ')).toMatchObject({ code: 0, err: '' });
    await served(true, '{ archivesShelves }');
    expect(await run(['rollback', String(number), ...why, '--force'], 'ADMIN')).toMatchObject({ code: 0, err: '' });
    await served(false, '{ archivesShelves }');
    const declaration = path.join(folder, 'needs.json');
    writeFileSync(
      declaration,
      JSON.stringify([{ coordinate: 'Query.archivesRecords', name: 'webhook to the library' }]),
    );
    expect(await run(['declare', 'archives', '--file', declaration], 'SERVICE', 'DAJ')).toMatchObject({
      code: 0,
      out: 'archives needs 1 things of the graph.\n',
    });
    const leaving = await run(['retire', 'archives', ...why], 'SERVICE', 'DAJ');
    expect(leaving.code).toBe(1);
    expect(leaving.out).toMatch(/REFUSED breaking: removes `Query.archivesRecords`: .*webhook to the library needs it/);
    expect(await run(['retire', 'archives', ...why, '--force'], 'ADMIN')).toMatchObject({ code: 0, err: '' });
    await served(false, query);
    expect((await run(['changelog', '--limit', '1'], 'AUDITOR')).out).toContain('archives \\(retire\\)');
  });
});
