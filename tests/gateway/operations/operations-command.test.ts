import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { documentFolder } from '../../../gateway/src/operations/document-folder.js';
import { composeSupergraph } from '../../../gateway/src/supergraph/compose.js';
import { runCommand, type CommandEnd } from '../../support/command-line.js';

const COMMAND = path.resolve(import.meta.dirname, '..', '..', '..', 'gateway/src/operations/operations-command.ts');
const OPERATIONS = path.resolve(import.meta.dirname, '..', '..', '..', 'docs/operations');
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const SUPERGRAPH = composeSupergraph([
  {
    name: 'registry',
    url: 'http://registry',
    sdl: `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@tag"])
      type Query @tag(name: "public") { "One." enterprise("Code." uscc: ID!): Enterprise "Secret." secret: String @tag(name: "government") }
      "One." type Enterprise @tag(name: "public") { "Name." name: String "Old name." title: String @deprecated(reason: "Ask for name.") }`,
  },
]);
/** Typed, as Jest's own is not. */
const containing = (text: string): unknown => expect.stringContaining(text);
const matching = (pattern: RegExp): unknown => expect.stringMatching(pattern);

const GOOD = 'query Card($uscc: ID!) {\n  enterprise(uscc: $uscc) {\n    name\n  }\n}';
const OLD = 'query Old($uscc: ID!) {\n  enterprise(uscc: $uscc) {\n    name\n    title\n  }\n}';
const BAD = 'query Bad($uscc: ID!) {\n  enterprise(uscc: $uscc) {\n    name\n    nam\n  }\n}';

