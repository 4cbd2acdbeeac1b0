import { amountsOf } from '../../../../subgraphs/cases/src/domain/figures/amounts.js';
import type { PublishedCell } from '../../../../subgraphs/cases/src/domain/figures/disclosure.js';
import { FIGURE_NAMES, type FigureName } from '../../../../subgraphs/cases/src/domain/figures/statistics.js';
import { isSmall, withheldWithinTables, Withheld } from '../../../../subgraphs/cases/src/domain/figures/withholding.js';

/** A cell of so many enterprises, with some amounts, each shared by so many of them. */
const cell = (key: string, enterprises: number, shared: Readonly<Record<string, number>> = {}): PublishedCell => ({
  ...{ key, enterprises, few: [], enterprisesHelped: 0 },
  figures: Object.fromEntries(Object.entries(shared).map(([name, of]) => [name, { amount: of, of }])),
});
const withheldOf = (grouping: string, ...cells: readonly PublishedCell[]): Record<string, FigureName[]> => {
  const month = { ALL: [cell('', 100)], [grouping]: cells };
  const withheld = withheldWithinTables(month);
  return Object.fromEntries(cells.map(({ key }) => [key, withheld.of(grouping, key)]));
};

describe('the figures that are withheld of a group', () => {
  it.each<[string, FigureName[]]>([
    ['count_received', ['received']],
    ['count_assigned', ['assigned']],
    ['count_resolved', ['resolved']],
    ['count_answeredDirectly', ['answeredDirectly']],
    ['rest_answeredDirectly', ['answeredDirectly']],
    ['count_overdue', ['overdue']],
    ['rest_overdue', ['overdue']],
    ['openInTime', ['overdue']],
    ['count_escalated', ['escalated']],
    ['rest_escalated', ['escalated']],
    ['count_closed', ['closed']],
    ['numerator_response', ['response']],
    ['rest_response', ['response']],
    ['numerator_onTime', ['onTime']],
    ['rest_onTime', ['onTime']],
    ['answeredLate', ['onTime']],
    ['numerator_resolution', ['resolution']],
    ['rest_resolution', ['resolution']],
    ['withdrawn', ['resolution']],
    ['numerator_processSatisfaction', ['processSatisfaction']],
    ['rest_processSatisfaction', ['processSatisfaction']],
    ['numerator_resultSatisfaction', ['resultSatisfaction']],
    ['rest_resultSatisfaction', ['resultSatisfaction']],
    ['numerator_satisfaction', ['satisfaction']],
    ['rest_satisfaction', ['satisfaction']],
    ['processAlone', ['satisfaction']],
    ['resultAlone', ['satisfaction']],
    // Of how many ratings a rate is says nothing, where enough are satisfied and enough are not.
    ['denominator_satisfaction', []],
  ])('where %s is that of four enterprises, are %j', (amount, figures) => {
    expect(withheldOf('REGION', cell('421202', 20, { [amount]: 4 }))).toEqual({ '421202': figures });
    expect(withheldOf('REGION', cell('421202', 20, { [amount]: 1 }))).toEqual({ '421202': figures });
    expect(withheldOf('REGION', cell('421202', 20, { [amount]: 5 }))).toEqual({ '421202': [] });
    expect(withheldOf('REGION', cell('421202', 20, { [amount]: 0 }))).toEqual({ '421202': [] });
  });

  it('are all of a cell of one to four, and of a larger one beside it', () => {
    expect(withheldOf('REGION', cell('a', 4), cell('b', 9), cell('c', 7), cell('d', 0))).toEqual({
      ...{ a: FIGURE_NAMES, b: [], c: FIGURE_NAMES, d: [] },
    });
  });

  it.each<[string, Record<string, number>, Record<string, number>]>([
    ['the smallest of five or more', { a: 3, b: 9, c: 6, d: 7 }, { a: 3, c: 6 }],
    ['one of five', { a: 3, b: 5, c: 6 }, { a: 3, b: 5 }],
    ['the first by key of equal ones', { d: 3, c: 6, b: 6 }, { d: 3, b: 6 }],
    ['one behind which two small ones hide together', { a: 3, b: 2, c: 6, d: 7 }, { a: 3, b: 2, c: 6 }],
    ['none where there is no larger one', { a: 3, b: 0 }, { a: 3 }],
    ['none where none is small', { a: 5, b: 6 }, {}],
  ])('are, of what is overdue, that of few and beside it %s', (_what, overdue, hidden) => {
    const cells = Object.entries(overdue).map(([key, of]) => cell(key, 20, { count_overdue: of }));
    const found = withheldOf('REGION', ...cells);
    expect(Object.keys(found).filter((key) => found[key]?.includes('overdue'))).toEqual(Object.keys(hidden));
  });

  it('are not hidden behind another one where a larger one is withheld already', () => {
    // Of b few are not overdue, so that it is withheld, and enough are overdue for a to hide behind it.
    const found = withheldOf(
      'REGION',
      cell('a', 20, { count_overdue: 3 }),
      cell('b', 20, { count_overdue: 8, rest_overdue: 2 }),
      cell('c', 20, { count_overdue: 6, rest_overdue: 9 }),
      cell('d', 20, { count_overdue: 7, rest_overdue: 12 }),
    );
    // What is not overdue of b hides behind c, the smallest there.
    expect(found).toEqual({ a: ['overdue'], b: ['overdue'], c: ['overdue'], d: [] });
  });
});

