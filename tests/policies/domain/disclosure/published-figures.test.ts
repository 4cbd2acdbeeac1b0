import { mayReplace } from '@zhitong/values';
import {
  seenOf,
  toldStretches,
  toldThrough,
  type Figures,
  type PolicyMonth,
} from '../../../../subgraphs/policies/src/domain/disclosure/published-figures.js';

const matches = (eligible: number, undetermined: number, matched: number): Figures['MATCHES'] => ({
  eligible,
  undetermined,
  matched,
});
const grants = (granted: number, yuan: number, paid: number, paidYuan: number): Figures['GRANTS'] => ({
  granted,
  grantedFen: yuan * 100,
  paid,
  paidFen: paidYuan * 100,
  paidThrough: paid === 0 ? null : '2026-10-31',
});
const questions = (asked: number, answered: number, declined: number): Figures['QUESTIONS'] => ({
  asked,
  answered,
  declined,
});

describe('a newer table takes the place of the published one', () => {
  it.each<[string, boolean, Figures['MATCHES'], Figures['MATCHES']]>([
    ['when nothing moved', true, matches(20, 10, 100), matches(20, 10, 100)],
    ['when five became eligible that were not', true, matches(20, 10, 100), matches(25, 10, 100)],
    ['when five are eligible no longer', true, matches(20, 10, 100), matches(15, 10, 100)],
    ['not when one became eligible', false, matches(20, 10, 100), matches(21, 10, 100)],
    ['not when four did', false, matches(20, 10, 100), matches(24, 10, 100)],
    [
      'not when beside six that became eligible one became undetermined',
      false,
      matches(20, 10, 100),
      matches(26, 11, 100),
    ],
    [
      'not when beside five that became eligible four are neither any longer, which nobody is told',
      false,
      matches(20, 10, 100),
      matches(25, 10, 101),
    ],
    ['when five newly registered ones are neither', true, matches(20, 10, 100), matches(20, 10, 105)],
  ])('of matches: %s', (_when, expected, former, newer) => {
    expect(mayReplace(seenOf('MATCHES', former), seenOf('MATCHES', newer))).toBe(expected);
  });

  it.each<[string, boolean, Figures['GRANTS'], Figures['GRANTS']]>([
    ['when five more were granted', true, grants(10, 10_000, 0, 0), grants(15, 15_000, 0, 0)],
    ['not when one more was granted', false, grants(10, 10_000, 0, 0), grants(11, 11_000, 0, 0)],
    [
      'not when a first one was granted, though it would be withheld',
      false,
      grants(0, 0, 0, 0),
      grants(1, 1_000, 0, 0),
    ],
    ['not when what is withheld would be shown because of one', false, grants(4, 4_000, 0, 0), grants(5, 5_000, 0, 0)],
    [
      'not when one went and another one came, which the amount would tell',
      false,
      grants(10, 10_000, 0, 0),
      grants(10, 12_000, 0, 0),
    ],
    [
      'not when one of those to whom it was granted was paid',
      false,
      grants(20, 20_000, 6, 6_000),
      grants(20, 20_000, 7, 7_000),
    ],
    [
      'not when one who was paid is left out of what was granted',
      false,
      grants(20, 20_000, 6, 6_000),
      grants(26, 26_000, 11, 11_000),
    ],
    ['when five were granted and paid at once', true, grants(20, 20_000, 6, 6_000), grants(25, 25_000, 11, 11_000)],
    [
      'when the same ones were paid a further instalment',
      true,
      grants(20, 20_000, 6, 6_000),
      grants(20, 20_000, 6, 9_000),
    ],
  ])('of grants: %s', (_when, expected, former, newer) => {
    expect(mayReplace(seenOf('GRANTS', former), seenOf('GRANTS', newer))).toBe(expected);
  });

  it.each<[string, boolean, Figures['QUESTIONS'], Figures['QUESTIONS']]>([
    ['not when one more was asked', false, questions(10, 5, 0), questions(11, 5, 0)],
    ['not when one more was answered', false, questions(10, 5, 0), questions(10, 6, 0)],
    ['not when one was declined', false, questions(20, 5, 0), questions(20, 5, 1)],
    ['not when five were answered and one less was asked', false, questions(20, 5, 0), questions(19, 10, 0)],
    ['when five were asked', true, questions(10, 5, 0), questions(15, 5, 0)],
  ])('of questions: %s', (_when, expected, former, newer) => {
    expect(mayReplace(seenOf('QUESTIONS', former), seenOf('QUESTIONS', newer))).toBe(expected);
  });

  it('of applications and subscribers: from five on', () => {
    expect(
      [0, 4, 5].map((more) =>
        mayReplace(seenOf('APPLICATIONS', { approved: 7 }), seenOf('APPLICATIONS', { approved: 7 + more })),
      ),
    ).toEqual([true, false, true]);
    expect(
      [0, 4, 5].map((more) =>
        mayReplace(seenOf('SUBSCRIBERS', { told: 7 }), seenOf('SUBSCRIBERS', { told: 7 - more })),
      ),
    ).toEqual([true, false, true]);
  });
});

describe('what a policy paid is told by stretches of months', () => {
  const month = (name: string, enterprises: number, ...few: string[]): PolicyMonth => ({
    month: name,
    enterprises,
    few,
  });
  const stretches = (...months: PolicyMonth[]): string[][] =>
    toldStretches(months).map((stretch) => stretch.map((each) => each.month));

  it('each of which stands for five enterprises or more', () => {
    expect(stretches(month('2026-01', 5), month('2026-02', 30))).toEqual([['2026-01'], ['2026-02']]);
    expect(
      stretches(
        month('2026-01', 3, 'a', 'b', 'c'),
        month('2026-02', 2, 'd', 'e'),
        month('2026-03', 4, 'f', 'g', 'h', 'i'),
      ),
    ).toEqual([['2026-01', '2026-02']]);
    expect(stretches(month('2026-01', 1, 'a'), month('2026-02', 9), month('2026-03', 1, 'b'))).toEqual([
      ['2026-01', '2026-02'],
    ]);
    expect(stretches()).toEqual([]);
  });

  it('and an enterprise counts once in them, however often it was paid', () => {
    const monthly = Array.from({ length: 12 }, (_, number) =>
      month(`2026-${String(number + 1).padStart(2, '0')}`, 1, 'a'),
    );
    expect(stretches(...monthly)).toEqual([]);
    expect(toldThrough(monthly)).toBeNull();
    expect(toldThrough([...monthly, month('2027-01', 4, 'b', 'c', 'd', 'e'), month('2027-02', 1, 'f')])).toBe(
      '2027-01',
    );
  });
});
