import { SmallGraph, type Instead, type SmallDepartment } from './small-graph.js';

const animals = [
  { __typename: 'Cat', id: 'c', name: 'Cat', lives: 9, size: 3 },
  { __typename: 'Dog', id: 'd', name: 'Dog', tricks: ['sit'], size: 'big' },
];

const ZOO: Readonly<Record<string, SmallDepartment>> = {
  zoo: {
    sdl: `type Query { animals: [Animal] pets: [Pet] one(id: ID!): Animal }
      interface Named { name: String } interface Animal implements Named @key(fields: "id") { id: ID! name: String }
      type Cat implements Animal & Named @key(fields: "id") { id: ID! name: String lives: Int size: Int friend: Pet }
      type Dog implements Animal & Named @key(fields: "id") { id: ID! name: String tricks: [String!] size: String! friend: Pet }
      union Pet = Cat | Dog`,
    resolvers: {
      Query: {
        animals: () => animals,
        pets: () => [...animals].reverse(),
        one: (_root: unknown, { id }: { id: string }) => animals.find((one) => one.id === id),
      },
      Cat: { friend: () => animals[1], __resolveReference: () => animals[0] },
      Dog: { friend: () => animals[0], __resolveReference: () => animals[1] },
      Animal: { __resolveReference: ({ id }: { id: string }) => animals.find((one) => one.id === id) },
    },
  },
  vet: {
    sdl: 'type Query { patients: [Animal] } type Animal @key(fields: "id") @interfaceObject { id: ID! vaccinated: Boolean weight(of: String): Int }',
    resolvers: {
      Query: { patients: () => animals.map(({ id }) => ({ id })) },
      Animal: {
        __resolveReference: (reference: object) => reference,
        vaccinated: ({ id }: { id: string }) => id === 'c',
        weight: ({ id }: { id: string }, { of = '' }: { of?: string }) => id.length + of.length,
      },
    },
  },
};

describe('interfaces and unions', () => {
  it.each([
    [
      'fields of one name and different types',
      '{ animals { ... on Cat { size } ... on Dog { length: size } } }',
      '{"animals":[{"size":3},{"length":"big"}]}',
    ],
    [
      'one response name for different fields of different types',
      '{ animals { ... on Cat { what: lives } ... on Dog { what: id_: name } } }'.replace(
        'what: id_: name',
        'other: name',
      ),
      '{"animals":[{"what":9},{"other":"Dog"}]}',
    ],
    [
      'fragments on interfaces in fragments',
      '{ animals { ...A } } fragment A on Animal { ... on Named { name ... on Cat { lives } ... on Animal { id ... on Dog { tricks } } } }',
      '{"animals":[{"name":"Cat","lives":9,"id":"c"},{"name":"Dog","id":"d","tricks":["sit"]}]}',
    ],
    [
      'fragments on unions in fragments on interfaces',
      '{ animals { ... on Pet { ... on Named { name } __typename ... on Dog { tricks } } } }',
      '{"animals":[{"name":"Cat","__typename":"Cat"},{"name":"Dog","__typename":"Dog","tricks":["sit"]}]}',
    ],
    [
      'keys in the order asked for each type',
      '{ pets { ... on Dog { tricks } ... on Animal { id name } ... on Cat { lives } } }',
      '{"pets":[{"tricks":["sit"],"id":"d","name":"Dog"},{"id":"c","name":"Cat","lives":9}]}',
    ],
    ['a fragment that applies to some', '{ pets { ... on Cat { name } } }', '{"pets":[{},{"name":"Cat"}]}'],
    [
      'what another department knows of an interface',
      '{ animals { name vaccinated __typename } }',
      '{"animals":[{"name":"Cat","vaccinated":true,"__typename":"Cat"},{"name":"Dog","vaccinated":false,"__typename":"Dog"}]}',
    ],
    [
      'types of what another department knows as an interface only',
      '{ patients { vaccinated kind: __typename ... on Cat { lives } ... on Pet { ... on Named { name } } } }',
      '{"patients":[{"vaccinated":true,"kind":"Cat","lives":9,"name":"Cat"},{"vaccinated":false,"kind":"Dog","name":"Dog"}]}',
    ],
    [
      'a field with arguments of an interface of one and a type of another',
      '{ patients { a: weight(of: "x") ... on Dog { b: weight(of: "xy") weight } } }',
      '{"patients":[{"a":2},{"a":2,"b":3,"weight":1}]}',
    ],
    [
      'types within types',
      '{ animals { ... on Cat { friend { ... on Dog { size friend { ... on Cat { size } } } } } ... on Dog { friend { ... on Animal { vaccinated } } } } }',
      '{"animals":[{"friend":{"size":"big","friend":{"size":3}}},{"friend":{"vaccinated":true}}]}',
    ],
  ])('are answered whole: %s', async (_what, query, expected) => {
    const { text, errors } = await (await SmallGraph.of(ZOO)).ask(query);
    expect(errors).toEqual([]);
    expect(text).toBe(expected);
  });

  it('ask for no __typename that nothing depends on', async () => {
    const { asked, text } = await (await SmallGraph.of(ZOO)).ask('{ patients { vaccinated } }');
    expect(text).toBe('{"patients":[{"vaccinated":true},{"vaccinated":false}]}');
    expect(asked.map(({ department }) => department)).toEqual(['vet']);
  });

  it.each<[string, Instead]>([
    ['no type of the graph', () => ({ data: { one: { __typename: 'Ghost', name: 'x' } } })],
    ['a type that is no animal', () => ({ data: { one: { __typename: 'Query', name: 'x' } } })],
    ['none at all', () => ({ data: { one: { name: 'x' } } })],
  ])('are null with an error when the __typename is %s', async (_what, zoo) => {
    const { data, errors } = await (
      await SmallGraph.of(ZOO)
    ).ask('{ one(id: "c") { name ... on Cat { lives } } }', { instead: { zoo } });
    expect(data).toEqual({ one: null });
    expect(errors.map(({ path }) => path)).toEqual(['one']);
  });
});

