import { nationalCalendar } from '@zhitong/kit';
import { figuresOf, factsOf, type CaseFact } from '../../../../subgraphs/cases/src/domain/figures/case-facts.js';
import {
  accepted,
  aHistory,
  assigned,
  contacted,
  rated,
  resolvedWith,
  returned,
  type Happening,
} from '../../support/a-case.js';

const calendar = nationalCalendar();
const TODAY = '2026-06-30';
const facts = (happenings: readonly Happening[], category: 'FINANCE' | 'LABOUR' = 'FINANCE'): CaseFact[] =>
  factsOf(aHistory('2026-03-02', happenings, { category }), calendar);
const march = (of: readonly CaseFact[], knownOn = TODAY, today = TODAY) =>
  figuresOf(of, { from: '2026-03-01', to: '2026-03-31', knownOn, today });
const april = (of: readonly CaseFact[], knownOn = TODAY) =>
  figuresOf(of, { from: '2026-04-01', to: '2026-04-30', knownOn, today: TODAY });

describe('what figures count of a case', () => {
  // Assigned on Tuesday 3 March: the contact is due on 5 March, the answer on 10 March.
  const handled: Happening[] = [
    ['2026-03-03', assigned({ lead: 'JXJ' })],
    ['2026-03-03', accepted],
    ['2026-03-04', contacted],
  ];

  it('keeps a bad rating that a check upheld, though the case was reopened', () => {
    const found = march(
      facts([
        ...handled,
        ['2026-03-09', resolvedWith()],
        ['2026-03-10', rated(2, 1)],
        ['2026-03-10', { type: 'CHECK_OPENED', cause: 'BAD_RATING', drawId: null }],
        ['2026-03-11', { type: 'CHECK_FOUND', outcome: 'NOT_RESOLVED', finding: '属实', answerDays: 15 }],
        ['2026-03-16', resolvedWith()],
        ['2026-03-17', rated(5, 5)],
      ]),
    );
    expect(found.rates.satisfaction).toEqual({ numerator: 1, denominator: 2 });
    expect(found.rates.processSatisfaction).toEqual({ numerator: 1, denominator: 2 });
  });

  it('leaves a late answer late when the case is reopened and answered again in time', () => {
    const found = march(
      facts([
        ...handled,
        ['2026-03-12', resolvedWith()],
        ['2026-03-13', { type: 'REOPENED', reason: '未解决', answerDays: 15 }],
        ['2026-03-16', resolvedWith()],
      ]),
    );
    expect(found.rates.onTime).toEqual({ numerator: 1, denominator: 2 });
    expect(found.counts.resolved).toBe(2);
  });

  it('does not clean a department that returns a case after its due day, and counts nothing against one that does so in time', () => {
    const ofJxj = (of: readonly CaseFact[]) => march(of.filter(({ department }) => department === 'JXJ')).rates;
    expect(
      ofJxj(
        facts([
          ['2026-03-03', assigned({ lead: 'JXJ' })],
          ['2026-03-12', returned],
        ]),
      ),
    ).toMatchObject({
      onTime: { numerator: 0, denominator: 1 },
      response: { numerator: 0, denominator: 1 },
    });
    expect(
      ofJxj(
        facts([
          ['2026-03-03', assigned({ lead: 'JXJ' })],
          ['2026-03-05', returned],
        ]),
      ),
    ).toMatchObject({
      onTime: { numerator: 0, denominator: 0 },
      response: { numerator: 0, denominator: 0 },
    });
  });

  it('gives each assignment to the department that it was made to', () => {
    const found = facts([
      ['2026-03-03', assigned({ lead: 'JXJ' })],
      ['2026-03-04', returned],
      ['2026-03-05', assigned({ lead: 'RSJ' })],
      ['2026-03-05', accepted],
      ['2026-03-06', resolvedWith()],
    ]);
    const of = (code: string) => march(found.filter(({ department }) => department === code)).counts;
    expect([of('JXJ').assigned, of('RSJ').assigned]).toEqual([1, 1]);
    expect([of('JXJ').resolved, of('RSJ').resolved]).toEqual([0, 1]);
    expect([of('JXJ').received, of('RSJ').received]).toEqual([0, 1]);
  });

  it('tells a closed month as it was known on its last day, whatever came later', () => {
    const late: Happening[] = [...handled, ['2026-04-02', resolvedWith()], ['2026-04-08', rated(1, 1)]];
    expect(march(facts(late), '2026-03-31')).toEqual(march(facts(handled), '2026-03-31'));
    expect(march(facts(late), '2026-03-31')).toMatchObject({
      counts: { received: 1, resolved: 0, overdue: 1 },
      rates: { onTime: { numerator: 0, denominator: 1 }, resolution: { numerator: 0, denominator: 1 } },
    });
    expect(march(facts(late))).toMatchObject({
      counts: { resolved: 0, overdue: 0 },
      rates: { onTime: { numerator: 0, denominator: 1 }, resolution: { numerator: 1, denominator: 1 } },
    });
    expect(april(facts(late))).toMatchObject({
      counts: { resolved: 1 },
      rates: { onTime: { numerator: 0, denominator: 0 }, satisfaction: { numerator: 0, denominator: 1 } },
    });
  });

  it('does not count a due day before it is over', () => {
    expect(march(facts(handled), '2026-03-10', '2026-03-10').rates.onTime.denominator).toBe(0);
    expect(march(facts(handled), '2026-03-10', '2026-03-11').rates.onTime.denominator).toBe(1);
  });

  it('decides nothing while an extension that was asked for in time waits for its ruling', () => {
    const asked: Happening[] = [
      ...handled,
      ['2026-03-10', { type: 'EXTENSION_REQUESTED', workingDays: 5, reason: '会商' }],
    ];
    const ruled = (granted: boolean): Happening[] => [
      ...asked,
      ['2026-03-12', { type: 'EXTENSION_RULED', granted, workingDays: 5, reason: '同意' }],
    ];
    expect(march(facts(asked)).rates.onTime.denominator).toBe(0);
    expect(march(facts([...ruled(true), ['2026-03-17', resolvedWith()]])).rates.onTime).toEqual({
      numerator: 1,
      denominator: 1,
    });
    expect(march(facts([...ruled(true), ['2026-03-18', resolvedWith()]])).rates.onTime).toEqual({
      numerator: 0,
      denominator: 1,
    });
    expect(march(facts([...ruled(false), ['2026-03-12', resolvedWith()]])).rates.onTime).toEqual({
      numerator: 0,
      denominator: 1,
    });
    expect(march(facts(ruled(false)), '2026-03-11').rates.onTime.denominator).toBe(0);
    expect(march(facts(ruled(false)), '2026-03-12').rates.onTime.denominator).toBe(1);
  });

  it('keeps a closing that was followed by a reopening, and takes a withdrawn case out of the resolution', () => {
    const closed: Happening[] = [
      ...handled,
      ['2026-03-09', resolvedWith()],
      ['2026-03-20', { type: 'CLOSED', reason: '办结' }],
      ['2026-04-01', { type: 'REOPENED', reason: '复发', answerDays: 15 }],
    ];
    expect(march(facts(closed)).counts.closed).toBe(1);
    expect(march(facts(closed)).rates.resolution).toEqual({ numerator: 0, denominator: 1 });
    expect(march(facts(closed), '2026-03-31').rates.resolution).toEqual({ numerator: 1, denominator: 1 });
    const withdrawn = facts([...handled, ['2026-03-06', { type: 'WITHDRAWN', reason: '已解决' }]]);
    expect(march(withdrawn).rates.resolution).toEqual({ numerator: 0, denominator: 0 });
    expect(march(withdrawn, '2026-03-05').rates.resolution).toEqual({ numerator: 0, denominator: 1 });
  });
});
