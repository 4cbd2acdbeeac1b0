import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createLogger, type Role } from '@zhitong/kit';
import { declareDependantsJob } from '@zhitong/kit/graph';
import { testDatabase, type TestDatabase } from '@zhitong/kit/testing';
import { buildSchema, getNamedType, isIntrospectionType, isObjectType } from 'graphql';
import { documentDatabase, type StoredRelease } from '../../gateway/src/operations/document-database.js';
import { lintSupergraph } from '../../gateway/src/supergraph/schema-lint.js';
import { developmentToken } from '../../launcher/src/development-token.js';
import { registryConfig } from '../../registry/src/config.js';
import { startRegistry } from '../../registry/src/server.js';
import { openRegistry } from '../../registry/src/service.js';
import { startSmallCity, type SmallCity } from '../gateway/support/small-city.js';
import { admin, composeHere, land, market, url } from './support/small-parts.js';

const SDL = readFileSync(path.resolve('registry', 'schema.graphql'), 'utf8');
const dataDir = mkdtempSync(path.join(tmpdir(), 'zhitong-registry-graph-'));
const PUBLISH =
  'mutation P($input: PublishSchemaInput!) { publishSchema(input: $input) { isRepeat publication { number owner author { department } } report { ok text } refusal { code message } } }';
const without = market().replace('"It." name: String', '');

let database: TestDatabase;
let service: Awaited<ReturnType<typeof startRegistry>>;

beforeAll(async () => {
  database = await testDatabase(import.meta.url);
  const registry = await openRegistry({ connection: database.connection, compose: composeHere });
  await registry.begin(
    admin,
    [
      { department: 'market', sdl: market(), url: url('market'), owner: 'SCJG' },
      { department: 'land', sdl: land(), url: url('land'), owner: 'ZRZY' },
    ],
    { reason: 'The city begins.' },
  );
  await documentDatabase(
    database.connection.getClient().db(database.name).collection<StoredRelease>('releases'),
  ).publish({
    client: 'kiosk',
    version: '1.0',
    publishedAt: '2026-03-01T00:00:00Z',
    contact: 'kiosk@city.example',
    documents: [{ id: 'a', body: 'query Kiosk { firm(id: "1") { name } }' }],
  });
  const config = registryConfig({
    ZHITONG_DATA_DIR: dataDir,
    REGISTRY_MONGODB_URI: database.uri,
    REGISTRY_DATABASE: database.name,
    REGISTRY_PORT: '0',
  });
  service = await startRegistry({
    config,
    compose: composeHere,
    logger: createLogger({ name: 'registry', level: 'silent' }),
  });
});
afterAll(async () => {
  await service.stop();
  await database.close();
});

interface Answer {
  readonly status: number;
  readonly body: {
    readonly data?: Record<string, unknown> | null;
    readonly errors?: readonly {
      readonly message: string;
      readonly extensions: { readonly code: string; readonly zh?: string };
    }[];
  };
}
const headers = async (role: Role, department?: string): Promise<Record<string, string>> => ({
  authorization: `Bearer ${await developmentToken({ role, department, ttlSeconds: 600, dataDir, ...(role === 'ENTERPRISE' ? { uscc: '91110000600037341L' } : {}) })}`,
});
async function ask(query: string, variables: object, role?: Role, department?: string): Promise<Answer> {
  const response = await fetch(service.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(role === undefined ? {} : await headers(role, department)) },
    body: JSON.stringify({ query, variables }),
  });
  return { status: response.status, body: (await response.json()) as Answer['body'] };
}
const proposal = (sdl: string, department = 'market') => ({ department, sdl, url: url(department) });
const publishing = (sdl: string, more: object = {}) => ({
  input: { proposal: proposal(sdl), reason: 'The office moved.', ...more },
});
const code = ({ body }: Answer): string | undefined => body.errors?.[0]?.extensions.code;

