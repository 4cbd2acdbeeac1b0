import { setTimeout } from 'node:timers/promises';
import { jest } from '@jest/globals';
import { testDatabase, type TestDatabase } from '@zhitong/kit/testing';
import { composeSupergraph } from '../../../gateway/src/supergraph/compose.js';
import { GraphThread } from '../../../gateway/src/live/graph-thread.js';
import { bearer, CASES_SDL, FIRST, REGISTRY_SDL, startSmallCity, type SmallCity } from '../support/small-city.js';
import { until } from '../../support/until.js';

let database: TestDatabase;
let city: SmallCity;
/** Number of the newest publication. */
let newest = 0;

beforeAll(async () => {
  database = await testDatabase(import.meta.url);
});
afterAll(() => database.close());

const begin = async (): Promise<void> => {
  await database.empty();
  city = await startSmallCity(registry());
};

const registry = (uri = database.uri): Record<string, string> => ({
  REGISTRY_MONGODB_URI: uri,
  REGISTRY_DATABASE: database.name,
  // Nothing here is about time: a request may wait for a busy machine.
  GATEWAY_REQUEST_TIMEOUT_MS: '250000',
  GATEWAY_DEPARTMENT_TIMEOUT_MS: '250000',
  // All of them come from one address.
  GATEWAY_RATE_LIMIT_PER_MINUTE: '1000000000',
});

/** The graph of the small city, with something of the cases' schema changed. */
const composed = ({ registry: first, cases }: SmallCity, change: (sdl: string) => string): string =>
  composeSupergraph([
    { name: 'registry', url: first.url, sdl: REGISTRY_SDL },
    { name: 'cases', url: cases.url, sdl: change(CASES_SDL) },
  ]);
const withField =
  (name: string) =>
  (sdl: string): string =>
    sdl.replace('"Number." caseNumber: ID!', `"Number." caseNumber: ID! "New." ${name}: Int`);
const publish = async (sdl: string): Promise<number> => {
  newest += 1;
  await database.connection
    .collection<{ _id: number }>('supergraphs')
    .insertOne({ _id: newest, ...{ sdl, at: new Date() } });
  return newest;
};
const fieldsOfCase = async (of = city): Promise<string[]> => {
  const { body } = await of.ask({ query: '{ __type(name: "Case") { fields { name } } }' });
  return (body.data as { __type: { fields: { name: string }[] } }).__type.fields.map(({ name }) => name);
};
/** Asks until the graph has the field; each look is a request. */
const served = async (field: string, of = city): Promise<void> => {
  await until(async () => (await fieldsOfCase(of)).includes(field));
};
/** Asks until a publication is served, as the gateway itself says it. */
const servedAs = async (number: number): Promise<void> => {
  const said = async (): Promise<string> => (await fetch(`${city.gateway.operationsUrl}/metrics`)).text();
  const isSaid = new RegExp(`^zhitong_gateway_supergraph_publication\\S* ${number}$`, 'm');
  await until(async () => isSaid.test(await said()));
};
const CASE = '{ case(caseNumber: "C-1") { title enterprise { name } } }';
const RIGHT = { case: { title: '诉求', enterprise: { name: '甲公司' } } };