describe('two departments that answer for one field', () => {
  const sdl = (extra: string): string =>
    `type Query { ${extra} } type Thing @key(fields: "id") { id: ID! parts: [Part!] @shareable label: Label @shareable ${extra === 'thing: Thing' ? '' : 'more: Int'} } type Part @shareable { ${extra === 'thing: Thing' ? 'a: Int' : 'b: Int'} c: Int } type Label @shareable { text: String ${extra === 'thing: Thing' ? '' : 'size: Int'} }`;
  const both = (parts: readonly object[] | null, label: object | null): Readonly<Record<string, SmallDepartment>> => ({
    first: {
      sdl: sdl('thing: Thing'),
      resolvers: {
        Query: {
          thing: () => ({
            id: '1',
            parts: [
              { a: 1, c: 5 },
              { a: 2, c: 6 },
            ],
            label: { text: 'x' },
          }),
        },
      },
    },
    second: {
      sdl: sdl('nothing: Int'),
      resolvers: { Thing: { __resolveReference: ({ id }: { id: string }) => ({ id, more: 1, parts, label }) } },
    },
  });
  const query = '{ thing { parts { a b } label { text size } } }';

  it('are merged item by item', async () => {
    const { text, errors } = await (
      await SmallGraph.of(
        both(
          [
            { b: 3, c: 5 },
            { b: 4, c: 6 },
          ],
          { text: 'x', size: 2 },
        ),
      )
    ).ask(query);
    expect(errors).toEqual([]);
    expect(text).toBe('{"thing":{"parts":[{"a":1,"b":3},{"a":2,"b":4}],"label":{"text":"x","size":2}}}');
  });

  it.each<[string, readonly object[] | null, object | null, string]>([
    ['lists of different lengths', [{ b: 3 }], { size: 2 }, 'thing.parts'],
    ['a list and null', null, { size: 2 }, 'thing.parts'],
    ['an object and null', [{ b: 3 }, { b: 4 }], null, 'thing.label'],
  ])('contradict each other with %s: an error, not a mixture', async (_what, parts, label, path) => {
    const { data, errors } = await (await SmallGraph.of(both(parts, label))).ask(query);
    expect(errors).toEqual([expect.objectContaining({ path, message: 'Two departments contradict each other here.' })]);
    expect(data).toEqual({
      thing: {
        parts:
          path === 'thing.parts'
            ? null
            : [
                { a: 1, b: 3 },
                { a: 2, b: 4 },
              ],
        label: path === 'thing.label' ? null : { text: 'x', size: 2 },
      },
    });
  });
});
