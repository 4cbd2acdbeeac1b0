import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { testDatabase, type TestDatabase } from '@zhitong/kit/testing';
import { documentFolder } from '../../../gateway/src/operations/document-folder.js';
import { registryConfig } from '../../../registry/src/config.js';
import { RegistryRefusal } from '../../../registry/src/domain/registry-refusal.js';
import { openRegistry, type Registry } from '../../../registry/src/service.js';
import { admin, composeHere, land, machine, market, url } from '../support/small-parts.js';

const DAY = '2026-11-20';
const clock = { now: () => new Date(`${DAY}T04:00:00Z`) };
const saying = { reason: 'The office moved.', commit: 'a1b2c3' };
const proposal = (department: string, sdl: string) => ({ department, sdl, url: url(department) });

let database: TestDatabase;
let registry: Registry;

beforeAll(async () => {
  database = await testDatabase(import.meta.url);
});
beforeEach(async () => {
  await database.empty();
  registry = await openRegistry({ connection: database.connection, clock, compose: composeHere });
  await registry.begin(
    admin,
    [
      { ...proposal('market', market()), owner: 'SCJG' },
      { ...proposal('land', land()), owner: 'ZRZY' },
    ],
    saying,
  );
});
afterAll(() => database.close());

const uses = (coordinate: string, day = DAY, client = 'portal'): Promise<unknown> =>
  database.connection.collection<{ _id: string }>('uses').insertOne({
    _id: `${day} ${client} ${coordinate}`,
    ...{ day, client, version: '3.2', coordinate, count: 14_210, at: new Date() },
  });
const refusal = async (work: Promise<unknown>): Promise<RegistryRefusal> => {
  const error: unknown = await work.then(
    () => 'it was accepted',
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof RegistryRefusal)) throw error;
  return error;
};
const served = async (): Promise<{ _id: number; sdl: string }[]> =>
  database.connection.collection<{ _id: number; sdl: string }>('supergraphs').find().sort({ _id: 1 }).toArray();

