import { aHistory, anIntake, assigned, resolvedWith, USCC } from '../support/a-case.js';
import { casesUnderTest, people, type CasesUnderTest } from '../support/cases-under-test.js';
import { aSubmission, mutate, run } from '../support/mutations.js';

const { coordinator, auditor, owner, officer } = people;
const second = { ...coordinator, sub: 'coordinator-2' };
let cases: CasesUnderTest;
beforeEach(async () => void (cases = await casesUnderTest(import.meta.url, '2026-03-16')));
afterEach(async () => cases.close());

interface Briefing {
  readonly id: string;
  readonly version: number;
  readonly awaited: readonly string[];
  readonly [field: string]: unknown;
}
const SUBMIT = ['submitBriefing', 'SubmitBriefingInput', 'briefing'] as const;
const ACKNOWLEDGE = ['acknowledgeBriefing', 'AcknowledgeBriefingInput', 'briefing'] as const;
const FIELDS =
  'id version title text submittedOn awaited cases { caseNumber } issues { category keywords caseCount } acknowledgements { leader acknowledgedOn instruction document }';
const briefing = {
  addressees: ['PARTY_SECRETARY', 'MAYOR'],
  title: '民营企业续贷难问题专报',
  text: '近期多家企业反映到期贷款不能续贷，建议召开银企对接会。',
};

