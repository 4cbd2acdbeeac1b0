import type { Actor } from '@zhitong/kit';
import { accepted, aHistory, anIntake, assigned, resolvedWith, USCC } from '../support/a-case.js';
import { casesUnderTest, people, type CasesUnderTest } from '../support/cases-under-test.js';
import { aSubmission, mutate, run } from '../support/mutations.js';

const OTHER = '91110108551385082Q';

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

  describe('where the registry knows the name', () => {
    const NAME = '咸宁市恒达机械制造厂';
    const complainant = {
      uscc: USCC,
      name: null,
      homeRegion: null,
      anonymous: true,
      contactName: null,
      contactPhone: null,
    };
    const READ = '{ case(caseNumber: "SQ2026-000020") { title text wording { text } history { reason } } }';
    const asked = async (actor: Actor) =>
      cases.ask<{ case: Record<string, unknown> }>(READ.replace(' wording { text }', ''), {}, actor);
    beforeAll(async () => {
      await cases.given(
        aHistory(
          '2026-03-12',
          [['2026-03-12', assigned()]],
          { complainant, title: '恒 达厂的贷款', text: `${NAME}（９１１１００００６０００３７３４１l）贷款到期` },
          'SQ2026-000020',
        ),
      );
    });
    beforeEach(() => {
      cases.registry.names = { [USCC]: [NAME] };
      cases.registry.isDown = false;
    });

    it('is not shown to the department under that name, in whatever way it is written', async () => {
      const { data } = await asked(people.officer('JRB'));
      expect(data?.case).toMatchObject({ title: '某厂的贷款', text: '某企业（［统一社会信用代码］）贷款到期' });
      expect((await asked(people.coordinator)).data?.case['text']).toContain(NAME);
    });

    it('is shown by no name that it had before, or that was taken down for it: one from elsewhere, or by mistake', async () => {
      const [elsewhere, mistaken] = ['SQ2026-000081', 'SQ2026-000082'] as const;
      const text = '星河印刷厂反映，张三丰经办，恒达厂也有同样问题。';
      await cases.given(
        aHistory(
          '2026-03-12',
          [['2026-03-12', assigned()]],
          { complainant: { ...complainant, uscc: null, name: '长沙市星河印刷厂', homeRegion: '430100' }, text },
          elsewhere,
        ),
        aHistory(
          '2026-03-12',
          [
            ['2026-03-12', { type: 'CORRECTED', correction: { uscc: OTHER, contactName: '李四' }, reason: '登记有误' }],
            ['2026-03-12', assigned()],
          ],
          { complainant: { ...complainant, contactName: '张三丰' }, receivedBy: 'GSL', text },
          mistaken,
        ),
      );
      const shown = async (number: string) =>
        (
          await cases.ask<{ case: { text: string } }>(
            `{ case(caseNumber: "${number}") { text } }`,
            {},
            people.officer('JRB'),
          )
        ).data?.case.text;
      expect(await shown(elsewhere)).toMatch(/^某\p{Script=Han}*反映，张三丰经办，恒达厂/u);
      expect(await shown(mistaken)).toMatch(/^星河印刷厂反映，某经办，某厂也有/);
    });

    it('is shown in no words of its own while nobody can say what must not be shown', async () => {
      cases.registry.names = {};
      const fresh = await casesUnderTest(`${import.meta.url}#down`, '2026-03-16');
      await fresh.given(
        aHistory('2026-03-12', [['2026-03-12', assigned()]], { complainant, text: `${NAME}贷款到期` }, 'SQ2026-000020'),
      );
      fresh.registry.isDown = true;
      const { data, errors } = await fresh.ask(
        '{ case(caseNumber: "SQ2026-000020") { text } }',
        {},
        people.officer('JRB'),
      );
      await fresh.close();
      expect(errors?.[0]?.extensions?.['code']).toBe('DEPARTMENT_UNAVAILABLE');
      expect(JSON.stringify(data)).not.toContain('恒达');
    });

    it('is read in the words of the coordinator once there are any, and these are masked as well', async () => {
      const words = { title: '续贷遇到困难', text: '恒达厂的贷款到期前银行通知不再续贷。' };
      const input = { idempotencyKey: 'words-000001', caseNumber: 'SQ2026-000020', expectedVersion: 2, ...words };
      const WORD =
        'mutation ($input: WordAnonymousCaseInput!) { wordAnonymousCase(input: $input) { case { version wording { title text } } refusal { code } } }';
      const worded = await cases.ask(WORD, { input }, people.coordinator);
      expect(worded.data).toEqual({ wordAnonymousCase: { case: { version: 3, wording: words }, refusal: null } });
      const { data } = await asked(people.officer('JRB'));
      expect(data?.case).toMatchObject({ title: words.title, text: '某厂的贷款到期前银行通知不再续贷。' });
      expect(JSON.stringify(data)).not.toMatch(/恒\s?达/);
      expect((await asked(people.owner)).data?.case['text']).toContain(NAME);
    });

    it('is read, and found, by nothing that the coordinator has left out: search, history, merging, correction, publication', async () => {
      const own = { title: '全市唯一的光学玻璃厂', text: '我们是全市唯一生产光学玻璃的单位，电费补贴没有到账' };
      const words = { title: '补贴没有到账', text: '一家单位反映电费补贴没有到账。' };
      const [into, from] = ['SQ2026-000051', 'SQ2026-000052'] as const;
      await cases.given(
        ...[into, from].map((number) =>
          aHistory(
            '2026-03-12',
            [],
            { ...own, complainant, words: ['光学', '玻璃', '补贴'], keywords: ['玻璃'] },
            number,
          ),
        ),
      );
      const moved = async (name: string, input: Record<string, unknown>) => {
        const { outcome, message } = await mutate(cases, name, input, people.coordinator);
        expect([name, message, outcome?.refusal]).toEqual([name, undefined, null]);
      };
      const wording = async (caseNumber: string, expectedVersion: number, part = words) =>
        moved('wordAnonymousCase', { caseNumber, expectedVersion, ...part });
      const lead = people.officer('JRB');
      const found = async (search: string, actor: Actor = lead) =>
        (
          await cases.ask<{ cases: { nodes: object[] } }>(
            `{ cases(filter: { number: "SQ2026-00005", words: "${search}" }) { nodes { title text history { type reason } } } }`,
            {},
            actor,
          )
        ).data?.cases.nodes;
      cases.registry.projects = { 'P-1': USCC };
      const first = { title: '玻璃企业的补贴', text: '一家玻璃企业反映电费补贴没有到账。' };
      await wording(into, 1, first);
      await wording(into, 2);
      await wording(from, 1);
      expect(await found('玻璃', people.coordinator)).toEqual([]);
      expect(await found('补贴', people.coordinator)).toHaveLength(2);
      await moved('mergeCase', { caseNumber: from, expectedVersion: 2, into, reason: '同一事项' });
      await moved('correctCaseIntake', { caseNumber: into, expectedVersion: 4, project: 'P-1', reason: '补登项目' });
      await moved('assignCase', { caseNumber: into, expectedVersion: 5, lead: 'JRB', reason: '职责' });
      for (const word of ['玻璃', '光学']) expect([word, await found(word)]).toEqual([word, []]);
      const shown = await found('补贴');
      expect(shown).toHaveLength(1);
      expect(JSON.stringify(shown)).not.toMatch(/玻璃|唯一/);
      expect(shown).toMatchObject([
        {
          ...words,
          history: expect.arrayContaining([
            { type: 'SUBMITTED', reason: words.title },
            { type: 'ABSORBED', reason: `${from}: ${words.title}\n${words.text}` },
          ]) as object[],
        },
      ]);
      // The enterprise reads what it said itself.
      expect(JSON.stringify(await found('补贴', people.owner))).toContain(own.text);
      for (const [name, at] of [
        ['acceptCase', 6],
        ['resolveCase', 7],
      ] as const)
        await mutate(
          cases,
          name,
          { caseNumber: into, expectedVersion: at, ...(at === 7 ? { answer: '已补发补贴' } : {}) },
          lead,
        );
      const { result } = await run<{ text: string }>(
        cases,
        ['proposeTypicalCase', 'ProposeTypicalCaseInput', 'typicalCase'],
        'text',
        { caseNumber: into, title: '补贴兑现的案例' },
        people.coordinator,
      );
      expect(result?.text).toBe(`${words.text}\n\n已补发补贴`);
    });

    it('is not found by a word of its name, and is found by the others', async () => {
      const SUBMIT =
        'mutation ($input: SubmitCaseInput!) { submitCase(input: $input) { case { caseNumber } refusal { message } } }';
      const input = aSubmission({ anonymous: true, text: `${NAME}反映电费补贴没有到账`, uscc: undefined });
      const { data } = await cases.ask<{ submitCase: { case: { caseNumber: string } } }>(
        SUBMIT,
        { input },
        people.owner,
      );
      const [{ keywords }] = (await cases.connection
        .collection('cases')
        .find({ caseNumber: data?.submitCase.case.caseNumber })
        .toArray()) as unknown as [{ keywords: string[] }];
      expect(keywords.join()).not.toMatch(/恒达|达机械/);
      expect(keywords.length).toBeGreaterThan(0);
    });
  });

  it('is found out by trying by nobody who may not know it', async () => {
    const anonymous = { ...anIntake().complainant, anonymous: true };
    const atDesk = { complainant: anonymous, receivedBy: 'GSL', channel: 'MAIL' } as const;
    const [first, second, others] = ['SQ2026-000031', 'SQ2026-000032', 'SQ2026-000033'] as const;
    await cases.given(
      aHistory('2026-03-12', [['2026-03-12', assigned()]], atDesk, first),
      aHistory('2026-03-12', [], atDesk, second),
      aHistory('2026-03-12', [], { ...atDesk, complainant: { ...anonymous, uscc: OTHER } }, others),
    );
    const told = async (name: string, input: Record<string, unknown>, actor: Actor) => {
      const { outcome, code } = await mutate(cases, name, { reason: '登记有误', ...input }, actor);
      return { code, refusal: outcome?.refusal?.code, reason: outcome?.refusal?.details?.['reason'] };
    };
    // Whose it is, and the contact, guessed right or wrong: by the desk, and the department that has it.
    for (const actor of [people.officer('GSL'), people.officer('JRB')]) {
      const answers = [];
      for (const guess of [
        [{ uscc: USCC }, { uscc: OTHER }],
        [{ contactName: '张三丰' }, { contactName: '李四' }],
        [{ contactPhone: '13812345678' }, { contactPhone: '13987654321' }],
      ])
        for (const each of guess)
          answers.push(await told('correctCaseIntake', { caseNumber: first, expectedVersion: 2, ...each }, actor));
      expect([...new Set(answers.map((answer) => JSON.stringify(answer)))]).toHaveLength(1);
    }
    // Whether two are of one enterprise.
    const merging = async (into: string) =>
      told('mergeCase', { caseNumber: second, expectedVersion: 1, into }, people.officer('GSL'));
    expect(await merging(first)).toEqual(await merging(others));
    expect(await merging(first)).toMatchObject({ refusal: 'CONFLICT', reason: 'ANONYMOUS_APART' });
    expect(
      await told('mergeCase', { caseNumber: second, expectedVersion: 1, into: first }, people.coordinator),
    ).toMatchObject({ code: undefined, refusal: undefined });
  });

  it('is not revealed by a named case that was one with it before it was asked not to be told', async () => {
    const [named, other, split] = ['SQ2026-000041', 'SQ2026-000042', 'SQ2026-000043'] as const;
    const why = { reason: '同一事项' };
    await cases.given(
      aHistory(
        '2026-03-12',
        [
          ['2026-03-12', assigned()],
          ['2026-03-12', { type: 'ABSORBED', from: other, title: '再次反映', text: '再次反映续贷问题。' }],
          ['2026-03-12', { type: 'SPLIT', into: split, ...why }],
          ['2026-03-13', { type: 'CORRECTED', correction: { anonymous: true }, reason: '企业要求匿名' }],
        ],
        {},
        named,
      ),
      aHistory('2026-03-12', [['2026-03-12', { type: 'MERGED', into: named, ...why }]], { receivedBy: 'JRB' }, other),
      aHistory('2026-03-12', [['2026-03-12', assigned()]], { splitFrom: named }, split),
    );
    const READ = `{ cases(filter: { number: "SQ2026-00004" }) { nodes { caseNumber mergedInto absorbed splitFrom splitInto history { reason } } } }`;
    const links = async (actor: Actor) => {
      const { data } = await cases.ask<{ cases: { nodes: { caseNumber: string }[] } }>(READ, {}, actor);
      return (data?.cases.nodes ?? []).map(({ caseNumber, ...told }) => [
        caseNumber,
        [named, other, split].filter((number) => number !== caseNumber && JSON.stringify(told).includes(number)).length,
      ]);
    };
    for (const actor of [people.officer('JRB'), people.auditor])
      expect((await links(actor)).sort()).toEqual([
        [named, 0],
        [other, 0],
        [split, 0],
      ]);
    for (const actor of [people.coordinator, people.owner])
      expect((await links(actor)).sort()).toEqual([
        [named, 2],
        [other, 1],
        [split, 1],
      ]);
  });

  it('is not revealed by a case that goes on in it, which has a contact of its own', async () => {
    const complainant = { ...anIntake().complainant, anonymous: true };
    const other = { ...complainant, contactName: '李四海', contactPhone: '0715-8765432' };
    const text = '我是李四海，有事打8765432，或找张三丰';
    await cases.given(
      aHistory('2026-03-12', [], { complainant }, 'SQ2026-000091'),
      aHistory('2026-03-13', [], { complainant: other, text }, 'SQ2026-000092'),
    );
    const done = async (name: string, part: object, actor: Actor = people.coordinator) => {
      const input = { caseNumber: 'SQ2026-000091', ...part };
      expect((await mutate(cases, name, input, actor)).outcome?.refusal).toBeNull();
    };
    await done('mergeCase', {
      caseNumber: 'SQ2026-000092',
      expectedVersion: 1,
      into: 'SQ2026-000091',
      reason: '同一事项',
    });
    await done('assignCase', { expectedVersion: 2, lead: 'JRB', assisting: [{ department: 'RSJ', duty: '协助' }] });
    const lead = people.officer('JRB');
    const at = (expectedVersion: number) => ({ expectedVersion });
    await done('acceptCase', at(3), lead);
    await done('urgeCase', { ...at(4), note: '李四海（8765432）来电催办' });
    await done('recordCaseContact', { ...at(5), note: '已联系李四海' }, lead);
    await done('resolveCase', { ...at(6), answer: '已向李四海（8765432）说明' }, lead);
    const read = async (actor: Actor) =>
      (
        await cases.ask<{ case: { answer: string; history: { reason: string | null }[] } }>(
          '{ case(caseNumber: "SQ2026-000091") { answer history { reason } } }',
          {},
          actor,
        )
      ).data?.case;
    for (const actor of [lead, people.officer('RSJ'), people.auditor]) {
      const told = await read(actor);
      expect(told?.history[1]?.reason).toMatch(/\n我是某，有事打［电话］，或找某$/);
      expect(told?.history[4]?.reason).toBe('某（［电话］）来电催办');
      // The department, which may not know it, is read as it wrote: it would learn from others that it was right.
      expect([told?.history[5]?.reason, told?.answer]).toEqual(['已联系李四海', '已向李四海（8765432）说明']);
      const others = told?.history.filter((_event, index) => index < 5);
      expect(JSON.stringify(others)).not.toMatch(/李四海|8765432|张三丰/);
    }
    expect((await read(people.coordinator))?.history[1]?.reason).toContain(text);
  });
});
