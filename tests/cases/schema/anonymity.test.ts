import type { Actor } from '@zhitong/kit';
import { accepted, aHistory, assigned, resolvedWith, USCC } from '../support/a-case.js';
import { casesUnderTest, people, type CasesUnderTest } from '../support/cases-under-test.js';

let cases: CasesUnderTest;
beforeAll(async () => {
  cases = await casesUnderTest(import.meta.url, '2026-03-16');
});
afterAll(async () => cases.close());

describe('who brought an anonymous case', () => {
  it.each([
    ['the handling department', people.officer('JRB')],
    ['the auditor', people.auditor],
  ])('does not reveal the enterprise to %s through what was written after the intake either', async (_who, actor) => {
    const told = '我是张三丰，电话13812345678';
    const complainant = {
      uscc: USCC,
      name: null,
      homeRegion: null,
      anonymous: true,
      contactName: '张三丰',
      contactPhone: '13812345678',
    };
    const answered = [
      ['2026-03-12', assigned()],
      ['2026-03-12', accepted],
    ] as const;
    await cases.given(
      aHistory(
        '2026-03-12',
        [
          ...answered,
          ['2026-03-12', { type: 'SUPERVISED', instruction: told, dueOn: '2026-03-20' }],
          ['2026-03-12', { type: 'PAUSED', question: told }],
        ],
        { complainant, labels: ['张三丰13812345678'] },
        'SQ2026-000006',
      ),
      aHistory(
        '2026-03-12',
        [
          ...answered,
          ['2026-03-13', resolvedWith(told)],
          ['2026-03-13', { type: 'RATED', process: 1, result: 1, reason: told }],
          ['2026-03-13', { type: 'CHECK_OPENED', cause: 'BAD_RATING', drawId: null }],
          ['2026-03-14', { type: 'CHECK_FOUND', outcome: 'CONFIRMED', finding: told, answerDays: 15 }],
        ],
        { complainant },
        'SQ2026-000007',
      ),
    );
    const AFTER =
      'query ($n: ID!) { case(caseNumber: $n) { labels question answer supervision { instruction } rating { process reason } checks { finding } history { reason } } }';
    for (const [n, words] of [
      ['SQ2026-000006', 2],
      ['SQ2026-000007', 3],
    ] as const) {
      const { data, errors } = await cases.ask(AFTER, { n }, actor);
      expect(errors).toBeUndefined();
      expect(JSON.stringify(data)).not.toMatch(/张三丰|13812345678/);
      expect(JSON.stringify(data).match(/我是某，电话［手机号］/g)?.length ?? 0).toBeGreaterThan(words);
      expect(JSON.stringify(await cases.ask(AFTER, { n }, people.owner))).toMatch(/张三丰，电话13812345678/);
    }
  });

  it('is not revealed by a meeting that decides on it', async () => {
    const complainant = {
      uscc: USCC,
      name: null,
      homeRegion: null,
      anonymous: true,
      contactName: '张三丰',
      contactPhone: '13812345678',
    };
    await cases.given(aHistory('2026-03-12', [['2026-03-12', assigned()]], { complainant }, 'SQ2026-000008'));
    const meeting = {
      id: 'm-1',
      version: 3,
      kind: 'MONTHLY_JOINT_MEETING',
      date: '2026-03-13',
      title: '三月联席会议',
      chairedBy: '分管副市长',
      agenda: ['SQ2026-000008'],
      plannedBy: 'coordinator-1',
    } as const;
    const words = '请与张三丰（13812345678）联系';
    await cases.stores.meetings.addMissing([
      {
        ...meeting,
        decisions: [
          {
            number: 1,
            caseNumber: 'SQ2026-000008',
            department: 'JRB',
            decision: words,
            dueOn: '2026-03-30',
            becameMove: 'SUPERVISED',
            followUps: [{ day: '2026-03-14', note: words, done: false, by: 'coordinator-1' }],
          },
        ],
      },
    ]);
    const read = async (actor: Actor) =>
      (await cases.ask('{ meeting(id: "m-1") { decisions { decision followUps { note } } } }', {}, actor)).data;
    expect(await read(people.officer('JRB'))).toEqual({
      meeting: {
        decisions: [{ decision: '请与某（［手机号］）联系', followUps: [{ note: '请与某（［手机号］）联系' }] }],
      },
    });
    expect(await read(people.coordinator)).toEqual({
      meeting: { decisions: [{ decision: words, followUps: [{ note: words }] }] },
    });
  });
});
