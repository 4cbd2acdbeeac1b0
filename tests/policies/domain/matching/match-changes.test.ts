import {
  differences,
  matchable,
  matchEnterprise,
  mergeMatches,
  withCredit,
  withHeldCredit,
  creditValues,
  type StoredMatches,
} from '../../../../subgraphs/policies/src/domain/matching/match.js';
import { TO_THE_FEN } from '../../../../subgraphs/policies/src/domain/benefit/benefit.js';
import {
  datesOn,
  factsToday,
  isSheet,
  sheetDays,
  versionedFacts,
  versionedFactsOf,
} from '../../../../subgraphs/policies/src/domain/facts/versioned-facts.js';
import { TODAY } from '../../support/random-criteria.js';

const stored = (amounts: Record<string, number | null>, ...undetermined: string[]): StoredMatches => ({
  eligible: Object.keys(amounts).sort(),
  undetermined,
  amounts,
});

describe('what a new matching changes for an enterprise', () => {
  const change = (before: StoredMatches, after: StoredMatches) =>
    differences(before, after).map(({ policyId, kind }) => `${policyId} ${kind}`);

  it.each<[StoredMatches, StoredMatches, string[]]>([
    [stored({}), stored({ a: 5 }), ['a NEWLY_ELIGIBLE']],
    [stored({}, 'a'), stored({ a: 5 }), ['a NEWLY_ELIGIBLE']],
    [stored({ a: 5 }), stored({}), ['a NO_LONGER_ELIGIBLE']],
    [stored({ a: 5 }), stored({}, 'a'), ['a NO_LONGER_ELIGIBLE']],
    [stored({}), stored({}, 'a'), ['a NEWLY_UNDETERMINED']],
    [stored({}, 'a'), stored({}), []],
    [stored({ a: 5 }), stored({ a: 6 }), ['a AMOUNT_CHANGED']],
    [stored({ a: 5 }), stored({ a: null }), ['a AMOUNT_CHANGED']],
    [stored({ a: null }), stored({ a: 0 }), ['a AMOUNT_CHANGED']],
    [stored({ a: 5 }, 'b'), stored({ a: 5 }, 'b'), []],
    [stored({}, 'a', 'b'), stored({}, 'a', 'c'), ['c NEWLY_UNDETERMINED']],
    [
      stored({ b: 1, d: 1 }, 'c'),
      stored({ a: 1, c: 1, d: 2 }),
      ['a NEWLY_ELIGIBLE', 'b NO_LONGER_ELIGIBLE', 'c NEWLY_ELIGIBLE', 'd AMOUNT_CHANGED'],
    ],
  ])('from %j to %j is %j', (before, after, expected) => {
    expect(change(before, after)).toEqual(expected);
  });

  it('is announced with what was and what is', () => {
    expect(differences(stored({ a: 5 }), stored({}, 'a'))).toEqual([
      {
        policyId: 'a',
        kind: 'NO_LONGER_ELIGIBLE',
        before: 'ELIGIBLE',
        after: 'UNDETERMINED',
        amountBefore: 5,
        amountAfter: null,
      },
    ]);
    expect(differences(stored({}), stored({ a: 7 }))).toEqual([
      {
        policyId: 'a',
        kind: 'NEWLY_ELIGIBLE',
        before: 'NOT_ELIGIBLE',
        after: 'ELIGIBLE',
        amountBefore: null,
        amountAfter: 7,
      },
    ]);
  });
});

describe('results of a part of the policies', () => {
  it('take the place of theirs and leave the others', () => {
    const merged = mergeMatches(stored({ a: 1, d: 4 }, 'b', 'e'), stored({ b: 2 }, 'a'), new Set(['a', 'b']));
    expect(merged).toEqual({ eligible: ['b', 'd'], undetermined: ['a', 'e'], amounts: { b: 2, d: 4 } });
  });

  it('do so for who is struck off, and who was', () => {
    const off = { ...stored({}), struckOff: ['a', 'c'] };
    expect(mergeMatches(off, { ...stored({}), struckOff: ['b'] }, new Set(['a', 'b']))).toEqual({
      ...stored({}),
      struckOff: ['b', 'c'],
    });
    expect(mergeMatches(off, stored({ a: 1, c: 2 }), new Set(['a', 'c']))).toEqual(stored({ a: 1, c: 2 }));
  });
});

