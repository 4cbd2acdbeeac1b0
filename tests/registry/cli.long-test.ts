import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { testDatabase, type TestDatabase } from '@zhitong/kit/testing';
import { dayInShanghai } from '@zhitong/values';
import type { Role } from '@zhitong/kit';
import { documentDatabase, type StoredRelease } from '../../gateway/src/operations/document-database.js';
import { developmentToken } from '../../launcher/src/development-token.js';
import { runCommand, type CommandEnd } from '../support/command-line.js';
import { land, market } from './support/small-parts.js';

const CLI = path.resolve(import.meta.dirname, '..', '..', 'registry', 'src', 'cli.ts');
const dataDir = mkdtempSync(path.join(tmpdir(), 'zhitong-registry-'));
let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase(import.meta.url);
});
afterAll(() => database.close());

const file = (name: string, sdl: string): string => {
  const at = path.join(dataDir, name);
  writeFileSync(at, sdl);
  return at;
};
async function run(args: readonly string[], role?: Role, department?: string): Promise<CommandEnd> {
  return runCommand(CLI, args, {
    ZHITONG_DATA_DIR: dataDir,
    REGISTRY_MONGODB_URI: database.uri,
    REGISTRY_DATABASE: database.name,
    ...(role === undefined
      ? {}
      : { ZHITONG_TOKEN: await developmentToken({ role, department, ttlSeconds: 600, dataDir }) }),
  });
}
/** As `expect.stringContaining`, with a type. */
const containing = (text: string): string => expect.stringContaining(text) as string;
const why = ['--reason', 'The office moved.'];