describe('a publication', () => {
  it('puts a department’s schema into the graph, with who, why, when and from what', async () => {
    const { publication } = await registry.publish(
      machine('scjg'),
      proposal('market', market('"It." seat: String')),
      saying,
    );
    expect(publication).toMatchObject({
      number: 3,
      department: 'market',
      kind: 'PUBLISH',
      author: { sub: 'm-scjg', department: 'scjg' },
      reason: 'The office moved.',
      commit: 'a1b2c3',
      at: clock.now(),
      forced: false,
      changes: [{ severity: 'SAFE', coordinate: 'Firm.seat' }],
    });
    expect((await served()).map(({ _id, sdl }) => [_id, sdl.includes('seat: String')])).toEqual([
      [2, false],
      [3, true],
    ]);
    expect((await registry.history(admin, { department: 'market', limit: 5 })).map(({ number }) => number)).toEqual([
      3, 1,
    ]);
    expect((await registry.between(admin, 2, 3)).map(({ message }) => message)).toEqual(['adds `Firm.seat`']);
  });

  it('is not made twice when it is pressed twice', async () => {
    const wanted = proposal('market', market('"It." seat: String'));
    await registry.publish(admin, wanted, saying);
    expect(await registry.publish(admin, wanted, saying)).toMatchObject({ isRepeat: true, publication: { number: 3 } });
    expect(await served()).toHaveLength(2);
  });

  it('is for the department’s own machine identity, however it is spelled, and for administrators', async () => {
    const wanted = proposal('market', market('"It." seat: String'));
    for (const actor of [
      machine('ZRZY'),
      { sub: 'o-2', roles: ['OFFICER' as const], department: 'SCJG' },
      { sub: 'a-1', roles: ['AUDITOR' as const] },
    ]) {
      expect((await refusal(registry.publish(actor, wanted, saying))).code).toBe('FORBIDDEN');
      expect((await refusal(registry.retire(actor, 'market', saying))).code).toBe('FORBIDDEN');
      expect((await refusal(registry.rollback(actor, 1, saying))).code).toBe('FORBIDDEN');
    }
    expect(await served()).toHaveLength(1);
    await registry.publish(machine(' ＳＣＪＧ '), wanted, saying);
    expect(await served()).toHaveLength(2);
  });

  it('is for the machine of that part of the graph, where one office runs several', async () => {
    const ofService = (service: string) => ({ ...machine('SCJG'), service });
    const wanted = proposal('market', market('"It." seat: String'));
    const permits = proposal('permits', '"It." type Query { "It." permits: Int }');
    for (const attempt of [
      registry.publish(ofService('permits'), wanted, saying),
      registry.retire(ofService('permits'), 'market', saying),
      registry.rollback(ofService('permits'), 1, saying),
      registry.declare(ofService('permits'), 'market', []),
      registry.publish(ofService('market'), permits, saying),
    ])
      expect((await refusal(attempt)).code).toBe('FORBIDDEN');
    expect(await served()).toHaveLength(1);
    await registry.publish(ofService('market'), wanted, saying);
    await registry.publish(ofService('permits'), permits, saying);
    expect(await served()).toHaveLength(3);
  });

  it('of a department that nobody had belongs to whoever published it, also after it has left', async () => {
    const sdl = '"It." type Query { "It." permits: Int }';
    await registry.publish(machine('XKB'), proposal('permits', sdl), saying);
    const other = machine('ZRZY');
    expect((await refusal(registry.publish(other, proposal('permits', `${sdl} `), saying))).code).toBe('FORBIDDEN');
    await registry.retire(admin, 'permits', { ...saying, force: true });
    expect((await refusal(registry.publish(other, proposal('permits', sdl), saying))).code).toBe('FORBIDDEN');
    expect((await refusal(registry.rollback(other, 3, saying))).code).toBe('FORBIDDEN');
    await registry.rollback(machine('XKB'), 3, saying);
    expect((await served()).at(-1)?.sdl).toContain('permits: Int');
  });

  it('comes one after another: of two at once one is told what the other changed', async () => {
    const results = await Promise.allSettled([
      registry.publish(admin, proposal('market', market('"It." seat: String')), saying),
      registry.publish(admin, proposal('land', land('"It." soil: String')), saying),
    ]);
    const refused = results.filter((one) => one.status === 'rejected').map(({ reason }) => reason as RegistryRefusal);
    expect(refused).toHaveLength(1);
    expect(refused[0]).toMatchObject({ code: 'OVERTAKEN' });
    expect(refused[0]?.message).toMatch(
      /^Meanwhile came publication 3 of (market|land) by o-1 \(The office moved\.\): adds `Firm\.(seat|soil)`\. Check again/,
    );
    expect((await served()).map(({ _id }) => _id)).toEqual([2, 3]);
    expect((await registry.history(admin, { limit: 10 })).map(({ number }) => number)).toEqual([3, 2, 1]);
  });

  it('is refused when it does not compose, also to an administrator who insists', async () => {
    const broken = market().replace('"It." area: Int', '');
    for (const force of [false, true]) {
      const refused = await refusal(registry.publish(admin, proposal('market', broken), { ...saying, force }));
      expect(refused).toMatchObject({ code: 'CHECK_FAILED', report: { ok: false } });
      expect(refused.report?.faults[0]?.places).toEqual(
        expect.arrayContaining([expect.objectContaining({ department: 'land', line: 3 })]),
      );
    }
    expect(await served()).toHaveLength(1);
  });

  it('is refused for a hostile schema before that is composed', async () => {
    const report = await registry.check(admin, proposal('market', `${market()} # \u202E`));
    expect(report).toMatchObject({ ok: false, faults: [{ places: [{ department: 'market', line: 3 }] }] });
  });

  it.each([
    ['a name that is none', { ...proposal('market', market()), department: 'Market' }, saying],
    ['the name of the gateway', { ...proposal('market', market()), department: 'gateway' }, saying],
    ['an address that is none', { ...proposal('market', market()), url: 'file:///etc' }, saying],
    ['an address with a password', { ...proposal('market', market()), url: 'http://a:b@c.example' }, saying],
    ['no reason', proposal('market', market()), { ...saying, reason: ' \u200B ' }],
    ['a commit that is none', proposal('market', market('"It." n: Int')), { ...saying, commit: '$(x)' }],
  ])('is refused for %s', async (_what, wanted, said) => {
    expect((await refusal(registry.publish(admin, wanted, said))).code).toBe('BAD_USER_INPUT');
    expect(await served()).toHaveLength(1);
  });
});

