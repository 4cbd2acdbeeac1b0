import { startSmallCity } from './support/small-city.js';

/** Whom a browser lets read an answer that was asked for from a page. */
async function allowed(url: string, origin: string): Promise<string | null> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { origin, 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ __typename }' }),
  });
  expect(response.status).toBe(200);
  return response.headers.get('access-control-allow-origin');
}

it('in development pages of this machine ask the graph without configuration, and no others', async () => {
  const city = await startSmallCity();
  try {
    const own = ['http://localhost:5173', 'http://127.0.0.1:3000', 'https://localhost', 'http://[::1]:8080'];
    const others = [
      'https://elsewhere.example',
      'http://localhost.elsewhere.example',
      'http://elsewhere.example:5173',
      'null',
      'http://127.0.0.1.elsewhere.example',
    ];
    expect(await Promise.all(own.map(async (origin) => allowed(city.gateway.url, origin)))).toEqual(own);
    expect(await Promise.all(others.map(async (origin) => allowed(city.gateway.url, origin)))).toEqual(
      others.map(() => null),
    );
    // What gives tokens away is read by no page of another origin.
    const start = await fetch(city.gateway.url.replace('/graphql', '/graphiql/start.json'), {
      headers: { origin: 'http://localhost:5173' },
    });
    expect(start.headers.get('access-control-allow-origin')).toBeNull();
  } finally {
    await city.stop();
  }
});
