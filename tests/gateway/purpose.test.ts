import { bearer, FIRST, startSmallCity, type SmallCity } from './support/small-city.js';

let city: SmallCity;
let officer: string;
beforeAll(async () => {
  city = await startSmallCity();
  officer = await city.token('OFFICER', { department: 'RSJ' });
});
afterAll(async () => city.stop());

const PURPOSE = '核实一次性扩岗补助';
const ask = async (headers: Record<string, string>) =>
  city.ask({ query: `{ enterprise(uscc: "${FIRST}") { contact } }` }, headers);
/** What the department was last told of the caller: the claims of the assertion, which is a signed JWT. */
const told = (): string =>
  Buffer.from(
    String(city.registry.received.at(-1)?.headers['x-zhitong-assertion']).split('.')[1] ?? '',
    'base64url',
  ).toString('utf8');

describe('a purpose in the header x-purpose', () => {
  it('reaches the department with the caller, and only of the request that states it', async () => {
    expect((await ask({ ...bearer(officer), 'x-purpose': encodeURIComponent(PURPOSE) })).status).toBe(200);
    expect(told()).toContain(PURPOSE);
    await ask(bearer(officer));
    expect(told()).not.toContain('purpose');
    await ask({ ...bearer(officer), 'x-purpose': `UTF-8''${encodeURIComponent('另一个目的')}` });
    expect(told()).toContain('另一个目的');
  });

  it.each([
    ['%E6%A0', 'begins no UTF-8 character'],
    ['abc', '3 characters'],
    ['x'.repeat(201), '201 characters'],
  ])('is refused as %s, and no department is asked', async (header, words) => {
    const before = city.registry.received.length;
    const { status, body } = await ask({ ...bearer(officer), 'x-purpose': header });
    expect([status, body.errors?.[0]?.extensions['code'], body.errors?.[0]?.message]).toEqual([
      400,
      'BAD_USER_INPUT',
      expect.stringContaining(words),
    ]);
    expect(city.registry.received).toHaveLength(before);
  });

  it('makes nobody of an anonymous caller', async () => {
    const { body } = await ask({ 'x-purpose': encodeURIComponent(PURPOSE) });
    expect(body.errors?.[0]?.extensions['code']).toBe('UNAUTHENTICATED');
  });
});
