import { withOverrides } from '@zhitong/values';
import { commandRunner } from '@zhitong/kit/commands';

import { caseJobs, tick } from '../../../subgraphs/cases/src/usecases/overdue-job.js';
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
    expect(await round()).toEqual({
      ...{ escalated: 3, dated: 0, completedDraws: 0, failed: [] },
      ...{ overdueRectifications: 0, sealedSeeds: 0, failedOthers: [] },
    });
    // Of the third only the first contact is missing, since 11 March.
    expect(await escalations()).toEqual(['SQ2026-000001', 'SQ2026-000003', 'SQ2026-000004']);
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
    expect(reports.reduce((sum, { escalated }) => sum + escalated, 0)).toBe(3);
    cases.at('2026-03-20');
    await round('2026-03-20');
    expect(await escalations()).toEqual(['SQ2026-000001', 'SQ2026-000003', 'SQ2026-000003', 'SQ2026-000004']);
    expect(await cases.connection.collection('outbox').countDocuments()).toBe(4);
  });

  it('goes on beside a draw whose record is damaged, and says which', async () => {
    await cases.connection
      .collection('spot_checks')
      .insertOne({ id: 'HTK-2026-01-2026-01', from: '2026-01-01', months: ['2026-01'], isOpened: false, drawn: null });
    expect(await round()).toMatchObject({
      ...{ escalated: 3, completedDraws: 0, failed: [] },
      failedOthers: [{ work: 'draw HTK-2026-01-2026-01', reason: expect.any(String) as unknown }],
    });
    expect(await escalations()).toEqual(['SQ2026-000001', 'SQ2026-000003', 'SQ2026-000004']);
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
    expect(await escalations()).toHaveLength(3);
    cases.at('2026-03-24'); // the contact was due on the 18th, the answer on the 23rd
    await round('2026-03-24');
    expect((await escalations()).filter((caseNumber) => caseNumber === 'SQ2026-000004')).toHaveLength(3);
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

describe('one case that fails', () => {
  it('stops neither the others nor the round, and is reported', async () => {
    await cases.connection.collection('case_events').deleteOne({ caseNumber: 'SQ2026-000001', seq: 2 });
    const report = await round();
    expect(report.failed).toEqual([
      { caseNumber: 'SQ2026-000001', reason: 'case SQ2026-000001: event 3 follows event 1' },
    ]);
    expect(await escalations()).toEqual(['SQ2026-000003', 'SQ2026-000004']);
    expect((await round()).failed).toHaveLength(1);
  });

  it('is not one with 800 supplements, of which the latest hundred are read with the case', async () => {
    const many = Array.from(
      { length: 800 },
      (_none, at) =>
        ['2026-03-05', { type: 'SUPPLEMENTED', text: `${at} ${'补'.repeat(4_990)}`, attachments: [] }] as const,
    );
    await cases.given(aHistory('2026-03-02', [['2026-03-03', assigned()], ...many], {}, 'SQ2026-000010'));
    const report = await round();
    expect(report.failed).toEqual([]);
    expect(await escalations()).toContain('SQ2026-000010');
    const { data } = await cases.ask<{ case: { supplements: { text: string }[] } }>(
      '{ case(caseNumber: "SQ2026-000010") { supplements { text } } }',
      {},
      people.coordinator,
    );
    expect(data?.case.supplements.map(({ text }) => text.split(' ')[0])).toEqual(
      Array.from({ length: 100 }, (_none, at) => String(700 + at)),
    );
  });
});

describe('a calendar that changed', () => {
  it('dates what is open anew, and notes it in the history', async () => {
    // The city gives 16 and 17 March off.
    const flood = withOverrides(cases.calendar, { daysOff: ['2026-03-16', '2026-03-17'], workingDays: [] });
    const parts = { stores: cases.stores, outbox: cases.outbox, calendar: flood, clock: clock('2026-03-13') };
    const job = { ...cases, ...parts, commands: caseCommands({ ...parts, runner: commandRunner(cases.connection) }) };
    cases.at('2026-03-13');
    expect(await tick(job)).toMatchObject({ dated: 1, failed: [] });
    const { data } = await cases.ask(
      '{ case(caseNumber: "SQ2026-000003") { history { party type reason } } }',
      {},
      people.coordinator,
    );
    expect(JSON.stringify(data)).toContain('{"party":"SYSTEM","type":"REDATED","reason":"2026-03-16 → 2026-03-18"}');
    expect(await cases.connection.collection('cases').findOne({ caseNumber: 'SQ2026-000003' })).toMatchObject({
      lastDayInTime: '2026-03-18',
    });
    expect(await tick(job)).toMatchObject({ dated: 0 });
  });

  it('dates cases that were stored before figures were kept with them', async () => {
    await cases.connection.collection('cases').updateMany({}, { $unset: { facts: 1, calendarMark: 1 } });
    expect(await round()).toMatchObject({ failed: [] });
    expect(await cases.connection.collection('cases').countDocuments({ facts: { $exists: false } })).toBe(0);
    expect(await cases.connection.collection('case_events').countDocuments({ 'change.type': 'REDATED' })).toBe(0);
  });
});

describe('a case of a year whose calendar is not published', () => {
  it('has a provisional last day, and is brought to the coordinator when it has passed', async () => {
    await cases.empty();
    cases.at('2027-01-12');
    await cases.given(
      aHistory(
        '2027-01-04',
        [
          ['2027-01-04', assigned()],
          ['2027-01-04', accepted],
          ['2027-01-04', contacted],
        ],
        {},
        'SQ2027-000001',
      ),
    );
    const READ =
      '{ case(caseNumber: "SQ2027-000001") { dueOn calendarMissingFrom provisionalDueOn isOverdue escalation history { reason } } }';
    expect((await cases.ask(READ, {}, people.coordinator)).data?.['case']).toMatchObject({
      dueOn: null,
      calendarMissingFrom: '2027-01-05',
      provisionalDueOn: '2027-01-11',
      isOverdue: null,
      escalation: 'NONE',
    });
    expect(await round('2027-01-12')).toMatchObject({ escalated: 1, failed: [] });
    const { data } = await cases.ask(READ, {}, people.coordinator);
    expect(data?.['case']).toMatchObject({ escalation: 'COORDINATOR' });
    expect(JSON.stringify(data)).toContain('ANSWER 2027-01-11 (provisional)');
  });
});

describe('a supervision whose day has passed', () => {
  it('comes before the coordinator and on the list, once', async () => {
    await cases.empty();
    await cases.given(
      aHistory(
        '2026-03-12',
        [
          ['2026-03-12', assigned()],
          ['2026-03-12', accepted],
          ['2026-03-12', contacted],
          ['2026-03-12', { type: 'SUPERVISED', instruction: '限期办结', dueOn: '2026-03-13' }],
        ],
        {},
        'SQ2026-000011',
      ),
    );
    expect(await round()).toMatchObject({ escalated: 1 });
    expect(await round()).toMatchObject({ escalated: 0 });
    const { data } = await cases.ask(
      '{ cases(filter: { supervisionOverdue: true }) { nodes { caseNumber escalation supervision { isOverdue } } } }',
      {},
      people.coordinator,
    );
    expect(data).toEqual({
      cases: {
        nodes: [{ caseNumber: 'SQ2026-000011', escalation: 'JOINT_MEETING', supervision: { isOverdue: true } }],
      },
    });
  });
});

describe('running the job', () => {
  it('is one of three jobs of the process, with a lease, or none when they are switched off', async () => {
    const [job, figures] = caseJobs({ ...cases, clock: clock('2026-03-16') }, 10);
    expect([job?.everyMs, caseJobs({ ...cases, clock: clock('2026-03-16') }, 0)]).toEqual([600_000, []]);
    expect(job?.leaseMs).toBeGreaterThan(0);
    await job?.work({ isOver: () => false });
    expect(await escalations()).toEqual(['SQ2026-000001', 'SQ2026-000003', 'SQ2026-000004']);
    // The other counts the cases that were written since.
    const uncounted = async () => cases.connection.collection('cases').countDocuments({ countedIn: null });
    expect(await uncounted()).toBeGreaterThan(0);
    await figures?.work({ isOver: () => false });
    expect(await uncounted()).toBe(0);
  });

  it('writes ten cases in one transaction, ends between two when it is to stop, and the next round goes on', async () => {
    await cases.given(
      ...Array.from({ length: 22 }, (_none, at) => aHistory('2026-03-02', [], {}, `SQ2026-0010${String(at + 10)}`)),
    );
    let asked = 0;
    const { commands } = await cases.counted(async () =>
      tick({ ...cases, clock: clock('2026-03-16') }, () => (asked += 1) > 1),
    );
    expect(commands.filter((command) => command.startsWith('commitTransaction'))).toHaveLength(1);
    expect(await escalations()).toHaveLength(10);
    await round();
    expect(await escalations()).toHaveLength(25);
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