describe('one enterprise matched against policies', () => {
  it('is eligible, open or neither, sorted by policy, with the amount of each', () => {
    const benefit = {
      kind: 'cash',
      text: '',
      amount: { kind: 'formula', text: '100 * insuredEmployees' },
      tiers: [],
      highestOnly: false,
      capFen: null,
      topUpDifference: false,
      rounding: TO_THE_FEN,
      instalments: null,
      formulaNote: '',
    } as const;
    const policy = (id: string, value: number, fact = 'employees') =>
      matchable(
        {
          id,
          version: 1,
          criteria: [{ kind: 'test', fact, operator: 'GTE', value, text: '' }],
          benefit,
          region: { code: null },
        },
        TODAY,
      );
    const policies = [
      policy('z', 1),
      policy('open2', 1, 'hiredGraduates'),
      policy('a', 5),
      policy('no', 6),
      policy('open1', 1, 'layoffRatePct'),
    ];
    expect(matchEnterprise(policies, { values: { employees: 5, insuredEmployees: 3 }, dates: {} })).toEqual({
      eligible: ['a', 'z'],
      undetermined: ['open1', 'open2'],
      amounts: { a: 30_000, z: 30_000 },
    });
  });
});

describe('what the credit department says', () => {
  const facts = {
    values: { employees: 3, dishonestyRecord: true, hasUnfulfilledJudgment: true },
    dates: { employees: '2026-01-01', dishonestyRecord: '2026-01-01' },
  };

  it('counts in place of what the register says, with the day of today', () => {
    expect(withCredit(facts, { hasOpenDishonestyRecord: false, hasUnfulfilledJudgment: null }, TODAY)).toEqual({
      values: { employees: 3, dishonestyRecord: false },
      dates: { employees: '2026-01-01', dishonestyRecord: TODAY },
    });
    expect(withCredit(facts, null, TODAY).values).toEqual({ employees: 3 });
  });

  it('is not known where it says nothing', () => {
    expect([
      creditValues(null),
      creditValues({}),
      creditValues({ hasOpenDishonestyRecord: null, hasUnfulfilledJudgment: true }),
    ]).toEqual([{}, {}, { hasUnfulfilledJudgment: true, creditReviewPassed: false }]);
  });

  // 广州, 厦门, 衢州 look at the credit of an enterprise before they pay.
  it.each([
    [false, false, true],
    [true, false, false],
    [false, true, false],
    [true, null, false],
    [null, true, false],
    [false, null, undefined],
    [null, false, undefined],
    [null, null, undefined],
  ])(
    'decides the credit review: dishonest %s, judgment unfulfilled %s, passed %s',
    (dishonest, unfulfilled, passed) => {
      const credit = { hasOpenDishonestyRecord: dishonest, hasUnfulfilledJudgment: unfulfilled };
      expect(creditValues(credit)['creditReviewPassed']).toBe(passed);
    },
  );

  it('is kept from the last time while credit is silent, and only then', () => {
    const held = {
      values: { dishonestyRecord: true, hasUnfulfilledJudgment: false, employees: 9 },
      dates: { dishonestyRecord: '2026-11-01', employees: '2026-11-01' },
    };
    expect(
      withHeldCredit(
        { values: { employees: 3, hasUnfulfilledJudgment: true }, dates: { hasUnfulfilledJudgment: TODAY } },
        held,
      ),
    ).toEqual({
      values: { employees: 3, hasUnfulfilledJudgment: true, dishonestyRecord: true },
      dates: { hasUnfulfilledJudgment: TODAY, dishonestyRecord: '2026-11-01' },
    });
    expect(withHeldCredit({ values: {}, dates: {} }, { values: { employees: 1 }, dates: {} })).toEqual({
      values: {},
      dates: {},
    });
  });
});

