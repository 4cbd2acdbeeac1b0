import { accepted, aHistory, assigned, resolvedWith } from '../support/a-case.js';
import { casesUnderTest, people, type CasesUnderTest } from '../support/cases-under-test.js';
import { mutate, run, type Answer } from '../support/mutations.js';

const escalated = { type: 'ESCALATED', level: 'JOINT_MEETING', reason: '部门无法协调' } as const;
interface Meeting {
  id: string;
  version: number;
  isHeld: boolean;
  agenda: { caseNumber: string; status: string }[];
  decisions: {
    number: number;
    becameMove: string;
    isDone: boolean;
    isOverdue: boolean;
    case: { status: string; handler: { code: string } | null; supervision: { dueOn: string } | null } | null;
  }[];
}
const FIELDS =
  'id version kind date title chairedBy isHeld agenda { caseNumber status } decisions { number decision dueOn becameMove isDone isOverdue department { code } followUps { day note done } case { status handler { code } supervision { dueOn } } }';

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
        ['2026-03-03', accepted],
        ['2026-03-04', escalated],
      ],
      {},
      'SQ2026-000001',
    ),
    aHistory('2026-03-03', [['2026-03-04', escalated]], {}, 'SQ2026-000002'),
    aHistory(
      '2026-03-04',
      [
        ['2026-03-04', assigned()],
        ['2026-03-04', accepted],
        ['2026-03-05', escalated],
        ['2026-03-06', resolvedWith()],
      ],
      {},
      'SQ2026-000003',
    ),
    aHistory('2026-03-05', [], {}, 'SQ2026-000004'),
  );
});
afterAll(async () => cases.close());

const { coordinator } = people;
const plan = async (part: Record<string, unknown> = {}) =>
  run<Meeting>(
    cases,
    ['planMeeting', 'PlanMeetingInput', 'meeting'],
    FIELDS,
    { kind: 'MONTHLY_JOINT_MEETING', date: '2026-03-16', title: '三月联席会议', ...part },
    coordinator,
  );
const hold = async (meeting: Meeting | null) =>
  run<Meeting>(
    cases,
    ['holdMeeting', 'HoldMeetingInput', 'meeting'],
    FIELDS,
    { meeting: meeting?.id, expectedVersion: meeting?.version, chairedBy: '市长' },
    coordinator,
  );
const decide = async (meeting: Meeting | null, part: Record<string, unknown>) =>
  run<Meeting>(
    cases,
    ['recordMeetingDecision', 'RecordMeetingDecisionInput', 'meeting'],
    FIELDS,
    {
      meeting: meeting?.id,
      expectedVersion: meeting?.version,
      department: 'JRB',
      decision: '月底前协调银行办结',
      dueOn: '2026-03-31',
      ...part,
    },
    coordinator,
  );
const followUp = async (meeting: Meeting | null, part: Record<string, unknown>) =>
  run<Meeting>(
    cases,
    ['followUpDecision', 'FollowUpDecisionInput', 'meeting'],
    FIELDS,
    { meeting: meeting?.id, expectedVersion: meeting?.version, decision: 1, note: '正在办理', done: false, ...part },
    coordinator,
  );
const held = async (part: Record<string, unknown> = {}): Promise<Meeting | null> =>
  (await hold((await plan(part)).result)).result;

