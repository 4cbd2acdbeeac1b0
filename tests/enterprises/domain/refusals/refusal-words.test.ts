import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkUscc } from '@zhitong/values';
import {
  REFUSAL_WORDS,
  said,
  saidOfText,
  saidOfUscc,
  type RefusalReason,
} from '../../../../subgraphs/enterprises/src/domain/refusal-words.js';

const SOURCES = join(import.meta.dirname, '../../../../subgraphs/enterprises/src');
const REASONS = Object.keys(REFUSAL_WORDS) as RefusalReason[];
const places = (words: string): string[] => [...words.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);

it.each(REASONS)('%s has words in English and in Chinese, of the same parameters', (reason) => {
  const { en, zh } = REFUSAL_WORDS[reason];
  expect(en).toMatch(/[a-z{]/);
  expect(zh).toMatch(/[\u4e00-\u9fff]/u);
  const inEnglish = new Set(places(en));
  // A parameter may have a Chinese form of its own, called after it.
  expect(places(zh).filter((name) => !inEnglish.has(name.replace(/InChinese$/, '')))).toEqual([]);
});

/** The sources of the department, without what connectors tell whoever corrects a row (in Chinese alone). */
const sources = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter(
  (name) => name.endsWith('.ts') && !/generated|connectors|refusals\.ts$/.test(name),
);

it('refuses in no other words: nothing in the department makes a refusal of a bare text', () => {
  const bare = sources.flatMap((name) => {
    const text = readFileSync(join(SOURCES, name), 'utf8');
    const found = [
      ...text.matchAll(/\b(?:refuse|faultPayload)\(/g),
      ...text.matchAll(/path: ?\[[^\n]*\bmessage: ?[`'"]/g),
      ...text.matchAll(/\btextFaults\(/g),
    ];
    const isOwn = name.endsWith('register-entry.ts') || name.endsWith('refusal-words.ts');
    return isOwn ? [] : found.map(([what]) => `${name}: ${what}`);
  });
  expect(bare).toEqual([]);
});

it('uses every reason that it has words for', () => {
  const used = new Set(
    sources
      .filter((name) => !name.includes('refusals/'))
      .flatMap((name) => [...readFileSync(join(SOURCES, name), 'utf8').matchAll(/'([A-Z][A-Z_]+)'/g)])
      .map(([, reason]) => reason),
  );
  expect(REASONS.filter((reason) => !used.has(reason))).toEqual([]);
});

it('puts parameters into both, and calls codes of the graph by their Chinese names', () => {
  expect(said('STEP_DONE', { step: 'CONSTRUCTION_PERMIT', done: '2026-03-02' })).toEqual({
    reason: 'STEP_DONE',
    message: 'CONSTRUCTION_PERMIT was completed on 2026-03-02 already',
    zh: '环节“施工许可”已于 2026-03-02 完成',
    parameters: { step: 'CONSTRUCTION_PERMIT', done: '2026-03-02' },
  });
  expect(said('ASPECTS_MISSING', { missing: 'PLANNING, INDUSTRY_POLICY' }).zh).toBe(
    '尚无单位就 规划、产业政策 发表意见，应延期再议',
  );
});

it.each([
  ['一', 'at least 2 characters, not 1', '内容有 1 个字，至少须 2 个字'],
  ['一二三四五六', 'at most 5 characters, not 6', '内容有 6 个字，最多 5 个字'],
  ['一'.repeat(20), 'at most 5 characters, not 20', '内容有 20 个字，最多 5 个字'],
  ['一二\u0007', 'holds the control character U+0007', '内容含有控制字符或不完整的字符'],
])('says what is wrong with the text %j', (text, message, zh) => {
  expect(saidOfText(text, ['note'], { longest: 5, shortest: 2 })).toMatchObject([{ path: ['note'], message, zh }]);
});

it('finds nothing wrong with a text that fits', () =>
  expect(saidOfText('一二三', ['note'], { longest: 5, shortest: 2 })).toEqual([]));

it('says of a code which place is wrong', () => {
  const check = checkUscc('91110000600037341M');
  if (check.ok) throw new Error('the check character is wrong');
  expect(saidOfUscc(check, '91110000600037341M')).toMatchObject({
    message: check.message,
    zh: expect.stringContaining('L') as unknown,
    reason: 'BAD_USCC',
  });
});