describe('a briefing to secretary and mayor (专报)', () => {
  it('rests on cases and common issues, and is acknowledged by each of them, taken down by a second person', async () => {
    const keywords = ['银行', '续贷'];
    await cases.given(
      aHistory('2026-03-02', [], { keywords }, 'SQ2026-000001'),
      aHistory('2026-03-03', [], { keywords }, 'SQ2026-000002'),
      aHistory('2026-03-03', [], { keywords: ['招工'] }, 'SQ2026-000003'),
      aHistory(
        '2026-03-03',
        [
          ['2026-03-04', assigned()],
          ['2026-03-05', resolvedWith()],
        ],
        { keywords },
        'SQ2026-000004',
      ),
    );
    const input = { ...briefing, cases: ['SQ2026-000001'], issues: [{ category: 'FINANCE', keywords }] };
    const { result } = await run<Briefing>(cases, SUBMIT, FIELDS, input, coordinator);
    expect(result).toMatchObject({
      version: 1,
      submittedOn: '2026-03-16',
      awaited: ['PARTY_SECRETARY', 'MAYOR'],
      cases: [{ caseNumber: 'SQ2026-000001' }],
      issues: [{ category: 'FINANCE', keywords, caseCount: 2 }],
      acknowledgements: [],
    });
    const moves = async (actor: typeof second) =>
      (await cases.ask<{ briefings: { legalMoves: string[] }[] }>('{ briefings { legalMoves } }', {}, actor)).data
        ?.briefings[0]?.legalMoves;
    expect(await Promise.all([second, coordinator].map(moves))).toEqual([['ACKNOWLEDGE'], []]);
    const on = { briefing: result?.id, expectedVersion: 1, leader: 'MAYOR', acknowledgedOn: '2026-03-17' };
    cases.at('2026-03-18');
    const said = { instruction: '请金融办牵头，月内拿出办法', document: '市长批示〔2026〕12号' };
    const acknowledged = async (more: object, actor: typeof second) =>
      run<Briefing>(cases, ACKNOWLEDGE, FIELDS, { ...on, ...said, ...more }, actor);
    expect((await acknowledged({}, coordinator)).refusal).toMatchObject({ code: 'CONFLICT', path: ['briefing'] });
    expect((await acknowledged({ acknowledgedOn: '2026-03-15' }, second)).refusal).toMatchObject({
      path: ['acknowledgedOn'],
    });
    expect((await acknowledged({ acknowledgedOn: '2026-03-19' }, second)).refusal).toMatchObject({
      path: ['acknowledgedOn'],
    });
    const { result: read } = await acknowledged({}, second);
    expect(read).toMatchObject({
      version: 2,
      awaited: ['PARTY_SECRETARY'],
      acknowledgements: [{ leader: 'MAYOR', acknowledgedOn: '2026-03-17', ...said }],
    });
    expect((await acknowledged({}, second)).refusal).toMatchObject({ code: 'STALE_VERSION' });
    expect((await acknowledged({ expectedVersion: 2 }, second)).refusal).toMatchObject({ path: ['leader'] });
    const listed = async (actor: Parameters<typeof mutate>[3]) => {
      const { data, errors } = await cases.ask<{ briefings: object[] | null }>(
        '{ briefings(unacknowledgedOnly: true) { awaited } }',
        {},
        actor,
      );
      return data?.briefings ?? errors?.[0]?.extensions?.['code'];
    };
    expect(await listed(auditor)).toEqual([{ awaited: ['PARTY_SECRETARY'] }]);
    expect(await listed(officer('JRB'))).toBe('FORBIDDEN');
    expect(await listed(owner)).toBe('FORBIDDEN');
    await acknowledged(
      { expectedVersion: 2, leader: 'PARTY_SECRETARY', instruction: undefined, document: undefined },
      second,
    );
    expect(await listed(coordinator)).toEqual([]);
  });

  it('is refused where it cannot be used, and does not tell the auditor who brought an anonymous case', async () => {
    cases.registry.names = { [USCC]: ['咸宁市恒达机械制造厂'] };
    const complainant = { ...anIntake().complainant, anonymous: true };
    await cases.given(aHistory('2026-03-02', [], { complainant }, 'SQ2026-000001'));
    const refusal = async (more: object) =>
      (await run<Briefing>(cases, SUBMIT, FIELDS, { ...briefing, ...more }, coordinator)).refusal;
    expect(await refusal({ addressees: [] })).toMatchObject({ path: ['addressees'] });
    expect(await refusal({ addressees: ['MAYOR', 'MAYOR'] })).toMatchObject({ path: ['addressees'] });
    expect(await refusal({ cases: ['SQ2026-000001', 'SQ2026-999999'] })).toMatchObject({ path: ['cases', '1'] });
    expect(await refusal({ issues: [{ category: 'FINANCE', keywords: [] }] })).toMatchObject({
      path: ['issues', '0', 'keywords'],
    });
    const text = '恒达机械反映银行不再续贷。';
    const title = '恒达机械贷款问题专报';
    const named = { ...briefing, title, text, cases: ['SQ2026-000001'] };
    const { result } = await run<Briefing>(cases, SUBMIT, FIELDS, named, coordinator);
    const read = async (actor: typeof auditor | typeof coordinator) =>
      (
        await cases.ask<{ briefings: object[] }>(
          '{ briefings { title text acknowledgements { instruction document } } }',
          {},
          { ...actor },
        )
      ).data?.briefings;
    const said = { instruction: '请就恒达一事拿出办法', document: '关于恒达机械的批示' };
    await run(
      cases,
      ACKNOWLEDGE,
      FIELDS,
      { briefing: result?.id, expectedVersion: 1, leader: 'MAYOR', acknowledgedOn: '2026-03-16', ...said },
      second,
    );
    expect(await read(coordinator)).toEqual([{ title, text, acknowledgements: [said] }]);
    expect(JSON.stringify(await read(auditor))).not.toMatch(/恒达/);
  });
});