describe('the command operations', () => {
  const folder = (): string => mkdtempSync(path.join(tmpdir(), 'zhitong-operations-'));
  const work = folder();
  const file = (name: string, text: string): string => {
    const written = path.join(work, name);
    writeFileSync(written, text);
    return written;
  };
  const supergraph = file('supergraph.graphql', SUPERGRAPH);
  const run = (...args: string[]): Promise<CommandEnd> => runCommand(COMMAND, args, { ZHITONG_DATA_DIR: work });
  const check = (...args: string[]): Promise<CommandEnd> => run('check', ...args, '--schema', supergraph);
  const publish = (store: string, version: string, ...args: string[]): Promise<CommandEnd> =>
    run(
      'publish',
      ...args,
      '--schema',
      supergraph,
      '--client',
      'portal',
      '--client-version',
      version,
      '--folder',
      store,
    );

  const apollo = (...bodies: string[]): string =>
    JSON.stringify({
      format: 'apollo-persisted-query-manifest',
      version: 1,
      operations: bodies.map((body) => ({ id: sha256(body), name: 'Any', type: 'query', body })),
    });

  it.each<[string, string]>([
    ['Apollo’s tool', apollo(GOOD, OLD)],
    [
      'Relay’s compiler, whose hashes are MD5',
      JSON.stringify({
        [createHash('md5').update(GOOD).digest('hex')]: GOOD,
        [createHash('md5').update(OLD).digest('hex')]: OLD,
      }),
    ],
    [
      'GraphQL Code Generator’s client preset',
      JSON.stringify({ [`sha256:${sha256(GOOD)}`]: GOOD, [`sha256:${sha256(OLD)}`]: OLD }),
    ],
  ])('reads the manifest of %s, and lists what is deprecated', async (_tool, text) => {
    const { code, out } = await check(file('manifest.json', text));
    expect([code, out]).toEqual([
      0,
      matching(
        /^\S*manifest\.json, .*:4: deprecated: The field Enterprise\.title is deprecated\. Ask for name\.\n2 documents can be run\.\n$/,
      ),
    ]);
  });

  it('names file and line of what the graph cannot run', async () => {
    const bad = file('bad.graphql', BAD);
    const torn = file('torn.graphql', '{\n  enterprise(');
    const empty = file('empty.graphql', 'fragment F on Enterprise { name }');
    const { code, out } = await check(bad, torn, empty, file('good.graphql', GOOD));
    expect(code).toBe(1);
    expect(out.split('\n')).toEqual([
      `${bad}:4: Cannot query field "nam" on type "Enterprise". Did you mean "name"?`,
      `${torn}:2: Syntax Error: Expected Name, found <EOF>.`,
      `${empty}: The document has no operation.`,
      `${empty}:1: Fragment "F" is never used.`,
      '3 of 4 documents cannot be run.',
      '',
    ]);
  });

  it('holds documents against a contract when it is told to, and suggests nothing from outside', async () => {
    const secret = file('secret.graphql', '{ secret }');
    expect((await check(secret)).code).toBe(0);
    expect(await check(secret, '--contract', 'public')).toMatchObject({
      code: 1,
      out: containing('Cannot query field "secret" on type "Query".'),
    });
    expect(await check(secret, '--contract', 'publik')).toMatchObject({
      code: 2,
      err: containing('"publik"'),
    });
  });

  it('tells programs what each document uses', async () => {
    const { out } = await check(file('old.graphql', OLD), '--json');
    expect(JSON.parse(out)).toEqual({
      documents: [
        {
          id: sha256(OLD),
          source: path.join(work, 'old.graphql'),
          errors: [],
          deprecated: [{ line: 4, message: containing('Ask for name.') }],
          used: {
            fields: ['Enterprise.name', 'Enterprise.title', 'Query.enterprise'],
            arguments: ['Query.enterprise(uscc:)'],
            inputFields: [],
            enumValues: [],
            byVariable: [],
          },
        },
      ],
    });
  });

  it.each([
    [
      'a hash that is not its text’s',
      JSON.stringify({ [`sha256:${sha256('other')}`]: GOOD }),
      'is not the SHA-256 of its text',
    ],
    ['another form', JSON.stringify([GOOD]), 'is neither a manifest of Apollo'],
    [
      'another version of Apollo’s form',
      JSON.stringify({ format: 'apollo-persisted-query-manifest', version: 2, operations: [] }),
      'is neither a manifest of Apollo',
    ],
    ['no JSON', '{', 'is no JSON'],
    ['nothing', '{}', 'There is no document'],
  ])('refuses a manifest with %s', async (_what, text, why) => {
    expect(await check(file('odd.json', text))).toMatchObject({ code: 2, err: containing(why), out: '' });
  });

  it('registers a version once, and again changes nothing', async () => {
    const store = folder();
    const good = file('good.json', apollo(GOOD));
    expect(await publish(store, '1.0', good)).toMatchObject({
      code: 0,
      err: containing('portal 1.0 is registered'),
    });
    const written = readFileSync(path.join(store, 'portal/1.0.json'), 'utf8');
    expect(await publish(store, '1.0', good)).toMatchObject({
      code: 0,
      err: containing('is registered already'),
    });
    expect(await publish(store, '1.0', file('other.json', apollo(OLD)))).toMatchObject({
      code: 2,
      err: containing('portal 1.0 is registered with other documents'),
    });
    expect(readFileSync(path.join(store, 'portal/1.0.json'), 'utf8')).toBe(written);
    expect(await documentFolder(store).releases()).toMatchObject([
      { client: 'portal', version: '1.0', documents: [{ id: sha256(GOOD), body: GOOD }] },
    ]);
    expect((await run('list', '--folder', store)).out).toMatch(
      /^portal 1\.0, 1 documents of the whole graph, 2\d{3}-.*Z\n$/,
    );
  });

  it('registers nothing when one document cannot be run', async () => {
    const store = folder();
    expect((await publish(store, '1.0', file('bad.json', apollo(GOOD, BAD)))).code).toBe(1);
    expect(readdirSync(store)).toEqual([]);
  });

  it.each(['../1', 'a/b', '', '.hidden', 'a..b', '1 0'])(
    'refuses the version %j, which is no name of a file',
    async (version) => {
      const store = folder();
      expect(await publish(store, version, file('good.json', apollo(GOOD)))).toMatchObject({
        code: 2,
        err: containing('version'),
      });
      expect(readdirSync(store)).toEqual([]);
    },
  );

  it('lets one name stand for one text, however it is written', async () => {
    const store = folder();
    expect((await publish(store, '1', file('a.json', JSON.stringify({ card: GOOD })))).code).toBe(0);
    expect(await publish(store, '2', file('b.json', JSON.stringify({ card: OLD })))).toMatchObject({
      code: 2,
      err: containing('card stands for another text already'),
    });
    expect(
      (
        await publish(
          store,
          '3',
          file('c.json', JSON.stringify({ [`sha256:${sha256(GOOD)}`]: GOOD })),
          file('d.json', apollo(GOOD)),
        )
      ).code,
    ).toBe(0);
  });

  it('takes a release out that is not in use any more', async () => {
    const store = folder();
    await publish(store, '1.0', file('good.json', apollo(GOOD)));
    expect((await run('retire', 'portal', '1.0', '--folder', store)).code).toBe(0);
    expect(await documentFolder(store).releases()).toEqual([]);
    expect(await run('retire', 'portal', '1.0', '--folder', store)).toMatchObject({ code: 2 });
  });

  it('lets one of two win that register the same version at once', async () => {
    const store = documentFolder(folder());
    const release = (body: string): Parameters<typeof store.publish>[0] => ({
      client: 'portal',
      version: '1',
      publishedAt: '2026-11-28T00:00:00Z',
      documents: [{ id: sha256(body), body }],
    });
    const ends = await Promise.allSettled([GOOD, OLD, BAD].map((body) => store.publish(release(body))));
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await store.releases()).toHaveLength(1);
  });

  it('finds that the graph runs what this repository gives to front ends', async () => {
    expect(await run('check', OPERATIONS)).toMatchObject({
      code: 0,
      out: matching(/documents can be run\.\n$/),
    });
  });
});
