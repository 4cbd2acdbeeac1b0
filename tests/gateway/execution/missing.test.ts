import { GraphQLError } from 'graphql';
import { out, SmallGraph, type Instead, type SmallDepartment } from './small-graph.js';

const things = ['1', '2'].map((id) => ({ id, name: `Thing ${id}`, zero: 0, no: false, empty: '', none: null }));
const thing = (id: unknown): object | undefined => things.find((one) => one.id === id);

/** One department owns things, one measures them, one judges by what the two know. */
const DEPARTMENTS: Readonly<Record<string, SmallDepartment>> = {
  owner: {
    sdl: 'type Query { thing(id: ID!): Thing things: [Thing!]! } type Thing @key(fields: "id") { id: ID! name: String zero: Int no: Boolean empty: String none: Int }',
    resolvers: {
      Query: { thing: (_root: unknown, { id }: { id: string }) => thing(id), things: () => things },
      Thing: { __resolveReference: ({ id }: { id: string }) => thing(id) },
    },
  },
  measurer: {
    sdl: 'type Query { measures: Int } type Thing @key(fields: "id") { id: ID! size: Size weight: Int! age: Int } type Size { width: Int height: Int! }',
    resolvers: {
      Thing: {
        __resolveReference: (reference: object) => reference,
        size: ({ id }: { id: string }) =>
          id === '2'
            ? new GraphQLError('It is not yours.', { extensions: { code: 'FORBIDDEN' } })
            : { width: 3, height: 4 },
        weight: ({ id }: { id: string }) => (id === '2' ? null : 7),
        age: ({ id }: { id: string }) => Number(id) * 40,
      },
    },
  },
  judge: {
    sdl: `type Query { judgments: Int } type Thing @key(fields: "id") { id: ID! zero: Int @external no: Boolean @external empty: String @external none: Int @external size: Size @external
      verdict: String @requires(fields: "zero no empty none") fits: Verdict @requires(fields: "size { width height }") weighed: Int note: String age: Int @external isOld: Boolean @requires(fields: "age") } type Size { width: Int @external height: Int! @external } type Verdict { text: String! }`,
    resolvers: {
      Thing: {
        __resolveReference: (reference: object) => reference,
        verdict: (representation: Record<string, unknown>) =>
          JSON.stringify(['zero', 'no', 'empty', 'none'].map((name) => representation[name])),
        fits: ({ size }: { size?: { width: number } | null }) => ({
          text: size === undefined || size === null ? 'no size known' : `${size.width} wide`,
        }),
        note: () => 'noted',
        isOld: ({ age = NaN }: { age?: number }) => age > 50,
        weighed: () => 1,
      },
    },
  },
};

const graph = (): Promise<SmallGraph> => SmallGraph.of(DEPARTMENTS);
const places = (errors: readonly { path: string; code: unknown }[]): string[] =>
  errors.map(({ path, code }) => `${path} ${String(code)}`);