describe('a change that breaks', () => {
  const without = proposal('market', market().replace('"It." name: String', ''));

  it('is refused while somebody uses it, and names who', async () => {
    await uses('Firm.name');
    const refused = await refusal(registry.publish(machine('SCJG'), without, saying));
    expect(refused.report?.changes).toMatchObject([
      { coordinate: 'Firm.name', verdict: 'USED', usedBy: [{ client: 'portal', version: '3.2', count: 14_210 }] },
    ]);
    expect(await served()).toHaveLength(1);
  });

  it('is refused while nobody has counted, and comes when what was counted is something else', async () => {
    expect((await refusal(registry.publish(admin, without, saying))).report?.changes).toMatchObject([
      { verdict: 'UNKNOWN' },
    ]);
    await uses('Firm.area');
    expect(await registry.publish(admin, without, saying)).toMatchObject({
      report: { changes: [{ verdict: 'UNUSED' }] },
    });
  });

  it('is held against the days that are looked at, the seventh back included', async () => {
    await uses('Firm.name', '2026-11-13');
    expect((await registry.check(admin, without)).ok).toBe(true);
    await uses('Firm.name', '2026-11-14', 'kiosk');
    expect((await registry.check(admin, without)).ok).toBe(false);
  });

  it('is refused for what another department’s @requires needs of it', async () => {
    await uses('Query.plots');
    const guarded = market('@access(roles: [ADMIN])')
      .replace('"@key"', '"@key", "@composeDirective"')
      .replace(
        '"It." type Query',
        '@link(url: "https://zhitong.example/access/v1.0", import: ["@access"]) @composeDirective(name: "@access") directive @access(roles: [Role!]!) on FIELD_DEFINITION "It." enum Role { "It." ADMIN } "It." type Query',
      );
    expect(await registry.check(admin, proposal('market', guarded))).toMatchObject({
      ok: false,
      changes: [
        {
          message: 'takes `Firm.area` from anonymous callers, ENTERPRISE, OFFICER, COORDINATOR, AUDITOR, SERVICE',
          neededBy: ['`Firm.rent` of land'],
        },
        { severity: 'SAFE' },
      ],
    });
  });

  it('is refused for what a department has declared, which only that department does', async () => {
    await uses('Firm.area');
    const declared = [{ coordinate: 'Firm.name', name: 'policy cn-kuogang-2023' }];
    expect((await refusal(registry.declare(machine('SCJG'), 'land', declared))).code).toBe('FORBIDDEN');
    expect((await registry.check(admin, without)).ok).toBe(true);
    await registry.declare(machine('ZRZY'), 'land', declared);
    expect(await registry.check(admin, without)).toMatchObject({
      ok: false,
      changes: [{ neededBy: ['policy cn-kuogang-2023'] }],
    });
    await registry.declare(machine('ZRZY'), 'land', []);
    expect((await registry.check(admin, without)).ok).toBe(true);
  });

  it('is refused for a document that a client has registered, also for what may come in its variables', async () => {
    await uses('Firm.area');
    const documents = documentFolder(mkdtempSync(path.join(tmpdir(), 'zhitong-documents-')));
    const release = { client: 'kiosk', version: '1.0', publishedAt: '2026-03-01T00:00:00Z' };
    const searching = '"It." input Search { "It." name: String "It." town: String }';
    const finding = market().replace('"It." type Firm', `${searching} "It." type Firm`);
    const found = finding.replace('id: ID!): Firm', 'id: ID! "It." by: Search): Firm');
    await registry.publish(admin, proposal('market', found), saying);
    await documents.publish({
      ...release,
      documents: [{ id: 'a', body: 'query Kiosk($by: Search) { firm(id: "1", by: $by) { name } }' }],
    });
    registry = await openRegistry({ connection: database.connection, clock, compose: composeHere, documents });
    for (const less of [
      found.replace('"It." name: String "It." area', '"It." area'),
      found.replace('"It." town: String', ''),
    ])
      expect((await registry.check(admin, proposal('market', less))).changes).toMatchObject([
        { verdict: 'USED', registeredIn: [{ client: 'kiosk', version: '1.0', operation: 'Kiosk' }] },
      ]);
  });

  it('is a new value of an enum where the city says so', async () => {
    const kinds = (more: string): string => market('"It." kind: Kind').concat(` "It." enum Kind { "It." A ${more} }`);
    await registry.publish(admin, proposal('market', kinds('')), saying);
    await uses('Firm.kind');
    const wanted = proposal('market', kinds('"It." B'));
    expect(await registry.check(admin, wanted)).toMatchObject({ ok: true, changes: [{ severity: 'DANGEROUS' }] });
    const { settings } = registryConfig({ REGISTRY_ENUM_ADDITIONS: 'breaking' });
    registry = await openRegistry({ connection: database.connection, clock, compose: composeHere, settings });
    expect(await registry.check(admin, wanted)).toMatchObject({
      ok: false,
      changes: [{ severity: 'BREAKING', coordinate: 'Kind.B', verdict: 'USED' }],
    });
  });

  it('comes when it was approved, by an administrator alone, and stays approved', async () => {
    await uses('Firm.name');
    const [change] = (await registry.check(admin, without)).changes;
    const id = change?.id ?? '';
    expect((await refusal(registry.approve(machine('SCJG'), id, saying))).code).toBe('FORBIDDEN');
    await registry.approve(admin, id, { reason: 'The portal has moved.' });
    await registry.approve(admin, id, { reason: 'Another reason.' });
    for (let run = 0; run < 2; run += 1)
      expect(await registry.check(machine('SCJG'), without)).toMatchObject({
        ok: true,
        changes: [{ verdict: 'APPROVED', approval: { by: 'o-1', reason: 'The portal has moved.' } }],
      });
    expect((await registry.publish(machine('SCJG'), without, saying)).publication).toMatchObject({ forced: false });
  });

  it('comes when an administrator insists, which is kept, and nobody else may insist', async () => {
    await uses('Firm.name');
    const forcing = { ...saying, force: true };
    expect((await refusal(registry.publish(machine('SCJG'), without, forcing))).code).toBe('FORBIDDEN');
    expect((await registry.publish(admin, without, forcing)).publication.forced).toBe(true);
  });
});

