import { readFileSync } from 'node:fs';
import path from 'node:path';
import { cellText } from '@zhitong/values';
import {
  conditionsOf,
  contentOf,
  nodeOf,
  valueText,
  valueTyped,
} from '../../../web/src/pages/policies/editor/policy-content.js';
import { csvText } from '../../../web/src/values/csv.js';
import { canonical, firstFault } from '../../../web/src/pages/audit/verify-chain.js';
import { dayInShanghai, deadlineText, momentText } from '../../../web/src/values/days.js';
import { moneyText } from '../../../web/src/values/money.js';
import { percentText } from '../../../web/src/values/ratio.js';

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

  it.each([
    ['the end of a day', '2026-12-03T16:00:00Z', '2026-12-03 24:00'],
    ['the end of a year', '2026-12-31T16:00:00.000Z', '2026-12-31 24:00'],
    ['the middle of a day', '2026-12-03T04:00:00Z', '2026-12-03 12:00'],
    ['the last minute of a day', '2026-12-03T15:59:00Z', '2026-12-03 23:59'],
  ])('a deadline at %s names the last day on which it is in time', (_, moment, shown) => {
    expect(deadlineText(moment)).toBe(shown);
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

  it('a downloaded table opens in a spreadsheet with numbers as numbers, and no cell of it is a formula', () => {
    expect(
      csvText([
        ['部门', '金额'],
        ['=HYPERLINK("http://x")\n=1+1', '12345678901234567.89'],
        ['住建局, "质安站"', -5],
        ['\t+861', '2026-01-01'],
      ]),
    ).toBe(
      [
        '\uFEFF"部门","金额"',
        `"'=HYPERLINK(""http://x"") =1+1",12345678901234567.89`,
        '"住建局, ""质安站""",-5',
        `"'+861","2026-01-01"`,
        '',
      ].join('\r\n'),
    );
  });

  it.each(['＝1+1', '\u200b=1+1', '\u0000@SUM(A1)', '道路\u000b=1+1', '－2', '+86 715', '\u202e=1', '-', ' 文 '])(
    'a cell %j is as harmless as in the files of the hub',
    (text) => {
      expect(csvText([[text]])).toBe(`\uFEFF"${cellText(text)}"\r\n`);
    },
  );
});

describe("a policy's criteria in the editor", () => {
  const policies = JSON.parse(
    readFileSync(path.resolve(import.meta.dirname, '../../../subgraphs/policies/data/real-policies.json'), 'utf8'),
  ) as { id: string; criteria: unknown[] }[];

  it('are written as they were read, for every collected policy', () => {
    expect(policies.length).toBeGreaterThan(70);
    for (const { criteria } of policies) expect(criteria.map((one) => contentOf(nodeOf(one)))).toEqual(criteria);
  });

  it('keep the year of a figure, the conditions of an item and what the editor does not know', () => {
    const stated = [
      { fact: 'employees', year: 'PREVIOUS', op: 'gte', value: 100 },
      {
        fact: 'titles',
        op: 'has',
        value: [
          { attribute: 'title', op: 'eq', value: '高新技术企业' },
          { attribute: 'awardedOn', op: 'withinLast', value: { count: 1, unit: 'YEARS' } },
        ],
        text_zh: '首次认定',
      },
      { fact: 'employees', op: 'gte', value: 1, of_a_later_release: true },
    ];
    expect(stated.map((one) => contentOf(nodeOf(one)))).toEqual(stated);
    expect(conditionsOf(stated[1]?.value)).toEqual(stated[1]?.value);
    expect([conditionsOf('高新技术企业'), conditionsOf(['C37'])]).toEqual([[], []]);
  });

  it('keep groups that no collected policy has', () => {
    const group = {
      atLeast: 2,
      of: [{ not: { fact: 'a', op: 'exists', value: true } }, { allOf: [] }],
      text_zh: '至少',
    };
    expect(contentOf(nodeOf(group))).toEqual(group);
  });

  it.each([
    ['12.5', 'gte', 'NUMBER', 12.5],
    ['12.5', 'eq', 'TEXT', '12.5'],
    ['$minimumWage', 'gte', 'MONEY', '$minimumWage'],
    ['C37， C38', 'in', 'CODE', ['C37', 'C38']],
    ['10, 20', 'between', 'INTEGER', [10, 20]],
    ['3 years', 'withinLast', 'DATE', { count: 3, unit: 'YEARS' }],
    ['false', 'eq', 'BOOLEAN', false],
    ['anything', 'exists', 'MONEY', true],
  ] as const)('a typed %s for %s of %s is %j', (text, op, type, value) => {
    expect(valueTyped(text, { op, type })).toEqual(value);
    expect(valueTyped(valueText(valueTyped(text, { op, type })), { op, type })).toEqual(value);
  });
});
