import type { Actor } from '@zhitong/kit';
import type { CaseChange, CaseEvent, Complainant } from '../../../subgraphs/cases/src/domain/case-event.js';
import { accepted, aHistory, anAuthor, anIntake, assigned, contacted, resolvedWith, USCC } from '../support/a-case.js';
import { casesUnderTest, people, type CasesUnderTest } from '../support/cases-under-test.js';
import { caseMoves } from '../support/moves.js';
import { mutate, run, type Outcome } from '../support/mutations.js';

/*
 * Two offices that may not know who brought an anonymous case, together: one writes guesses into it, wherever it may
 * write, and the other one reads what has become of them. The same is done with a case that the guessed enterprise
 * brought and with one that another one brought: whatever anybody reads of the two must be the same.
 */
const OTHER = '91110108551385082Q';
const [RIGHT, WRONG] = ['SQ2026-000001', 'SQ2026-000002'] as const;
const GUESS = '恒达、恒达机械；李四海、四海、李厂长；凤凰大道18号恒达产业园；电话0715-8123456；91110000600037341L';
const anonymous: Complainant = { ...anIntake().complainant, anonymous: true, contactName: null, contactPhone: null };
const takenDown = { ...anAuthor('DESK'), sub: 'desk-1', department: 'GSL' };
const [desk, lead, assisting, checker] = ['GSL', 'JRB', 'RSJ', 'CZJ'].map(people.officer) as [
  Actor,
  Actor,
  Actor,
  Actor,
];
const whoTookItDown: Actor = { ...desk, sub: 'desk-1' };

const ELSEWHERE = { uscc: null, homeRegion: '430100' } as const;

let cases: CasesUnderTest;
const { done } = caseMoves(() => cases);
beforeAll(async () => void (cases = await casesUnderTest(import.meta.url, '2026-03-16')));
beforeEach(async () => {
  await cases.empty();
  cases.registry.names = { [USCC]: ['咸宁市恒达机械制造有限公司'], [OTHER]: ['咸宁市远景食品厂'] };
  cases.registry.identifying = {
    [USCC]: { persons: ['李四海'], telephones: ['07158123456'], addresses: ['咸安区凤凰大道18号恒达产业园3栋'] },
    [OTHER]: { persons: ['赵大江'], telephones: [], addresses: [] },
  };
});
afterAll(async () => cases.close());

/** A history whose first event is what an account of the desk took down. */
const fromDesk = ([first, ...rest]: readonly CaseEvent[]): CaseEvent[] =>
  first === undefined ? [] : [{ ...first, by: takenDown }, ...rest];
const given = async (after: readonly CaseChange[] = [], complainant: Partial<Complainant> = {}): Promise<void> =>
  cases.given(
    ...([RIGHT, WRONG] as const).map((number) =>
      fromDesk(
        aHistory(
          '2026-03-12',
          after.map((change) => ['2026-03-12', change] as const),
          {
            complainant: {
              ...anonymous,
              uscc: number === RIGHT ? USCC : OTHER,
              ...(complainant.uscc === null ? { name: number === RIGHT ? '恒达' : '远景食品厂' } : {}),
              ...complainant,
            },
            receivedBy: 'GSL',
            channel: 'MAIL',
          },
          number,
        ),
      ),
    ),
  );

const EVERYTHING = `title text labels question answer declined { competent reason } evaluation { note measure }
  responsibilities { duty result gradeReason } supplements { text } supervisions { instruction report conclusion }
  checks { finding } rating { reason } internalNotes { note } legalMoves version updatedAt
  history { type reason }`;
