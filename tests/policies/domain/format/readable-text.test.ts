import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readPolicy } from '../../../../subgraphs/policies/src/domain/format/import-format.js';
import { unreadable as refused } from '../../../../subgraphs/policies/src/domain/format/readable-text.js';
import { TODAY } from '../../support/random-criteria.js';

/** Bytes of UTF-8 read by a decoder for something else, as programs do it. */
const misread = (text: string, encoding: string): string => new TextDecoder(encoding).decode(Buffer.from(text, 'utf8'));

const unreadable = (text: string): string | null => refused(text)?.message ?? null;

describe('a text that nobody can read', () => {
  it.each(['稳岗返还政策', '关于支持中小企业技术改造的若干措施(2026版)', '高新技术企业认定奖励', '惠企政策'])(
    '%s misread as another encoding is found out, and is not as it stands',
    (text) => {
      expect(unreadable(text)).toBeNull();
      for (const encoding of ['gb18030', 'latin1'])
        expect(unreadable(misread(text, encoding))).toMatch(/^is text in UTF-8 that was read as /);
    },
  );

  it('is told what it says', () => {
    expect(unreadable('鏀跨瓥鎵舵寔')).toBe('is text in UTF-8 that was read as gb18030: it says 政策扶持');
    expect(unreadable('æƒ\u{A0}ä¼\u{81}æ”¿ç\u{AD}–')).toBe(
      'is text in UTF-8 that was read as windows-1252: it says 惠企政策',
    );
  });

  it.each<[string, string]>([
    ['a mark of writing direction', '稳岗\u{202E}返还'],
    ['a zero-width space', '稳岗\u{200B}返还'],
    ['a control', '稳岗\u{0007}返还'],
    ['a byte order mark', '\u{FEFF}稳岗返还'],
    ['a lost character', '稳岗\u{FFFD}返还'],
  ])('has %s', (_what, text) => expect(unreadable(text)).toMatch(/^has the character U\+/));

  it('is none of the texts of real policies, with their line breaks', () => {
    const file = fileURLToPath(new URL('../../../../subgraphs/policies/data/real-policies.json', import.meta.url));
    const texts: string[] = [];
    JSON.parse(readFileSync(file, 'utf8'), (_key, value: unknown) => {
      if (typeof value === 'string') texts.push(value);
      return value;
    });
    expect(texts.length).toBeGreaterThan(1_000);
    expect(texts.flatMap((text) => unreadable(text) ?? [])).toEqual([]);
    expect(unreadable('第一条\r\n\t第二条')).toBeNull();
    expect(unreadable('Café crème à la carte')).toBeNull();
  });
});

describe('a policy', () => {
  const policy = {
    id: 'one',
    title_zh: '一',
    issuer: '局',
    criteria: [{ fact: 'employees', op: 'gte', value: 1, text_zh: '有人' }],
    benefit: { kind: 'cash', amount_yuan: 1 },
  };
  const problems = (change: Record<string, unknown>): string[] =>
    readPolicy({ ...policy, ...change }, TODAY).problems.map(({ place, code }) => `${place} ${code}`);
  const asking = (fact: string, op: string, value: unknown): string[] =>
    problems({ criteria: [{ fact, op, value, text_zh: '' }] });

  it('is refused where a text of it cannot be read', () => {
    expect(problems({})).toEqual([]);
    expect(problems({ title_zh: misread('稳岗返还政策', 'gb18030') })).toEqual(['title_zh UNREADABLE']);
    expect(problems({ notes: 'a\u{202E}b' })).toEqual(['notes UNREADABLE']);
    expect(problems({ criteria: [{ fact: 'employees', op: 'gte', value: 1, text_zh: '\u{200B}' }] })).toEqual([
      'criteria[0].text_zh UNREADABLE',
    ]);
  });

  it.each<[string, string, unknown]>([
    ['industryCode', 'startsWith', 'Z'],
    ['industryCode', 'startsWith', 'C51'],
    ['industryCode', 'under', 'F53'],
    ['industryCode', 'in', ['C13', 'A99']],
    ['registeredRegion', 'eq', '991200'],
    ['registeredRegion', 'under', 'XX'],
    ['registeredProvince', 'ne', '000000'],
  ])('is refused where it asks %s %s %j, which does not exist', (fact, op, value) => {
    expect(asking(fact, op, value)).toEqual(['criteria[0].value UNKNOWN_CODE']);
  });

  it.each<[string, string, unknown]>([
    ['industryCode', 'startsWith', 'C'],
    ['industryCode', 'startsWith', 'C13'],
    ['industryCode', 'under', 'F5211'],
    ['industryCode', 'in', ['C43', 'T97']],
    ['registeredRegion', 'startsWith', '4212'],
    ['registeredRegion', 'under', 'CN'],
    ['registeredProvince', 'eq', '420000'],
  ])('may ask %s %s %j', (fact, op, value) => expect(asking(fact, op, value)).toEqual([]));

  it('is refused for a region of no province', () => {
    expect(problems({ region: { code: '991200', name: '' } })).toEqual(['region.code UNKNOWN_CODE']);
    expect(problems({ region: { code: 'CN', name: '' } })).toEqual([]);
  });
});
