import {
  auditor,
  coordinator,
  creditUnderTest,
  enterprise,
  officer,
  TODAY,
  type CreditUnderTest,
} from '../support/credit-under-test.js';
import { usccCheckCharacter } from '@zhitong/values';
import { registerWrites } from '../support/register-writes.js';

const USCC = '91421200MA4F5E6G3P';
const OTHER = '91110000600037341L';
const DIGEST = 'b'.repeat(64);

let credit: CreditUnderTest;
beforeAll(async () => {
  credit = await creditUnderTest(import.meta.url);
});
afterAll(async () => credit.close());
const { write } = registerWrites(() => credit);

describe('dishonesty', () => {
  const SHOWN =
    'creditStanding { grade hasOpenDishonestyRecord reasons { rule } dishonestyRecords { id seriousness isOpen until recordedBy { code } repair { repairedOn } } }';
  const record = (changes: Record<string, unknown> = {}) => ({
    uscc: OTHER,
    category: '环境违法行政处罚',
    seriousness: 'GENERAL',
    documentNumber: '咸环罚〔2026〕1号',
    from: '2026-02-01',
    ...changes,
  });
  interface Standing {
    grade: string;
    dishonestyRecords: { id: string; isOpen: boolean }[];
  }

  it('lowers the grade at once, and is repaired after its time with a procedure; history stays', async () => {
    const recorded = (await write('recordDishonesty', SHOWN, record(), { actor: officer('STHJJ') }))[
      'creditStanding'
    ] as Standing;
    expect(recorded).toMatchObject({
      grade: 'C',
      hasOpenDishonestyRecord: true,
      reasons: [{ rule: 'C1' }],
      dishonestyRecords: [{ until: '2027-02-01', recordedBy: { code: 'STHJJ' } }],
    });
    const repair = {
      record: recorded.dishonestyRecords[0]?.id,
      uscc: OTHER,
      procedure: '已缴纳罚款并整改',
      decisionNumber: '咸信修〔2026〕9号',
    };
    expect(
      (await write('repairDishonesty', SHOWN, { ...repair, repairedOn: '2026-04-30' }, { actor: officer('STHJJ') }))
        .refusal,
    ).toMatchObject({ code: 'ILLEGAL_STATE', details: { reason: 'TOO_EARLY', earliest: '2026-05-01' } });
    expect(
      (await write('repairDishonesty', SHOWN, { ...repair, repairedOn: '2026-05-01' }, { actor: officer('RSJ') }))
        .errors?.[0]?.extensions,
    ).toMatchObject({ code: 'FORBIDDEN' });
    expect(
      (await write('repairDishonesty', SHOWN, { ...repair, repairedOn: '2026-05-01' }, { actor: officer('STHJJ') }))[
        'creditStanding'
      ],
    ).toMatchObject({
      grade: 'B',
      hasOpenDishonestyRecord: false,
      dishonestyRecords: [{ isOpen: false, repair: { repairedOn: '2026-05-01' } }],
    });
    expect(
      (await write('repairDishonesty', SHOWN, { ...repair, repairedOn: '2026-05-02' }, { actor: officer('STHJJ') }))
        .refusal,
    ).toMatchObject({ details: { reason: 'ALREADY_REPAIRED' } });
    const { data } = await credit.ask<{ _entities: { before: Standing; now: Standing }[] }>(
      `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Enterprise { before: creditStanding(asOf: "2026-04-30") { grade } now: creditStanding { grade dishonestyRecords { id } } } } }`,
      {
        variables: { refs: [{ __typename: 'Enterprise', uscc: OTHER }] },
        actor: { ...coordinator, purpose: '复核信用等级变动' },
      },
    );
    // Who does not need history sees of an earlier day what is still open.
    expect(data?._entities).toEqual([{ before: { grade: 'A' }, now: { grade: 'B', dishonestyRecords: [] } }]);
  });

  it('is not repaired by a request that names another enterprise or none', async () => {
    const recorded = (
      await write('recordDishonesty', SHOWN, record({ documentNumber: '咸环罚〔2026〕7号' }), {
        actor: officer('STHJJ'),
      })
    )['creditStanding'] as Standing;
    const open = recorded.dishonestyRecords.find(({ isOpen }) => isOpen)?.id;
    const repair = async (uscc: string) =>
      write(
        'repairDishonesty',
        SHOWN,
        { record: open, uscc, procedure: '已整改', decisionNumber: '咸信修〔2026〕10号', repairedOn: '2026-06-01' },
        { actor: officer('STHJJ') },
      );
    expect((await repair(USCC)).refusal).toMatchObject({ code: 'INVALID', path: ['uscc'] });
    expect((await repair('91421200MA4F5E6G30')).refusal).toMatchObject({ code: 'INVALID', path: ['uscc'] });
    expect((await repair('none')).errors?.[0]?.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      argumentPath: ['input', 'uscc'],
    });
    expect((await repair(OTHER)).refusal).toBeNull();
  });

  it('names its document and what it is about', async () => {
    for (const field of ['documentNumber', 'category'])
      expect(
        (await write('recordDishonesty', SHOWN, record({ [field]: ' ' }), { actor: officer('STHJJ') })).refusal,
      ).toMatchObject({ code: 'INVALID', path: [field] });
  });

  it('is recorded once per document', async () => {
    const twice = record({ documentNumber: '咸环罚〔2026〕2号', uscc: USCC, seriousness: 'MINOR', from: '2026-01-01' });
    expect((await write('recordDishonesty', SHOWN, twice, { actor: officer('STHJJ') })).refusal).toBeNull();
    expect((await write('recordDishonesty', SHOWN, twice, { actor: officer('STHJJ') })).refusal).toMatchObject({
      code: 'DUPLICATE',
      path: ['documentNumber'],
    });
  });

  it('includes judgments that are not fulfilled, until they are', async () => {
    const judgment = {
      uscc: OTHER,
      caseNumber: '(2026)鄂12民终1号',
      court: '咸宁市中级人民法院',
      amount: '50000.00',
      effectiveOn: '2026-06-01',
    };
    const shown =
      'creditStanding { grade hasUnfulfilledJudgment mayUseCommitmentApproval judgments { caseNumber fulfilledOn } }';
    expect((await write('recordJudgment', shown, judgment))['creditStanding']).toMatchObject({
      grade: 'D',
      hasUnfulfilledJudgment: true,
      mayUseCommitmentApproval: false,
    });
    expect((await write('recordJudgment', shown, { ...judgment, amount: '1.00' })).refusal).toMatchObject({
      code: 'DUPLICATE',
    });
    expect(
      (await write('recordJudgment', shown, { ...judgment, court: '咸安区人民法院', fulfilledOn: '2026-11-01' }))
        .refusal,
    ).toMatchObject({ code: 'DUPLICATE', path: ['caseNumber'] });
    expect(
      (await write('recordJudgment', shown, judgment, { actor: officer('STHJJ') })).errors?.[0]?.extensions,
    ).toMatchObject({ code: 'FORBIDDEN' });
    expect(
      (await write('recordJudgment', shown, { ...judgment, fulfilledOn: '2026-11-01' }))['creditStanding'],
    ).toMatchObject({ hasUnfulfilledJudgment: false, judgments: [{ fulfilledOn: '2026-11-01' }] });
  });
});

