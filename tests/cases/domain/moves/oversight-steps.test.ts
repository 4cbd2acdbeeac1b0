import type { Responsibility } from '../../../../subgraphs/cases/src/domain/case-event.js';
import type { Duty } from '../../../../subgraphs/cases/src/domain/case-view.js';
import {
  dutiesEnded,
  dutiesSet,
  higherLevel,
  onDuty,
  referralConcluded,
  supervised,
  supervisionAfter,
  supervisionConcluded,
  supervisionReported,
} from '../../../../subgraphs/cases/src/domain/moves/oversight-steps.js';
import { ESCALATION_LEVELS } from '../../../../subgraphs/cases/src/domain/taxonomy.js';
import { aCase, accepted, assigned } from '../../support/a-case.js';

const duty = (department: string, part: Partial<Duty> = {}): Duty => ({
  ...{ department, duty: '核实情况', dueOn: null, givenBy: 2, result: null, reportedOn: null },
  ...{ grade: null, gradeReason: null, endedOn: null },
  ...part,
});
const listed = (department: string, part: Partial<Responsibility> = {}): Responsibility => ({
  ...{ department, duty: '核实情况' },
  ...part,
});

describe('the duties of assisting departments', () => {
  it('go on where the list has them as they were, begin where they are new, and end where it has them no more', () => {
    const before = [duty('A'), duty('B'), duty('C', { endedOn: '2026-03-01' })];
    expect(dutiesSet(before, [listed('A'), listed('D', { dueOn: '2026-03-20' })], 5, '2026-03-09')).toEqual([
      duty('A'),
      duty('B', { endedOn: '2026-03-09' }),
      duty('C', { endedOn: '2026-03-01' }),
      duty('D', { givenBy: 5, dueOn: '2026-03-20' }),
    ]);
  });

  it.each<[string, Partial<Responsibility>]>([
    ['another duty', { duty: '提供材料' }],
    ['another day', { dueOn: '2026-03-20' }],
    ['another department', { department: 'B' }],
  ])('are others with %s', (_what, part) => {
    const after = dutiesSet([duty('A')], [{ ...listed('A'), ...part }], 5, '2026-03-09');
    expect(after.map(({ endedOn, givenBy }) => [endedOn, givenBy])).toEqual([
      ['2026-03-09', 2],
      [null, 5],
    ]);
  });

  it('are given anew where they had ended', () => {
    const ended = duty('A', { endedOn: '2026-03-01' });
    expect(dutiesSet([ended], [listed('A')], 5, '2026-03-09')).toEqual([ended, duty('A', { givenBy: 5 })]);
  });

  it('end together, those that had ended on their own day, and are changed while they run', () => {
    const both = [duty('A'), duty('A', { endedOn: '2026-03-01' }), duty('B')];
    expect(dutiesEnded(both, '2026-03-09').map(({ endedOn }) => endedOn)).toEqual([
      ...['2026-03-09', '2026-03-01', '2026-03-09'],
    ]);
    expect(onDuty(both, 'A', (one) => ({ ...one, result: '已核实' })).map(({ result }) => result)).toEqual([
      ...['已核实', null, null],
    ]);
  });
});

describe('an order of supervision', () => {
  const view = aCase('2026-03-02', [
    ['2026-03-03', assigned()],
    ['2026-03-03', accepted],
  ]);
  const order = (instruction: string) => ({ type: 'SUPERVISED', instruction, dueOn: '2026-03-20' }) as const;
  const once = { ...view, ...supervised(view, order('限期办结'), '2026-03-05') };

  it('is numbered, and replaces one that still runs', () => {
    expect(once.supervision).toEqual({
      ...{ number: 1, instruction: '限期办结', dueOn: '2026-03-20', orderedOn: '2026-03-05', supervisor: null },
      ...{ report: null, endedOn: null, isFulfilled: null, conclusion: null },
    });
    const twice = { ...once, ...supervised(once, order('再次督办'), '2026-03-09') };
    expect(twice.supervisions.map(({ number, endedOn }) => [number, endedOn])).toEqual([
      [1, '2026-03-09'],
      [2, null],
    ]);
    expect(twice.supervision?.instruction).toBe('再次督办');
  });

  it('is reported and concluded, and one that was is not ended again by the next', () => {
    const reported = { ...once, ...supervisionReported(once, '正在办理', '2026-03-07') };
    expect(reported.supervision?.report).toEqual({ note: '正在办理', on: '2026-03-07' });
    expect(reported.supervisions).toEqual([reported.supervision]);
    const concluded = {
      ...reported,
      ...supervisionConcluded(reported, { type: 'SUPERVISION_CONCLUDED', fulfilled: true, note: '落实' }, '2026-03-08'),
    };
    expect(concluded.supervision).toMatchObject({ endedOn: '2026-03-08', isFulfilled: true, conclusion: '落实' });
    const next = supervised(concluded, order('再次督办'), '2026-03-09');
    expect(next.supervisions?.map(({ endedOn }) => endedOn)).toEqual(['2026-03-08', null]);
    expect(supervisionReported(view, '无', '2026-03-07')).toEqual({});
  });

  it('ends when nobody owes an answer any more', () => {
    const done = { ...once, status: 'CLOSED' as const };
    expect(supervisionAfter(once, done, '2026-03-10').supervision?.endedOn).toBe('2026-03-10');
    expect(supervisionAfter(once, once, '2026-03-10')).toEqual({});
    expect(supervisionAfter(view, { ...view, status: 'CLOSED' }, '2026-03-10')).toEqual({});
  });

  it('is of the higher of two levels', () => {
    const [lowest, next] = ESCALATION_LEVELS;
    expect(higherLevel(lowest, next)).toBe(next);
    expect(higherLevel(next, lowest)).toBe(next);
    expect(higherLevel(lowest, lowest)).toBe(lowest);
  });
});

describe('a referral', () => {
  const mark = (referralId: string) => ({
    ...{ referralId, outcome: null, note: null, concludedOn: null, concludedBy: null },
    persons: [
      { name: '王五', sanction: null, isCleared: null },
      { name: '赵六', sanction: null, isCleared: null },
    ],
  });
  it('is concluded for itself alone, person by person', () => {
    const view = { ...aCase('2026-03-02'), referrals: [mark('R-1'), mark('R-2')] as never };
    const concluded = referralConcluded(
      view,
      {
        ...{ type: 'REFERRAL_CONCLUDED', referralId: 'R-2', outcome: 'SANCTIONED', note: '已处理' },
        persons: [{ person: 2, sanction: null }],
      } as never,
      { day: '2026-03-09', sub: 'officer-1' },
    );
    expect(concluded.referrals).toEqual([
      mark('R-1'),
      {
        ...{
          referralId: 'R-2',
          outcome: 'SANCTIONED',
          note: '已处理',
          concludedOn: '2026-03-09',
          concludedBy: 'officer-1',
        },
        persons: [
          { name: '王五', sanction: null, isCleared: null },
          { name: '赵六', sanction: null, isCleared: true },
        ],
      },
    ]);
  });
});
