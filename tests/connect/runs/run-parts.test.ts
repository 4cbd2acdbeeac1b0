import { asItWas } from '@zhitong/connect';
import { harmlessText as harmless } from '@zhitong/values';
import { progressText, timeLeftText } from '../../../connect/src/commands/report-lines.js';
import { addCounts, NO_COUNTS, refusalsJumped } from '../../../connect/src/runs/run-counts.js';
import { pageOf, SeenKeys } from '../../../connect/src/runs/rows/seen-keys.js';

describe('the keys of a run', () => {
  const keys = (count: number, from = 0) =>
    Array.from({ length: count }, (_none, index) => ({
      key: `键${String(from + index)}`,
      line: from + index + 1,
      content: index,
    }));

  it('are found by the line of the first, also after a page was stored and read', () => {
    const seen = new SeenKeys();
    seen.addAll(keys(20_000));
    const read = new SeenKeys();
    read.load(pageOf(keys(20_000)));
    for (const one of [seen, read]) {
      expect(
        keys(20_000).every(({ key, line, content }) => {
          const first = one.find(key);
          return first?.line === line && first.content === content;
        }),
      ).toBe(true);
      expect(keys(20_000, 20_000).some(({ key }) => one.find(key) !== undefined)).toBe(false);
      expect(one.isWhole).toBe(true);
    }
  });

  it('are as many as fit, and the newest; then nobody may say what was not met', () => {
    const seen = new SeenKeys(100);
    seen.addAll(keys(250));
    expect(seen.find('键249')?.line).toBe(250);
    expect(seen.find('键120')?.line).toBe(121);
    expect(seen.find('键0')).toBeUndefined();
    expect(seen.isWhole).toBe(false);
  });
});

describe('the counts of a run', () => {
  it('add up, or nothing is stored', () => {
    const outcomes = { new: 1, changed: 2, unchanged: 3, refused: 4, skipped: 5 };
    expect(addCounts(NO_COUNTS, 15, outcomes)).toEqual({ read: 15, ...outcomes });
    expect(() => addCounts(NO_COUNTS, 16, outcomes)).toThrow('read 16');
  });

  it.each([
    ['few rows', { read: 10, refused: 9 }, [], false],
    ['a first delivery', { read: 100, refused: 10 }, [], true],
    ['as before', { read: 100, refused: 12 }, [{ read: 1000, refused: 100 }], false],
    ['three times as before', { read: 100, refused: 30 }, [{ read: 1000, refused: 100 }], true],
    ['twice of nearly nothing', { read: 10_000, refused: 40 }, [{ read: 1000, refused: 1 }], false],
    [
      'after runs of nothing',
      { read: 100, refused: 12 },
      [
        { read: 0, refused: 0 },
        { read: 10, refused: 1 },
      ],
      false,
    ],
  ])('tell a jump of refusals: %s', (_what, run, before, isJump) => {
    const whole = (part: { read: number; refused: number }) => ({ ...NO_COUNTS, ...part });
    expect(refusalsJumped(whole(run), before.map(whole))).toBe(isJump);
  });
});

describe('a text of a reject file', () => {
  it.each(['=1+1', ' =1', '@x', '+a', '-a', '＝1', '＋1', '－1', '＠x', '\tx', '-1+2'])('%j does not run', (text) => {
    expect(harmless(text)).toBe(`'${text}`);
    expect(asItWas(harmless(text))).toBe(text);
  });

  it.each(['-5', '+3.14', '正常', "'x", '', '2024-01-02'])('%j stays as it is', (text) => {
    expect(harmless(text)).toBe(text);
    expect(asItWas(text)).toBe(text);
  });
});

describe('the time that a run still takes', () => {
  it.each([
    // Half in 90 seconds: the other half takes as long.
    [{ from: 0, share: 0.5, seconds: 90 }, '，约剩 2 分钟'],
    // Gone on with at three quarters: what was read before says nothing of how fast it goes.
    [{ from: 0.75, share: 0.8, seconds: 10 }, '，约剩 40 秒'],
    [{ from: 0, share: 0.01, seconds: 200 }, '，约剩 5.5 小时'],
    [{ from: 0.5, share: 0.5, seconds: 0 }, ''],
    [{ from: 0, share: 1, seconds: 90 }, ''],
    [{ from: null, share: null, seconds: 90 }, ''],
  ])('of %j is told as %j', (so, text) => {
    expect(timeLeftText(so)).toBe(text);
  });
});

describe('how far a run is', () => {
  const run = { counts: { read: 900, new: 880, changed: 0, unchanged: 0, refused: 20, skipped: 0 } };
  const counts = '读取 900：新增 880、变更 0、未变 0、退回 20、略过 0';

  it.each([
    [
      'from its beginning',
      0.5,
      { read: 0, share: 0, seconds: 9 },
      `[##########----------] 50% ${counts}，每秒 100 行，约剩 9 秒`,
    ],
    [
      'gone on with',
      0.5,
      { read: 450, share: 0.25, seconds: 4.5 },
      `[##########----------] 50% ${counts}，每秒 100 行，约剩 9 秒`,
    ],
    ['gone on with just now', 0.5, { read: 900, share: 0.5, seconds: 0 }, `[##########----------] 50% ${counts}`],
    ['of a source that knows no end', null, { read: 0, share: null, seconds: 9 }, `${counts}，每秒 100 行`],
    ['read to the end', 1, { read: 0, share: 0, seconds: 9 }, `[####################] 100% ${counts}，每秒 100 行`],
  ])('is told of one %s by a bar, its rate and the time left', (_what, share, from, text) => {
    expect(progressText(run, share, from)).toBe(text);
  });
});
