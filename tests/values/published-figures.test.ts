import { mayReplace, standsForEnough, type SeenFigures } from '@zhitong/values';

describe('a newer table takes the place of a published one', () => {
  const former: SeenFigures = { counts: { met: 20, few: 3 }, amounts: { fen: { amount: 900, of: 20 } } };
  it.each<[string, boolean, SeenFigures]>([
    ['when nothing moved', true, former],
    ['when a count rose by five', true, { ...former, counts: { met: 25, few: 3 } }],
    ['when a count fell by five', true, { ...former, counts: { met: 15, few: 3 } }],
    ['not when a count rose by four', false, { ...former, counts: { met: 24, few: 3 } }],
    ['not when a count fell by four', false, { ...former, counts: { met: 16, few: 3 } }],
    ['not when beside five one moved elsewhere', false, { ...former, counts: { met: 25, few: 4 } }],
    ['not when a cell of fewer than five is gone', false, { ...former, counts: { met: 20 } }],
    ['not when a cell of one comes', false, { ...former, counts: { met: 20, few: 3, fresh: 1 } }],
    ['when a cell of five comes', true, { ...former, counts: { met: 20, few: 3, fresh: 5 } }],
    ['not when an amount moved beside equal counts', false, { ...former, amounts: { fen: { amount: 990, of: 20 } } }],
    ['not when four moved an amount', false, { ...former, amounts: { fen: { amount: 990, of: 24 } } }],
    ['when five moved an amount', true, { ...former, amounts: { fen: { amount: 990, of: 25 } } }],
    ['when an amount of twenty is gone', true, { counts: former.counts }],
    [
      'not when an amount of one comes',
      false,
      { ...former, amounts: { ...former.amounts, more: { amount: 7, of: 1 } } },
    ],
    [
      'when nothing stands under a new name',
      true,
      { counts: { ...former.counts, none: 0 }, amounts: { ...former.amounts, none: { amount: 0, of: 0 } } },
    ],
  ])('%s', (_when, expected, newer) => {
    expect(mayReplace(former, newer)).toBe(expected);
  });

  it('has no amounts where the former has none, or takes those that five share', () => {
    expect(mayReplace({ counts: {} }, { counts: {} })).toBe(true);
    expect(mayReplace({ counts: {} }, { counts: {}, amounts: { fen: { amount: 1, of: 5 } } })).toBe(true);
  });
});

describe('parts that are added up', () => {
  it.each([
    ['nothing', [], false],
    ['a part of five', [{ enterprises: 5, few: [] }], true],
    ['a part of four', [{ enterprises: 4, few: ['a', 'b', 'c', 'd'] }], false],
    [
      'four and the same one again',
      [
        { enterprises: 4, few: ['a', 'b', 'c', 'd'] },
        { enterprises: 1, few: ['a'] },
      ],
      false,
    ],
    [
      'four and another one',
      [
        { enterprises: 4, few: ['a', 'b', 'c', 'd'] },
        { enterprises: 1, few: ['e'] },
      ],
      true,
    ],
    [
      'one, and many',
      [
        { enterprises: 1, few: ['a'] },
        { enterprises: 9, few: [] },
      ],
      true,
    ],
  ])('of %s', (_what, parts, expected) => {
    expect(standsForEnough(parts)).toBe(expected);
  });
});
