import { withOverrides } from '@zhitong/values';
import { commandRunner } from '@zhitong/kit/commands';

import { overdueJobs, tick } from '../../../subgraphs/cases/src/usecases/overdue-job.js';
import { caseCommands } from '../../../subgraphs/cases/src/usecases/case-commands.js';
import { accepted, aHistory, anAssignment, assigned, contacted, resolvedWith } from '../support/a-case.js';
import { casesUnderTest, people, type CasesUnderTest } from '../support/cases-under-test.js';

let cases: CasesUnderTest;
beforeAll(async () => {
  cases = await casesUnderTest(import.meta.url);
});
beforeEach(async () => {
  await cases.empty();
  cases.at('2026-03-16');
  await cases.given(
    aHistory(
      '2026-03-02',
      [
        ['2026-03-03', assigned()],
        ['2026-03-04', accepted],
        ['2026-03-05', contacted],
      ],
      {},
      'SQ2026-000001',
    ), // due on 10 March
    aHistory(
      '2026-03-02',
      [
        ['2026-03-03', assigned()],
        ['2026-03-04', accepted],
        ['2026-03-13', resolvedWith()],
      ],
      {},
      'SQ2026-000002',
    ), // answered, late
    aHistory('2026-03-09', [['2026-03-09', assigned()]], {}, 'SQ2026-000003'), // due today
    aHistory('2026-03-12', [], {}, 'SQ2026-000004'), // nobody has assigned it, due on 13 March
    aHistory(
      '2026-03-02',
      [
        ['2026-03-03', assigned()],
        ['2026-03-04', accepted],
        ['2026-03-05', { type: 'PAUSED', question: '请补充' }],
      ],
      {},
      'SQ2026-000005',
    ), // waits
  );
});
afterAll(async () => cases.close());

const clock = (day: string) => ({ now: () => new Date(`${day}T04:00:00Z`) });
const round = async (day = '2026-03-16') => tick({ ...cases, clock: clock(day) });
const escalations = async (): Promise<string[]> =>
  (
    await cases.connection
      .collection('case_events')
      .find({ 'change.type': 'OVERDUE_ESCALATED' })
      .sort({ caseNumber: 1 })
      .toArray()
  ).map(({ caseNumber }) => String(caseNumber));

describe('the overdue job', () => {
  it('brings what has run out to the coordinator, and nothing else', async () => {
    expect(await round()).toEqual({ escalated: 2, dated: 0, completedDraws: 0 });
    expect(await escalations()).toEqual(['SQ2026-000001', 'SQ2026-000004']);
    const { data } = await cases.ask<{ cases: { nodes: unknown[] } }>(
      '{ cases(filter: { escalation: [COORDINATOR] }) { nodes { caseNumber escalation history { party type reason } } } }',
      {},
      people.coordinator,
    );
    expect(data?.cases.nodes).toContainEqual({
      caseNumber: 'SQ2026-000004',
      escalation: 'COORDINATOR',
      history: [
        { party: 'SYSTEM', type: 'SUBMITTED', reason: '银行要求提前还贷' },
        { party: 'SYSTEM', type: 'OVERDUE_ESCALATED', reason: 'TRIAGE 2026-03-13' },
      ],
    });
  });

  it('does it once, with its event, however many instances run at the same moment', async () => {
    const reports = await Promise.all(Array.from({ length: 5 }, async () => round()));
    expect(reports.reduce((sum, { escalated }) => sum + escalated, 0)).toBe(2);
    cases.at('2026-03-20');
    await round('2026-03-20');
    expect(await escalations()).toEqual(['SQ2026-000001', 'SQ2026-000003', 'SQ2026-000004']);
    expect(await cases.connection.collection('outbox').countDocuments()).toBe(3);
  });

  it('escalates the next clock of a case again', async () => {
    await round();
    await cases.commands.change({
      name: 'assignCase',
      idempotencyKey: 'once-more',
      actor: people.coordinator,
      caseNumber: 'SQ2026-000004',
      expectedVersion: 2,
      request: null,
      decide: () => [{ change: { type: 'ASSIGNED', assignment: anAssignment() } }],
    });
    await round();
    expect(await escalations()).toHaveLength(2);
    cases.at('2026-03-24'); // the answer was due on the 23rd
    await round('2026-03-24');
    expect((await escalations()).filter((caseNumber) => caseNumber === 'SQ2026-000004')).toHaveLength(2);
  });

  it('decides of an answer from beyond the calendar whether it was in time, as soon as the calendar reaches it', async () => {
    await cases.empty();
    await cases.given(
      aHistory(
        '2026-12-28',
        [
          ['2026-12-28', assigned()],
          ['2026-12-28', accepted],
          ['2027-01-04', resolvedWith()],
        ],
        {},
        'SQ2026-000009',
      ),
    );
    const stored = async () => cases.connection.collection('cases').findOne({ caseNumber: 'SQ2026-000009' });
    expect(await stored()).toMatchObject({ status: 'RESOLVED', answeredInTime: null });
    const grown = withOverrides(
      { ...cases.calendar, knownThrough: '2027-12-31' },
      { daysOff: ['2027-01-01'], workingDays: [] },
    );
    const job = { ...cases, calendar: grown, clock: clock('2027-01-10') };
    expect(await tick(job)).toMatchObject({ dated: 1 });
    expect(await stored()).toMatchObject({ answeredInTime: true, isDueDayUnknown: false });
    expect(await tick(job)).toMatchObject({ dated: 0 });
  });

  it('finds a due day as soon as the calendar reaches it', async () => {
    await cases.given(aHistory('2026-12-28', [['2026-12-29', assigned()]], {}, 'SQ2026-000009'));
    expect(await round()).toMatchObject({ dated: 0 });
    const grown = withOverrides(
      { ...cases.calendar, knownThrough: '2027-12-31' },
      { daysOff: ['2027-01-01'], workingDays: [] },
    );
    expect(await tick({ ...cases, calendar: grown, clock: clock('2026-12-30') })).toMatchObject({ dated: 1 });
    expect(await cases.connection.collection('cases').findOne({ caseNumber: 'SQ2026-000009' })).toMatchObject({
      isDueDayUnknown: false,
      lastDayInTime: '2027-01-06',
    });
  });
});

