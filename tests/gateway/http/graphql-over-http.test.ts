import { serverAudits } from 'graphql-http';
import { startSmallCity, type SmallCity } from '../support/small-city.js';

const NEEDS_A_HEADER =
  'A GET without a header that pages of other sites cannot send is refused: it could be a forged one.';
const SAYS_4XX =
  'What is refused is 4xx in either media type, so that proxies, logs and clients see it; the specification allows it.';

/**
 * What the gateway does otherwise on purpose; none of them is a MUST. The same list, with the reasons, is in
 * gateway/README.md.
 */
const OTHERWISE: ReadonlyMap<string, string> = new Map([
  ['5A70', NEEDS_A_HEADER],
  ['D6D5', NEEDS_A_HEADER],
  ['6A70', NEEDS_A_HEADER],
  ['572B', SAYS_4XX],
  ['FDE2', SAYS_4XX],
  ['7B9B', SAYS_4XX],
]);

describe('the specification of GraphQL over HTTP', () => {
  let city: SmallCity;
  beforeAll(async () => {
    city = await startSmallCity();
  });
  afterAll(() => city.stop());
  const audits = serverAudits({ url: () => city.gateway.url });

  it.each(audits.filter(({ id }) => !OTHERWISE.has(id)).map((audit) => [audit.id, audit.name, audit] as const))(
    '%s: %s',
    async (_id, _name, audit) => {
      expect(await audit.fn()).toMatchObject({ status: 'ok' });
    },
  );

  it.each(
    audits
      .filter(({ id }) => OTHERWISE.has(id))
      .map((audit) => [audit.id, audit.name, OTHERWISE.get(audit.id), audit] as const),
  )('%s: %s is otherwise. %s', async (_id, name, _reason, audit) => {
    expect(name).toMatch(/^(SHOULD|MAY) /);
    expect((await audit.fn()).status).not.toBe('ok');
  });

  it('is passed also for a GET that carries such a header', async () => {
    const search = new URLSearchParams({
      query: 'query Type($name: String!) { __type(name: $name) { name } }',
      variables: '{"name":"Query"}',
    });
    for (const accept of ['application/json', 'application/graphql-response+json']) {
      const response = await fetch(`${city.gateway.url}?${search.toString()}`, {
        headers: { accept, 'apollo-require-preflight': 'yes' },
      });
      expect([response.status, await response.json()]).toEqual([200, { data: { __type: { name: 'Query' } } }]);
    }
  });

  it('knows every check that is listed as otherwise', () => {
    expect(audits.map(({ id }) => id)).toEqual(expect.arrayContaining([...OTHERWISE.keys()]));
  });
});