describe('the figures that are withheld of the whole city', () => {
  const total = (enterprises: number, shared: Readonly<Record<string, number>>): FigureName[] => {
    const withheld = withheldWithinTables({ ALL: [cell('', enterprises, shared)] });
    return withheld.of('ALL', '');
  };

  it.each<[string, FigureName[]]>([
    ['count_received', ['received']],
    ['count_overdue', ['overdue']],
    ['denominator_onTime', ['onTime']],
    ['denominator_satisfaction', ['satisfaction']],
    // Nothing tells where to look for few of the city that were late, or in time.
    ['rest_overdue', []],
    ['numerator_onTime', []],
    ['rest_onTime', []],
  ])('where %s is that of four enterprises, are %j', (amount, figures) => {
    expect(total(20, { [amount]: 4 })).toEqual(figures);
    expect(total(20, { [amount]: 5 })).toEqual([]);
  });

  it('are all where four enterprises have cases, and none where five have, or nobody', () => {
    expect(total(4, {})).toEqual(FIGURE_NAMES);
    expect([total(5, {}), total(0, {})]).toEqual([[], []]);
  });
});

describe('amounts that a reader works out', () => {
  it('are differences of what is told', () => {
    const rate = (name: string, numerator: number, denominator: number) => ({
      [`numerator_${name}`]: numerator,
      [`denominator_${name}`]: denominator,
    });
    const sums = {
      ...{ count_received: 30, count_assigned: 25, count_resolved: 20, count_answeredDirectly: 4 },
      ...{ count_overdue: 3, count_escalated: 2, count_closed: 9 },
      ...rate('response', 18, 22),
      ...rate('onTime', 16, 21),
      ...rate('resolution', 17, 26),
      ...rate('processSatisfaction', 11, 12),
      ...rate('resultSatisfaction', 9, 12),
      ...rate('satisfaction', 8, 12),
    };
    // 30 received less 26 of which the resolution is told: 4 withdrawn. 26 less 17 resolved less 3 overdue: 6 open
    // in time.
    expect(amountsOf(sums)).toEqual({
      ...sums,
      ...{ rest_response: 4, rest_onTime: 5, rest_resolution: 9 },
      ...{ rest_processSatisfaction: 1, rest_resultSatisfaction: 3, rest_satisfaction: 4 },
      ...{ rest_answeredDirectly: 16, rest_overdue: 27, rest_escalated: 28, openInTime: 6, withdrawn: 4 },
      ...{ answeredLate: 4, processAlone: 3, resultAlone: 1 },
      // No case tells how long it took.
      ...{ rest_promiseBroken: 0, timeNotTold: 30 },
    });
    expect(amountsOf({ count_received: 2 })['rest_overdue']).toBe(2);
    expect(amountsOf({})['rest_overdue']).toBe(0);
  });
});

describe('a list of what is withheld', () => {
  it('knows each figure of each cell once, and tells them in the order of the figures', () => {
    const withheld = new Withheld();
    expect([withheld.add('REGION', 'a', 'onTime'), withheld.add('REGION', 'a', 'onTime')]).toEqual([true, false]);
    expect(withheld.add('REGION', 'a', 'received')).toBe(true);
    expect(withheld.of('REGION', 'a')).toEqual(['received', 'onTime']);
    expect([withheld.has('REGION', 'a', 'onTime'), withheld.has('REGION', 'a', 'closed')]).toEqual([true, false]);
    expect([withheld.has('REGION', 'b', 'onTime'), withheld.has('KIND', 'a', 'onTime')]).toEqual([false, false]);
    expect(withheld.of('KIND', 'a')).toEqual([]);
  });

  it.each([
    [0, false],
    [1, true],
    [4, true],
    [5, false],
  ])('%d enterprises are few: %s', (enterprises, few) => expect(isSmall(enterprises)).toBe(few));
});
