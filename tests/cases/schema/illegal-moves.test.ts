import { USCC } from '../support/a-case.js';
import { people } from '../support/cases-under-test.js';
import { aSubmission, freshKey, mutate } from '../support/mutations.js';
import { eachFromTheBeginning } from '../support/moves.js';

const under = eachFromTheBeginning(import.meta.url);
const { owner, stranger, coordinator, auditor, admin, officer } = people;
const stored = async (): Promise<number[]> =>
  Promise.all(
    ['cases', 'case_events', 'outbox'].map(async (name) => under.cases.connection.collection(name).countDocuments()),
  );
const { done, submitted } = under;

describe('a change that may not be', () => {
  it('is refused with the legal moves, and changes nothing', async () => {
    const one = await submitted();
    const before = await stored();
    const { outcome } = await mutate(
      under.cases,
      'closeCase',
      { caseNumber: one.caseNumber, expectedVersion: 1, reason: '提前办结' },
      coordinator,
    );
    expect(outcome).toMatchObject({
      case: null,
      refusal: {
        code: 'CONFLICT',
        details: {
          status: 'RECEIVED',
          legalMoves: expect.arrayContaining(['ANSWERED_DIRECTLY', 'ASSIGNED']) as string[],
        },
      },
    });
    expect(await stored()).toEqual(before);
  });

  it('is refused on a version that is not the present one', async () => {
    const one = await submitted();
    await done('assignCase', one, { lead: 'JRB' }, coordinator);
    const { outcome } = await mutate(
      under.cases,
      'assignCase',
      { caseNumber: one.caseNumber, expectedVersion: 1, lead: 'CZJ' },
      coordinator,
    );
    expect(outcome?.refusal).toMatchObject({
      code: 'STALE_VERSION',
      path: ['expectedVersion'],
      details: { currentVersion: 2 },
    });
  });

  it.each([
    ['assignCase', { lead: 'JRB' }, owner, 'FORBIDDEN'],
    ['assignCase', { lead: 'JRB' }, null, 'UNAUTHENTICATED'],
    ['assignCase', { lead: 'JRB' }, auditor, 'FORBIDDEN'],
    ['assignCase', { lead: 'JRB' }, admin, 'FORBIDDEN'],
    ['assignCase', { lead: 'JRB' }, officer('JRB'), 'FORBIDDEN'],
    ['withdrawCase', { reason: '不要再办了' }, stranger, 'FORBIDDEN'],
    ['urgeCase', { note: '请尽快办理' }, stranger, 'FORBIDDEN'],
    ['superviseCase', { instruction: '限期办结报告', dueOn: '2026-03-09' }, officer('JRB'), 'FORBIDDEN'],
  ])('as %s %j is not for everybody', async (name, input, actor, code) => {
    const one = await submitted();
    const before = await stored();
    expect(
      (await mutate(under.cases, name, { caseNumber: one.caseNumber, expectedVersion: 1, ...input }, actor)).code,
    ).toBe(code);
    expect(await stored()).toEqual(before);
  });

  it('by the officer of another department is forbidden, whatever the case stands at', async () => {
    const one = await done(
      'assignCase',
      await submitted(),
      { lead: 'JRB', assisting: [{ department: 'CZJ', duty: '配合' }] },
      coordinator,
    );
    expect(
      await mutate(under.cases, 'acceptCase', { caseNumber: one.caseNumber, expectedVersion: 2 }, officer('RSJ')),
    ).toMatchObject({ code: 'FORBIDDEN' });
    expect(
      await mutate(under.cases, 'acceptCase', { caseNumber: one.caseNumber, expectedVersion: 2 }, officer('CZJ')),
    ).toMatchObject({ code: 'FORBIDDEN', message: expect.stringContaining('ACCEPTED is for LEAD') as string });
  });

  it('on a case that is not there is NOT_FOUND', async () => {
    expect(
      (await mutate(under.cases, 'acceptCase', { caseNumber: 'SQ2026-999999', expectedVersion: 1 }, officer('JRB')))
        .code,
    ).toBe('NOT_FOUND');
  });

  it('as an extension after the due day is refused', async () => {
    let one = await done('assignCase', await submitted(), { lead: 'JRB' }, coordinator);
    one = await done('acceptCase', one, {}, officer('JRB'));
    under.cases.at('2026-03-10');
    expect(
      (
        await mutate(
          under.cases,
          'requestCaseExtension',
          { caseNumber: one.caseNumber, expectedVersion: one.version, workingDays: 5, reason: '来不及办理' },
          officer('JRB'),
        )
      ).outcome?.refusal,
    ).toMatchObject({ code: 'CONFLICT' });
  });

  it('to a level that is not higher, or above the department, is refused', async () => {
    let one = await done('assignCase', await submitted(), { lead: 'JRB' }, coordinator);
    expect(
      (
        await mutate(
          under.cases,
          'escalateCase',
          { caseNumber: one.caseNumber, expectedVersion: 2, level: 'LEADERSHIP', reason: '反映强烈问题' },
          officer('JRB'),
        )
      ).outcome?.refusal,
    ).toMatchObject({ code: 'CONFLICT', details: { levels: ['COORDINATOR', 'JOINT_MEETING'] } });
    one = await done('escalateCase', one, { level: 'JOINT_MEETING', reason: '需要会议协调' }, coordinator);
    expect(
      (
        await mutate(
          under.cases,
          'escalateCase',
          { caseNumber: one.caseNumber, expectedVersion: 3, level: 'COORDINATOR', reason: '退回营商办' },
          coordinator,
        )
      ).outcome?.refusal,
    ).toMatchObject({ code: 'CONFLICT', details: { levels: ['LEADERSHIP'] } });
  });

  it.each([
    ['submitCase', aSubmission({ title: '短' }), 'title'],
    ['submitCase', aSubmission({ text: '字'.repeat(5_001) }), 'text'],
    ['submitCase', aSubmission({ text: '贷款到期\u0007银行不再续贷' }), 'text'],
    ['submitCase', aSubmission({ attachments: ['javascript:alert(1)'] }), 'attachments'],
    ['submitCase', aSubmission({ region: '咸安' }), 'region'],
    ['submitCase', aSubmission({ uscc: '91420000MA4L0LNU0X' }), 'uscc'],
    ['submitCase', aSubmission({ channel: 'LEADER_VISIT' }), 'channel'],
    ['submitCase', aSubmission({ enterpriseName: '东莞咸商科技有限公司' }), 'enterpriseName'],
    ['withdrawCase', { reason: ' 短 ' }, 'reason'],
    ['supplementCase', { text: '补充材料如下', attachments: ['no link'] }, 'attachments'],
    ['rateCase', { process: 1, result: 5 }, 'reason'],
    ['rateCase', { process: 0, result: 5 }, 'process'],
  ])('as %s %j is refused at the field', async (name, input, field) => {
    const one = await submitted();
    const before = await stored();
    const { outcome } = await mutate(
      under.cases,
      name,
      name === 'submitCase' ? input : { caseNumber: one.caseNumber, expectedVersion: 1, ...input },
      owner,
    );
    expect(outcome?.refusal).toMatchObject({ code: 'INVALID', path: expect.arrayContaining([field]) as string[] });
    expect(await stored()).toEqual(before);
  });

  it.each([
    [{ lead: 'jrb' }, 'lead'],
    [{ lead: 'JRB', assisting: [{ department: 'JRB', duty: '配合' }] }, 'assisting'],
    [{ lead: 'JRB', lane: 'JOINT' }, 'lane'],
    [
      { lead: 'JRB', assisting: Array.from({ length: 21 }, (_, i) => ({ department: `D${i}`, duty: '配合' })) },
      'assisting',
    ],
  ])('as an assignment %j is refused at %s', async (input, field) => {
    const one = await submitted();
    expect(
      (
        await mutate(
          under.cases,
          'assignCase',
          { caseNumber: one.caseNumber, expectedVersion: 1, ...input },
          coordinator,
        )
      ).outcome?.refusal,
    ).toMatchObject({ code: 'INVALID', path: [field] });
  });
});