describe('pledges', () => {
  const SHOWN = 'pledge { id state matter department { code } events { kind on finding kept consequence } }';
  const pledge = (changes: Record<string, unknown> = {}) => ({
    uscc: USCC,
    department: 'STHJJ',
    matter: '环评告知承诺',
    textVersion: '2026-1',
    digest: DIGEST,
    signature: 'SM2:abc',
    signedOn: TODAY,
    ...changes,
  });

  it('are signed by the enterprise itself, checked, found breached and closed after they were put right', async () => {
    credit.clock.set('2026-11-01T02:00:00.000Z');
    const signed = (await write('signPledge', SHOWN, pledge({ signedOn: '2026-11-01' }), { actor: enterprise(USCC) }))[
      'pledge'
    ] as { id: string };
    credit.clock.set(`${TODAY}T02:00:00.000Z`);
    expect(signed).toMatchObject({ state: 'IN_FORCE', department: { code: 'STHJJ' } });
    const event = async (kind: string, changes: Record<string, unknown>, actor = officer('STHJJ')) =>
      write(
        'recordPledgeEvent',
        SHOWN,
        { pledge: signed.id, kind, on: '2026-11-10', finding: '现场核查', ...changes },
        { actor },
      );
    expect((await event('BREACHED', { consequence: 'RECTIFICATION' })).refusal).toMatchObject({
      code: 'ILLEGAL_STATE',
      details: { reason: 'NOT_CHECKED' },
    });
    expect((await event('CHECKED', { kept: false }, officer('RSJ'))).errors?.[0]?.extensions).toMatchObject({
      code: 'FORBIDDEN',
    });
    expect((await event('CHECKED', {})).errors?.[0]?.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      argumentPath: ['input', 'kept'],
    });
    await event('CHECKED', { kept: false });
    expect((await event('BREACHED', { consequence: 'RECTIFICATION' }))['pledge']).toMatchObject({ state: 'BREACHED' });
    await event('CHECKED', { kept: true, on: '2026-11-15' });
    expect((await event('CLOSED', { on: '2026-11-16' }))['pledge']).toMatchObject({
      state: 'CLOSED',
      events: [
        { kind: 'CHECKED', kept: false },
        { kind: 'BREACHED', consequence: 'RECTIFICATION' },
        { kind: 'CHECKED', kept: true },
        { kind: 'CLOSED' },
      ],
    });
  });

  const body = '91421200MA4ABCDE1';
  const THIRD = `${body}${usccCheckCharacter(body)}`;
  it('are signed today, for a matter, with a signature of a signing service', async () => {
    for (const [changes, field] of [
      [{ signedOn: '2026-11-19' }, 'signedOn'],
      [{ signedOn: '2026-11-21' }, 'signedOn'],
      [{ matter: ' \u200b' }, 'matter'],
      [{ signature: 'sig' }, 'signature'],
      [{ signature: ' ' }, 'signature'],
    ] as const)
      expect(
        (await write('signPledge', SHOWN, pledge({ uscc: THIRD, ...changes }), { actor: officer('STHJJ') })).refusal,
      ).toMatchObject({ code: 'INVALID', path: [field] });
  });

  it.each([
    ['RECTIFICATION', 0],
    ['DISHONESTY_RECORD', 1],
  ] as const)('once breached keep their enterprise from the next one: %s', async (consequence, openRecordCount) => {
    const actor = { actor: officer('STHJJ') };
    const uscc = consequence === 'RECTIFICATION' ? THIRD : '91110000600037341L';
    const { id } = (await write('signPledge', SHOWN, pledge({ uscc }), actor))['pledge'] as { id: string };
    const event = { pledge: id, on: TODAY, finding: '现场与承诺不符' };
    await write('recordPledgeEvent', SHOWN, { ...event, kind: 'CHECKED', kept: false }, actor);
    await write('recordPledgeEvent', SHOWN, { ...event, kind: 'BREACHED', consequence }, actor);
    expect((await write('signPledge', SHOWN, pledge({ uscc }), actor)).refusal).toMatchObject({
      code: 'NOT_ELIGIBLE',
    });
    const { data } = await credit.ask<{ _entities: { creditStanding: unknown }[] }>(
      '{ _entities(representations: [{ __typename: "Enterprise", uscc: "' +
        uscc +
        '" }]) { ... on Enterprise { creditStanding { openRecordCount dishonestyRecords { documentNumber } } } } }',
      { actor: coordinator },
    );
    expect(data?._entities[0]?.creditStanding).toEqual({
      openRecordCount,
      dishonestyRecords: openRecordCount === 0 ? [] : [{ documentNumber: id }],
    });
  });

  it('that were found breached by mistake are as if they had not been, of the record that the breach made, too', async () => {
    const uscc = '91420000000000001X'.replace(/.$/, usccCheckCharacter('91420000000000001'));
    const actor = { actor: officer('STHJJ') };
    const STANDING =
      '{ _entities(representations: [{ __typename: "Enterprise", uscc: "' +
      uscc +
      '" }]) { ... on Enterprise { creditStanding { grade openRecordCount } } } }';
    const standing = async () => (await credit.ask<{ _entities: unknown[] }>(STANDING, { actor: coordinator })).data;
    const { id } = (await write('signPledge', SHOWN, pledge({ uscc }), actor))['pledge'] as { id: string };
    const event = async (kind: string, changes: Record<string, unknown> = {}) =>
      write('recordPledgeEvent', SHOWN, { pledge: id, on: TODAY, finding: '误认', kind, ...changes }, actor);
    const document = { number: '咸环复〔2026〕2号', date: TODAY };
    expect((await event('BREACH_WITHDRAWN', { document })).refusal).toMatchObject({ details: { reason: 'NO_BREACH' } });
    await event('CHECKED', { kept: false });
    await event('BREACHED', { consequence: 'DISHONESTY_RECORD' });
    expect(await standing()).toEqual({ _entities: [{ creditStanding: { grade: 'C', openRecordCount: 1 } }] });
    expect((await event('BREACH_WITHDRAWN')).errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT' });
    for (const wrong of [
      { number: '\u200b', date: TODAY },
      { number: document.number, date: '2026-11-21' },
    ])
      expect((await event('BREACH_WITHDRAWN', { document: wrong })).refusal).toMatchObject({ code: 'INVALID' });
    expect((await event('BREACH_WITHDRAWN', { document }))['pledge']).toMatchObject({ state: 'IN_FORCE' });
    expect(await standing()).toEqual({ _entities: [{ creditStanding: { grade: 'A', openRecordCount: 0 } }] });
    expect((await write('signPledge', SHOWN, pledge({ uscc }), actor)).refusal).toBeNull();
    await event('CHECKED', { kept: false });
    expect((await event('BREACHED', { consequence: 'RECTIFICATION' }))['pledge']).toMatchObject({ state: 'BREACHED' });
  });

  it('are not for another enterprise, nor for one whose credit does not allow it', async () => {
    expect(
      (await write('signPledge', SHOWN, pledge(), { actor: enterprise(OTHER) })).errors?.[0]?.extensions,
    ).toMatchObject({ code: 'FORBIDDEN' });
    await write('recordDishonesty', 'creditStanding { grade }', {
      uscc: OTHER,
      category: '行政处罚',
      seriousness: 'SERIOUS',
      documentNumber: '罚3号',
      from: '2026-10-01',
    });
    expect(
      (await write('signPledge', SHOWN, pledge({ uscc: OTHER }), { actor: enterprise(OTHER) })).refusal,
    ).toMatchObject({ code: 'NOT_ELIGIBLE', details: { grade: 'D' } });
  });
});