describe('the problem list of a meeting (问题清单)', () => {
  const MEETING =
    'id version problemLists { number drawnUpOn problemCount settledCount lines { number category isSettled department { code } case { caseNumber } } }';
  interface Meeting {
    readonly id: string;
    readonly version: number;
    readonly problemLists: readonly { readonly lines: readonly object[]; readonly [field: string]: unknown }[];
  }
  const held = async () => {
    const input = {
      kind: 'QUARTERLY_SYMPOSIUM',
      date: '2026-03-13',
      title: '一季度民营企业家座谈会',
      chairedBy: '市长',
    };
    const { result } = await run<Meeting>(
      cases,
      ['recordMeeting', 'RecordMeetingInput', 'meeting'],
      MEETING,
      { ...input, cases: ['SQ2026-000009'] },
      coordinator,
    );
    if (result === null) throw new Error('the meeting was not entered');
    return result;
  };
  const drawnUp = async (meeting: Meeting, expectedVersion: number) =>
    run<Meeting>(
      cases,
      ['drawUpProblemList', 'DrawUpProblemListInput', 'meeting'],
      MEETING,
      { meeting: meeting.id, expectedVersion },
      coordinator,
    );

  it('holds what was raised at it and what stood on its agenda, by category, as drawn up; a later one stands beside', async () => {
    await cases.given(aHistory('2026-03-02', [['2026-03-02', assigned()]], { category: 'ARREARS' }, 'SQ2026-000009'));
    const meeting = await held();
    const raised = async (part: object, actor: Parameters<typeof mutate>[3] = officer('YSB')) =>
      mutate(
        cases,
        'submitCase',
        aSubmission({ channel: 'SYMPOSIUM', uscc: USCC, meeting: meeting.id, ...part }),
        actor,
        'raisedAt { id }',
      );
    const [labour, finance] = [
      await raised({ category: 'LABOUR', title: '招工难的问题' }),
      await raised({ category: 'FINANCE' }),
    ];
    expect(labour.outcome?.case).toMatchObject({ raisedAt: { id: meeting.id } });
    expect((await raised({ meeting: 'no-such-meeting' })).outcome?.refusal).toMatchObject({ path: ['meeting'] });
    expect((await raised({ channel: 'PORTAL' }, owner)).outcome?.refusal).toMatchObject({ path: ['meeting'] });
    const { result: first } = await drawnUp(meeting, 1);
    const line = (number: number, category: string, caseNumber?: string, code: string | null = null) => ({
      number,
      category,
      isSettled: false,
      department: code === null ? null : { code },
      case: { caseNumber },
    });
    const lines = [
      line(1, 'FINANCE', finance.outcome?.case?.caseNumber),
      line(2, 'LABOUR', labour.outcome?.case?.caseNumber),
      line(3, 'ARREARS', 'SQ2026-000009', 'JRB'),
    ];
    expect(first?.problemLists).toEqual([
      { number: 1, drawnUpOn: '2026-03-16', problemCount: 3, settledCount: 0, lines },
    ]);
    const answered = { caseNumber: finance.outcome?.case?.caseNumber, expectedVersion: 1, answer: '已协调银行续贷。' };
    await mutate(cases, 'answerCaseDirectly', answered, officer('YSB'));
    cases.at('2026-03-17');
    await raised({ category: 'UTILITIES', title: '用电容量不足' });
    const { result: later } = await drawnUp(meeting, 2);
    expect(
      later?.problemLists.map(({ number, drawnUpOn, problemCount, settledCount }) => [
        number,
        drawnUpOn,
        problemCount,
        settledCount,
      ]),
    ).toEqual([
      [2, '2026-03-17', 4, 1],
      [1, '2026-03-16', 3, 1],
    ]);
    // A department reads the lines of its own cases, and how many there are.
    const { data } = await cases.ask<{ meeting: Meeting }>(
      `{ meeting(id: "${meeting.id}") { problemLists { problemCount lines { case { caseNumber } } } } }`,
      {},
      officer('JRB'),
    );
    expect(data?.meeting.problemLists[1]).toEqual({
      problemCount: 3,
      lines: [{ case: { caseNumber: 'SQ2026-000009' } }],
    });
    const { data: found } = await cases.ask<{ cases: { totalCount: number } }>(
      `{ cases(filter: { raisedAt: "${meeting.id}" }) { totalCount } }`,
      {},
      coordinator,
    );
    expect(found?.cases.totalCount).toBe(3);
    // The cases, and the meetings of all of them at once.
    const { result: withMeetings, commands } = await cases.counted(async () =>
      cases.ask<{ cases: { nodes: { raisedAt: { id: string } }[] } }>(
        `{ cases(filter: { raisedAt: "${meeting.id}" }) { nodes { raisedAt { id } } } }`,
        {},
        coordinator,
      ),
    );
    expect(withMeetings.data?.cases.nodes.map(({ raisedAt }) => raisedAt.id)).toEqual(Array(3).fill(meeting.id));
    expect(commands).toEqual(['find', 'find']);
    const { errors } = await cases.ask(`{ cases(filter: { raisedAt: "${meeting.id}" }) { totalCount } }`, {}, owner);
    expect(errors?.[0]?.extensions?.['code']).toBe('FORBIDDEN');
  });

  it('does not tell that an anonymous case was raised at the meeting: by no line, number, count or change of one', async () => {
    await cases.given(aHistory('2026-03-02', [['2026-03-02', assigned()]], { category: 'ARREARS' }, 'SQ2026-000009'));
    const meeting = await held();
    const raised = async (anonymous: boolean, category: string) =>
      (
        await mutate(
          cases,
          'submitCase',
          aSubmission({ channel: 'SYMPOSIUM', uscc: USCC, meeting: meeting.id, anonymous, category }),
          officer('YSB'),
        )
      ).outcome?.case?.caseNumber;
    // Of the first category by the programme, so that it would stand before the others.
    const secret = await raised(true, 'FINANCE');
    const named = await raised(false, 'LABOUR');
    expect((await drawnUp(meeting, 1)).refusal).toBeNull();
    const told = async (actor: Parameters<typeof mutate>[3]) =>
      (
        await cases.ask<{ meeting: Meeting }>(
          `{ meeting(id: "${meeting.id}") { problemLists { problemCount settledCount lines { number isSettled case { caseNumber } } } } }`,
          {},
          actor,
        )
      ).data?.meeting.problemLists;
    const line = (number: number, caseNumber: string | undefined, isSettled = false) => ({
      number,
      isSettled,
      case: { caseNumber },
    });
    const open = [line(1, named), line(2, 'SQ2026-000009')];
    expect(await told(auditor)).toEqual([{ problemCount: 2, settledCount: 0, lines: open }]);
    expect(await told(coordinator)).toEqual([{ problemCount: 3, settledCount: 0, lines: [...open, line(3, secret)] }]);
    const given = { caseNumber: secret, expectedVersion: 1, lead: 'JRB', reason: '请办理' };
    expect((await mutate(cases, 'assignCase', given, coordinator)).outcome?.refusal).toBeNull();
    expect(await told(officer('JRB'))).toEqual([
      { problemCount: 2, settledCount: 0, lines: [line(2, 'SQ2026-000009')] },
    ]);
    await mutate(cases, 'withdrawCase', { caseNumber: secret, expectedVersion: 2, reason: '已自行解决' }, owner);
    for (const actor of [auditor, officer('JRB'), officer('RSJ')])
      expect(await told(actor)).toMatchObject([{ problemCount: 2, settledCount: 0 }]);
    expect(await told(coordinator)).toMatchObject([{ problemCount: 3, settledCount: 1 }]);
  });

  it('is not drawn up of nothing', async () => {
    const input = { kind: 'TALKS', date: '2026-03-13', title: '三月恳谈会', chairedBy: '副市长' };
    const { result } = await run<Meeting>(
      cases,
      ['recordMeeting', 'RecordMeetingInput', 'meeting'],
      MEETING,
      input,
      coordinator,
    );
    if (result === null) throw new Error('the meeting was not entered');
    expect((await drawnUp(result, 1)).refusal).toMatchObject({ code: 'CONFLICT', path: ['meeting'] });
  });
});
