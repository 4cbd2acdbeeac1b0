import type { Actor } from '@zhitong/kit';
import { accepted, aHistory, anIntake, assigned, contacted, resolvedWith, USCC } from '../support/a-case.js';
import { casesUnderTest, people, type CasesUnderTest } from '../support/cases-under-test.js';
import { mutate, run } from '../support/mutations.js';

/** What the register has of the enterprise, and what of it the texts of an anonymous case say. */
const REGISTERED = {
  persons: ['李四海'],
  telephones: ['0715-8123456'],
  addresses: ['湖北省咸宁市咸安区横沟桥镇凤凰大道18号恒达产业园3栋'],
};
const SAID = '请到恒达产业园找李四海，或李厂长，拨 812 3456。';
const TOLD = /李四海|李厂长|恒达产业园|812 3456|8123456/;
const NUMBER = 'SQ2026-000001';
const { coordinator, officer, owner, auditor } = people;

let cases: CasesUnderTest;
beforeAll(async () => {
  cases = await casesUnderTest(import.meta.url);
});
beforeEach(async () => {
  await cases.empty();
  cases.registry.isDown = false;
  cases.registry.identifying = { [USCC]: REGISTERED };
  await cases.given(
    aHistory(
      '2026-03-02',
      [
        ['2026-03-02', { type: 'SUPPLEMENTED', text: SAID, attachments: [] }],
        ['2026-03-03', assigned({ reason: SAID })],
        ['2026-03-03', accepted],
        ['2026-03-04', { type: 'SUPERVISED', instruction: SAID, dueOn: '2026-03-20' }],
        ['2026-03-04', contacted],
        ['2026-03-06', resolvedWith(SAID)],
      ],
      { complainant: { ...anIntake().complainant, anonymous: true }, title: `贷款：${SAID}`, text: SAID },
      NUMBER,
    ),
  );
});
afterAll(async () => cases.close());

const READ = `{
  case(caseNumber: "${NUMBER}") { title text answer supplements { text } history { reason } supervisions { instruction } }
  supervisions { nodes { instruction } }
}`;
const read = async (actor: Actor) => cases.ask(READ, {}, actor);

describe('what the register has of the contact and the address', () => {
  it.each([
    ['the department', officer('JRB')],
    ['the auditor', auditor],
  ])('is in no text of an anonymous case that %s reads', async (_who, actor) => {
    const { data } = await read(actor);
    const shown = JSON.stringify(data);
    expect(shown).not.toMatch(TOLD);
    expect(shown.match(/请到［地址］找某，或某厂长，拨 ［电话］。/g)?.length).toBeGreaterThan(6);
  });

  it.each([
    ['the coordinator', coordinator],
    ['the enterprise', owner],
  ])('is in those that %s reads', async (_who, actor) => {
    expect(JSON.stringify((await read(actor)).data)).toContain('李四海');
  });

  it('is in no typical case, and a typical case is not proposed while nobody can say what it is', async () => {
    const propose = async () =>
      run<{ title: string; text: string }>(
        cases,
        ['proposeTypicalCase', 'ProposeTypicalCaseInput', 'typicalCase'],
        'title text',
        { caseNumber: NUMBER, title: `续贷案例：${SAID}` },
        coordinator,
      );
    const { result } = await propose();
    expect(JSON.stringify(result)).not.toMatch(TOLD);
    expect(result?.title).toContain('［地址］');
  });

  it('finds no anonymous case by its words', async () => {
    const submitted = await mutate(
      cases,
      'submitCase',
      {
        ...{ kind: 'APPEAL', category: 'FINANCE', region: '421202', anonymous: true },
        ...{ title: '银行要求提前还贷', text: `${SAID}银行要求提前还贷，请协调。` },
      },
      owner,
    );
    expect(submitted.outcome?.refusal).toBeNull();
    const found = async (words: string) =>
      (
        await cases.ask<{ cases: { totalCount: number } }>(
          `{ cases(filter: { words: "${words}", number: "${submitted.outcome?.case?.caseNumber ?? ''}" }) { totalCount } }`,
          {},
          coordinator,
        )
      ).data?.cases.totalCount;
    expect(await found('还贷')).toBe(1);
    expect(await found('李四海')).toBe(0);
    expect(await found('恒达产业园')).toBe(0);
  });

  it('lets no text be shown while the registry does not say what it is', async () => {
    cases.registry.isDown = true;
    const other = '91420000MA4L0LNU0X';
    await cases.given(
      aHistory(
        '2026-03-02',
        [['2026-03-03', assigned()]],
        { complainant: { ...anIntake().complainant, uscc: other, anonymous: true }, text: SAID },
        'SQ2026-000002',
      ),
    );
    const { data, errors } = await cases.ask<{ case: unknown }>(
      '{ case(caseNumber: "SQ2026-000002") { text } }',
      {},
      officer('JRB'),
    );
    expect(JSON.stringify(data)).not.toMatch(TOLD);
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'DEPARTMENT_UNAVAILABLE' });
  });
});

it('what a meeting says of an anonymous case does not tell who brought it', async () => {
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
    title: '张三丰反映问题专题会议',
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
    (await cases.ask('{ meeting(id: "m-1") { title decisions { decision followUps { note } } } }', {}, actor)).data;
  expect(await read(people.officer('JRB'))).toEqual({
    meeting: {
      title: '某反映问题专题会议',
      decisions: [{ decision: '请与某（［手机号］）联系', followUps: [{ note: '请与某（［手机号］）联系' }] }],
    },
  });
  expect(await read(people.coordinator)).toEqual({
    meeting: { title: meeting.title, decisions: [{ decision: words, followUps: [{ note: words }] }] },
  });
});