describe('a joint meeting', () => {
  it('has the open cases that were brought to it on its agenda, and those that are named', async () => {
    const { result } = await plan({ cases: ['SQ2026-000004', 'SQ2026-000001'] });
    expect(result?.agenda.map(({ caseNumber }) => caseNumber)).toEqual([
      'SQ2026-000001',
      'SQ2026-000002',
      'SQ2026-000004',
    ]);
    expect(result).toMatchObject({ version: 1, isHeld: false, decisions: [] });
  });

  it('makes its decisions assignments and supervisions, and follows them up until they are done', async () => {
    let meeting = await held();
    await plan({ date: '2026-03-20', cases: ['SQ2026-000001'] });
    // The case names the meeting that was held on it, and not the one that is only planned.
    const { data } = await cases.ask(
      '{ case(caseNumber: "SQ2026-000001") { meetings { id isHeld } } }',
      {},
      people.officer('JRB'),
    );
    expect(data).toEqual({ case: { meetings: [{ id: meeting?.id, isHeld: true }] } });
    meeting = (await decide(meeting, { caseNumber: 'SQ2026-000001' })).result;
    meeting = (await decide(meeting, { caseNumber: 'SQ2026-000002', department: 'CZJ' })).result;
    expect(meeting?.decisions).toMatchObject([
      { number: 1, becameMove: 'SUPERVISED', case: { status: 'ACCEPTED', supervision: { dueOn: '2026-03-31' } } },
      {
        number: 2,
        becameMove: 'ASSIGNED',
        case: { status: 'ASSIGNED', handler: { code: 'CZJ' }, supervision: { dueOn: '2026-03-31' } },
      },
    ]);
    meeting = (await followUp(meeting, {})).result;
    cases.at('2026-04-02');
    const proof = { evidence: ['https://files.example.cn/1.pdf'] };
    const done = { decision: 2, note: '已落实', done: true };
    // Struck off is what is done, and shown to be.
    expect((await followUp(meeting, done)).refusal).toMatchObject({ code: 'INVALID', path: ['evidence'] });
    expect((await followUp(meeting, { ...done, ...proof })).refusal).toMatchObject({
      code: 'CONFLICT',
      details: { reason: 'CASE_OPEN', status: 'ASSIGNED' },
    });
    await mutate(cases, 'acceptCase', { caseNumber: 'SQ2026-000002', expectedVersion: 4 }, people.officer('CZJ'));
    await mutate(
      cases,
      'resolveCase',
      { caseNumber: 'SQ2026-000002', expectedVersion: 5, answer: '已拨付到位' },
      people.officer('CZJ'),
    );
    meeting = (await followUp(meeting, { ...done, ...proof })).result;
    expect(meeting?.decisions).toMatchObject([
      { isDone: false, isOverdue: true },
      { isDone: true, isOverdue: false, followUps: [{ day: '2026-04-02', note: '已落实', done: true }] },
    ]);
  });

  it('decides and assigns together or not at all', async () => {
    const meeting = await held({ cases: ['SQ2026-000003'] });
    expect((await decide(meeting, { caseNumber: 'SQ2026-000003' })).refusal).toMatchObject({
      code: 'CONFLICT',
      details: { status: 'RESOLVED' },
    });
    const both = await Promise.all([
      decide(meeting, { caseNumber: 'SQ2026-000002', department: 'CZJ' }),
      decide(meeting, { caseNumber: 'SQ2026-000002', department: 'RSJ' }),
    ]);
    expect(both.filter(({ result }) => result !== null)).toHaveLength(1);
    expect(both.find(({ refusal }) => refusal !== null)?.refusal?.code).toBe('STALE_VERSION');
    expect(
      await cases.connection
        .collection('case_events')
        .countDocuments({ caseNumber: 'SQ2026-000002', 'change.type': 'ASSIGNED' }),
    ).toBe(1);
  });

  it.each<[string, () => Promise<Answer<Meeting>>, string]>([
    [
      'a decision before it was held',
      async () => decide((await plan()).result, { caseNumber: 'SQ2026-000001' }),
      'CONFLICT',
    ],
    ['a case that is not on the agenda', async () => decide(await held(), { caseNumber: 'SQ2026-000004' }), 'INVALID'],
    [
      'a decision in the hands of another department than the lead',
      async () => decide(await held(), { caseNumber: 'SQ2026-000001', department: 'RSJ' }),
      'INVALID',
    ],
    [
      'a day in the past',
      async () => decide(await held(), { caseNumber: 'SQ2026-000001', dueOn: '2026-03-01' }),
      'INVALID',
    ],
    ['a meeting in the past', async () => plan({ date: '2026-03-01' }), 'INVALID'],
    ['a case that does not exist', async () => plan({ cases: ['SQ1999-000001'] }), 'INVALID'],
    [
      'holding a meeting that is still to come',
      async () => hold((await plan({ date: '2026-04-01' })).result),
      'CONFLICT',
    ],
    ['holding it twice', async () => hold(await held()), 'CONFLICT'],
    ['following up what was not decided', async () => followUp(await held(), { decision: 7 }), 'INVALID'],
  ])('refuses %s', async (_what, attempt, code) => {
    expect((await attempt()).refusal?.code).toBe(code);
  });
});