const read = async (actor: Actor, number: string): Promise<string> => {
  const referrals = actor.roles.includes('OFFICER') ? '' : 'referrals { reason note }';
  const { data, errors } = await cases.ask<{ case: object }>(
    `{ case(caseNumber: "${number}") { ${EVERYTHING} ${referrals} } }`,
    {},
    actor,
  );
  expect(errors).toBeUndefined();
  return JSON.stringify(data?.case, null, 1).replaceAll(number, '');
};
/** What each of some readers reads of both cases is the same; answers what they read. */
async function sameForAll(readers: readonly Actor[]): Promise<string> {
  const told = [];
  for (const actor of readers) {
    const ofRight = await read(actor, RIGHT);
    expect([actor.sub, ofRight]).toEqual([actor.sub, await read(actor, WRONG)]);
    told.push(ofRight);
  }
  return told.join();
}

type Move = readonly [move: string, input: object, actor: Actor];
const duties = [{ department: 'RSJ', duty: GUESS }];
/** Every place where an office that may not know can write words, in one life of a case. */
const LIFE: readonly Move[] = [
  ['recategoriseCase', { category: 'UTILITIES', reason: GUESS }, desk],
  ['correctCaseIntake', { region: '421221', reason: GUESS }, desk],
  ['assignCase', { lead: 'JRB', assisting: duties, reason: GUESS }, desk],
  ['returnCase', { reason: GUESS }, lead],
  ['assignCase', { lead: 'JRB', assisting: duties, reason: GUESS }, desk],
  ['acceptCase', {}, lead],
  ['changeCaseLane', { lane: 'URGENT', reason: GUESS }, desk],
  ['recordCaseContact', { note: GUESS }, lead],
  ['recordCaseStep', { note: GUESS }, assisting],
  ['addInternalNote', { note: GUESS }, desk],
  ['addInternalNote', { note: GUESS }, lead],
  ['addInternalNote', { note: GUESS }, assisting],
  ['requestCaseExtension', { workingDays: 3, reason: GUESS }, lead],
  ['ruleCaseExtension', { granted: true, reason: '同意' }, people.coordinator],
  ['escalateCase', { level: 'JOINT_MEETING', reason: GUESS }, lead],
  ['superviseCase', { instruction: '限期', dueOn: '2026-03-20' }, people.coordinator],
  ['reportSupervision', { note: GUESS }, lead],
  ['amendResponsibilities', { assisting: [...duties, { department: 'CZJ', duty: GUESS }], reason: GUESS }, desk],
  // The coordinator leaves the line as it stands.
  [
    'amendResponsibilities',
    { assisting: [...duties, { department: 'CZJ', duty: '会签' }], reason: '增加' },
    people.coordinator,
  ],
  ['reportDuty', { note: GUESS }, assisting],
  ['pauseCase', { note: GUESS }, lead],
  ['resumeCase', { reason: GUESS }, lead],
  ['rateAssistance', { department: 'RSJ', grade: 2, reason: GUESS }, lead],
  ['resolveCase', { answer: GUESS }, lead],
  ['evaluateCase', { settlement: 'SETTLED', cause: 'POLICY', isCommon: false, measure: GUESS, note: GUESS }, desk],
  ['referCase', { department: 'JRB', reason: GUESS, evidence: ['https://files.example.cn/1.pdf'] }, people.auditor],
  ['closeCase', { reason: GUESS }, desk],
  ['undoCaseClosing', { reason: GUESS }, desk],
];

it('reads a right guess like a wrong one, wherever another office wrote it', async () => {
  await given();
  for (const number of [RIGHT, WRONG]) {
    let at: Outcome['case'] = { caseNumber: number, version: 1, status: 'RECEIVED' };
    for (const [move, input, actor] of LIFE) {
      // Each counts the changes that it learns of.
      const { data } = await cases.ask<{ case: { version: number } }>(
        `{ case(caseNumber: "${number}") { version } }`,
        {},
        actor,
      );
      at = await done(move, { ...at, version: data?.case.version ?? 0 }, { ...input }, actor);
    }
    await cases.commands.openSpotCheck(number, 'draw-1', ['SCJGJ']);
  }
  const team = people.officer('SCJGJ');
  const readers = [desk, lead, assisting, checker, team, people.auditor];
  await sameForAll(readers);
  for (const number of [RIGHT, WRONG]) {
    const { data } = await cases.ask<{ case: { version: number } }>(
      `{ case(caseNumber: "${number}") { version } }`,
      {},
      team,
    );
    await done(
      'recordCheckFinding',
      { caseNumber: number, version: data?.case.version ?? 0, status: 'RESOLVED' },
      { outcome: 'CONFIRMED', finding: GUESS },
      team,
    );
  }
  const told = await sameForAll(readers.filter((actor) => actor !== team));
  // Where numbers and addresses are taken out, they are so in both, and what the coordinator reads is whole.
  expect(told).toContain('恒达、恒达机械；李四海、四海、李厂长；［地址］');
  expect((await read(people.coordinator, RIGHT)).split(GUESS).length).toBeGreaterThan(25);
});

