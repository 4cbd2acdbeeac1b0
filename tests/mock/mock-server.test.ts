import { readdirSync, readFileSync } from 'node:fs';
import http from 'node:http';
import { nationalCalendar } from '@zhitong/kit';
import { checkUscc, isWorkingDay } from '@zhitong/values';
import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  Kind,
  parse,
  typeFromAST,
  validate,
  type GraphQLInputType,
  type GraphQLSchema,
} from 'graphql';
import { mockedSchema, startMock } from '../../mock/src/mock-server.js';

const SUPERGRAPH = readFileSync(new URL('../../gateway/supergraph.graphql', import.meta.url), 'utf8');
const OPERATIONS = new URL('../../docs/operations/', import.meta.url);
/** The autumn holiday and its make-up days lie ahead. */
const TODAY = '2026-09-21';

type Json = Record<string, unknown>;
interface Answer {
  readonly data: Json | null;
  readonly errors?: readonly { readonly message: string; readonly extensions: Json }[];
}

/** Asks over a connection of its own, which no other test has left idle. */
function post(url: string, body: object): Promise<Answer> {
  return new Promise((resolve, reject) => {
    http
      .request(url, { method: 'POST', agent: false, headers: { 'content-type': 'application/json' } }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part: string) => (text += part));
        response.on('end', () => resolve(JSON.parse(text) as Answer));
      })
      .on('error', reject)
      .end(JSON.stringify(body));
  });
}

/** A value that a variable of the type takes. */
function sample(type: GraphQLInputType, depth = 0): unknown {
  if (isNonNullType(type)) return sample(type.ofType, depth);
  if (isListType(type)) return [sample(type.ofType, depth)];
  const named = getNamedType(type);
  if (isInputObjectType(named))
    return Object.fromEntries(
      Object.values(named.getFields())
        .filter((field) => isNonNullType(field.type) && field.defaultValue === undefined)
        .map((field) => [field.name, sample(field.type, depth + 1)]),
    );
  if (isEnumType(named)) return named.getValues()[0]?.value;
  return (
    { Int: 1, Float: 1, Boolean: true, Date: TODAY, DateTime: `${TODAY}T10:00:00+08:00`, Decimal: '1.00' }[
      named.name
    ] ?? 'text-0001'
  );
}

