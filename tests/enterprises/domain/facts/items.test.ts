import { isSameItem, withItem, withoutItem } from '../../../../subgraphs/enterprises/src/domain/fact-items.js';
import {
  checkFacts,
  MOST_ITEMS,
  recordedFacts,
  singleFacts,
  type FactItem,
} from '../../../../subgraphs/enterprises/src/domain/fact-vocabulary.js';
import { isSameOrigin } from '../../../../subgraphs/enterprises/src/domain/origin.js';

const refusals = (fact: string, value: unknown): string[] =>
  checkFacts({ values: { [fact]: value }, withdraw: [] }).problems.map(({ message }) => message);
const repeated = <Value>(count: number, value: Value): Value[] => Array.from({ length: count }, () => value);

describe('an item of a collection', () => {
  /** Each attribute with what it takes and what it does not. */
  it.each<[collection: string, attribute: string, right: unknown[], wrong: unknown[]]>([
    ['loans', 'product', ['科技贷', '长'.repeat(100)], ['', '长'.repeat(101), 1]],
    ['loans', 'principalYuan', [0, 10_000_000_000_000], [0.5, 10_000_000_000_001, '1']],
    ['loans', 'equipmentYuan', [1], [0.5, true]],
    ['loans', 'interestPaidYuan', [1], [0.5, null]],
    ['loans', 'years', [0, 0.5, 200], [-0.5, 200.5, '1']],
    ['loans', 'takenOn', ['2026-02-28'], ['2026-02-30', 20260228]],
    ['hires', 'group', ['高校毕业生'], ['', false]],
    ['hires', 'people', [0, 10_000_000], [-1, 1.5, 10_000_001]],
    ['hires', 'hiredOn', ['2026-02-28'], ['2026-2-28', null]],
    ['hires', 'contractYears', [1.5, 200], [201, '1']],
    ['hires', 'insuredMonths', [0, 1_200], [1_201, 0.5]],
    ['hires', 'stableMonths', [0, 1_200], [1_201, 0.5]],
    ['hires', 'socialInsured', [true, false], [0, 'true']],
    ['projects', 'kind', ['技改'], ['', 1]],
    ['projects', 'status', ['在建'], ['', 1]],
    ['projects', 'fixedInvestmentYuan', [1], [0.5, '1']],
    ['projects', 'startedOn', ['2026-02-28'], ['2026-02-30', true]],
    ['projects', 'completedOn', ['2026-02-28'], ['2026-02-30', 1]],
  ])('%s: %s takes %j, and not %j', (collection, attribute, right, wrong) => {
    for (const value of right) expect([value, refusals(collection, [{ [attribute]: value }])]).toEqual([value, []]);
    for (const value of wrong)
      expect([value, refusals(collection, [{ [attribute]: value }]).length]).toEqual([value, 1]);
    // It is an attribute of this collection, and of no other that has not the same.
    expect(refusals(collection, [{ [`${attribute}X`]: right[0] }])).toHaveLength(1);
  });

  it.each<[string, string, unknown, boolean]>([
    ['loans', 'of several attributes', [{ product: '科技贷', years: 1 }], true],
    ['loans', 'none at all', [], true],
    ['loans', 'as many as a year may have', repeated(500, { years: 1 }), true],
    ['loans', 'one more', repeated(501, { years: 1 }), false],
    ['loans', 'one attribute that it has not', [{ years: 1, people: 3 }], false],
    ['loans', 'one of two items wrong', [{ years: 1 }, { years: -1 }], false],
    ['loans', 'one of two attributes wrong', [{ years: 1, takenOn: 'yesterday' }], false],
    ['loans', 'an empty item', [{}], false],
    ['loans', 'no list', { years: 1 }, false],
    ['loans', 'a list of lists', [[1]], false],
    ['loans', 'a list of texts', ['科技贷'], false],
    ['loans', 'a list of nothing', [null], false],
    ['loans', 'an attribute that every object has', [{ toString: 1 }], false],
  ])('%s: %s', (collection, _what, value, expected) => {
    expect(refusals(collection, value)).toEqual(
      expected
        ? []
        : [
            'loans must be a list of at most 500 objects with product, principalYuan, equipmentYuan, interestPaidYuan, ' +
              'years, takenOn, each of its kind',
          ],
    );
  });

  it('is no single fact: those that a column of a delivery can hold are all others', () => {
    const single = singleFacts().map(([fact]) => fact);
    expect(single).toHaveLength(recordedFacts().length - 3);
    expect(recordedFacts().flatMap(([fact]) => (single.includes(fact) ? [] : [fact]))).toEqual([
      ...['loans', 'hires', 'projects'],
    ]);
    expect(singleFacts().find(([fact]) => fact === 'hiredOn')).toEqual(['hiredOn', 'date']);
  });
});