it.each<[string, readonly CaseChange[], Partial<Complainant>, Move]>([
  ['declines', [], {}, ['declineCase', { competent: '恒达所在地法院', reason: GUESS }, desk]],
  ['answers at once', [], {}, ['answerCaseDirectly', { answer: GUESS }, desk]],
  ['withdraws for one from elsewhere', [], ELSEWHERE, ['withdrawCase', { reason: GUESS }, desk]],
  [
    'reopens for one from elsewhere',
    [assigned(), accepted, contacted, resolvedWith()],
    ELSEWHERE,
    ['reopenCase', { reason: GUESS }, desk],
  ],
  ['changes the category', [assigned()], {}, ['recategoriseCase', { category: 'UTILITIES', reason: GUESS }, desk]],
])('reads a right guess like a wrong one where a desk %s', async (_what, after, complainant, [move, input, actor]) => {
  await given(after, complainant);
  for (const number of [RIGHT, WRONG]) {
    const at = { caseNumber: number, version: 1 + after.length, status: '' };
    await done(move, at, { ...input }, actor);
  }
  const told = await sameForAll([desk, people.auditor, ...(after.length > 0 ? [lead] : [])]);
  expect(told).toContain('恒达');
});

it('finds both or neither by the words of a guess', async () => {
  await given([assigned(), accepted, contacted]);
  for (const number of [RIGHT, WRONG])
    await done('recordCaseStep', { caseNumber: number, version: 4, status: 'IN_PROGRESS' }, { note: GUESS }, lead);
  for (const words of ['恒达', '李四海', '贷款', '远景']) {
    const { data } = await cases.ask<{ cases: { nodes: { caseNumber: string }[]; totalCount: number } }>(
      `{ cases(filter: { words: "${words}" }) { totalCount nodes { caseNumber } } }`,
      {},
      lead,
    );
    expect([words, data?.cases.nodes.length]).toEqual([words, data?.cases.totalCount]);
    expect([words, [0, 2].includes(data?.cases.nodes.length ?? -1)]).toEqual([words, true]);
  }
});

it.each<[string, string, Record<string, unknown>]>([
  ['in place of what it took down', 'correctCaseIntake', { text: `贷款到期：${GUESS}`, reason: '登记有误' }],
  ['as its title', 'correctCaseIntake', { title: '恒达的贷款', reason: '登记有误' }],
  ['as a label', 'correctCaseIntake', { labels: ['恒达'], reason: '登记有误' }],
  ['as a case of its own', 'splitCase', { category: 'FINANCE', title: '恒达的贷款', text: GUESS, reason: '另一事项' }],
])('a desk, which takes words down for whoever brought the case, writes no guess %s', async (_where, move, input) => {
  await given();
  const answers = [];
  for (const caseNumber of [RIGHT, WRONG]) {
    const { outcome } = await mutate(cases, move, { caseNumber, expectedVersion: 1, ...input }, desk);
    answers.push([outcome?.case, outcome?.refusal?.code, outcome?.refusal?.message]);
  }
  expect(answers[0]?.slice(0, 2)).toEqual([null, expect.stringMatching(/^(CONFLICT|INVALID)$/)]);
  expect(answers[0]).toEqual(answers[1]);
});