describe('the mock of the graph', () => {
  let mock: Awaited<ReturnType<typeof startMock>>;
  const schema: GraphQLSchema = mockedSchema(SUPERGRAPH);
  const start = (seed: string): ReturnType<typeof startMock> =>
    startMock({ schema: mockedSchema(SUPERGRAPH), seed, today: TODAY, port: 0 });
  beforeAll(async () => {
    mock = await start('zhitong-1');
  });
  afterAll(() => mock.stop());
  const ask = (query: string, variables: Json = {}, url = mock.url): Promise<Answer> => post(url, { query, variables });
  /** What is answered without an error. */
  const data = async (query: string, variables: Json = {}): Promise<Json> => {
    const answer = await ask(query, variables);
    expect(answer.errors).toBeUndefined();
    return answer.data ?? {};
  };

  it.each(readdirSync(OPERATIONS))(
    'answers %s of the documented operations, without a null at its root',
    async (file) => {
      const text = readFileSync(new URL(file, OPERATIONS), 'utf8');
      const variables: Json = {};
      for (const node of parse(text).definitions)
        if (node.kind === Kind.OPERATION_DEFINITION)
          for (const { variable, type } of node.variableDefinitions ?? []) {
            const known = typeFromAST(schema, type) as GraphQLInputType | undefined;
            if (known !== undefined && type.kind === Kind.NON_NULL_TYPE) variables[variable.name.value] = sample(known);
          }
      const answered = await data(text, variables);
      expect(Object.values(answered)).not.toContain(null);
    },
  );

  const LIST = `query Page($first: Int, $after: String, $last: Int, $before: String) {
    enterprises(first: $first, after: $after, last: $last, before: $before) {
      totalCount
      edges { cursor node { uscc } }
      nodes { uscc name region { code name } industry { code name } cases(first: 3) { nodes { caseNumber title dueOn receivedAt: receivedOn } } }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
  }`;
  interface Page {
    readonly totalCount: number;
    readonly edges: readonly { readonly cursor: string; readonly node: { readonly uscc: string } }[];
    readonly nodes: readonly {
      readonly uscc: string;
      readonly name: string;
      readonly region: Json;
      readonly cases: { readonly nodes: readonly Json[] };
    }[];
    readonly pageInfo: {
      readonly hasNextPage: boolean;
      readonly hasPreviousPage: boolean;
      readonly startCursor: string;
      readonly endCursor: string;
    };
  }
  const page = async (variables: Json): Promise<Page> => (await data(LIST, variables))['enterprises'] as Page;

  it('gives enterprises codes that are valid by GB 32100, names in Chinese and regions of the city', async () => {
    const { nodes } = await page({ first: 200 });
    expect(nodes.map(({ uscc }) => checkUscc(uscc))).toEqual(
      nodes.map(() => expect.objectContaining({ ok: true }) as unknown),
    );
    for (const { name, region } of nodes) {
      expect(name).toMatch(/^[\p{Script=Han}（）]{4,}$/u);
      expect(region['code']).toMatch(/^4212\d\d$/);
    }
    expect(new Set(nodes.map(({ uscc }) => uscc)).size).toBe(nodes.length);
  });

  it('gives days that are worked: deadlines ahead of today, what has happened behind it', async () => {
    const calendar = nationalCalendar();
    const { nodes } = await page({ first: 200 });
    const cases = nodes.flatMap((enterprise) => enterprise.cases.nodes);
    expect(cases.length).toBeGreaterThan(10);
    for (const { dueOn, receivedAt } of cases) {
      expect(String(dueOn) > TODAY && String(receivedAt) < TODAY).toBe(true);
      for (const day of [dueOn, receivedAt])
        expect(isWorkingDay(calendar, String(day))).toEqual({ known: true, value: true });
    }
  });

  it('pages through a whole list by its cursors, forwards and backwards, each entry once', async () => {
    const whole = (await page({ first: 200 })).edges.map(({ node }) => node.uscc);
    const forwards: string[] = [];
    let after: string | null = null;
    for (let more = true; more;) {
      const { edges, pageInfo, totalCount }: Page = await page({ first: 7, after });
      expect([pageInfo.hasPreviousPage, totalCount]).toEqual([after !== null, whole.length]);
      forwards.push(...edges.map(({ node }) => node.uscc));
      ({ endCursor: after, hasNextPage: more } = pageInfo);
    }
    const backwards: string[] = [];
    let before: string | null = null;
    for (let more = true; more;) {
      const { edges, pageInfo }: Page = await page({ last: 7, before });
      expect(pageInfo.hasNextPage).toBe(before !== null);
      backwards.unshift(...edges.map(({ node }) => node.uscc));
      ({ startCursor: before, hasPreviousPage: more } = pageInfo);
    }
    expect([forwards, backwards]).toEqual([whole, whole]);
    expect(whole.length).toBeGreaterThan(7);
  });

  it.each([[{ after: 'nonsense' }], [{ first: -1 }], [{ first: 201 }]])(
    'refuses %j as the hub does',
    async (variables) => {
      expect((await ask(LIST, variables)).errors?.[0]?.extensions['code']).toBe('BAD_USER_INPUT');
    },
  );

  it('shows the same thing wherever it is met', async () => {
    const { nodes } = await page({ first: 1 });
    const uscc = nodes[0]?.uscc ?? '';
    const one = (
      await data('query One($uscc: ID!) { enterprise(uscc: $uscc) { uscc name region { code name } } }', { uscc })
    )['enterprise'];
    expect(one).toEqual({ uscc, name: nodes[0]?.name, region: nodes[0]?.region });
    const { case: found } = await data('{ case(caseNumber: "SQ2026-000123") { caseNumber } }');
    expect(found).toEqual({ caseNumber: 'SQ2026-000123' });
  });

  it('answers a mutation as one that succeeded', async () => {
    const text = readFileSync(new URL('subscribe-to-topic.graphql', OPERATIONS), 'utf8');
    const { subscribeToTopic } = await data(text, {
      input: sample(schema.getType('PolicyTopicInput') as GraphQLInputType),
    });
    expect(subscribeToTopic).toMatchObject({ refusal: null });
  });

  it('answers the same for the same seed and day, and otherwise for another seed', async () => {
    const [same, other] = await Promise.all([start('zhitong-1'), start('another')]);
    try {
      const first = JSON.stringify(await ask(LIST, { first: 20 }));
      expect(JSON.stringify(await ask(LIST, { first: 20 }, same.url))).toBe(first);
      expect(JSON.stringify(await ask(LIST, { first: 20 }, other.url))).not.toBe(first);
    } finally {
      await Promise.all([same.stop(), other.stop()]);
    }
  });

  it('answers every field of the graph that can be asked without an argument, to a depth of three', async () => {
    const selection = (name: string, depth: number): string => {
      const type = schema.getType(name);
      if (type === undefined || !('getFields' in type) || isInputObjectType(type)) return '';
      const fields = Object.values(type.getFields()).flatMap((field) => {
        if (field.args.some((argument) => isNonNullType(argument.type) && argument.defaultValue === undefined))
          return [];
        const below = getNamedType(field.type);
        if (!('getFields' in below)) return [field.name];
        const inner = depth === 0 ? '' : selection(below.name, depth - 1);
        return inner === '' ? [] : [`${field.name} ${inner}`];
      });
      return fields.length === 0 ? '' : `{ ${fields.join(' ')} }`;
    };
    const root = schema.getQueryType()?.getFields() ?? {};
    for (const name of Object.keys(root)) {
      const inner = selection(getNamedType(root[name]?.type)?.name ?? '', 2);
      const query = `{ ${name} ${inner} }`;
      if (validate(schema, parse(query)).length === 0) await data(query);
    }
  });
});

describe('the mock of a contract', () => {
  it('answers what the contract shows and knows of nothing else', async () => {
    const mock = await startMock({ schema: mockedSchema(SUPERGRAPH, 'public'), seed: 's', today: TODAY, port: 0 });
    try {
      const ask = (query: string): Promise<Answer> => post(mock.url, { query });
      expect((await ask('{ enterprises(first: 1) { nodes { name } } }')).errors).toBeUndefined();
      expect((await ask('{ enterprises(first: 1) { nodes { contact { name } } } }')).errors).toHaveLength(1);
    } finally {
      await mock.stop();
    }
  });

  it('is refused by another name, and for plain SDL, which has none', () => {
    expect(() => mockedSchema(SUPERGRAPH, 'publik')).toThrow('The graph has no contract "publik".');
    expect(() => mockedSchema('type Query { a: Int }', 'public')).toThrow('Plain SDL has no contracts');
  });
});
