import {
  delayOf,
  type DatedApproval,
  type EndedBlock,
} from '../../../../subgraphs/enterprises/src/domain/projects/lateness.js';

const approval = (owner: string, dueOn: string, decidedAt: string | null): DatedApproval => ({
  ...{ approval: 1, step: 'LAND_SUPPLY', owner, dueAt: new Date(`${dueOn}T16:00:00Z`) },
  decision: decidedAt === null ? null : { outcome: 'GRANTED', note: '', pledge: null, decidedAt },
});
const block = (fault: EndedBlock['fault'], department: string | null, from: string, to: string | null): EndedBlock => ({
  ...{ step: 'LAND_SUPPLY', fault, department, reportedOn: from, solvedOn: to },
});
const delay = (
  [plannedOn, completedOn]: readonly [planned: string | null, completed: string | null],
  {
    signedOn = '2026-03-01',
    asOf = '2026-04-30',
    approvals = [],
    blocks = [],
  }: Partial<Parameters<typeof delayOf>[1]> = {},
) => delayOf({ step: 'LAND_SUPPLY', plannedOn, completedOn }, { signedOn, asOf, approvals, blocks });
const IN_TIME = { daysLate: 0, delays: [], unexplainedDays: 0 };

describe('a step that stood still and was in time all the same', () => {
  const stood = { blocks: [block('NOBODY', null, '2026-03-05', '2026-03-09')] };
  it.each<[string, readonly [string | null, string | null], string, object]>([
    ['completed before its day', ['2026-03-20', '2026-03-10'], '2026-04-30', IN_TIME],
    ['completed on its day', ['2026-03-20', '2026-03-20'], '2026-04-30', IN_TIME],
    ['asked for before its day', ['2026-03-20', null], '2026-03-10', IN_TIME],
    ['asked for on its day', ['2026-03-20', null], '2026-03-20', IN_TIME],
    ['without a planned day', [null, '2026-03-25'], '2026-04-30', IN_TIME],
    [
      'a day late',
      ['2026-03-20', '2026-03-21'],
      '2026-04-30',
      { daysLate: 1, delays: [{ fault: 'NOBODY', department: null, days: 4 }], unexplainedDays: 0 },
    ],
  ])('%s', (_what, days, asOf, expected) => expect(delay(days, { ...stood, asOf })).toEqual(expected));
});

describe('the days that a step stood still', () => {
  it('are shared among departments, each with its own, and between equals in the order in which they began', () => {
    expect(
      delay(['2026-03-10', '2026-03-20'], {
        blocks: [
          block('DEPARTMENT', 'ZRZY', '2026-03-10', '2026-03-12'),
          block('DEPARTMENT', 'ZJJ', '2026-03-12', '2026-03-16'),
          block('ENTERPRISE', null, '2026-03-16', '2026-03-18'),
        ],
      }),
    ).toEqual({
      daysLate: 10,
      delays: [
        { fault: 'DEPARTMENT', department: 'ZJJ', days: 4 },
        { fault: 'DEPARTMENT', department: 'ZRZY', days: 2 },
        { fault: 'ENTERPRISE', department: null, days: 2 },
      ],
      unexplainedDays: 2,
    });
  });

  it('are counted once where two things stood in the way, for an approval before a block, for the first of two', () => {
    expect(
      delay(['2026-03-10', '2026-03-20'], {
        approvals: [approval('ZRZY', '2026-03-10', '2026-03-14T02:00:00.000Z')],
        blocks: [
          block('HIGHER_LEVEL', null, '2026-03-10', '2026-03-15'),
          block('NOBODY', null, '2026-03-10', '2026-03-15'),
        ],
      }).delays,
    ).toEqual([
      { fault: 'DEPARTMENT', department: 'ZRZY', days: 4 },
      { fault: 'HIGHER_LEVEL', department: null, days: 1 },
    ]);
  });

  it('begin the day after an approval was due at whatever hour, and end with the day of the decision in Shanghai', () => {
    const due = (dueAt: string, decidedAt: string) =>
      delay(['2026-03-10', '2026-03-20'], {
        approvals: [{ ...approval('ZRZY', '2026-03-10', decidedAt), dueAt: new Date(dueAt) }],
      }).delays[0]?.days;
    // Midnight ends 12 March; noon is within it. 15:59 UTC is the same day in Shanghai, 16:00 UTC the next.
    expect(due('2026-03-12T16:00:00.000Z', '2026-03-14T15:59:00.000Z')).toBe(2);
    expect(due('2026-03-12T04:00:00.000Z', '2026-03-14T15:59:00.000Z')).toBe(2);
    expect(due('2026-03-12T16:00:00.001Z', '2026-03-14T16:00:00.000Z')).toBe(2);
  });

  it('begin after the signing, and reach back 3,650 days at most', () => {
    const since = (signedOn: string) =>
      delay(['2026-03-19', '2026-03-20'], {
        signedOn,
        blocks: [block('ENTERPRISE', null, '1990-01-01', null)],
      }).delays[0]?.days;
    expect(since('2026-03-10')).toBe(10);
    // 3,650 days before 20 March 2026: 22 March 2016.
    expect([since('2016-03-23'), since('2016-03-22'), since('2000-01-01')]).toEqual([3_649, 3_650, 3_650]);
  });

  it('are those until the day asked for, when the step was completed after it', () => {
    expect(
      delay(['2026-03-10', '2026-03-20'], {
        asOf: '2026-03-14',
        approvals: [approval('ZRZY', '2026-03-11', null)],
        blocks: [block('ENTERPRISE', null, '2026-03-10', null)],
      }),
    ).toEqual({
      daysLate: 4,
      delays: [
        { fault: 'DEPARTMENT', department: 'ZRZY', days: 3 },
        { fault: 'ENTERPRISE', department: null, days: 1 },
      ],
      unexplainedDays: 0,
    });
  });
});
