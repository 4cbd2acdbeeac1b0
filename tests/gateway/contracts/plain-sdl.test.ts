import { readFileSync } from 'node:fs';
import { ApolloServer } from '@apollo/server';
import { createLogger } from '@zhitong/kit';
import {
  buildClientSchema,
  buildSchema,
  getIntrospectionQuery,
  printSchema,
  type GraphQLSchema,
  type IntrospectionQuery,
} from 'graphql';
import { contractServers } from '../../../gateway/src/contracts/contract-servers.js';
import { PublishedGraph } from '../../../gateway/src/contracts/published-graph.js';
import { plainSdl } from '../../../gateway/src/contracts/plain-sdl.js';
import type { SupergraphExecutor } from '../../../gateway/src/execution/supergraph-executor.js';
import type { GatewayContext } from '../../../gateway/src/request-context.js';
import { startSmallCity, type SmallCity } from '../support/small-city.js';

describe('the plain SDL', () => {
  let city: SmallCity;
  beforeAll(async () => {
    city = await startSmallCity();
  });
  afterAll(() => city.stop());
  const get = (path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Response> =>
    fetch(city.gateway.url.replace('/graphql', path), { method, headers });
  const introspected = async (address: string): Promise<GraphQLSchema> => {
    const response = await fetch(city.gateway.url.replace('/graphql', address), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: getIntrospectionQuery() }),
    });
    return buildClientSchema(((await response.json()) as { data: IntrospectionQuery }).data);
  };
  /** Without the directive of rights and its enum, which documents alone have. */
  const withoutRights = (sdl: string): string =>
    printSchema(buildSchema(sdl))
      .replace(/"""[^"]*"""\ndirective @access[^\n]*\n\n/, '')
      .replace(/"""A role\."""\nenum Role \{[^}]*\}\n*/, '')
      .trim();

  it.each([
    ['/schema.graphql', '/graphql'],
    ['/schema/government.graphql', '/graphql'],
    ['/schema/enterprise.graphql', '/graphql/enterprise'],
    ['/schema/public.graphql', '/graphql/public'],
  ])('%s is what %s introspects to', async (file, address) => {
    const response = await get(file);
    expect([response.status, response.headers.get('content-type')]).toEqual([
      200,
      'application/graphql; charset=utf-8',
    ]);
    const sdl = await response.text();
    const served = withoutRights(printSchema(await introspected(address)));
    expect(withoutRights(sdl).split('\n\n').toSorted()).toEqual(served.split('\n\n').toSorted());
    expect(sdl).not.toMatch(/join__|link__|@tag|@key|_entities|_service|specs\.apollo/);
  });

  it('says which roles a field needs, and in the public contract nothing of roles', async () => {
    const whole = await (await get('/schema.graphql')).text();
    expect(whole).toContain('contact: String @access(roles: [OFFICER, AUDITOR])');
    expect(whole).toContain('enum Role {');
    expect(await (await get('/schema/public.graphql')).text()).not.toMatch(/access|Role/);
  });

  it('keeps descriptions and deprecations', () => {
    const sdl = plainSdl(readFileSync(new URL('../../../gateway/supergraph.graphql', import.meta.url), 'utf8'));
    const source = readFileSync(new URL('../../../gateway/supergraph.graphql', import.meta.url), 'utf8');
    const reasons = (text: string): string[] => [...text.matchAll(/@deprecated\(reason: "([^"]*)"/g)].map(String);
    expect(reasons(sdl).toSorted()).toEqual(reasons(source).toSorted());
    expect(sdl).toContain('An amount of money.');
    expect(() => buildSchema(sdl)).not.toThrow();
  });

  it('is not sent again to whoever has it', async () => {
    const first = await get('/schema.graphql');
    const etag = first.headers.get('etag') ?? '';
    expect(etag).toMatch(/^"[\w-]{43}"$/);
    expect(first.headers.get('cache-control')).toBe('public, no-cache');
    for (const known of [etag, `"other", ${etag}`, `W/${etag}`, '*']) {
      const again = await get('/schema.graphql', { 'if-none-match': known });
      expect([known, again.status, await again.text(), again.headers.get('etag')]).toEqual([known, 304, '', etag]);
    }
    expect((await get('/schema.graphql', { 'if-none-match': '"other"' })).status).toBe(200);
    expect((await get('/schema/public.graphql')).headers.get('etag')).not.toBe(etag);
  });

  it('tells by HEAD what GET would tell', async () => {
    const told = async (method: string): Promise<unknown[]> => {
      const response = await get('/schema/enterprise.graphql', {}, method);
      await response.text();
      return ['etag', 'content-type', 'content-length', 'cache-control'].map((name) => response.headers.get(name));
    };
    expect(await told('HEAD')).toEqual(await told('GET'));
    expect(await (await get('/schema/enterprise.graphql', {}, 'HEAD')).text()).toBe('');
  });

  it.each(['/schema/secret.graphql', '/schema/public', '/schema/__proto__.graphql', '/schema/', '/schema.graphql/'])(
    'is not at %s',
    async (address) => {
      expect((await get(address, { accept: '*/*' })).status).toBe(404);
    },
  );
});

