import {
  AWARD_LEVELS,
  awardAmong,
  readAward,
  withAward,
  withoutAward,
  type RegisteredAward,
} from '../../../../subgraphs/enterprises/src/domain/register/awards.js';
import {
  lineWith,
  SUCCESSION_KINDS,
  type PredecessorRecord,
} from '../../../../subgraphs/enterprises/src/domain/register/succession.js';

const TODAY = '2026-11-22';
const award = (title: string, awardedOn: string, part: Partial<RegisteredAward> = {}): RegisteredAward => ({
  ...{ title, level: 'PROVINCIAL', awardedOn, validTo: null, firstTime: true },
  ...part,
});

describe('a title that a list states', () => {
  const stated = { title: '瞪羚企业', level: 'PROVINCIAL', awardedOn: '2026-06-01' } as const;
  const read = (part: Partial<Parameters<typeof readAward>[0]>, awards: RegisteredAward[] = []) =>
    readAward({ ...stated, ...part }, { awards, today: TODAY });

  it('was awarded at the latest today, and is valid at least on its first day', () => {
    expect(read({ awardedOn: TODAY })).toEqual(award('瞪羚企业', TODAY));
    expect(read({ awardedOn: '2026-11-23' })).toEqual({
      field: 'awardedOn',
      reason: '认定日期 2026-11-23 晚于今天 2026-11-22',
    });
    expect(read({ validTo: '2026-06-01' })).toEqual(award('瞪羚企业', '2026-06-01', { validTo: '2026-06-01' }));
    expect(read({ validTo: '2026-05-31' })).toEqual({
      field: 'validTo',
      reason: '有效期至 2026-05-31 早于认定日期 2026-06-01',
    });
  });

  it.each<[string, RegisteredAward[], boolean | undefined, boolean]>([
    ['nothing is known', [], undefined, true],
    ['the same title was awarded before', [award('瞪羚企业', '2023-06-01')], undefined, false],
    ['the same title was awarded on that day', [award('瞪羚企业', '2026-06-01')], undefined, true],
    ['the same title was awarded later', [award('瞪羚企业', '2026-09-01')], undefined, true],
    ['another title was awarded before', [award('独角兽企业', '2023-06-01')], undefined, true],
    [
      'another before and the same later',
      [award('独角兽企业', '2023-06-01'), award('瞪羚企业', '2026-09-01')],
      undefined,
      true,
    ],
    ['the list says it is the first, whatever stands before', [award('瞪羚企业', '2023-06-01')], true, true],
    ['the list says it is a renewal', [], false, false],
  ])('is recognised for the first time where %s', (_what, awards, firstTime, expected) => {
    expect(read({ firstTime }, awards)).toMatchObject({ firstTime: expected });
  });

  it('has a level, by whatever the list calls it', () => {
    expect(AWARD_LEVELS).toEqual({
      NATIONAL: ['国家级', '国家', '部级'],
      PROVINCIAL: ['省级', '省', '自治区级', '直辖市级'],
      CITY: ['市级', '市', '地市级'],
    });
  });
});

describe('the titles of an enterprise', () => {
  const held = [award('瞪羚企业', '2023-06-01'), award('瞪羚企业', '2026-06-01'), award('独角兽企业', '2026-06-01')];
  const renewed = award('瞪羚企业', '2026-06-01', { level: 'NATIONAL', validTo: '2029-05-31' });

  it('are told apart by title and day together', () => {
    expect(awardAmong(held, { title: '瞪羚企业', awardedOn: '2026-06-01' })).toBe(held[1]);
    expect(awardAmong(held, { title: '独角兽企业', awardedOn: '2023-06-01' })).toBeUndefined();
  });

  it('take in one more at the end, and in place what is stated anew', () => {
    const another = award('绿色工厂', '2026-06-01');
    expect(withAward(held, another)).toEqual([...held, another]);
    expect(withAward(held, renewed)).toEqual([held[0], renewed, held[2]]);
    expect(withAward([], another)).toEqual([another]);
  });

  it('lose one, and no other of the same title or day', () => {
    expect(withoutAward(held, { title: '瞪羚企业', awardedOn: '2026-06-01' })).toEqual([held[0], held[2]]);
    expect(withoutAward(held, { title: '绿色工厂', awardedOn: '2026-06-01' })).toEqual(held);
  });
});

describe('the line of an enterprise (民法典 67 条)', () => {
  const record = (uscc: string, on: string, isDirect = true): PredecessorRecord => ({
    ...{ uscc, on, kind: 'MERGER', document: `登记 ${uscc}`, isDirect },
  });
  const codes = (line: readonly PredecessorRecord[]): string[] =>
    line.map(({ uscc, isDirect }) => (isDirect ? uscc : `(${uscc})`));

  it('goes back through whom the added one goes on from, latest day first, between equals by code', () => {
    expect(
      codes(
        lineWith([record('D', '2021-01-01'), record('E', '2025-01-01')], record('A', '2024-01-01'), [
          record('C', '2021-01-01'),
          record('B', '2021-01-01'),
        ]),
      ),
    ).toEqual(['E', 'A', '(B)', '(C)', 'D']);
  });

  it('leaves out what passed on to the added one after that had passed on itself', () => {
    const added = record('A', '2024-01-01');
    expect(codes(lineWith([], added, [record('B', '2024-01-01'), record('C', '2024-01-02')]))).toEqual(['A', '(B)']);
    expect(lineWith([], added, [])).toEqual([added]);
  });

  it('names nobody twice: what is recorded of the enterprise itself stands before what is behind another', () => {
    const again = { ...record('A', '2020-01-01'), document: '后登记' };
    expect(lineWith([record('A', '2024-01-01')], again, [])).toEqual([record('A', '2024-01-01')]);
    expect(lineWith([record('A', '2024-01-01', false)], again, [])).toEqual([again]);
    expect(lineWith([record('A', '2024-01-01', false)], { ...again, isDirect: false }, [])).toEqual([
      record('A', '2024-01-01', false),
    ]);
    expect(
      codes(lineWith([record('B', '2023-01-01')], record('A', '2024-01-01'), [record('B', '2022-01-01')])),
    ).toEqual(['A', 'B']);
  });

  it('is one of mergers, divisions and new codes', () => {
    expect(SUCCESSION_KINDS).toEqual(['MERGER', 'DIVISION', 'NEW_CODE']);
  });
});