describe('leaving and going back', () => {
  it('takes a schema back to an earlier publication, as a publication of its own', async () => {
    await uses('Firm.id');
    await registry.publish(admin, proposal('market', market('"It." seat: String')), saying);
    const { publication } = await registry.rollback(machine('SCJG'), 1, saying);
    expect(publication).toMatchObject({ number: 4, kind: 'ROLLBACK', changes: [{ coordinate: 'Firm.seat' }] });
    expect((await served()).at(-1)?.sdl).not.toContain('seat');
  });

  it('does not go back while what would go is used', async () => {
    await registry.publish(admin, proposal('market', market('"It." seat: String')), saying);
    await uses('Firm.seat');
    expect((await refusal(registry.rollback(machine('SCJG'), 1, saying))).code).toBe('CHECK_FAILED');
  });

  it('lets a department leave when nobody uses or needs it, and tells who does', async () => {
    await uses('Query.plots');
    await registry.declare(machine('ZRZY'), 'land', [{ coordinate: 'Firm.rent', name: 'webhook to the tax office' }]);
    const refused = await refusal(registry.retire(machine('ZRZY'), 'land', saying));
    expect(refused.report?.changes.filter(({ verdict }) => verdict === 'USED')).toMatchObject([
      { coordinate: 'Firm.rent', neededBy: ['webhook to the tax office'] },
      { coordinate: 'Query.plots', usedBy: [{ client: 'portal' }] },
    ]);
    await registry.retire(admin, 'land', { ...saying, force: true });
    expect((await served()).at(-1)?.sdl).not.toContain('land.example');
    expect((await refusal(registry.retire(admin, 'land', saying))).code).toBe('NOT_FOUND');
  });

  it('keeps the last department in the graph', async () => {
    await registry.retire(admin, 'land', { ...saying, force: true });
    expect((await refusal(registry.retire(admin, 'market', { ...saying, force: true }))).report?.faults).toMatchObject([
      { message: 'No department would be left in the graph.' },
    ]);
  });

  it('begins once, by an administrator', async () => {
    const parts = [{ ...proposal('market', market()), owner: null }];
    expect((await refusal(registry.begin(admin, parts, saying))).code).toBe('OVERTAKEN');
    await database.empty();
    registry = await openRegistry({ connection: database.connection, clock, compose: composeHere });
    expect((await refusal(registry.begin(machine('SCJG'), parts, saying))).code).toBe('FORBIDDEN');
  });
});

describe('the use of a department’s fields', () => {
  it('tells its owner who uses what since when, what nobody uses, and what is deprecated and used', async () => {
    await registry.publish(
      admin,
      proposal('market', market('"It." old: Int @deprecated(reason: "Ask area.")')),
      saying,
    );
    await uses('Firm.old');
    await uses('Firm.old', '2026-11-18');
    const wanted = { days: 7, filter: 'DEPRECATED_IN_USE' as const };
    expect(await registry.usage(machine('SCJG'), 'market', wanted)).toEqual([
      {
        coordinate: 'Firm.old',
        deprecated: 'Ask area.',
        uses: [{ client: 'portal', version: '3.2', contact: null, count: 28_420, first: '2026-11-18', last: DAY }],
      },
    ]);
    const unused = await registry.usage(machine('SCJG'), 'market', { days: 7, filter: 'UNUSED' });
    expect(unused.map(({ coordinate }) => coordinate)).toEqual(['Query.firm', 'Firm.id', 'Firm.name', 'Firm.area']);
    expect((await refusal(registry.usage(machine('ZRZY'), 'market', wanted))).code).toBe('FORBIDDEN');
  });
});
