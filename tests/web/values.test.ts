import { canonical, firstFault } from '../../web/src/pages/audit/verify-chain.js';
import { dayInShanghai, momentText } from '../../web/src/values/days.js';
import { moneyText } from '../../web/src/values/money.js';
import { percentText } from '../../web/src/values/ratio.js';

describe('what the pages show of values', () => {
  it.each([
    ['26434300.00', '¥26,434,300.00'],
    ['0.00', '¥0.00'],
    ['999', '¥999'],
    ['-1234567.5', '-¥1,234,567.5'],
    ['90071992547409931234.01', '¥90,071,992,547,409,931,234.01'],
  ])('the amount %s is %s, digit by digit', (amount, shown) => {
    expect(moneyText({ amount })).toBe(shown);
  });

  it.each([
    ['0.9833', '98.33%'],
    ['1', '100.00%'],
    ['1.0000', '100.00%'],
    ['0.0500', '5.00%'],
    ['0.5', '50.00%'],
  ])('the rate %s is %s', (rate, shown) => {
    expect(percentText(rate)).toBe(shown);
  });

  it('a day is that of Shanghai, wherever the browser is', () => {
    expect(dayInShanghai(new Date('2026-11-28T16:00:00Z'))).toBe('2026-11-29');
    expect(dayInShanghai(new Date('2026-11-28T15:59:59Z'))).toBe('2026-11-28');
    expect(momentText('2026-12-31T17:05:00Z')).toBe('2027-01-01 01:05');
  });
});

describe('the verification of a ledger in the browser', () => {
  // RFC 8785, 3.2.3, without the number that is no whole one.
  it('writes JSON in the canonical form', () => {
    expect(canonical({ string: '€$\n', literals: [null, true, false], a: { z: 1, b: 2 } })).toBe(
      '{"a":{"b":2,"z":1},"literals":[null,true,false],"string":"€$\\n"}',
    );
  });

  it('finds nothing in an empty chain, and the gap in one that begins late', async () => {
    expect(await firstFault('CN-1', [])).toBeUndefined();
    const late = { seq: 2, effectiveOn: '', recordedAt: '', body: {}, postings: [], previousHash: '', hash: '' };
    expect(await firstFault('CN-1', [late])).toEqual({ seq: 1, kind: 'GAP' });
  });
});
