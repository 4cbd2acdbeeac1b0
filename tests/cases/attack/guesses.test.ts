import type { Actor } from '@zhitong/kit';
import { accepted, aHistory, anIntake, assigned, contacted, USCC } from '../support/a-case.js';
import { casesUnderTest, people, type CasesUnderTest } from '../support/cases-under-test.js';
import { caseMoves } from '../support/moves.js';
import { run, type Outcome } from '../support/mutations.js';

/*
 * An official who may not know who brought an anonymous case writes his guesses into it, and reads what has become of
 * them: a word that is masked and another one that is not would tell him which was right.
 */
const GUESSES = '恒达、安泰、福源；李四海、王建国；凤凰大道18号恒达产业园';
const NUMBER = 'SQ2026-000001';
const AT = { caseNumber: NUMBER, version: 4, status: 'IN_PROGRESS' };
const CASE = `question answer evaluation { note } responsibilities { duty result } checks { finding } supervisions { report instruction } history { type party department { code } reason }`;
let cases: CasesUnderTest;
const { done } = caseMoves(() => cases);

beforeAll(async () => void (cases = await casesUnderTest(import.meta.url, '2026-03-16')));
beforeEach(async () => {
  await cases.empty();
  cases.registry.names = { [USCC]: ['咸宁市恒达机械制造有限公司'] };
  cases.registry.identifying = {
    [USCC]: { persons: ['李四海'], telephones: [], addresses: ['咸安区凤凰大道18号恒达产业园3栋'] },
  };
  await cases.given(
    aHistory(
      '2026-03-12',
      [
        ['2026-03-12', assigned({ assisting: ['RSJ'], responsibilities: [{ department: 'RSJ', duty: '协助' }] })],
        ['2026-03-12', accepted],
        ['2026-03-12', contacted],
      ],
      { complainant: { ...anIntake().complainant, anonymous: true }, title: '恒达的贷款', text: '恒达的贷款到期' },
      NUMBER,
    ),
  );
});
afterAll(async () => cases.close());

const read = async (actor: Actor) => {
  const { data, errors } = await cases.ask<{ case: Record<string, unknown> & { title: string; history: Happened[] } }>(
    `{ case(caseNumber: "${NUMBER}") { title text ${CASE} } }`,
    {},
    actor,
  );
  expect(errors).toBeUndefined();
  return data?.case;
};
interface Happened {
  readonly type: string;
  readonly reason: string | null;
}

it.each<[string, Actor, readonly (readonly [move: string, input: object, type: string])[]]>([
  [
    'the department that handles it',
    people.officer('JRB'),
    [
      ['recordCaseStep', { note: GUESSES }, 'STEP_RECORDED'],
      ['addInternalNote', { note: GUESSES }, 'NOTED'],
      ['requestCaseExtension', { workingDays: 3, reason: GUESSES }, 'EXTENSION_REQUESTED'],
      ['pauseCase', { note: GUESSES }, 'PAUSED'],
      ['resumeCase', { reason: GUESSES }, 'RESUMED'],
      ['resolveCase', { answer: GUESSES }, 'RESOLVED'],
    ],
  ],
  ['a department that assists', people.officer('RSJ'), [['reportDuty', { note: GUESSES }, 'DUTY_REPORTED']]],
])('%s reads its own guesses as it wrote them', async (_who, actor, moves) => {
  let at: Outcome['case'] = AT;
  for (const [move, input, type] of moves) {
    at = await done(move, at, { ...input }, actor);
    const told = await read(actor);
    expect([type, told?.history.find((event) => event.type === type)?.reason]).toEqual([type, GUESSES]);
    // Wherever a guess stands, it stands whole.
    const whole = JSON.stringify(told);
    expect(whole.split('安泰').length).toBe(whole.split(GUESSES).length);
  }
  // What others wrote is masked as before, the title that a guess could be equal to among it.
  expect((await read(actor))?.title).toBe('某的贷款');
});

it('a guess that is the title itself does not unmask it', async () => {
  const actor = people.officer('JRB');
  await done('recordCaseStep', AT, { note: '恒达的贷款' }, actor);
  const told = await read(actor);
  expect(told?.title).toBe('某的贷款');
  expect(told?.history.find(({ type }) => type === 'SUBMITTED')?.reason).toBe('某的贷款');
});

it('a guess that is the title of a meeting does not unmask it', async () => {
  const actor = people.officer('JRB');
  const { result } = await run<{ id: string }>(
    cases,
    ['planMeeting', 'PlanMeetingInput', 'meeting'],
    'id',
    { kind: 'MONTHLY_JOINT_MEETING', date: '2026-03-17', title: '恒达专题会', cases: [NUMBER] },
    people.coordinator,
  );
  await done('recordCaseStep', AT, { note: '恒达专题会' }, actor);
  const { data } = await cases.ask<{ meeting: { title: string } }>(
    `{ meeting(id: "${result?.id ?? ''}") { title } }`,
    {},
    actor,
  );
  expect(data?.meeting.title).toBe('某专题会');
});

it('a guess that is a note or a finding of somebody who knows unmasks neither', async () => {
  const actor = people.officer('JRB');
  const noted = await done('addInternalNote', AT, { note: '恒达的事要快办' }, people.coordinator);
  await done('addInternalNote', noted, { note: '恒达的事要快办' }, actor);
  const told = await read(actor);
  expect(told?.history.filter(({ type }) => type === 'NOTED').map(({ reason }) => reason)).toEqual([
    '某的事要快办',
    '恒达的事要快办',
  ]);
  const { data } = await cases.ask<{ case: { internalNotes: { note: string }[] } }>(
    `{ case(caseNumber: "${NUMBER}") { internalNotes { note } } }`,
    {},
    actor,
  );
  expect(data?.case.internalNotes.map(({ note }) => note)).toEqual(['某的事要快办', '恒达的事要快办']);
});

it('a right guess of an office reads for every other one like a wrong one', async () => {
  await done('recordCaseStep', AT, { note: GUESSES }, people.officer('JRB'));
  for (const actor of [people.officer('RSJ'), people.auditor]) {
    const told = await read(actor);
    // An address is one in whatever case it stands.
    expect(told?.history.find(({ type }) => type === 'STEP_RECORDED')?.reason).toBe(
      '恒达、安泰、福源；李四海、王建国；［地址］恒达产业园',
    );
  }
});