describe('an agenda', () => {
  it('is open until the meeting is held: what is brought to its level since is on it, what is taken off stays off', async () => {
    let meeting = (await plan({ cases: ['SQ2026-000004'] })).result;
    await mutate(cases, 'assignCase', { caseNumber: 'SQ2026-000004', expectedVersion: 1, lead: 'RSJ' }, coordinator);
    const change = async (part: Record<string, unknown>) =>
      run<Meeting>(
        cases,
        ['changeMeetingAgenda', 'ChangeMeetingAgendaInput', 'meeting'],
        FIELDS,
        { meeting: meeting?.id, expectedVersion: meeting?.version, ...part },
        coordinator,
      );
    meeting = (await change({ remove: ['SQ2026-000001'] })).result;
    expect(meeting?.agenda.map(({ caseNumber }) => caseNumber)).toEqual(['SQ2026-000002', 'SQ2026-000004']);
    await cases.given(aHistory('2026-03-06', [['2026-03-06', escalated]], {}, 'SQ2026-000005'));
    meeting = (await hold(meeting)).result;
    expect(meeting?.agenda.map(({ caseNumber }) => caseNumber)).toEqual([
      'SQ2026-000002',
      'SQ2026-000005',
      'SQ2026-000004',
    ]);
    expect((await change({ add: ['SQ2026-000001'] })).refusal).toMatchObject({ details: { reason: 'MEETING_HELD' } });
    // A case in one department's hands goes to another one only where that is said.
    const other = { caseNumber: 'SQ2026-000004', department: 'CZJ' };
    expect((await decide(meeting, other)).refusal).toMatchObject({ code: 'INVALID' });
    meeting = (await decide(meeting, { ...other, reassign: true })).result;
    expect(meeting?.decisions).toMatchObject([
      { becameMove: 'TRANSFERRED', case: { status: 'ASSIGNED', handler: { code: 'CZJ' } } },
    ]);
  });

  it('of the leadership has what was brought to it', async () => {
    const before = { ...escalated, level: 'LEADERSHIP' } as const;
    await cases.given(aHistory('2026-03-06', [['2026-03-06', before]], {}, 'SQ2026-000006'));
    for (const kind of ['LEADERSHIP_MEETING', 'QUARTERLY_SYMPOSIUM'])
      expect((await plan({ kind })).result?.agenda).toEqual([{ caseNumber: 'SQ2026-000006', status: 'RECEIVED' }]);
    expect((await plan({ kind: 'TALKS' })).result?.agenda).toEqual([]);
  });
});

