import { createLogger, encodeCursor } from '@zhitong/kit';

/** What a logger writes of a message and its fields. */
function written(fields: object, message = 'something happened'): string {
  let text = '';
  createLogger({ name: 'test', level: 'trace', destination: { write: (line) => (text += line) } }).error(
    fields,
    message,
  );
  return text;
}

const MOBILE = '13800138000';
const IDENTITY = '422301199003074513';

describe('the log', () => {
  it.each([
    ['a mobile number', MOBILE],
    ['a spaced one', '138 0013 8000'],
    ['a hyphened one', '138-0013-8000'],
    ['a full-width one', '１３８００１３８０００'],
    ['one with the code of the country', '+8613800138000'.replace('+86', '+86 ')],
    ['a landline', '0715-8123456'],
    ['one in brackets', '(0715)8123456'],
    ['one with characters that nobody sees', '138\u200B0013\u200B8000'],
    ['a number with points and brackets', '(+86)138.0013.8000'],
    ['an identity number', IDENTITY],
    ['a spaced identity number', '422301 19900307 451X'],
    ['a cursor', encodeCursor('list', [MOBILE, 'x'])],
    ['base64', Buffer.from(`{"telephone":"${MOBILE}"}`).toString('base64')],
    ['a bearer token', 'eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl'],
  ])('holds no %s, wherever it stands', (_what, secret) => {
    const error = new TypeError(`cannot compare "${secret}" with 7`);
    const line = written(
      {
        err: error,
        path: ['enterprise', `p${secret}`],
        deep: { deeper: { list: [`tel ${secret}`] } },
        requestId: secret,
        [secret]: 1,
      },
      `about ${secret}.`,
    );
    expect(line).not.toContain(secret);
    expect(line).toContain('[withheld]');
    expect(line).toContain('TypeError');
    expect(() => JSON.parse(line) as unknown).not.toThrow();
  });

  it('holds no number that is a telephone number, nor what databases quote', () => {
    const line = written({
      value: 13800138000,
      problem:
        'E11000 duplicate key error collection: c.people index: name_1 dup key: { name: "张三", village: "李家湾" }',
      cast: 'Cast to Number failed for value "王五" (type string) at path "count"',
    });
    expect(line).not.toMatch(/13800138000|张三|李家湾|王五/);
    expect(line).toMatch(/E11000 duplicate key error collection: c\.people.*Cast to Number failed.*at path/);
  });

  it.each([
    'authorization',
    'token',
    'telephone',
    'identityNumber',
    'contact',
    'complainant',
    'secret',
    'variables',
    'after',
  ])('holds nothing of a field "%s", at any depth', (key) => {
    expect(written({ a: { b: { c: { d: [{ [key]: { x: '张三' } }] } } } })).not.toContain('张三');
  });

  it('keeps what helps: references, days, amounts, figures, paths', () => {
    const fields = {
      reference: '0b8d1f6c-3c5e-4a8e-9d57-113812345678',
      day: '2026-11-28',
      amount: '1200000.00',
      at: 1764291600000,
      seconds: 0.013800138,
      count: 27851,
      path: ['enterprises', 'nodes', 0, 'name'],
      reason: 'ECONNREFUSED: connect ECONNREFUSED 127.0.0.1:4002',
      uscc: '91421202MX06RBPU8C',
    };
    expect(JSON.parse(written(fields))).toMatchObject({ ...fields, msg: 'something happened', name: 'test' });
  });
});
