import { actorSchema, readPurpose } from '@zhitong/kit';

describe('the header x-purpose', () => {
  it.each([
    ['%E6%A0%B8%E5%AE%9E%E7%94%B3%E6%8A%A5', '核实申报'],
    ["UTF-8''%E6%A0%B8%E5%AE%9E%E7%94%B3%E6%8A%A5", '核实申报'],
    ["utf-8'zh-CN'%E6%A0%B8%E5%AE%9E%E7%94%B3%E6%8A%A5 2026", '核实申报 2026'],
    ['  check of grant G-1  ', 'check of grant G-1'],
    ['x'.repeat(200), 'x'.repeat(200)],
  ])('%s is %s', (header, purpose) => {
    expect(readPurpose(header)).toEqual({ ok: true, purpose });
  });

  it.each([
    ['%E6%A0', 'begins no UTF-8 character'],
    ['æ ¸å®', 'percent-encoded UTF-8'],
    ['abc', 'has 3 characters'],
    ['%20%20a%20%20', 'has 1 characters'],
    ['x'.repeat(201), 'has 201 characters'],
    ['abc%0Adef', 'cannot be shown'],
    ['abc%E2%80%AEdef', 'cannot be shown'],
  ])('%s is refused: %s', (header, words) => {
    expect(readPurpose(header)).toMatchObject({
      ok: false,
      words: { message: expect.stringContaining(words) as unknown },
    });
  });

  it('makes a purpose that an actor can carry, and nothing else does', () => {
    const officer = { sub: 'o', roles: ['OFFICER'], department: 'RSJ' };
    expect(actorSchema.safeParse({ ...officer, purpose: '核实申报' }).success).toBe(true);
    for (const purpose of ['abc', 'x'.repeat(201), 'abc\ndef'])
      expect(actorSchema.safeParse({ ...officer, purpose }).success).toBe(false);
  });
});