describe('running the job', () => {
  it('is one job of the process, with a lease, or none when it is switched off', async () => {
    const [job, ...others] = overdueJobs({ ...cases, clock: clock('2026-03-16') }, 10);
    expect([job?.everyMs, others, overdueJobs({ ...cases, clock: clock('2026-03-16') }, 0)]).toEqual([600_000, [], []]);
    expect(job?.leaseMs).toBeGreaterThan(0);
    await job?.work({ isOver: () => false });
    expect(await escalations()).toEqual(['SQ2026-000001', 'SQ2026-000004']);
  });

  it('ends between two cases when it is to stop, and the next round goes on', async () => {
    let asked = 0;
    await tick({ ...cases, clock: clock('2026-03-16') }, () => (asked += 1) > 1);
    expect(await escalations()).toHaveLength(1);
    await round();
    expect(await escalations()).toHaveLength(2);
  });
});

describe('a process that is killed between event and view', () => {
  const resolve = async (commands: CasesUnderTest['commands'], idempotencyKey: string) =>
    commands.change({
      name: 'resolveCase',
      idempotencyKey,
      actor: people.officer('JRB'),
      caseNumber: 'SQ2026-000001',
      expectedVersion: 4,
      request: 1,
      decide: () => [{ change: { type: 'RESOLVED', answer: '已办结' } }],
    });

  it('leaves neither, nor the event for others, and the same key can be used again', async () => {
    const killed = caseCommands({
      runner: commandRunner(cases.connection),
      stores: {
        ...cases.stores,
        cases: { ...cases.stores.cases, put: async () => Promise.reject(new Error('killed')) },
      },
      outbox: cases.outbox,
      calendar: cases.calendar,
      clock: clock('2026-03-16'),
    });
    await expect(resolve(killed, 'kill-me-1')).rejects.toThrow('killed');
    expect(await cases.connection.collection('case_events').countDocuments({ caseNumber: 'SQ2026-000001' })).toBe(4);
    expect(await cases.connection.collection('outbox').countDocuments()).toBe(0);
    expect(await resolve(cases.commands, 'kill-me-1')).toEqual({
      kind: 'done',
      result: 'SQ2026-000001',
      refusal: null,
    });
    expect(await cases.connection.collection('cases').findOne({ caseNumber: 'SQ2026-000001' })).toMatchObject({
      status: 'RESOLVED',
      version: 5,
    });
  });

  it('or a view that was lost or fell behind, does not mislead the next change', async () => {
    await cases.connection
      .collection('cases')
      .updateOne({ caseNumber: 'SQ2026-000001' }, { $set: { version: 2, status: 'RECEIVED' } });
    expect(await resolve(cases.commands, 'behind-it-1')).toMatchObject({ kind: 'done' });
    expect(await cases.connection.collection('cases').findOne({ caseNumber: 'SQ2026-000001' })).toMatchObject({
      status: 'RESOLVED',
      version: 5,
    });
  });
});