it('nor as a supplement of an enterprise from elsewhere, which calls it', async () => {
  await given([assigned()], { uscc: null, name: '长沙市星河印刷厂', homeRegion: '430100' });
  const input = { caseNumber: RIGHT, expectedVersion: 2, text: '星河印刷厂补充材料' };
  const { outcome } = await mutate(cases, 'supplementCase', input, desk);
  expect(outcome?.refusal).toMatchObject({ code: 'CONFLICT', details: { reason: 'ANONYMOUS_WORDS' } });
  expect((await mutate(cases, 'supplementCase', input, people.coordinator)).outcome?.refusal).toBeNull();
  const told = await read(lead, RIGHT);
  expect(told).toContain('补充材料');
  expect(told).not.toContain('星河');
});

it('publishes no answer whose masking would tell whoever wrote it that it was a right guess', async () => {
  await given([assigned(), accepted, contacted]);
  for (const number of [RIGHT, WRONG])
    await done(
      'resolveCase',
      { caseNumber: number, version: 4, status: 'IN_PROGRESS' },
      { answer: '已为恒达办理续贷' },
      lead,
    );
  const propose = async (caseNumber: string, part: object = {}) =>
    run<{ text: string }>(
      cases,
      ['proposeTypicalCase', 'ProposeTypicalCaseInput', 'typicalCase'],
      'text',
      { caseNumber, title: '续贷的案例', ...part },
      people.coordinator,
    );
  expect((await propose(RIGHT)).refusal).toMatchObject({ code: 'INVALID', path: ['text'] });
  expect((await propose(RIGHT, { text: '已办理续贷。' })).result?.text).toBe('已办理续贷。');
  expect((await propose(WRONG)).result?.text).toContain('已为恒达办理续贷');
});

describe('words of somebody who knew who brought the case', () => {
  const NAMED = '恒达的李厂长来电催办';
  const masked = async (): Promise<void> => {
    for (const actor of [desk, lead, assisting, people.auditor]) {
      const told = await read(actor, RIGHT);
      expect([actor.sub, told]).not.toEqual([actor.sub, expect.stringMatching(/恒达|李/)]);
      expect(told).toMatch(/某\S*的某厂长来电催办/);
    }
  };
  const inHand = assigned({ assisting: ['RSJ'], responsibilities: [{ department: 'RSJ', duty: '协助' }] });

  it('are masked by it where the coordinator wrote them', async () => {
    await given([inHand, accepted, contacted]);
    const at = { caseNumber: RIGHT, version: 4, status: 'IN_PROGRESS' };
    await done('addInternalNote', at, { note: NAMED }, people.coordinator);
    await masked();
  });

  it('are so where a coordinator wrote them for the department that handles it', async () => {
    await given([inHand, accepted, contacted]);
    const both: Actor = { sub: 'both', roles: ['OFFICER', 'COORDINATOR'], department: 'JRB' };
    const at = { caseNumber: RIGHT, version: 4, status: 'IN_PROGRESS' };
    await done('requestCaseExtension', at, { workingDays: 2, reason: NAMED }, both);
    await masked();
  });

  it('are so where the account wrote them that took the case down, for its colleagues as well', async () => {
    await given([inHand, accepted, contacted]);
    const at = { caseNumber: RIGHT, version: 4, status: 'IN_PROGRESS' };
    await done('addInternalNote', at, { note: NAMED }, whoTookItDown);
    await masked();
  });

  it('are so where they were written before the case became anonymous, or by who had it then', async () => {
    const became: CaseChange = { type: 'CORRECTED', correction: { anonymous: true }, reason: '企业要求匿名' };
    const [before] = [
      aHistory(
        '2026-03-12',
        [
          ['2026-03-12', inHand],
          ['2026-03-12', accepted],
          ['2026-03-12', became],
        ],
        { complainant: { ...anonymous, anonymous: false }, receivedBy: 'GSL' },
        RIGHT,
      ),
    ];
    await cases.given(before);
    await done('recordCaseContact', { caseNumber: RIGHT, version: 4, status: 'ACCEPTED' }, { note: NAMED }, lead);
    await masked();
  });

  it('and are not where a department has it since, which does not know', async () => {
    const became: CaseChange = { type: 'CORRECTED', correction: { anonymous: true }, reason: '企业要求匿名' };
    const moved: CaseChange = { ...assigned({ lead: 'CZJ' }), type: 'TRANSFERRED' } as CaseChange;
    await cases.given(
      aHistory(
        '2026-03-12',
        [inHand, accepted, became, moved, accepted].map((change) => ['2026-03-12', change] as const),
        { complainant: { ...anonymous, anonymous: false }, receivedBy: 'GSL' },
        RIGHT,
      ),
    );
    await done('recordCaseContact', { caseNumber: RIGHT, version: 6, status: 'ACCEPTED' }, { note: NAMED }, checker);
    expect(await read(people.auditor, RIGHT)).toContain(NAMED);
  });

  it('are masked where they are of another case that goes on in it, and of who took that down', async () => {
    const into = aHistory(
      '2026-03-12',
      [
        ['2026-03-12', { type: 'ABSORBED', from: WRONG, title: '再次反映', text: NAMED }],
        ['2026-03-12', inHand],
      ],
      { complainant: anonymous, receivedBy: 'GSL' },
      RIGHT,
    );
    const from = aHistory(
      '2026-03-12',
      [['2026-03-12', { type: 'MERGED', into: RIGHT, reason: '同一事项' }]],
      { complainant: anonymous, receivedBy: 'GSL' },
      WRONG,
    );
    await cases.given(into, fromDesk(from));
    await done(
      'addInternalNote',
      { caseNumber: RIGHT, version: 3, status: 'ASSIGNED' },
      { note: NAMED },
      whoTookItDown,
    );
    await masked();
  });
});

