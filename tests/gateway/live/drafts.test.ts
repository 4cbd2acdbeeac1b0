import { buildSubgraphSchema } from '@apollo/subgraph';
import { testDatabase, type TestDatabase } from '@zhitong/kit/testing';
import { parse } from 'graphql';
import { openRegistry, type Registry } from '../../../registry/src/service.js';
import { composeHere } from '../../registry/support/small-parts.js';
import { startDepartment, type FakeDepartment } from '../support/fake-subgraph.js';
import { bearer, CASES_SDL, REGISTRY_SDL, startSmallCity, type Answer, type SmallCity } from '../support/small-city.js';

const DRAFT_SDL = CASES_SDL.replace('"Title." title: String', '"Title." title: String "New." urgency: Int');
const ADMIN = { sub: 'o-1', roles: ['ADMIN' as const] };
const OWNER = { sub: 'm-1', roles: ['SERVICE' as const], department: 'YSB' };
const QUERY = '{ case(caseNumber: "C-1") { title urgency } }';
const USUAL = '{ case(caseNumber: "C-1") { title } }';
const NEXT = { 'x-graph-draft': 'cases/next' };

let database: TestDatabase;
let registry: Registry;
let city: SmallCity;
let next: FakeDepartment;
const draft = (sdl = DRAFT_SDL, url = next.url) =>
  registry.draft(OWNER, { department: 'cases', label: 'next', sdl, url }, { reason: 'Urgency is tried.' });

beforeAll(async () => {
  database = await testDatabase(import.meta.url);
  registry = await openRegistry({ connection: database.connection, compose: composeHere });
  // What a configured address says of the department is not for its draft.
  city = await startSmallCity({
    REGISTRY_MONGODB_URI: database.uri,
    REGISTRY_DATABASE: database.name,
    // The first request of a draft waits until it is read.
    GATEWAY_REQUEST_TIMEOUT_MS: '250000',
  });
  next = await startDepartment(
    buildSubgraphSchema({
      typeDefs: parse(DRAFT_SDL.replace('urgency: Int', 'urgency: Int rank: Int')),
      resolvers: { Query: { case: () => ({ caseNumber: 'C-1', title: '新稿', urgency: 3 }) } },
    }),
  );
  await registry.begin(
    ADMIN,
    [
      { department: 'registry', url: city.registry.url, sdl: REGISTRY_SDL, owner: 'SCJG' },
      { department: 'cases', url: city.cases.url, sdl: CASES_SDL, owner: 'YSB' },
    ],
    { reason: 'The city begins.' },
  );
  await draft();
});
afterAll(async () => {
  await city.stop();
  await next.close();
  await database.close();
});

const as = async (role: 'ADMIN' | 'SERVICE' | 'OFFICER' | 'AUDITOR', department?: string) =>
  bearer(await city.token(role, department === undefined ? {} : { department }));
const code = ({ body }: Answer): unknown => body.errors?.[0]?.extensions['code'];