describe('npm run schema', () => {
  it('does nothing without a token, nor with one that is not valid', async () => {
    expect(await run(['history'])).toMatchObject({ code: 1, err: containing('ZHITONG_TOKEN must hold') });
    const foreign = await runCommand(CLI, ['history'], {
      ZHITONG_DATA_DIR: dataDir,
      REGISTRY_MONGODB_URI: database.uri,
      REGISTRY_DATABASE: database.name,
      ZHITONG_TOKEN: 'a.b.c',
    });
    expect(foreign).toMatchObject({ code: 1, err: containing('The bearer token is not valid') });
  });

  it('takes a department from its first check to its last publication', async () => {
    const first = ['market', '--file', file('market.graphql', market()), '--url', 'http://market.example/graphql'];
    expect(await run(['check', ...first], 'SERVICE', 'SCJG')).toMatchObject({
      code: 0,
      out: containing('market changes nothing.'),
    });
    const published = await run(['publish', ...first, ...why, '--commit', 'a1b2'], 'SERVICE', 'SCJG');
    expect(published).toMatchObject({ code: 0, err: '', out: containing('Publication 1.') });
    const next = ['market', '--file', file('more.graphql', market('"It." seat: String')), '--url', 'http://m.example'];
    const forbidden = await run(['publish', ...next, ...why], 'SERVICE', 'ZRZY');
    expect(forbidden).toMatchObject({ code: 1, err: 'market belongs to SCJG, and ZRZY is another department.\n' });
    expect((await run(['publish', ...next, ...why], 'SERVICE', 'SCJG')).out).toContain('safe: adds `Firm.seat`');
    expect((await run(['diff', '1', '2'], 'AUDITOR')).out).toBe('safe: adds `Firm.seat`\n');
    expect((await run(['show', '1'], 'AUDITOR')).out).toBe(`${market()}\n`);
    const history = (await run(['history'], 'ADMIN')).out.trimEnd().split('\n');
    expect(history.map((line) => line.split('\t').filter((_part, at) => at !== 1))).toEqual([
      ['2', 'PUBLISH', 'market', 'dev:scjg', 'The office moved.', '1 changes'],
      ['1', 'PUBLISH', 'market', 'dev:scjg', 'The office moved.', '0 changes'],
    ]);
    // Nobody has counted who uses the new field, so that going back is for an administrator who insists.
    const back = await run(['rollback', '1', ...why], 'SERVICE', 'SCJG');
    expect(back).toMatchObject({ code: 1, out: containing('REFUSED breaking: removes `Firm.seat`') });
    expect(await run(['rollback', '1', ...why, '--force'], 'ADMIN')).toMatchObject({
      code: 0,
      out: containing('Publication 3.'),
    });
  });

  it('prints the report for programs and as a comment, and ends with 1 when it refuses', async () => {
    const broken = file('land.graphql', land().replace('area: Int @external', 'area: Float @external'));
    const comment = path.join(dataDir, 'comment.md');
    const ended = await run(
      ['check', 'land', '--file', broken, '--url', 'http://land.example', '--json', '--markdown', comment],
      'SERVICE',
      'ZRZY',
    );
    expect(ended.code).toBe(1);
    const report = JSON.parse(ended.out) as { ok: boolean; faults: { places: object[] }[] };
    expect(report.ok).toBe(false);
    expect(report.faults[0]?.places).toContainEqual({ department: 'land', coordinate: 'Firm.area', line: 3 });
    expect(readFileSync(comment, 'utf8')).toMatch(/^## Schema of land: refused\n\n### Does not compose\n/);
  });

  it('tells an owner who uses what and whom to speak to, lets one change come, and keeps drafts', async () => {
    await database.empty();
    const at = ['--url', 'http://market.example/graphql'];
    const old = market('"It." old: Int @deprecated(reason: "Ask area.")');
    await run(['publish', 'market', '--file', file('old.graphql', old), ...at, ...why], 'SERVICE', 'SCJG');
    const day = dayInShanghai(new Date());
    await database.connection.collection<{ _id: string }>('uses').insertOne({
      _id: 'one',
      ...{ day, client: 'kiosk', version: '1.0', coordinate: 'Firm.old', count: 7, at: new Date() },
    });
    const release = { client: 'kiosk', version: '1.0', publishedAt: '2026-03-01T00:00:00Z', contact: 'k@city.example' };
    await documentDatabase(
      database.connection.getClient().db(database.name).collection<StoredRelease>('releases'),
    ).publish({ ...release, documents: [{ id: 'a', body: 'query Kiosk { firm(id: "1") { name } }' }] });
    expect((await run(['usage', 'market', '--show', 'DEPRECATED_IN_USE'], 'SERVICE', 'SCJG')).out).toBe(
      `Firm.old (deprecated: Ask area.)\tkiosk 1.0 7 (${day} to ${day}) k@city.example\n`,
    );
    expect((await run(['usage', 'market', '--show', 'UNUSED'], 'SERVICE', 'SCJG')).out).toContain(
      'Firm.area\tnobody\n',
    );

    const next = ['market', '--file', file('next.graphql', market()), ...at];
    const [, change = ''] = /Firm\.old.*\[([0-9a-f]{16})\]/.exec((await run(['check', ...next], 'AUDITOR')).out) ?? [];
    expect(await run(['approve', change, ...why], 'SERVICE', 'SCJG')).toMatchObject({ code: 1, out: '' });
    expect(await run(['approve', change, ...why], 'ADMIN')).toMatchObject({ out: `${change} is approved.\n` });
    expect(await run(['draft', ...next, ...why], 'SERVICE', 'SCJG')).toMatchObject({
      code: 0,
      out: containing('Draft market/next, until '),
    });
    expect((await run(['drafts'], 'AUDITOR')).out).toMatch(/^market\/next\tover 1\tdev:scjg\t.*can be served\n$/);
    expect((await run(['withdraw', 'market/next'], 'SERVICE', 'ZRZY')).code).toBe(1);
    expect((await run(['withdraw', 'market/next'], 'SERVICE', 'SCJG')).out).toBe('market/next is withdrawn.\n');
    const needs = file('needs.json', JSON.stringify([{ coordinate: 'Firm.name', name: 'webhook tax' }]));
    await run(['declare', 'market', '--file', needs], 'SERVICE', 'SCJG');
    expect((await run(['dependants'], 'AUDITOR')).out).toBe('Firm.name\twebhook tax\tmarket\n');
  });

  it('puts the departments of this repository into an empty registry at once', async () => {
    await database.empty();
    const begun = await run(['begin', ...why], 'ADMIN');
    expect(begun).toMatchObject({
      code: 0,
      err: '',
      out: 'Publication 1: enterprises.\nPublication 2: cases.\nPublication 3: policies.\nPublication 4: credit.\n',
    });
    const checked = await run(['check', 'cases'], 'ADMIN');
    expect(checked).toMatchObject({ code: 0, out: 'cases changes nothing.\n' });
  });
});
