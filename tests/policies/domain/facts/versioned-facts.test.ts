import { slotsOf } from '../../../../subgraphs/policies/src/domain/facts/fact-values.js';
import { factDefinition } from '../../../../subgraphs/policies/src/domain/facts/facts.js';
import {
  datesOn,
  factsToday,
  isSheet,
  sheetDays,
  versionedFacts,
  versionedFactsOf,
} from '../../../../subgraphs/policies/src/domain/facts/versioned-facts.js';

const TODAY = '2026-11-20';
const LATER = '2026-11-25';
/** Staff is told for the day of the question, the size class for the end of last year. */
const sheet = {
  asOf: '2025-12-31',
  values: { employees: 12, scale: 'small', dishonestyRecord: true },
  dates: { employees: TODAY },
};
const slot = (fact: string): number => factDefinition(fact)?.number ?? -1;

describe('a sheet that is kept by its version', () => {
  it('says which day its facts have, and which of them hold on the day for which they are returned', () => {
    expect(sheetDays(sheet, '7', TODAY)).toEqual({ version: '7', asOf: '2025-12-31', current: ['employees'] });
  });

  it.each<[string, unknown]>([
    ['none', undefined],
    ['one that does not exist', '2025-02-30'],
    ['no text', 20_251_231],
  ])('with %s for a day of its own has none', (_what, asOf) => {
    expect(sheetDays({ ...sheet, asOf }, '7', TODAY)).toMatchObject({ version: '7', asOf: null });
  });

  it.each<[string, unknown]>([
    ['no days', undefined],
    ['null for days', null],
    ['a list for days', [TODAY]],
    ['days that are none', { employees: 'today', scale: null }],
  ])('with %s has no fact of today', (_what, dates) => {
    expect(sheetDays({ ...sheet, dates }, '7', TODAY)).toEqual({ version: '7', asOf: '2025-12-31', current: [] });
  });

  it.each<[string, unknown, string | null | undefined]>([
    ['without a version', sheet, null],
    ['that leaves its version out', sheet, undefined],
    ['of another day, as around midnight', { ...sheet, dates: { employees: TODAY, scale: '2026-11-19' } }, '7'],
    ['without values', { asOf: TODAY }, '7'],
    ['with a list for values', { ...sheet, values: [] }, '7'],
    ['that is null', null, '7'],
    ['that is text', 'sheet', '7'],
  ])('is not kept when it is one %s', (_what, told, version) => {
    expect(sheetDays(told, version, TODAY)).toBeUndefined();
    expect(versionedFacts(told, version, TODAY)).toBeUndefined();
  });

  it('keeps the values of the register alone: credit is asked each time', () => {
    expect(versionedFacts(sheet, '7', TODAY)).toEqual({
      version: '7',
      asOf: '2025-12-31',
      current: ['employees'],
      slots: slotsOf({ employees: 12, scale: 'small' }),
    });
  });

  it('is found again in values that were stored with what credit said then', () => {
    const days = { version: '7', asOf: '2025-12-31', current: ['employees'] };
    expect(
      versionedFactsOf({ employees: 12, scale: 'small', dishonestyRecord: true, hasUnfulfilledJudgment: false }, days),
    ).toEqual({ ...days, slots: slotsOf({ employees: 12, scale: 'small' }) });
  });
});

describe('the facts derived for a later day', () => {
  const held = versionedFactsOf(
    { employees: 12, scale: 'small' },
    { version: '7', asOf: '2025-12-31', current: ['employees'] },
  );

  it('hold on that day where they were returned for the day, and stand for the day of the sheet otherwise', () => {
    expect(factsToday(held, null, LATER).facts).toEqual({
      values: { employees: 12, scale: 'small' },
      dates: { employees: LATER, scale: '2025-12-31' },
    });
  });

  it('have beside them what credit says now, with its day, also as slots', () => {
    const { facts, slots } = factsToday(held, { hasOpenDishonestyRecord: false, hasUnfulfilledJudgment: true }, LATER);
    expect(facts.values).toEqual({
      employees: 12,
      scale: 'small',
      dishonestyRecord: false,
      hasUnfulfilledJudgment: true,
      creditReviewPassed: false,
    });
    expect(facts.dates).toEqual({
      employees: LATER,
      scale: '2025-12-31',
      dishonestyRecord: LATER,
      hasUnfulfilledJudgment: LATER,
      creditReviewPassed: LATER,
    });
    expect([slots[slot('dishonestyRecord')], slots[slot('hasUnfulfilledJudgment')], slots[slot('employees')]]).toEqual([
      false,
      true,
      12,
    ]);
  });

  it('do not remember what credit said before, and leave what is kept as it is', () => {
    const before = factsToday(held, { hasOpenDishonestyRecord: true }, TODAY);
    expect(before.facts.values).toMatchObject({ dishonestyRecord: true });
    const { facts, slots } = factsToday(held, { hasOpenDishonestyRecord: null }, LATER);
    expect(facts.values).toEqual({ employees: 12, scale: 'small' });
    expect(slots[slot('dishonestyRecord')]).toBeUndefined();
    expect(held.slots).toEqual(slotsOf({ employees: 12, scale: 'small' }));
  });

  it('are made once for whoever asks again', () => {
    const { facts } = factsToday(held, null, LATER);
    expect(facts.values).toBe(facts.values);
    expect(facts.dates).toBe(facts.dates);
  });
});

describe('datesOn', () => {
  const values = { employees: 12, scale: 'small', dishonestyRecord: true };

  it('gives each fact the day that it stands for: credit its own, the rest that of the sheet', () => {
    expect(datesOn(values, { asOf: '2025-12-31', current: ['employees'] }, { on: TODAY, creditOn: LATER })).toEqual({
      employees: TODAY,
      scale: '2025-12-31',
      dishonestyRecord: LATER,
    });
  });

  it('gives none where nobody knows the day', () => {
    expect(datesOn(values, { asOf: null, current: ['employees'] }, { on: TODAY, creditOn: null })).toEqual({
      employees: TODAY,
    });
  });
});

describe('isSheet', () => {
  it.each<[unknown, boolean]>([
    [{ values: {} }, true],
    [{ values: [] }, false],
    [{ values: null }, false],
    [{}, false],
    [[], false],
    [null, false],
    [undefined, false],
    ['values', false],
  ])('of %j is %s', (sheet_, expected) => {
    expect(isSheet(sheet_)).toBe(expected);
  });
});