describe('a draft', () => {
  it('answers requests that ask for it and may, at its own address, and nobody else', async () => {
    for (const caller of [await as('ADMIN'), await as('SERVICE', 'ysb'), await as('OFFICER', 'YSB')]) {
      const { status, headers, body } = await city.ask({ query: QUERY }, { ...caller, ...NEXT });
      expect([status, headers.get('x-graph-draft'), body.data]).toEqual([
        200,
        'cases/next',
        { case: { title: '新稿', urgency: 3 } },
      ]);
    }
    const plain = await city.ask({ query: USUAL }, await as('ADMIN'));
    expect(plain.body).toEqual({ data: { case: { title: '诉求' } } });
    expect((await city.ask({ query: QUERY }, await as('ADMIN'))).status).toBe(400);
    const get = new URL(city.gateway.url);
    get.search = new URLSearchParams({ query: QUERY }).toString();
    const way = { 'apollo-require-preflight': 'true' };
    const byGet = await fetch(get, { headers: { ...(await as('ADMIN')), ...NEXT, ...way } });
    expect(await byGet.json()).toEqual({ data: { case: { title: '新稿', urgency: 3 } } });
    const forbidden = await fetch(get, { headers: { ...(await as('AUDITOR')), ...NEXT, ...way } });
    expect(forbidden.status).toBe(403);
  });

  it('is for its department and administrators, and others are not told whether there is one', async () => {
    const nobody = await city.ask({ query: QUERY }, NEXT);
    expect([nobody.status, code(nobody)]).toEqual([401, 'UNAUTHENTICATED']);
    for (const caller of [await as('SERVICE', 'SCJG'), await as('OFFICER', 'RSJ'), await as('AUDITOR')]) {
      const one = await city.ask({ query: QUERY }, { ...caller, ...NEXT });
      const none = await city.ask({ query: QUERY }, { ...caller, 'x-graph-draft': 'cases/none' });
      expect([one.status, code(one)]).toEqual([403, 'FORBIDDEN']);
      expect(none.body).toEqual(one.body);
    }
    const none = await city.ask({ query: QUERY }, { ...(await as('ADMIN')), 'x-graph-draft': 'cases/none' });
    expect([none.status, code(none)]).toEqual([404, 'NOT_FOUND']);
  });

  it('is not for contracts', async () => {
    const response = await fetch(`${city.gateway.url}/public`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(await as('ADMIN')), ...NEXT },
      body: JSON.stringify({ query: '{ __typename }' }),
    });
    expect(response.status).toBe(400);
  });

  it('follows its department, and what others publish below it', async () => {
    const asked = async (query: string) => city.ask({ query }, { ...(await as('ADMIN')), ...NEXT });
    await draft(DRAFT_SDL.replace('urgency: Int', 'urgency: Int "Newer." rank: Int'));
    expect((await asked('{ case(caseNumber: "C-1") { rank } }')).body).toEqual({ data: { case: { rank: null } } });
    const more = REGISTRY_SDL.replace('"A name-holder."', '"Seat." seat: String "A name-holder."');
    const proposal = { department: 'registry', url: city.registry.url, sdl: more };
    await registry.publish(ADMIN, proposal, { reason: 'Seats.' });
    const { body } = await asked('{ case(caseNumber: "C-1") { rank } __type(name: "Enterprise") { fields { name } } }');
    expect(JSON.stringify(body.data?.['__type'])).toContain('"seat"');
    // What others publish may leave no room for it: that is told, and the usual graph goes on.
    const clash = more.replace(
      '"Something for auditors."',
      '"One case." case("Its number." caseNumber: ID!): String "Something for auditors."',
    );
    await registry.retire(ADMIN, 'cases', { reason: 'The office moves.', force: true });
    await registry.publish(ADMIN, { ...proposal, sdl: clash }, { reason: 'Cases by name.', force: true });
    const broken = await asked(QUERY);
    expect([broken.status, broken.body.errors?.[0]?.message]).toEqual([
      400,
      expect.stringMatching(/^cases\/next cannot be served: .*case/) as string,
    ]);
  });

  it('ends when it is withdrawn, and cannot be made by another department or of what does not compose', async () => {
    await expect(registry.withdraw({ ...OWNER, department: 'SCJG' }, 'cases/next')).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    await registry.withdraw(OWNER, 'cases/next');
    const gone = await city.ask({ query: QUERY }, { ...(await as('ADMIN')), ...NEXT });
    expect(gone.status).toBe(404);
    const other = { ...OWNER, department: 'RSJ' };
    const saying = { reason: 'A try.' };
    const proposal = { department: 'cases', label: 'x', sdl: DRAFT_SDL, url: next.url };
    await expect(registry.draft(other, proposal, saying)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(registry.draft(OWNER, { ...proposal, sdl: 'type Query {' }, saying)).rejects.toMatchObject({
      code: 'CHECK_FAILED',
    });
    await expect(registry.draft(OWNER, { ...proposal, label: '../x' }, saying)).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
    });
    expect(await registry.drafts(OWNER)).toEqual([]);
  });

  it('is nothing that counts as use', async () => {
    await city.stop();
    const uses = await database.connection.collection('uses').find().toArray();
    expect(uses.map(({ coordinate }) => String(coordinate)).filter((one) => /urgency|rank/.test(one))).toEqual([]);
    city = await startSmallCity({});
    const none = await city.ask({ query: USUAL }, { ...(await as('ADMIN')), ...NEXT });
    expect([none.status, code(none)]).toEqual([400, 'BAD_USER_INPUT']);
  });
});
