import { bearer, FIRST, SECOND, startSmallCity, type SmallCity } from './support/small-city.js';

describe('the rights of the graph at the gateway', () => {
  let city: SmallCity;
  beforeAll(async () => {
    city = await startSmallCity();
  });
  afterAll(() => city.stop());
  beforeEach(() => {
    city.registry.received.length = 0;
    city.cases.received.length = 0;
  });

  const overview = `query Overview($uscc: ID!) { enterprise(uscc: $uscc) { name cases(first: 3) { totalCount } turnover } }`;

  it('answers an anonymous caller with null and UNAUTHENTICATED for each guarded field, and the rest as usual', async () => {
    const { status, body } = await city.ask({ query: overview, variables: { uscc: FIRST } });
    expect(status).toBe(200);
    expect(body.data).toEqual({ enterprise: { name: '甲公司', cases: null, turnover: null } });
    expect(body.errors?.map(({ path, extensions }) => [path, extensions['code']])).toEqual([
      [['enterprise', 'cases'], 'UNAUTHENTICATED'],
      [['enterprise', 'turnover'], 'UNAUTHENTICATED'],
    ]);
    expect(body.errors?.[0]?.message).toBe(
      'Enterprise.cases needs a bearer token with the role ENTERPRISE or OFFICER or AUDITOR.',
    );
  });

  it('asks no department for what is refused', async () => {
    await city.ask({ query: overview, variables: { uscc: FIRST } });
    expect(city.cases.received).toEqual([]);
    expect(city.registry.received[0]?.query).not.toContain('turnover');
  });

  it('says FORBIDDEN to a known caller without the role, and answers one with it', async () => {
    const officer = await city.ask(
      { query: overview, variables: { uscc: FIRST } },
      bearer(await city.token('OFFICER', { department: 'RSJ' })),
    );
    expect(officer.body.data).toEqual({ enterprise: { name: '甲公司', cases: { totalCount: 1 }, turnover: null } });
    expect(officer.body.errors?.map(({ path, extensions }) => [path, extensions['code']])).toEqual([
      [['enterprise', 'turnover'], 'FORBIDDEN'],
    ]);
    const auditor = await city.ask(
      { query: overview, variables: { uscc: FIRST } },
      bearer(await city.token('AUDITOR')),
    );
    expect(auditor.body).toEqual({ data: { enterprise: { name: '甲公司', cases: { totalCount: 1 }, turnover: 3 } } });
  });

  it('keeps roles apart when the same operation is asked again and again', async () => {
    const auditor = bearer(await city.token('AUDITOR'));
    for (const headers of [{}, auditor, {}, auditor]) {
      const { body } = await city.ask({ query: overview, variables: { uscc: FIRST } }, headers);
      expect(body.errors?.length ?? 0).toBe('authorization' in headers ? 0 : 2);
    }
  });

  it('names every place of a list, also through aliases, fragments and a selection that becomes empty', async () => {
    const query = `{ enterprises(first: 2) { nodes { ...Guarded } } } fragment Guarded on Enterprise { secret: turnover again: turnover @include(if: true) }`;
    const { body } = await city.ask({ query });
    expect(body.data).toEqual({
      enterprises: {
        nodes: [
          { secret: null, again: null },
          { secret: null, again: null },
        ],
      },
    });
    expect(body.errors?.map(({ path }) => path?.join('.'))).toEqual([
      'enterprises.nodes.0.secret',
      'enterprises.nodes.0.again',
      'enterprises.nodes.1.secret',
      'enterprises.nodes.1.again',
    ]);
  });

  it('reports nothing for a guarded field that was not reached or skipped', async () => {
    const absent = await city.ask({ query: overview, variables: { uscc: 'nobody' } });
    expect(absent.body).toEqual({ data: { enterprise: null } });
    const skipped = await city.ask({ query: `{ enterprise(uscc: "${SECOND}") { name turnover @skip(if: true) } }` });
    expect(skipped.body).toEqual({ data: { enterprise: { name: '乙公司' } } });
  });

  it('leaves variables and fragments alone that only a refused field used', async () => {
    const query = `query ($uscc: ID!, $n: Int!) { enterprise(uscc: $uscc) { name cases(first: $n) { ...Page } } } fragment Page on CaseConnection { totalCount }`;
    const { body } = await city.ask({ query, variables: { uscc: FIRST, n: 1 } });
    expect(body.data).toEqual({ enterprise: { name: '甲公司', cases: null } });
    expect(body.errors?.map(({ path }) => path)).toEqual([['enterprise', 'cases']]);
    const wrong = await city.ask({ query, variables: { uscc: FIRST, n: 'one' } });
    expect(wrong.body.errors?.map(({ extensions }) => extensions['code'])).toEqual(['BAD_USER_INPUT']);
  });

  it('guards a field that is reached through an interface', async () => {
    const { body } = await city.ask({ query: `{ enterprise(uscc: "${FIRST}") { holder { name contact } } }` });
    expect(body.data).toEqual({ enterprise: { holder: { name: '甲公司', contact: null } } });
    expect(body.errors?.map(({ path }) => path)).toEqual([['enterprise', 'holder', 'contact']]);
  });

  it('refuses a guarded root field without asking anybody', async () => {
    const { body } = await city.ask({ query: '{ ledger }' });
    expect(body.data).toEqual({ ledger: null });
    expect(body.errors?.[0]?.path).toEqual(['ledger']);
    expect(city.registry.received).toEqual([]);
  });

  it('runs nothing of an operation whose mutation is refused', async () => {
    const query = `mutation { look(uscc: "${FIRST}") { name } rename(uscc: "${FIRST}", name: "x") { name } }`;
    const { body } = await city.ask({ query });
    expect(body.data).toBeNull();
    expect(body.errors?.map(({ path, extensions }) => [path, extensions['code']])).toEqual([
      [['rename'], 'UNAUTHENTICATED'],
    ]);
    expect(city.registry.received).toEqual([]);
  });

  it('runs an allowed mutation and prunes only what is guarded in its answer', async () => {
    const { body } = await city.ask({ query: `mutation { look(uscc: "${FIRST}") { name turnover } }` });
    expect(body.data).toEqual({ look: { name: '甲公司', turnover: null } });
    expect(body.errors?.map(({ path }) => path)).toEqual([['look', 'turnover']]);
  });
});