describe('a sheet of facts that is kept by its version', () => {
  const sheet = {
    asOf: '2026-10-31',
    values: { employees: 3, scale: 'small', dishonestyRecord: true },
    dates: { scale: TODAY },
  };

  it('is derived again for a later day: today for what is current, its own day for the rest, and what credit says then', () => {
    const held = versionedFacts(sheet, 'v1', TODAY);
    if (held === undefined) throw new Error('not kept');
    expect([held.version, held.asOf, held.current]).toEqual(['v1', '2026-10-31', ['scale']]);
    const later = factsToday(held, { hasOpenDishonestyRecord: false }, '2026-11-25').facts;
    expect([later.values, later.dates]).toEqual([
      { employees: 3, scale: 'small', dishonestyRecord: false },
      { employees: '2026-10-31', scale: '2026-11-25', dishonestyRecord: '2026-11-25' },
    ]);
    expect(factsToday(held, null, TODAY).facts.values).toEqual({ employees: 3, scale: 'small' });
  });

  it('is read from stored values without what credit said', () => {
    const held = versionedFactsOf(
      { employees: 3, dishonestyRecord: true, hasUnfulfilledJudgment: false },
      { version: 'v1', asOf: null, current: [] },
    );
    const told = factsToday(held, null, TODAY).facts;
    expect([told.values, told.dates]).toEqual([{ employees: 3 }, {}]);
    expect([held.version, held.asOf, held.current]).toEqual(['v1', null, []]);
  });

  it('cannot be kept without a version, nor when it is told for another day', () => {
    expect(sheetDays(sheet, 'v1', TODAY)).toEqual({ version: 'v1', asOf: '2026-10-31', current: ['scale'] });
    expect([
      sheetDays(sheet, null, TODAY),
      sheetDays(sheet, undefined, TODAY),
      sheetDays(sheet, 'v1', '2026-11-21'),
      sheetDays(null, 'v1', TODAY),
      sheetDays({}, 'v1', TODAY),
    ]).toEqual([undefined, undefined, undefined, undefined, undefined]);
    expect([versionedFacts(sheet, null, TODAY), versionedFacts({}, 'v1', TODAY)]).toEqual([undefined, undefined]);
  });

  it('has no days where it names none that exist', () => {
    expect(sheetDays({ values: {}, dates: [], asOf: 'today' }, 'v1', TODAY)).toEqual({
      version: 'v1',
      asOf: null,
      current: [],
    });
    expect(sheetDays({ values: {}, dates: { scale: 'soon', employees: TODAY } }, 'v1', TODAY)).toEqual({
      version: 'v1',
      asOf: null,
      current: ['employees'],
    });
  });

  it('dates nothing of credit while credit said nothing', () => {
    const values = { employees: 3, scale: 'small', dishonestyRecord: true };
    const days = { asOf: null, current: ['scale', 'dishonestyRecord'] };
    expect(datesOn(values, days, { on: TODAY, creditOn: null })).toEqual({ scale: TODAY });
    expect(datesOn(values, { ...days, asOf: '2026-10-31' }, { on: TODAY, creditOn: '2026-11-01' })).toEqual({
      employees: '2026-10-31',
      scale: TODAY,
      dishonestyRecord: '2026-11-01',
    });
  });

  it('is an object with values', () => {
    expect([
      isSheet({ values: {} }),
      isSheet({ values: [] }),
      isSheet({ values: null }),
      isSheet([]),
      isSheet(null),
      isSheet('x'),
      isSheet({}),
    ]).toEqual([true, false, false, false, false, false, false]);
  });
});