describe('the same thing twice', () => {
  it('with one key acts once and answers the same', async () => {
    const idempotencyKey = freshKey();
    const [first, second] = [
      await mutate(under.cases, 'submitCase', aSubmission({ idempotencyKey }), owner),
      await mutate(under.cases, 'submitCase', aSubmission({ idempotencyKey }), owner),
    ];
    expect(first.outcome?.case).not.toBeNull();
    expect(second).toEqual(first);
    expect(await stored()).toEqual([1, 1, 1]);
  });

  it('with one key at the same moment acts once', async () => {
    const idempotencyKey = freshKey();
    const answers = await Promise.all(
      Array.from({ length: 6 }, async () => mutate(under.cases, 'submitCase', aSubmission({ idempotencyKey }), owner)),
    );
    expect(new Set(answers.map(({ outcome }) => outcome?.case?.caseNumber)).size).toBe(1);
    expect(await stored()).toEqual([1, 1, 1]);
  });

  it('with one key for another request is refused', async () => {
    const idempotencyKey = freshKey();
    await mutate(under.cases, 'submitCase', aSubmission({ idempotencyKey }), owner);
    expect(
      (await mutate(under.cases, 'submitCase', aSubmission({ idempotencyKey, title: '另外一件事情' }), owner)).outcome
        ?.refusal,
    ).toMatchObject({ code: 'DUPLICATE', path: ['idempotencyKey'] });
  });

  it.each([['short'], ['with space'], ['长'.repeat(10)], ['x'.repeat(65)]])(
    'needs a usable key, not "%s"',
    async (idempotencyKey) => {
      expect((await mutate(under.cases, 'submitCase', aSubmission({ idempotencyKey }), owner)).code).toBe(
        'BAD_USER_INPUT',
      );
    },
  );

  it('by two coordinators at once assigns to one department; the other gets the present version', async () => {
    const one = await submitted();
    const answers = await Promise.all(
      ['JRB', 'CZJ', 'RSJ', 'JXJ'].map(async (lead) =>
        mutate(under.cases, 'assignCase', { caseNumber: one.caseNumber, expectedVersion: 1, lead }, coordinator),
      ),
    );
    expect(answers.filter(({ outcome }) => outcome?.case)).toHaveLength(1);
    expect(answers.filter(({ outcome }) => outcome?.refusal?.code === 'STALE_VERSION')).toHaveLength(3);
    expect(await stored()).toEqual([1, 2, 2]);
  });

  it('by several enterprises at once gives each case a number of its own', async () => {
    const answers = await Promise.all(
      Array.from({ length: 8 }, async (_, i) =>
        mutate(under.cases, 'submitCase', aSubmission({ title: `银行要求提前还贷 ${i}` }), owner),
      ),
    );
    expect(new Set(answers.map(({ outcome }) => outcome?.case?.caseNumber)).size).toBe(8);
  });
});

