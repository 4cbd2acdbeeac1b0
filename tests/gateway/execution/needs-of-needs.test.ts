import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { execute, Kind, parse, validate, type ExecutionResult } from 'graphql';
import type { ExecutorRequest } from '../../../gateway/src/execution/supergraph-executor.js';
import { PlanExecutor } from '../../../gateway/src/execution/plan-executor.js';

const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@requires", "@provides", "@shareable"])';

/** Two departments, each of which needs what the other says of the same firm, three times over. */
const SDL = {
  registry: `${LINK}
    type Query { firm: Firm }
    type Firm @key(fields: "id") { id: ID! area: Int @shareable floors: Int @shareable rent: Int @external tax: Int @requires(fields: "rent") rate: Int @external due: Int @requires(fields: "rate") partner: Firm @shareable }`,
  land: `${LINK}
    type Query { tenant: Firm guest: Firm @provides(fields: "area") owner: Firm @provides(fields: "area floors") }
    type Firm @key(fields: "id") { id: ID! area: Int @external floors: Int @external rent: Int @requires(fields: "area floors") tax: Int @external rate: Int @requires(fields: "tax") partner: Firm @shareable }`,
};

/** What a field is by what its department was told; nothing was told: not a number. */
const RULES: Readonly<Record<string, (told: Readonly<Record<string, number>>) => number>> = {
  area: () => 30,
  floors: () => 2,
  rent: ({ area = NaN, floors = NaN }) => area * floors,
  tax: ({ rent = NaN }) => rent + 1,
  rate: ({ tax = NaN }) => tax * 10,
  due: ({ rate = NaN }) => rate + 5,
};

async function ask(query: string): Promise<{ result: ExecutionResult; improper: string[] }> {
  const services = Object.entries(SDL).map(([name, sdl]) => ({
    name,
    url: `http://${name}.example`,
    typeDefs: parse(sdl),
  }));
  const composed = composeServices(services);
  if (composed.errors !== undefined) throw new Error(composed.errors.map(String).join('\n'));
  const schemas = new Map(
    services.map(({ name, typeDefs }) => [
      name,
      buildSubgraphSchema({ typeDefs, resolvers: { Firm: { __resolveReference: (told: object) => told } } }),
    ]),
  );
  const improper: string[] = [];
  const gateway = PlanExecutor.over({
    supergraphSdl: composed.supergraphSdl,
    department: ({ name }) => ({
      ask: async ({ query: question, variables }) => {
        const schema = schemas.get(name);
        if (schema === undefined) throw new Error(`There is no ${name}.`);
        const document = parse(question);
        improper.push(...validate(schema, document).map(String));
        const result = await execute({
          schema,
          document,
          variableValues: { ...variables },
          fieldResolver: (source: Record<string, number>, _args, _context, { fieldName }) =>
            ['firm', 'tenant', 'guest', 'owner', 'partner'].includes(fieldName)
              ? { id: '1' }
              : (RULES[fieldName]?.(source) ?? source[fieldName]),
        });
        return JSON.parse(JSON.stringify(result)) as { data: Record<string, unknown> };
      },
    }),
  });
  const { executor, schema } = await gateway.load({ apollo: {} });
  const document = parse(query);
  const operation = document.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
  const result = await executor({
    request: { query, variables: {} },
    document,
    operation,
    schema,
    queryHash: query,
    context: {},
  } as unknown as ExecutorRequest);
  return { result, improper };
}

describe('a field that needs what needs something itself', () => {
  it.each([
    ['one step away', '{ firm { rent } }', { firm: { rent: 60 } }],
    ['two steps away', '{ firm { tax } }', { firm: { tax: 61 } }],
    ['three steps away', '{ firm { rate } }', { firm: { rate: 610 } }],
    ['four steps away', '{ firm { due } }', { firm: { due: 615 } }],
    ['from the other department', '{ tenant { due rate } }', { tenant: { due: 615, rate: 610 } }],
    [
      'of a firm within a firm',
      '{ firm { area partner { rate partner { due } } } tenant { partner { tax } } }',
      { firm: { area: 30, partner: { rate: 610, partner: { due: 615 } } }, tenant: { partner: { tax: 61 } } },
    ],
    [
      'of a firm of which its department says a part of that itself',
      '{ guest { tax area } }',
      { guest: { tax: 61, area: 30 } },
    ],
    [
      'of a firm of which its department says all of that itself',
      '{ owner { tax due } }',
      { owner: { tax: 61, due: 615 } },
    ],
    [
      'beside what it needs, under other names',
      '{ firm { area: rate rent: due tax: area } }',
      { firm: { area: 610, rent: 615, tax: 30 } },
    ],
  ])('is asked for when that is known: %s', async (_what, query, data) => {
    const { result, improper } = await ask(query);
    expect(JSON.parse(JSON.stringify(result))).toEqual({ data });
    expect(improper).toEqual([]);
  });
});