describe('what rests on something that is missing', () => {
  it('is missing itself, with the same error at each of its places, and its department is not asked', async () => {
    const { text, errors, asked, extensions } = await (
      await graph()
    ).ask('{ things { name fits { text } note } }', { instead: { measurer: out('measurer') } });
    expect(text).toBe(
      '{"things":[{"name":"Thing 1","fits":null,"note":null},{"name":"Thing 2","fits":null,"note":null}]}'.replaceAll(
        '"note":null',
        '"note":"noted"',
      ),
    );
    expect(places(errors)).toEqual(['things.0.fits DEPARTMENT_UNAVAILABLE', 'things.1.fits DEPARTMENT_UNAVAILABLE']);
    expect(extensions).toEqual({ partial: true, unavailable: ['measurer'] });
    expect(asked.filter(({ department, query }) => department === 'judge' && query.includes('fits'))).toEqual([]);
  });

  it('stands beside the value for an item of which nothing is missing', async () => {
    const { data, errors } = await (await graph()).ask('{ things { fits { text } } }');
    expect(data).toEqual({ things: [{ fits: { text: '3 wide' } }, { fits: null }] });
    expect(places(errors)).toEqual(['things.1.fits FORBIDDEN']);
  });

  it('leaves what the same department is asked for beside it and that rests on other things', async () => {
    const { data, errors, asked } = await (
      await graph()
    ).ask('query ($id: ID!) { thing(id: $id) { verdict fits { text } note } }', {
      variables: { id: '1' },
      instead: { measurer: out('measurer') },
    });
    expect(data).toEqual({ thing: { verdict: '[0,false,"",null]', fits: null, note: 'noted' } });
    expect(places(errors)).toEqual(['thing.fits DEPARTMENT_UNAVAILABLE']);
    expect(asked.filter(({ department, query }) => department === 'judge' && query.includes('fits'))).toEqual([]);
  });

  it('leaves it in one exchange for some things and by itself for others, as each has lost', async () => {
    const { data, errors, asked } = await (await graph()).ask('{ things { fits { text } isOld } }');
    expect(data).toEqual({
      things: [
        { fits: { text: '3 wide' }, isOld: false },
        { fits: null, isOld: true },
      ],
    });
    expect(asked.filter(({ department }) => department === 'judge').map(({ query }) => query.includes('fits'))).toEqual(
      [true, false],
    );
    expect(places(errors)).toEqual(['things.1.fits FORBIDDEN']);
  });

  it('and what the client asks for itself have each an error', async () => {
    const { data, errors } = await (
      await graph()
    ).ask('{ thing(id: "1") { size { width } fits { text } name } }', { instead: { measurer: out('measurer') } });
    expect(data).toEqual({ thing: { size: null, fits: null, name: 'Thing 1' } });
    expect(places(errors)).toEqual(['thing.size DEPARTMENT_UNAVAILABLE', 'thing.fits DEPARTMENT_UNAVAILABLE']);
  });

  it('is not what rests on 0, "", false or null', async () => {
    const { data, errors } = await (await graph()).ask('{ thing(id: "1") { verdict } }');
    expect(data).toEqual({ thing: { verdict: '[0,false,"",null]' } });
    expect(errors).toEqual([]);
  });

  it('is null with an error, while what others know of the thing stays, when a department leaves a required field out', async () => {
    const leaves: Instead = () => ({
      data: { things: [{ __typename: 'Thing', id: '1', name: 'A', zero: 0, no: false, none: 1 }] },
    });
    const { data, errors } = await (await graph()).ask('{ things { name verdict } }', { instead: { owner: leaves } });
    expect(data).toEqual({ things: [{ name: 'A', verdict: null }] });
    expect(errors).toEqual([
      expect.objectContaining({
        path: 'things.0.verdict',
        message: 'A department did not answer empty, which another department requires.',
      }),
    ]);
  });
});

describe('what rests on a value that its department cannot have meant', () => {
  const SAID = { __typename: 'Thing', id: '1', name: 'A', zero: 0, no: false, empty: '', none: 1 };
  it.each<[string, Record<string, unknown>, string]>([
    [
      'a list for a number',
      { zero: [0] },
      'A department answered a value of zero that is no Int, and another department requires it.',
    ],
    [
      'text for a number',
      { none: '1' },
      'A department answered a value of none that is no Int, and another department requires it.',
    ],
    [
      'a number beyond 32 bits',
      { none: 2_147_483_648 },
      'A department answered a value of none that is no Int, and another department requires it.',
    ],
    [
      'an object for text',
      { empty: { a: 'list' } },
      'A department answered a value of empty that is no String, and another department requires it.',
    ],
    [
      'a number for yes or no',
      { no: 0 },
      'A department answered a value of no that is no Boolean, and another department requires it.',
    ],
  ])('is missing, and its department is not asked: %s', async (_what, part, message) => {
    const { data, errors, asked } = await (
      await graph()
    ).ask('{ things { name verdict } }', { instead: { owner: () => ({ data: { things: [{ ...SAID, ...part }] } }) } });
    expect(data).toEqual({ things: [{ name: 'A', verdict: null }] });
    expect(errors).toEqual([expect.objectContaining({ path: 'things.0.verdict', message })]);
    expect(asked.map(({ department }) => department)).toEqual(['owner']);
  });

  it.each<[string, unknown]>([
    ['a list for an object', [{ width: 3 }]],
    ['text for an object', 'wide'],
    ['text for a number inside', { width: 'three' }],
    ['null where its department forbids null', { width: 3, height: null }],
  ])('is missing, when it stands deeper too: %s', async (_what, size) => {
    const { data, errors } = await (
      await graph()
    ).ask('{ thing(id: "1") { fits { text } note } }', {
      instead: { measurer: () => ({ data: { _entities: [{ size }] } }) },
    });
    expect(data).toEqual({ thing: { fits: null, note: 'noted' } });
    expect(errors.map(({ path, code }) => `${path} ${String(code)}`)).toEqual(['thing.fits INVALID_GRAPHQL']);
  });
});