/** A graph that goes over to another while it runs: what callers see, and the supergraph with its tags. */
function switching(): { executor: SupergraphExecutor; go: (sdl: string) => void } {
  const listeners = new Set<Parameters<SupergraphExecutor['onSchemaLoadOrUpdate']>[0]>();
  const seen = (sdl: string): GraphQLSchema => buildSchema(sdl.replaceAll(/ @tag\(name: "\w+"\)/g, ''));
  const go = (sdl: string): void => {
    for (const listener of listeners) listener({ apiSchema: seen(sdl), coreSupergraphSdl: sdl });
  };
  const first = 'type Query { a: Int @tag(name: "public") b: Int }';
  return {
    go,
    executor: {
      load: async () => {
        go(first);
        return { schema: seen(first), executor: async () => ({ data: { ran: true } }) };
      },
      onSchemaLoadOrUpdate: (listener) => {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
      stop: async () => listeners.clear(),
    },
  };
}

describe('when the gateway goes over to another supergraph', () => {
  it('the texts and the contracts go with it', async () => {
    const { executor, go } = switching();
    const graph = new PublishedGraph(executor);
    const serverOver = (gateway: SupergraphExecutor): ApolloServer<GatewayContext> =>
      new ApolloServer<GatewayContext>({ gateway });
    const whole = serverOver(graph);
    await whole.start();
    const logger = createLogger({ name: 'test', level: 'silent' });
    const servers = await contractServers({ graph, whole, isConfined: true, serverOver, logger });
    const faultsOf = async (query: string): Promise<(string | undefined)[]> => {
      const answer = await servers
        .at('/graphql/public')
        ?.executeOperation({ query }, { contextValue: {} as GatewayContext });
      return answer?.body.kind === 'single'
        ? (answer.body.singleResult.errors ?? []).map(({ message }) => message)
        : ['none'];
    };
    const text = graph.text('public');
    expect(text?.sdl).toBe('type Query {\n  a: Int\n}\n');
    expect([await faultsOf('{ a }'), await faultsOf('{ b }')]).toEqual([[], [expect.stringContaining('"b"')]]);

    go('type Query { a: Int b: Int @tag(name: "public") }');
    expect(graph.text('public')?.etag).not.toBe(text?.etag);
    expect([await faultsOf('{ a }'), await faultsOf('{ b }')]).toEqual([[expect.stringContaining('"a"')], []]);

    go('type Query { a: Int b: Int }');
    expect([servers.at('/graphql/public'), graph.text('public')]).toEqual([undefined, undefined]);

    go('type Query { a: A @tag(name: "public") } type A { x: Int }');
    expect([servers.at('/graphql/public'), graph.text('public')]).toEqual([undefined, undefined]);
    expect([...graph.unusable().keys()]).toEqual(['public', 'enterprise']);
    await servers.stop();
    await whole.stop();
  });
});