describe('a meeting that has taken place', () => {
  it('is entered with county and participants, and counts for its county alone', async () => {
    const record = async (part: Record<string, unknown> = {}) =>
      run<Meeting>(
        cases,
        ['recordMeeting', 'RecordMeetingInput', 'meeting'],
        `${FIELDS} region participants { name organisation }`,
        {
          kind: 'MONTHLY_SCHEDULING',
          date: '2026-03-10',
          title: '咸安区三月调度会',
          chairedBy: '区长',
          region: '421202',
          participants: [{ name: '孙八', organisation: '区工商联' }],
          cases: ['SQ2026-000001'],
          ...part,
        },
        coordinator,
      );
    const { result } = await record();
    expect(result).toMatchObject({
      isHeld: true,
      region: '421202',
      participants: [{ name: '孙八', organisation: '区工商联' }],
      agenda: [{ caseNumber: 'SQ2026-000001' }],
    });
    expect((await record({ date: '2026-03-17' })).refusal).toMatchObject({ path: ['date'] });
    expect((await record({ region: '999999' })).refusal).toMatchObject({ code: 'INVALID', path: ['region'] });
    const { data } = await cases.ask<{ meetingsDue: { kind: string; region: string | null; isMissed: boolean }[] }>(
      '{ meetingsDue { kind region isMissed } meetingCounts(from: "2026-03-01", to: "2026-03-31") { kind region count } }',
      {},
      coordinator,
    );
    const due = data?.meetingsDue.filter(({ kind, isMissed }) => kind === 'MONTHLY_SCHEDULING' && !isMissed);
    expect(due?.map(({ region }) => region)).toEqual(['421221', '421222', '421223', '421224', '421281']);
    expect(data).toMatchObject({ meetingCounts: [{ kind: 'MONTHLY_SCHEDULING', region: '421202', count: 1 }] });
  });

  it('changes no figure of before it was entered, whether it was planned or not', async () => {
    const counted = async (knownOn: string | null) => {
      const { data } = await cases.ask<{
        meetingCounts: { kind: string; count: number }[];
        heldMeetings: { nodes: { title: string }[] };
      }>(
        `query ($knownOn: Date) {
          meetingCounts(from: "2026-03-01", to: "2026-03-31", knownOn: $knownOn) { kind count }
          heldMeetings(filter: { from: "2026-03-01", to: "2026-03-31", knownOn: $knownOn }) { nodes { title } }
        }`,
        { knownOn },
        coordinator,
      );
      const titles = data?.heldMeetings.nodes.map(({ title }) => title).sort();
      expect(titles).toHaveLength(data?.meetingCounts.reduce((sum, { count }) => sum + count, 0) ?? -1);
      return titles;
    };
    const planned = (await plan({ date: '2026-03-20', title: '三月联席会议' })).result;
    cases.at('2026-04-08');
    await run<Meeting>(
      cases,
      ['recordMeeting', 'RecordMeetingInput', 'meeting'],
      FIELDS,
      { kind: 'TALKS', date: '2026-03-25', title: '补录座谈会', chairedBy: '市长' },
      coordinator,
    );
    cases.at('2026-04-10');
    await hold(planned);
    expect(await counted('2026-03-31')).toEqual([]);
    expect(await counted('2026-04-08')).toEqual(['补录座谈会']);
    expect(await counted(null)).toEqual(['三月联席会议', '补录座谈会']);
  });
});

describe('who sees a meeting', () => {
  it('reads many planned ones with as many commands as one', async () => {
    const read = async () =>
      (
        await cases.counted(async () =>
          cases.ask('{ meetings { title agenda { caseNumber } } }', {}, people.officer('JRB')),
        )
      ).commands.length;
    await plan();
    const one = await read();
    for (const day of [17, 18, 19, 20]) await plan({ date: `2026-03-${String(day)}` });
    expect(await read()).toBe(one);
  });

  it('is an officer too, with the cases and decisions of the own department alone', async () => {
    let meeting = await held();
    meeting = (await decide(meeting, { caseNumber: 'SQ2026-000001' })).result;
    await decide(meeting, { caseNumber: 'SQ2026-000002', department: 'CZJ' });
    const { data } = await cases.ask<{ meetings: Meeting[] }>(
      '{ meetings { agenda { caseNumber } decisions { number case { caseNumber } } } }',
      {},
      people.officer('CZJ'),
    );
    expect(data).toEqual({
      meetings: [
        {
          agenda: [{ caseNumber: 'SQ2026-000002' }],
          decisions: [{ number: 2, case: { caseNumber: 'SQ2026-000002' } }],
        },
      ],
    });
  });

  it('sees which meetings are due', async () => {
    await held();
    const { data } = await cases.ask<{ meetingsDue: { kind: string; isMissed: boolean }[] }>(
      '{ meetingsDue { kind from to isMissed } }',
      {},
      coordinator,
    );
    expect(data?.meetingsDue.filter(({ kind }) => kind === 'MONTHLY_JOINT_MEETING')).toEqual([
      { kind: 'MONTHLY_JOINT_MEETING', from: '2026-02-01', to: '2026-02-28', isMissed: true },
    ]);
    // Symposium and city scheduling twice each, the joint meeting once, and scheduling twice in each of six counties.
    expect(data?.meetingsDue).toHaveLength(17);
  });

  it.each([
    ['an enterprise', people.owner, 'FORBIDDEN'],
    ['nobody', null, 'UNAUTHENTICATED'],
  ])('is not %s', async (_who, actor, code) => {
    expect((await cases.ask('{ meetings { id } }', {}, actor)).errors?.[0]?.extensions).toMatchObject({ code });
  });
});
