import { startSmallCity, type SmallCity } from './support/small-city.js';

/** Types of the variables of a query that passes each on. */
const TYPES: Readonly<Record<string, string>> = {
  day: 'Date',
  at: 'DateTime',
  amount: 'Decimal',
  any: 'JSON',
  number: 'Int',
  id: 'ID',
  list: '[Input!]',
  float: 'Float',
};

describe('input', () => {
  let city: SmallCity;
  beforeAll(async () => {
    city = await startSmallCity({ GATEWAY_RATE_LIMIT_PER_MINUTE: '0' });
  });
  afterAll(() => city.stop());
  beforeEach(() => {
    city.registry.received.length = 0;
  });

  /** Asks with one variable whose JSON is given as text, because JavaScript would not write some of it. */
  const askWith = async (
    name: string,
    json: string,
  ): Promise<{
    status: number;
    body: { data?: { echo: string | null }; errors?: { message: string; extensions: Record<string, unknown> }[] };
  }> => {
    const query = JSON.stringify(`query ($${name}: ${TYPES[name] ?? ''}) { echo(${name}: $${name}) }`);
    const response = await fetch(city.gateway.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: `{"query":${query},"variables":{"${name}":${json}}}`,
    });
    return { status: response.status, body: (await response.json()) as Awaited<ReturnType<typeof askWith>>['body'] };
  };

  it.each([
    ['day', '"2026-02-30"', /\$day.*"2026-02-30".*YYYY-MM-DD/],
    ['day', '20260214', /\$day.*20260214/],
    ['at', '"yesterday"', /\$at.*yesterday/],
    ['amount', '"1e3"', /\$amount.*"1e3".*digits in a string/],
    ['amount', '9007199254740993.12', /\$amount/],
    ['amount', '12.5', /\$amount.*12\.5.*digits in a string/],
    ['any', '{"employees":1e999}', /\$any\.employees cannot be Infinity/],
    ['any', '{"deep":[{"n":-1e999}]}', /\$any\.deep\.0\.n cannot be -Infinity/],
    ['any', '[12345678901234567890]', /\$any\.0 .*loses digits/],
    ['id', '91110000600037341200', /\$id .*loses digits/],
    ['float', '1e999', /\$float cannot be Infinity/],
    ['number', '2147483648', /\$number.*2147483648/],
    ['number', '1.5', /\$number.*1\.5/],
    ['number', '"1"', /\$number.*"1"/],
    ['list', '[{"day":"2026-02-14"},{"more":[{"day":"soon"}]}]', /\$list.*"soon" at "list\[1\]\.more\[0\]\.day"/],
    ['list', '[{"times":null}]', /\$list.*times/],
    ['list', '[{"constructor":1}]', /\$list.*"constructor" is not defined/],
  ])('as the variable $%s refuses %s before a department is asked', async (name, json, why) => {
    const { status, body } = await askWith(name, json);
    expect(status).toBe(400);
    expect(body.errors).toHaveLength(1);
    expect(body.errors?.[0]).toMatchObject({
      message: expect.stringMatching(why) as string,
      extensions: { code: 'BAD_USER_INPUT' },
    });
    expect(city.registry.received).toHaveLength(0);
  });

  it('says at which place of which variable each refused value stands', async () => {
    const { body } = await city.ask({
      query: 'query ($day: Date, $list: [Input!], $number: Int!) { echo(day: $day, list: $list, number: $number) }',
      variables: { day: '2999-01-01', list: [{ day: '2026-02-14' }, { times: 'x', more: [{ day: 'soon' }] }] },
    });
    expect(body.errors?.map(({ extensions }) => extensions['argumentPath'])).toEqual([
      ['day'],
      ['list', 1, 'times'],
      ['list', 1, 'more', 0, 'day'],
      ['number'],
    ]);
    expect(city.registry.received).toHaveLength(0);
  });

  it.each([
    ['day', '"2026-02-14"'],
    ['at', '"2026-02-14T08:00:00Z"'],
    ['amount', '"9007199254740993.12"'],
    ['any', '{"employees":9007199254740991,"list":[0.1,-3,null,"x"]}'],
    ['number', '-2147483648'],
    ['id', '"constructor"'],
    ['any', '{"__proto__":{"x":1},"constructor":2}'],
  ])('as the variable $%s passes %s on unchanged', async (name, json) => {
    const { body } = await askWith(name, json);
    expect(body.errors).toBeUndefined();
    expect(body.data?.echo).toContain(`"${name}":${json}`);
  });

  it.each([
    ['day: "2026-02-30"', /"2026-02-30"/],
    ['at: "yesterday"', /yesterday/],
    ['amount: "1,000"', /"1,000"/],
    ['any: { employees: 1e999 }', /too large/],
    ['float: -1e999', /-1e999 is too large/],
    ['any: [12345678901234567890]', /12345678901234567000/],
    ['number: 2147483648', /2147483648/],
    ['list: [{ day: "soon" }]', /"soon"/],
  ])('as the literal %s is refused before a department is asked', async (literal, why) => {
    const { status, body } = await city.ask({ query: `{ echo(${literal}) }` });
    expect(status).toBe(400);
    expect(body.errors?.[0]).toMatchObject({
      message: expect.stringMatching(why) as string,
      extensions: { code: 'BAD_USER_INPUT' },
      locations: [expect.anything()],
    });
    expect(city.registry.received).toHaveLength(0);
  });

  it.each([
    ['a default of its own', 'query ($n: Int = 5) { echo(size: $n) }'],
    ['a default of its argument', 'query ($n: Int) { echo(size: $n) }'],
    ['a default of its input field', 'query ($n: Int) { echo(list: [{ times: $n }]) }'],
    ['a default, used in a fragment', 'query ($n: Int = 5) { ...F } fragment F on Query { echo(size: $n) }'],
    ['a default, used in a condition', 'query ($n: Boolean = true) { ledger @include(if: $n) }'],
  ])('that is null for a variable with %s is refused, and left out takes the default', async (_what, query) => {
    const { status, body } = await city.ask({ query, variables: { n: null } });
    expect(status).toBe(400);
    expect(body.errors).toMatchObject([
      {
        message: expect.stringMatching(
          /^The variable \$n is null, and where the operation uses it an? (Int|Boolean)! is needed/,
        ) as string,
        extensions: { code: 'BAD_USER_INPUT', argumentPath: ['n'] },
      },
    ]);
    expect((await city.ask({ query })).body.errors?.map(({ extensions }) => extensions['code']) ?? []).not.toContain(
      'INTERNAL',
    );
  });

  it('that is null stays null where null may be', async () => {
    expect(
      (await city.ask({ query: 'query ($n: Int = 5) { echo(number: $n) }', variables: { n: null } })).body,
    ).toEqual({ data: { echo: '{"size":20,"number":null}' } });
  });

  it.each(['subscription { ledger }', 'subscription S($a: Int) { ledger(a: $a) }', 'subscription { nothing }'])(
    '"%s" is refused, for the graph has none',
    async (query) => {
      const { status, body } = await city.ask({ query });
      expect(status).toBe(400);
      expect(body.errors?.map(({ extensions }) => extensions['code'])).toEqual(['BAD_USER_INPUT']);
    },
  );

  it.each(['constructor', 'toString', 'hasOwnProperty', '__proto__'])(
    'with the name %s wherever a name may stand is no fault inside',
    async (name) => {
      const bodies = [
        { query: `query ${name} { ledger }`, operationName: name },
        { query: '{ ledger }', operationName: name },
        { query: `{ ${name}: echo }` },
        { query: `{ ${name} }` },
        { query: `query ($${name}: Int) { echo(number: $${name}) }`, variables: {} },
        { query: `query ($${name}: Boolean = true) { echo @include(if: $${name}) }` },
        { query: `{ ...${name} } fragment ${name} on Query { echo }` },
        { query: `{ echo @${name} }` },
        { query: `{ __type(name: "${name}") { name } }` },
        { query: `{ echo(any: { ${name}: 1 }) }` },
        { query: '{ ledger }', [name]: 1, extensions: { [name]: 1 } },
      ];
      for (const body of bodies) {
        const answer = await city.ask(body);
        expect([body, answer.body.errors?.filter(({ extensions }) => extensions['code'] === 'INTERNAL') ?? []]).toEqual(
          [body, []],
        );
        expect(answer.status).toBeLessThan(500);
      }
    },
  );
});