describe('a gateway that follows the registry', () => {
  beforeAll(begin);
  afterAll(async () => city.stop());

  it('loses no request over twenty publications under load', async () => {
    let asked = 0;
    let isOver = false;
    const failures: unknown[] = [];
    const load = async (): Promise<void> => {
      while (!isOver) {
        const { status, body } = await city.ask({ query: CASE });
        asked += 1;
        if (status !== 200 || JSON.stringify(body) !== JSON.stringify({ data: RIGHT })) failures.push({ status, body });
        await setTimeout(5);
      }
    };
    const callers = Array.from({ length: 4 }, load);
    for (let number = 1; number <= 20; number += 1)
      await servedAs(await publish(composed(city, withField(`new${number}`))));
    await until(() => asked >= 2_000);
    isOver = true;
    await Promise.all(callers);
    expect(failures).toEqual([]);
  });

  it('plans what is asked most before it switches, for the roles that ask it', async () => {
    const officer = bearer(await city.token('OFFICER', { department: 'RSJ' }));
    const operations = [
      [CASE, {}],
      ['query Contact { enterprise(uscc: "91110000600037341L") { contact turnover } }', officer],
    ] as const;
    for (const [query, headers] of operations) await city.ask({ query }, headers);
    await publish(composed(city, withField('later')));
    await served('later');
    const planned = jest.spyOn(GraphThread.prototype, 'plan');
    for (const [query, headers] of operations) await city.ask({ query }, headers);
    expect(planned).not.toHaveBeenCalled();
    // What nobody has asked is planned there.
    await city.ask({ query: '{ case(caseNumber: "C-1") { title enterprise { uscc } } }' });
    expect(planned).toHaveBeenCalled();
    planned.mockRestore();
  });

  it('ends a request on the graph on which it began', async () => {
    let answer: (() => void) | undefined;
    const came = new Promise<void>((resolve) => {
      city.cases.behave(async (request, response, received) => {
        await new Promise<void>((release) => {
          answer = release;
          resolve();
        });
        await city.cases.properly(request, response, received);
      });
    });
    const asked = city.ask({ query: CASE });
    await came;
    await publish(composed(city, (sdl) => withField('later')(sdl).replace('"Title." title: String }', '}')));
    await publish(composed(city, (sdl) => withField('last')(sdl).replace('"Title." title: String ', '')));
    await served('last');
    city.cases.behave(undefined);
    answer?.();
    expect((await asked).body).toEqual({ data: RIGHT });
    expect((await city.ask({ query: CASE })).status).toBe(400);
  });

  it('stays on its graph when a publication cannot be served, and takes the next one', async () => {
    await publish('type Query { a: Int }');
    await publish(composed(city, withField('good')));
    await served('good');
    const bad = await publish('no schema');
    await until(() => city.logged().includes(`"publication":${bad},"serving"`));
    expect(await fieldsOfCase()).toContain('good');
    expect((await city.ask({ query: CASE })).body).toEqual({ data: RIGHT });
    await publish(composed(city, withField('better')));
    await served('better');
  });

  it('tells of a department of the new graph that does not answer, and serves the rest', async () => {
    const lost = composeSupergraph([
      { name: 'registry', url: city.registry.url, sdl: REGISTRY_SDL },
      { name: 'cases', url: 'http://127.0.0.1:9/graphql', sdl: withField('lost')(CASES_SDL) },
    ]);
    await publish(lost);
    await served('lost');
    expect(city.logged()).toMatch(/"department":"cases".*"state":"down".*a department of the new graph is not up/);
    const { body } = await city.ask({ query: `{ enterprise(uscc: "${FIRST}") { name } }` });
    expect(body).toEqual({ data: { enterprise: { name: '甲公司' } } });
  });

  it('starts without the registry on what it served last, and without either on what is checked in', async () => {
    await publish(composed(city, withField('kept')));
    await served('kept');
    await city.stop();
    const nobody = 'mongodb://127.0.0.1:9/?serverSelectionTimeoutMS=200';
    const again = await startSmallCity({ ...registry(nobody), ZHITONG_DATA_DIR: city.dataDir });
    expect(await fieldsOfCase(again)).toContain('kept');
    await again.stop();
    city = await startSmallCity(registry(nobody));
    expect(await fieldsOfCase()).toEqual(['caseNumber', 'title', 'enterprise']);
  });
});

describe('what the gateway counts for the registry', () => {
  beforeEach(begin);

  const counted = async (): Promise<string[]> => {
    await city.stop(); // It sends what it has.
    const uses = await database.connection.collection('uses').find().toArray();
    return uses.map(({ client, version, coordinate, count }) => [client, version, coordinate, count].join(' ')).sort();
  };
  const portal = { 'apollographql-client-name': 'portal', 'apollographql-client-version': '3.2' };

  it('is each field and argument, by client and version, once for each request', async () => {
    for (let at = 0; at < 3; at += 1) await city.ask({ query: CASE }, portal);
    await city.ask({ query: '{ case(caseNumber: "C-1") { title } }' });
    await city.ask({ query: '{ case(caseNumber: "C-1") { nothing } }' }, portal);
    expect(await counted()).toEqual(
      [
        ...['Query.case', 'Query.case(caseNumber:)', 'Case.title', 'Case.enterprise', 'Enterprise.name'].map(
          (coordinate) => `portal 3.2 ${coordinate} 3`,
        ),
        ...['Query.case', 'Query.case(caseNumber:)', 'Case.title'].map((coordinate) => `unknown  ${coordinate} 1`),
      ].sort(),
    );
  });

  it('is the input fields that variables held, and nothing of their values', async () => {
    const query = 'query Echo($list: [Input!]) { echo(list: $list) }';
    await city.ask({ query, variables: { list: [{ times: 1, more: [{ day: '1987-06-05' }] }] } }, portal);
    expect(await counted()).toEqual(
      ['Query.echo', 'Query.echo(list:)', 'Input.times', 'Input.more', 'Input.day']
        .map((coordinate) => `portal 3.2 ${coordinate} 1`)
        .sort(),
    );
    expect(JSON.stringify(await database.connection.collection('uses').find().toArray())).not.toContain('1987');
  });

  it('tells a client by a name that is one, and takes no other text', async () => {
    await city.ask({ query: '{ __typename ledger }' }, { 'apollographql-client-name': '<script>' });
    expect(await counted()).toEqual(['unknown  Query.ledger 1']);
  });
});