describe('the graph of the registry', () => {
  it('describes each type, field, argument and value', () => {
    expect(lintSupergraph(SDL).filter((fault) => fault.includes('description'))).toEqual([]);
    for (const type of Object.values(buildSchema(SDL).getTypeMap()))
      if (isObjectType(type) && !isIntrospectionType(type))
        for (const field of Object.values(type.getFields())) expect(getNamedType(field.type)).toBeDefined();
  });

  it('answers nobody without a token, and nobody who has no business here', async () => {
    const query = '{ currentGraph { number } }';
    const nobody = await ask(query, {});
    expect([nobody.status, code(nobody)]).toEqual([401, 'UNAUTHENTICATED']);
    const feed = new URL('/changelog.atom', service.url);
    expect((await fetch(feed)).status).toBe(401);
    for (const [role, department] of [['ENTERPRISE'], ['OFFICER', 'SCJG']] as const) {
      expect(code(await ask(query, {}, role, department))).toBe('FORBIDDEN');
      const told = await fetch(feed, { headers: await headers(role, department) });
      expect(await told.json()).toMatchObject({ errors: [{ extensions: { code: 'FORBIDDEN' } }] });
    }
    expect((await ask(query, {}, 'AUDITOR')).body).toEqual({ data: { currentGraph: { number: 2 } } });
  });

  it('says of a proposal what the command line says of it', async () => {
    const { body } = await ask(
      'query C($proposal: SchemaProposalInput!) { schemaCheck(proposal: $proposal) { ok text markdown changes { id coordinate severity verdict isBlocking registeredIn { client operation } } } }',
      { proposal: proposal(without) },
      'SERVICE',
      'ZRZY',
    );
    expect(body.data?.['schemaCheck']).toMatchObject({
      ok: false,
      text: expect.stringContaining('REFUSED breaking: removes `Firm.name`: kiosk 1.0 has registered Kiosk') as string,
      markdown: expect.stringContaining('## Schema of market: refused') as string,
      changes: [
        {
          coordinate: 'Firm.name',
          severity: 'BREAKING',
          verdict: 'USED',
          isBlocking: true,
          registeredIn: [{ client: 'kiosk', operation: 'Kiosk' }],
        },
      ],
    });
  });

  it('lets a department publish its own schema, go back, and nobody else do so', async () => {
    const more = publishing(market('"It." seat: String'));
    expect(code(await ask(PUBLISH, more, 'SERVICE', 'ZRZY'))).toBe('FORBIDDEN');
    expect(code(await ask(PUBLISH, more, 'AUDITOR'))).toBe('FORBIDDEN');
    expect((await ask(PUBLISH, more, 'SERVICE', 'scjg')).body.data?.['publishSchema']).toMatchObject({
      isRepeat: false,
      publication: { number: 3, owner: 'SCJG', author: { department: 'scjg' } },
      refusal: null,
    });
    expect((await ask(PUBLISH, more, 'SERVICE', 'SCJG')).body.data?.['publishSchema']).toMatchObject({
      isRepeat: true,
    });
    expect((await ask(PUBLISH, publishing(without), 'SERVICE', 'SCJG')).body.data?.['publishSchema']).toMatchObject({
      publication: null,
      report: { ok: false },
      refusal: { code: 'CHECK_FAILED' },
    });
    expect(code(await ask(PUBLISH, publishing(without, { force: true }), 'SERVICE', 'SCJG'))).toBe('FORBIDDEN');
    expect(code(await ask(PUBLISH, { input: { ...more.input, reason: ' ' } }, 'SERVICE', 'SCJG'))).toBe(
      'BAD_USER_INPUT',
    );
    const back =
      'mutation B($input: RollBackSchemaInput!) { rollBackSchema(input: $input) { publication { number kind } refusal { code } } }';
    const input = { publication: 1, reason: 'Too early.', force: true };
    expect((await ask(back, { input }, 'ADMIN')).body.data?.['rollBackSchema']).toMatchObject({
      publication: { number: 4, kind: 'ROLLBACK' },
    });
    const read = await ask(
      '{ publications(first: 2) { number kind forced reason } changesBetween(from: 2, to: 3) { message } publication(number: 3) { sdl } }',
      {},
      'AUDITOR',
    );
    expect(read.body.data).toMatchObject({
      publications: [
        { number: 4, kind: 'ROLLBACK', forced: true, reason: 'Too early.' },
        { number: 3, kind: 'PUBLISH', forced: false },
      ],
      changesBetween: [{ message: 'adds `Firm.seat`' }],
      publication: { sdl: market('"It." seat: String') },
    });
    expect(code(await ask('{ publication(number: 99) { number } }', {}, 'AUDITOR'))).toBe('NOT_FOUND');
    expect(code(await ask('{ publications(first: 101) { number } }', {}, 'AUDITOR'))).toBe('BAD_USER_INPUT');
  });

  it('holds a change against what a department declares, until an administrator lets it come', async () => {
    const declare = 'mutation D($input: DeclareDependantsInput!) { declareDependants(input: $input) { kept } }';
    const input = {
      department: 'land',
      dependants: [
        { coordinate: 'Query.firm', name: 'policy cn-kuogang-2023' },
        { coordinate: 'Query.firm', name: 'webhook tax' },
      ],
    };
    expect(code(await ask(declare, { input }, 'SERVICE', 'SCJG'))).toBe('FORBIDDEN');
    const wrong = { ...input, dependants: [{ coordinate: 'firm', name: 'x' }] };
    expect(code(await ask(declare, { input: wrong }, 'SERVICE', 'ZRZY'))).toBe('BAD_USER_INPUT');
    expect((await ask(declare, { input }, 'SERVICE', 'ZRZY')).body.data).toEqual({ declareDependants: { kept: 2 } });
    expect(
      (await ask('{ dependants { department coordinate name } }', {}, 'AUDITOR')).body.data?.['dependants'],
    ).toEqual([
      { department: 'land', coordinate: 'Query.firm', name: 'policy cn-kuogang-2023' },
      { department: 'land', coordinate: 'Query.firm', name: 'webhook tax' },
    ]);
    const refused = await ask(
      PUBLISH,
      publishing(market().replace('firm("It." id: ID!): Firm', 'company("It." id: ID!): Firm')),
      'SERVICE',
      'SCJG',
    );
    const { text } = (refused.body.data?.['publishSchema'] as { report: { text: string } }).report;
    expect(text).toContain(
      'removes `Query.firm`: kiosk 1.0 has registered Kiosk; policy cn-kuogang-2023 needs it; webhook tax needs it',
    );
    const change = /\[([0-9a-f]{16})\]/.exec(text)?.[1];
    const approve = 'mutation A($input: ApproveChangeInput!) { approveChange(input: $input) { change } }';
    const approval = { input: { change, reason: 'The kiosk is gone.' } };
    expect(code(await ask(approve, approval, 'SERVICE', 'SCJG'))).toBe('FORBIDDEN');
    expect((await ask(approve, approval, 'ADMIN')).body.data).toEqual({ approveChange: { change } });
  });

  it('tells an owner whom to speak to about a field that is deprecated and used', async () => {
    const sdl = market('"It." old: Int @deprecated(reason: "Ask area.")');
    await ask(PUBLISH, publishing(sdl), 'SERVICE', 'SCJG');
    await database.connection.collection<{ _id: string }>('uses').insertOne({
      _id: 'one',
      ...{ day: '2026-11-29', client: 'kiosk', version: '1.0', coordinate: 'Firm.old', count: 7, at: new Date() },
    });
    const query =
      '{ fieldUses(department: "market", days: 400, show: DEPRECATED_IN_USE) { coordinate deprecated uses { client count contact } } }';
    expect((await ask(query, {}, 'SERVICE', 'SCJG')).body.data?.['fieldUses']).toEqual([
      {
        coordinate: 'Firm.old',
        deprecated: 'Ask area.',
        uses: [{ client: 'kiosk', count: 7, contact: 'kiosk@city.example' }],
      },
    ]);
    expect(code(await ask(query, {}, 'SERVICE', 'ZRZY'))).toBe('FORBIDDEN');
  });

  it('tells what was published as Markdown and as a feed', async () => {
    const auditor = { headers: await headers('AUDITOR') };
    const markdown = await (await fetch(new URL('/changelog.md', service.url), auditor)).text();
    expect(markdown).toMatch(/## 4 market \\\(rollback\\\), .*\n\nBy dev:admin: Too early\. Decided by dev:admin\.\n/);
    const feed = await fetch(new URL('/changelog.atom', service.url), auditor);
    expect(feed.headers.get('content-type')).toBe('application/atom+xml; charset=utf-8');
    expect(await feed.text()).toContain('safe: adds `Firm.seat`');
    const { body } = await ask(
      '{ changelog(first: 1) { version author changes { severity message } } }',
      {},
      'AUDITOR',
    );
    expect(body.data?.['changelog']).toMatchObject([{ version: '5 market', changes: [{ severity: 'safe' }] }]);
  });

  it('lets a department leave, and lists who needs it', async () => {
    const retire =
      'mutation R($input: RetireDepartmentInput!) { retireDepartment(input: $input) { publication { kind sdl } report { changes { neededBy } } refusal { code } } }';
    const input = { department: 'land', reason: 'The office closes.' };
    expect(code(await ask(retire, { input }, 'SERVICE', 'SCJG'))).toBe('FORBIDDEN');
    expect((await ask(retire, { input }, 'SERVICE', 'ZRZY')).body.data?.['retireDepartment']).toMatchObject({
      publication: { kind: 'RETIRE', sdl: null },
    });
    const { body } = await ask('{ currentGraph { number departments { department owner } } }', {}, 'AUDITOR');
    expect(body.data?.['currentGraph']).toEqual({ number: 6, departments: [{ department: 'market', owner: 'SCJG' }] });
  });
});

describe('a department that runs', () => {
  it('declares itself what it needs: at once, when that changes, and once a day', async () => {
    let now = new Date('2026-03-02T01:00:00Z');
    let needs = [{ coordinate: 'Firm.name', name: 'policy first' }];
    let asked = 0;
    const token = (await headers('SERVICE', 'SCJG'))['authorization']?.replace('Bearer ', '') ?? '';
    const job = declareDependantsJob({
      url: service.url,
      token: async () => {
        asked += 1;
        return token;
      },
      department: 'market',
      dependants: async () => needs,
      clock: { now: () => now },
      logger: createLogger({ name: 'market', level: 'silent' }),
    });
    const round = () => job.work({ isOver: () => false });
    const declared = async (): Promise<unknown> => {
      const { body } = await ask('{ dependants(department: "market") { coordinate name } }', {}, 'ADMIN');
      return body.data?.['dependants'];
    };
    await round();
    expect(await declared()).toEqual(needs);
    await round();
    expect(asked).toBe(1);
    needs = [{ coordinate: 'Firm.name', name: 'policy second' }];
    await round();
    expect([await declared(), asked]).toEqual([needs, 2]);
    now = new Date('2026-03-03T01:00:00Z');
    await round();
    expect(asked).toBe(3);
  });
});

describe('a refusal', () => {
  it('says in English and in Chinese what is wrong, with the value that is', async () => {
    const other = await ask(
      'mutation D($input: DeclareDependantsInput!) { declareDependants(input: $input) { kept } }',
      { input: { department: 'market', dependants: [{ coordinate: 'nonsense', name: 'policy' }] } },
      'ADMIN',
    );
    expect(other.body.errors?.[0]).toMatchObject({
      message: '"nonsense" is no field, argument or enum value as in Type.field.',
      extensions: { code: 'BAD_USER_INPUT', zh: '“nonsense”不是形如 Type.field 的字段、参数或枚举值。' },
    });
    const { body } = await ask(
      'mutation P($input: PublishSchemaInput!) { publishSchema(input: $input) { refusal { message messageZh } } }',
      publishing('type Query { broken: Missing }'),
      'ADMIN',
    );
    expect(body.data?.['publishSchema']).toEqual({
      refusal: { message: 'The schema does not compose.', messageZh: '该模式无法合成。' },
    });
  });
});

describe('the pages of a gateway', () => {
  const over = async (city: SmallCity, authorization: Record<string, string>): Promise<Answer> => {
    const response = await fetch(new URL('/registry/graphql', city.gateway.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...authorization },
      body: JSON.stringify({ query: '{ currentGraph { departments { department } } }' }),
    });
    return { status: response.status, body: (await response.json()) as Answer['body'] };
  };

  it('ask the registry through their gateway, under the rights that the registry gives', async () => {
    const city = await startSmallCity({
      ZHITONG_DATA_DIR: dataDir,
      REGISTRY_MONGODB_URI: database.uri,
      REGISTRY_DATABASE: database.name,
      REGISTRY_URL: service.url,
    });
    const { body } = await over(city, await headers('AUDITOR'));
    expect(body.data?.['currentGraph']).toMatchObject({
      departments: [{ department: 'market' }],
    });
    expect((await over(city, await headers('ENTERPRISE'))).body.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    expect((await over(city, {})).status).toBe(401);
    await city.stop();
  });

  it('are told that there is no registry, and that it does not answer', async () => {
    const alone = await startSmallCity();
    expect((await over(alone, {})).body.errors?.[0]?.extensions).toEqual({
      code: 'NOT_FOUND',
      zh: '本网关未接入模式注册中心。',
    });
    await alone.stop();
    const away = await startSmallCity({
      REGISTRY_MONGODB_URI: 'mongodb://127.0.0.1:9/?serverSelectionTimeoutMS=200',
      REGISTRY_URL: 'http://127.0.0.1:9/graphql',
    });
    expect((await over(away, {})).body.errors?.[0]?.extensions.code).toBe('DEPARTMENT_UNAVAILABLE');
    await away.stop();
  });

  it('are counted like every other request to the gateway', async () => {
    const bounded = await startSmallCity({ GATEWAY_RATE_LIMIT_PER_MINUTE: '2' });
    const statuses = [];
    for (let at = 0; at < 3; at += 1) statuses.push((await over(bounded, {})).status);
    expect(statuses).toEqual([404, 404, 429]);
    await bounded.stop();
  });
});