describe('the approval ledger', () => {
  const SHOWN = 'item { id state daysOverdue department { code } enterprise { uscc } events { kind by text } }';
  const item = {
    uscc: USCC,
    department: 'ZGJ',
    permit: '不动产权证',
    cause: '历史遗留问题',
    openedOn: '2026-09-01',
    deadline: '2026-10-31',
  };

  it('counts days past the deadline until the enterprise itself strikes the item off', async () => {
    const opened = (await write('openApprovalItem', SHOWN, item, { actor: officer('ZGJ') }))['item'] as { id: string };
    expect(opened).toMatchObject({ state: 'OPEN', daysOverdue: 20 });
    const submit = async (actor = officer('ZGJ')) =>
      write(
        'submitApprovalItem',
        SHOWN,
        { item: opened.id, on: '2026-11-15', evidence: '证书编号鄂(2026)咸宁001' },
        { actor },
      );
    const answer = async (input: object, actor = enterprise(USCC)) =>
      write('answerApprovalItem', SHOWN, { item: opened.id, ...input }, { actor });
    expect((await answer({ confirmed: true })).refusal).toMatchObject({
      code: 'ILLEGAL_STATE',
      details: { state: 'OPEN' },
    });
    expect((await submit(officer('RSJ'))).errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
    expect((await submit())['item']).toMatchObject({ state: 'SUBMITTED', daysOverdue: 20 });
    expect((await answer({ confirmed: true }, enterprise(OTHER))).errors?.[0]?.extensions).toMatchObject({
      code: 'FORBIDDEN',
    });
    expect((await answer({ confirmed: false })).refusal).toMatchObject({ code: 'INVALID', path: ['remark'] });
    expect((await answer({ confirmed: false, remark: '证书未领到' }))['item']).toMatchObject({ state: 'OPEN' });
    await write(
      'submitApprovalItem',
      SHOWN,
      { item: opened.id, on: TODAY, evidence: '已送达' },
      { actor: officer('ZGJ') },
    );
    expect((await answer({ confirmed: true }))['item']).toMatchObject({
      state: 'STRUCK_OFF',
      daysOverdue: 0,
      events: [
        { kind: 'SUBMITTED' },
        { kind: 'REJECTED' },
        { kind: 'SUBMITTED' },
        { kind: 'CONFIRMED', by: `contact-of-${USCC}` },
      ],
    });
  });

  it('is listed by deadline, and shows an enterprise its own alone', async () => {
    for (const uscc of [USCC, OTHER]) await write('openApprovalItem', SHOWN, { ...item, uscc, deadline: '2026-12-31' });
    const list = async (filter: object, actor = auditor) =>
      (
        await credit.ask<{ approvalItems: { totalCount: number; nodes: { deadline: string }[] } }>(
          'query ($filter: ApprovalItemFilter) { approvalItems(filter: $filter) { totalCount nodes { deadline } } }',
          { variables: { filter }, actor },
        )
      ).data?.approvalItems;
    expect(await list({})).toMatchObject({
      totalCount: 3,
      nodes: [{ deadline: '2026-10-31' }, { deadline: '2026-12-31' }, { deadline: '2026-12-31' }],
    });
    expect(await list({ overdue: true })).toMatchObject({ totalCount: 0 });
    expect(await list({ state: ['OPEN'] })).toMatchObject({ totalCount: 2 });
    expect(await list({}, enterprise(OTHER))).toMatchObject({ totalCount: 1 });
  });
});