describe('what a department does not say as it should', () => {
  it.each<[string, Instead, unknown, string[]]>([
    [
      'a field that it leaves out',
      () => ({ data: { thing: { id: '1', __typename: 'Thing' } } }),
      { thing: { name: null } },
      ['thing.name No department answered Thing.name.'],
    ],
    [
      'a root field that it leaves out',
      () => ({ data: {} }),
      { thing: null },
      ['thing No department answered Query.thing.'],
    ],
    [
      'errors that are no list',
      () => JSON.parse('{"data":{"thing":null},"errors":{"message":"x"}}') as ReturnType<Instead>,
      { thing: null },
      ['thing The department "owner" answered errors that are no list.'],
    ],
    [
      'neither data nor errors',
      () => ({}),
      { thing: null },
      ['thing The department "owner" answered neither data nor errors.'],
    ],
    [
      'an error without a path beside null',
      () => ({ data: { thing: null }, errors: [{ message: 'Broken.' }] }),
      { thing: null },
      ['thing Broken.'],
    ],
    [
      'a __typename that is no type',
      () => ({ data: { thing: { __typename: 'Ghost', name: 'x' } } }),
      { thing: null },
      ['thing A department answered an object for Query.thing with a __typename that cannot stand there.'],
    ],
    [
      'an object for text',
      () => JSON.parse('{"data":{"thing":{"name":{"a":1}}}}') as ReturnType<Instead>,
      { thing: { name: null } },
      ['thing.name A department answered a value for Thing.name that is no String.'],
    ],
  ])('is null with an error at its place: %s', async (_what, instead, data, errors) => {
    const shown = await (await graph()).ask('{ thing(id: "1") { name } }', { instead: { owner: instead } });
    expect(shown.data).toEqual(data);
    expect(shown.errors.map(({ path, message }) => `${path} ${message}`)).toEqual(errors);
  });

  it.each<[string, string, string, unknown]>([
    [
      'an Int beyond 32 bits',
      '{ thing(id: "1") { zero } }',
      '{"thing":{"zero":2147483648}}',
      { thing: { zero: null } },
    ],
    ['an Int with a fraction', '{ thing(id: "1") { zero } }', '{"thing":{"zero":1.5}}', { thing: { zero: null } }],
    ['an ID whose digits were lost', '{ thing(id: "1") { id } }', '{"thing":{"id":9007199254740993}}', { thing: null }],
  ])('is null with an error at its place: %s', async (_what, query, answered, data) => {
    const shown = await (
      await graph()
    ).ask(query, { instead: { owner: () => ({ data: JSON.parse(answered) as Record<string, unknown> }) } });
    expect(shown.data).toEqual(data);
    expect(shown.errors).toHaveLength(1);
  });

  it('is an ID as text when it is given as a number that is whole', async () => {
    const { data } = await (
      await graph()
    ).ask('{ thing(id: "1") { id } }', { instead: { owner: () => ({ data: { thing: { id: 9007199254740991 } } }) } });
    expect(data).toEqual({ thing: { id: '9007199254740991' } });
  });

  it('takes along what must not be null, with the error where it arose', async () => {
    const { data, errors } = await (await graph()).ask('{ things { name weight } }');
    expect(data).toBeNull();
    expect(errors.map(({ path }) => path)).toEqual(['things.1.weight']);
  });

  it('is not asked with a key whose digits were lost', async () => {
    const { data, errors, asked } = await (
      await graph()
    ).ask('{ things { note } }', {
      instead: {
        owner: () => ({
          data: JSON.parse('{"things":[{"__typename":"Thing","id":9007199254740993}]}') as Record<string, unknown>,
        }),
      },
    });
    expect(data).toEqual({ things: [{ note: null }] });
    expect(errors.map(({ path }) => path)).toEqual(['things.0.note']);
    expect(asked.map(({ department }) => department)).toEqual(['owner']);
  });
});

describe('an answer with many errors', () => {
  it('names the first ones and counts the rest', async () => {
    const many: Instead = () => ({
      data: {
        things: Array.from({ length: 60 }, (_unused, index) => ({ __typename: 'Thing', id: String(index), name: 'x' })),
      },
    });
    const { errors, extensions } = await (
      await graph()
    ).ask('{ things { name size { width } fits { text } } }', { instead: { owner: many, measurer: out('measurer') } });
    expect(errors).toHaveLength(100);
    expect(extensions).toEqual({ partial: true, unavailable: ['measurer'], omittedErrors: 20 });
  });
});
