import { encodeCursor } from '@zhitong/kit';
import { bearer, FIRST, startSmallCity, type SmallCity } from './support/small-city.js';

const MOBILE = '13800138000';
const SPACED = '138 0013 8000';
const WIDE = '１３８００１３８０００';
const IDENTITY = '42230119900307451X';
const CURSOR = encodeCursor('cases', [MOBILE, 'C-1']);
const SECRETS = [MOBILE, SPACED, WIDE, IDENTITY, CURSOR];

describe("the gateway's log of an attack", () => {
  let city: SmallCity;
  beforeAll(async () => {
    city = await startSmallCity({ GATEWAY_DEPARTMENT_TIMEOUT_MS: '200' });
  });
  afterAll(() => city.stop());

  it('records that something failed, and holds neither personal numbers nor cursors nor tokens', async () => {
    const token = await city.token('AUDITOR');
    const secrets = [...SECRETS, token];
    const alias = `p${MOBILE}`;
    for (const secret of secrets) {
      const answers = [
        JSON.stringify({
          errors: [{ message: `no such person: ${secret}`, path: [alias], extensions: { code: 'ODD', secret } }],
          data: null,
        }),
        JSON.stringify({ data: { [alias]: { secret } } }),
        `<html>${secret}</html>`,
        '',
      ];
      for (const text of answers) {
        city.registry.behave((_request, response) => void response.end(text));
        await city.ask(
          { query: `query ($any: JSON) { ${alias}: echo(any: $any) }`, variables: { any: { telephone: secret } } },
          { 'x-request-id': MOBILE, ...bearer(token) },
        );
      }
      city.registry.behave(() => undefined);
      await city.ask({ query: `{ enterprises(after: ${JSON.stringify(secret)}) { totalCount } }` }, bearer(token));
      city.registry.behave(undefined);
      await city.ask(
        { query: `{ enterprise(uscc: ${JSON.stringify(secret)}) { ${alias} } }` },
        bearer(secret.replace(/[^\w.]/g, '')),
      );
      await fetch(`${city.gateway.url}?query=${encodeURIComponent(`{ enterprise(uscc: "${secret}") { name`)}`, {
        headers: { 'apollo-require-preflight': 'yes' },
      });
      await fetch(city.gateway.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: `{"query": "${secret}`,
      });
    }
    const log = city.logged();
    for (const secret of secrets) expect(log).not.toContain(secret);
    expect(log).toContain('a department answered an undocumented error');
    expect(log).toContain('a department does not answer');
    expect((await city.ask({ query: `{ enterprise(uscc: "${FIRST}") { name } }` })).status).toBe(200);
  });
});