describe('the title of a meeting', () => {
  const planned = async (part: object = {}): Promise<string> =>
    (
      await run<{ id: string }>(
        cases,
        ['planMeeting', 'PlanMeetingInput', 'meeting'],
        'id',
        { kind: 'MONTHLY_JOINT_MEETING', date: '2026-03-17', title: '恒达专题会', ...part },
        people.coordinator,
      )
    ).result?.id ?? '';
  const titleFor = async (id: string): Promise<string | undefined> =>
    (await cases.ask<{ meeting: { title: string } }>(`{ meeting(id: "${id}") { title } }`, {}, lead)).data?.meeting
      .title;
  const brought = async (): Promise<void> => {
    const at = { caseNumber: RIGHT, version: 4, status: 'IN_PROGRESS' };
    await done('escalateCase', at, { level: 'JOINT_MEETING', reason: '需要协调' }, lead);
  };

  it('changes by no case that a department brings to it, also once it is held', async () => {
    await given([assigned(), accepted, contacted]);
    const id = await planned({ date: '2026-03-16' });
    await brought();
    expect(await titleFor(id)).toBe('恒达专题会');
    await run(
      cases,
      ['holdMeeting', 'HoldMeetingInput', 'meeting'],
      'id',
      { meeting: id, expectedVersion: 1, chairedBy: '分管副市长' },
      people.coordinator,
    );
    expect(await titleFor(id)).toBe('恒达专题会');
  });

  it('is masked where the case was there when it was written, or the coordinator has put it on the agenda', async () => {
    await given([assigned(), accepted, contacted]);
    const before = await planned();
    await brought();
    expect(await titleFor(await planned())).toBe('某专题会');
    await run(
      cases,
      ['changeMeetingAgenda', 'ChangeMeetingAgendaInput', 'meeting'],
      'id',
      { meeting: before, expectedVersion: 1, add: [RIGHT] },
      people.coordinator,
    );
    expect(await titleFor(before)).toBe('某专题会');
  });
});