describe('the list of a year', () => {
  const loan = (years: number): FactItem => ({ product: '科技贷', years });
  const turned = (years: number): FactItem => ({ years, product: '科技贷' });
  const nothing = { before: null, delivered: [] };
  const full = Array.from({ length: MOST_ITEMS }, (_none, at) => loan(at));

  it('knows an item whatever order its attributes stand in', () => {
    expect(isSameItem(loan(1), turned(1))).toBe(true);
    expect(isSameItem(loan(1), loan(2))).toBe(false);
    expect(isSameItem(loan(1), { years: 1 })).toBe(false);
  });

  it('takes in what a source delivers, at the end', () => {
    expect(withItem([loan(1)], loan(2), { before: null, delivered: [loan(1)] })).toEqual({
      ...{ list: [loan(1), loan(2)], isChanged: true },
    });
    expect(withItem([], loan(2), nothing)).toEqual({ list: [loan(2)], isChanged: true });
  });

  it('has what is delivered anew in the place of what was delivered before', () => {
    const of = (item: FactItem) =>
      withItem([loan(1), turned(2), loan(3)], item, { before: loan(2), delivered: [loan(2)] });
    expect(of(loan(9))).toEqual({ list: [loan(1), loan(9), loan(3)], isChanged: true });
    expect(of(loan(2))).toMatchObject({ isChanged: false });
    // What is not there any more has no place: it is taken in as a new one.
    expect(withItem([loan(1)], loan(9), { before: loan(2), delivered: [loan(2)] })).toEqual({
      ...{ list: [loan(1), loan(9)], isChanged: true },
    });
  });

  it('does not count twice what somebody recorded by hand, and counts two equal ones that were delivered', () => {
    expect(withItem([turned(1)], loan(1), nothing)).toEqual({ list: [turned(1)], isChanged: false });
    expect(withItem([loan(1)], loan(1), { before: null, delivered: [loan(1)] })).toEqual({
      ...{ list: [loan(1), loan(1)], isChanged: true },
    });
    expect(withItem([loan(1), loan(1)], loan(1), { before: null, delivered: [loan(1), loan(2)] })).toMatchObject({
      isChanged: false,
    });
  });

  it('is full with 500, in which an item may still take the place of another', () => {
    expect(withItem(full, loan(900), { before: null, delivered: full })).toEqual({ full: 500 });
    expect(withItem(full.slice(1), loan(900), { before: null, delivered: full })).toMatchObject({ isChanged: true });
    expect(withItem(full, loan(900), { before: loan(7), delivered: full })).toMatchObject({ isChanged: true });
  });

  it('loses one item, of equal ones one alone', () => {
    expect(withoutItem([loan(1), turned(2), loan(2)], loan(2))).toEqual([loan(1), loan(2)]);
    expect(withoutItem([loan(1)], loan(1))).toEqual([]);
    expect(withoutItem([loan(1)], loan(2))).toBeNull();
  });
});

describe('the origin of a value', () => {
  const origin = { department: 'TJJ', on: '2026-03-31', run: 'run-7' };
  it('is the same by department, day and run together', () => {
    expect(isSameOrigin(origin, { ...origin })).toBe(true);
    expect(isSameOrigin(origin, { ...origin, department: 'RSJ' })).toBe(false);
    expect(isSameOrigin(origin, { ...origin, on: '2026-04-01' })).toBe(false);
    expect(isSameOrigin(origin, { ...origin, run: null })).toBe(false);
  });
});
