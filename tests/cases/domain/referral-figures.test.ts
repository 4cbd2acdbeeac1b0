import type { ReferralMark } from '../../../subgraphs/cases/src/domain/case-view.js';
import { personOutcomeFaults, referralFigures } from '../../../subgraphs/cases/src/domain/referral-figures.js';
import type { SanctionKind } from '../../../subgraphs/cases/src/domain/taxonomy.js';

const person = (name: string, sanction: SanctionKind | null = null, isCleared = false) => ({
  ...{ name, post: '科长', sanction, isCleared },
});
const mark = (referralId: string, part: Partial<ReferralMark> = {}): ReferralMark => ({
  ...{ referralId, department: 'JRB', reason: '推诿', evidence: [], referredOn: '2026-03-02' },
  ...{ outcome: null, note: null, concludedOn: null, persons: [], concerning: null, dueOn: null },
  ...part,
});
const NONE = {
  referrals: 0,
  pending: 0,
  overdue: 0,
  persons: 0,
  sanctions: 0,
  cleared: 0,
  byClass: [],
  bySanction: [],
};

describe('the figures of referrals', () => {
  const marks: readonly ReferralMark[] = [
    mark('R1', { concerning: 'SHIRKING', dueOn: '2026-03-20', persons: [person('王五'), person('赵六')] }),
    mark('R2', {
      concerning: 'SHIRKING',
      dueOn: '2026-03-31',
      outcome: 'SANCTIONED',
      concludedOn: '2026-03-25',
      persons: [
        person('王五', 'CRITICISM'),
        person('孙七', 'DISMISSAL'),
        person('李四', 'CRITICISM'),
        person('周八', null, true),
      ],
    }),
    mark('R3', {
      concerning: 'INACTION',
      outcome: 'CLEARED',
      concludedOn: '2026-04-02',
      persons: [person('吴九', null, true)],
    }),
    mark('R4', { referredOn: '2026-04-01' }),
    // From before persons, classes and last days were stated.
    { ...mark('R5'), persons: undefined, concerning: undefined, dueOn: undefined },
  ];

  it('count what was known on a day: who was concluded upon later is pending, who was referred later is not there', () => {
    expect(referralFigures(marks, '2026-03-31')).toEqual({
      ...{ referrals: 4, pending: 3, overdue: 1, persons: 7, sanctions: 3, cleared: 1 },
      byClass: [
        { concerning: 'INACTION', referrals: 1 },
        { concerning: 'SHIRKING', referrals: 2 },
        { concerning: 'OTHER', referrals: 1 },
      ],
      bySanction: [
        { sanction: 'CRITICISM', persons: 2 },
        { sanction: 'DISMISSAL', persons: 1 },
      ],
    });
  });

  it.each([
    ['2026-03-01', NONE],
    ['2026-03-02', { referrals: 4, pending: 4, overdue: 0, persons: 7, sanctions: 0, cleared: 0, bySanction: [] }],
    // The last day itself is not overdue.
    ['2026-03-20', { pending: 4, overdue: 0 }],
    ['2026-03-21', { pending: 4, overdue: 1 }],
    ['2026-03-24', { pending: 4, sanctions: 0 }],
    ['2026-03-25', { pending: 3, sanctions: 3, cleared: 1 }],
    ['2026-04-01', { referrals: 5, pending: 4, cleared: 1 }],
    ['2026-04-02', { referrals: 5, pending: 3, cleared: 2 }],
  ])('on %s', (day, expected) => expect(referralFigures(marks, day)).toMatchObject(expected));

  it('of nothing are none', () => expect(referralFigures([], '2026-03-31')).toEqual(NONE));
});

describe('the persons of a conclusion', () => {
  const two = { persons: [person('王五'), person('赵六')] };
  const faults = (outcome: string, ...persons: [number, SanctionKind | null][]) =>
    personOutcomeFaults(
      two,
      outcome,
      persons.map(([number, sanction]) => ({ person: number, sanction })),
    ).map(({ path, message }) => `${path.join('.')}: ${message}`);

  it.each<[string, string, [number, SanctionKind | null][]]>([
    ['one sanctioned', 'SANCTIONED', [[1, 'CRITICISM']]],
    [
      'one sanctioned, the other cleared',
      'SANCTIONED',
      [
        [2, 'DISMISSAL'],
        [1, null],
      ],
    ],
    [
      'both cleared',
      'CLEARED',
      [
        [1, null],
        [2, null],
      ],
    ],
    ['nobody named', 'NO_GROUND', []],
  ])('%s are in order', (_what, outcome, persons) => expect(faults(outcome, ...persons)).toEqual([]));

  it.each<[string, string, [number, SanctionKind | null][], string[]]>([
    ['a third of two', 'SANCTIONED', [[3, 'CRITICISM']], ['persons.0.person: the referral names 2 persons, no 3']],
    [
      'one without a number',
      'CLEARED',
      [
        [1, null],
        [0, null],
      ],
      ['persons.1.person: the referral names 2 persons, no 0'],
    ],
    [
      'one twice',
      'CLEARED',
      [
        [1, null],
        [1, null],
      ],
      ['persons.1.person: the person 1 is named twice'],
    ],
    [
      'a sanction without ground',
      'NO_GROUND',
      [
        [1, null],
        [2, 'CRITICISM'],
      ],
      ['persons.1.sanction: a sanction does not go with NO_GROUND'],
    ],
    [
      'a sanction that nobody gets',
      'SANCTIONED',
      [[1, null]],
      ['persons: SANCTIONED needs the sanction of at least one of the persons named'],
    ],
    [
      'nobody at all',
      'SANCTIONED',
      [],
      ['persons: SANCTIONED needs the sanction of at least one of the persons named'],
    ],
  ])('%s are refused', (_what, outcome, persons, expected) => expect(faults(outcome, ...persons)).toEqual(expected));

  it('are nobody where the referral names nobody', () => {
    expect(personOutcomeFaults({ persons: [] }, 'SANCTIONED', [])).toEqual([]);
    expect(personOutcomeFaults({}, 'SANCTIONED', [])).toEqual([]);
    expect(
      personOutcomeFaults({}, 'SANCTIONED', [{ person: 1, sanction: 'CRITICISM' }]).map(({ message }) => message),
    ).toEqual(['the referral names 0 persons, no 1']);
  });
});