describe('who takes a case in', () => {
  it('is remembered with channel and origin, for an enterprise from elsewhere too', async () => {
    const one = await submitted(
      { channel: 'COMMERCE_FEDERATION_LINE', enterpriseName: '东莞咸商科技有限公司', homeRegion: '441900' },
      officer('GSL'),
    );
    const { data } = await under.cases.ask<{ case: unknown }>(
      'query ($n: ID!) { case(caseNumber: $n) { channel origin enterprise { uscc } complainant { name homeRegion } handler { code } history { party department { code } } } }',
      { n: one.caseNumber },
      coordinator,
    );
    expect(data?.case).toEqual({
      channel: 'COMMERCE_FEDERATION_LINE',
      origin: 'ELSEWHERE',
      enterprise: null,
      complainant: { name: '东莞咸商科技有限公司', homeRegion: '441900' },
      handler: { code: 'GSL' },
      history: [{ party: 'DESK', department: { code: 'GSL' } }],
    });
  });

  it('finds the case that it may repeat', async () => {
    await submitted();
    const { outcome } = await mutate(
      under.cases,
      'submitCase',
      aSubmission(),
      owner,
      'duplicateHints { case { caseNumber } similarity }',
    );
    expect(outcome?.case?.['duplicateHints']).toEqual([{ case: { caseNumber: 'SQ2026-000001' }, similarity: 1 }]);
  });

  it('reveals nothing about the enterprise to the outside world', async () => {
    await submitted({ anonymous: true });
    const [entry] = await under.cases.connection.collection('outbox').find().toArray();
    expect(JSON.stringify(entry)).not.toMatch(new RegExp(`${USCC}|张三丰|13812345678|续贷`));
  });
});
