import { purgeNotices } from '@zhitong/kit/notices';
import { accepted, aHistory, anIntake, assigned, USCC } from '../support/a-case.js';
import { casesUnderTest, people, type CasesUnderTest } from '../support/cases-under-test.js';
import { aSubmission, mutate, run, type Outcome } from '../support/mutations.js';

const { coordinator, owner, stranger, auditor, officer } = people;
const desk = officer('SHUJJ');
const complainant = anIntake().complainant;
let cases: CasesUnderTest;
beforeEach(async () => {
  cases = await casesUnderTest(import.meta.url, '2026-03-16');
});
afterEach(async () => cases.close());

const done = async (
  name: string,
  one: Outcome['case'],
  input: object,
  actor: Parameters<typeof mutate>[3],
  fields = '',
) => {
  const on = one === null ? {} : { caseNumber: one.caseNumber, expectedVersion: one.version };
  const { outcome, message } = await mutate(cases, name, { ...on, ...input }, actor, fields);
  if (!outcome?.case) throw new Error(`${name}: ${message ?? JSON.stringify(outcome?.refusal)}`);
  return outcome.case;
};
const submitted = async (part: object, actor: Parameters<typeof mutate>[3]) =>
  done('submitCase', null, aSubmission({ ...part }), actor, 'industrySection channel');

describe('a desk with a caller on the line', () => {
  const found = async (filter: object, actor: Parameters<typeof mutate>[3]) => {
    const { data, errors } = await cases.ask<{ cases: { nodes: { caseNumber: string }[] } }>(
      'query ($filter: CaseFilter) { cases(filter: $filter) { nodes { caseNumber } } }',
      { filter },
      actor,
    );
    return data?.cases
      ? data.cases.nodes.map(({ caseNumber }) => Number(caseNumber.slice(-1))).sort()
      : errors?.[0]?.extensions?.['code'];
  };

  it('finds by telephone, words, number and time what it may see, and nobody else anything', async () => {
    const of = async (number: number, part: object, day = '2026-03-02', contact: object = {}) =>
      cases.given(
        aHistory(
          day,
          [[day, assigned({ lead: 'JRB', assisting: ['RSJ'] })]],
          { complainant: { ...complainant, ...contact }, ...part },
          `SQ2026-00000${String(number)}`,
        ),
      );
    await of(1, { receivedBy: 'SHUJJ' }, '2026-03-02', { contactPhone: '（0715）812 3456' });
    await of(2, { receivedBy: 'SHUJJ', words: ['招工', '困难'] }, '2026-03-05', {
      anonymous: true,
      contactPhone: '0715-8123456',
    });
    await of(3, { receivedBy: 'GSL' }, '2026-03-06', { contactPhone: '07158123456' });
    for (const telephone of ['0715-8123456', '８１２３４５６', '0715 812 3456'])
      expect(await found({ telephone }, desk)).toEqual([1]);
    expect(await found({ telephone: '8123456' }, officer('JRB'))).toEqual([1, 3]);
    expect(await found({ telephone: '8123456' }, officer('RSJ'))).toEqual([]);
    expect(await found({ telephone: '8123456' }, officer('GSL'))).toEqual([3]);
    expect(await found({ telephone: '8123456' }, coordinator)).toEqual([1, 2, 3]);
    expect(await found({ telephone: '8123456' }, owner)).toEqual([1, 2, 3]);
    expect(await found({ telephone: '8123456' }, stranger)).toEqual([]);
    expect(await found({ telephone: '8123456' }, auditor)).toBe('FORBIDDEN');
    expect(await found({ telephone: '12' }, coordinator)).toBe('BAD_USER_INPUT');
    expect(
      JSON.stringify(await cases.connection.collection('cases').find({}).project({ telephoneHashes: 1 }).toArray()),
    ).not.toContain('8123456');
    expect(cases.logged.join('\n')).not.toMatch(/8123456/);

    expect(await found({ words: '招工 困难' }, coordinator)).toEqual([2]);
    expect(await found({ words: '招工 续贷' }, coordinator)).toEqual([]);
    expect(await found({ words: '，' }, coordinator)).toBe('BAD_USER_INPUT');
    expect(await found({ number: 'ｓｑ2026-0' }, coordinator)).toEqual([1, 2, 3]);
    expect(await found({ number: '2026-000002' }, coordinator)).toEqual([2]);
    expect(await found({ number: 'SQ2026.*' }, coordinator)).toBe('BAD_USER_INPUT');
    expect(
      await found({ updatedFrom: '2026-03-05T00:00:00+08:00', updatedTo: '2026-03-05T23:59:59+08:00' }, coordinator),
    ).toEqual([2]);
    // What a reader does not learn of does not show by the time of the change.
    await done(
      'addInternalNote',
      { caseNumber: 'SQ2026-000001', version: 2, status: '' },
      { expectedVersion: undefined, note: '注意时限' },
      officer('JRB'),
    );
    expect(await found({ updatedFrom: '2026-03-16T00:00:00+08:00' }, officer('JRB'))).toEqual([1]);
    expect(await found({ updatedFrom: '2026-03-16T00:00:00+08:00' }, owner)).toEqual([]);
  });

  it('takes in by its own channels, with the industry of the register', async () => {
    cases.registry.names = { [USCC]: ['咸宁市恒达机械制造厂'] };
    cases.registry.industries = { [USCC]: 'F' };
    const refused = await mutate(cases, 'submitCase', aSubmission({ uscc: USCC, channel: 'PROJECT_STEWARD' }), desk);
    expect(refused.outcome?.refusal).toMatchObject({ code: 'INVALID', path: ['channel'] });
    expect(await submitted({ uscc: USCC, channel: 'HOTLINE_12345', industry: 'A' }, desk)).toMatchObject({
      channel: 'HOTLINE_12345',
      industrySection: 'F',
    });
    expect(await submitted({ uscc: USCC, channel: 'PROJECT_STEWARD' }, coordinator)).toMatchObject({
      channel: 'PROJECT_STEWARD',
    });
  });

  it.each([
    // The federation's own; the hall's and the complaint centre's problems come to whichever desk is there.
    ['CHAMBER', ['GSL'], 'SHUJJ'],
    ['LEADER_ON_DUTY', ['GSL', 'SHUJJ'], null],
    ['COMPLAINT_CENTRE', ['GSL', 'SHUJJ'], null],
  ] as const)('takes in what comes by %s at the desks of %j', async (channel, desks, other) => {
    for (const code of desks)
      expect(await submitted({ uscc: USCC, channel }, officer(code))).toMatchObject({ channel });
    if (other === null) return;
    const { outcome } = await mutate(cases, 'submitCase', aSubmission({ uscc: USCC, channel }), officer(other));
    expect(outcome?.refusal).toMatchObject({ code: 'INVALID', path: ['channel'] });
  });
});

it('tells the enterprise when it is asked, answered and reopened, and nobody else', async () => {
  const read = async (actor: Parameters<typeof mutate>[3]) =>
    cases.ask<{
      _entities: [
        {
          caseNotices: {
            unreadCount: number;
            nodes: { id: string; reason: string; case: { question: string | null } }[];
          } | null;
        },
      ];
    }>(
      'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Enterprise { caseNotices(first: 20) { unreadCount nodes { id reason case { question } } } } } }',
      { of: [{ __typename: 'Enterprise', uscc: USCC }] },
      actor,
    );
  let one = await submitted({ anonymous: true }, owner);
  one = await done('assignCase', one, { lead: 'JRB' }, coordinator);
  one = await done('acceptCase', one, {}, officer('JRB'));
  one = await done('pauseCase', one, { note: '请补充合同' }, officer('JRB'));
  const asked = (await read(owner)).data?._entities[0].caseNotices;
  expect(asked).toMatchObject({ unreadCount: 1, nodes: [{ reason: 'ASKED', case: { question: '请补充合同' } }] });
  one = await done('supplementCase', one, { text: '合同已上传，请查收' }, owner);
  one = await done('resolveCase', one, { answer: '已协调银行办理无还本续贷' }, officer('JRB'));
  await done('reopenCase', one, { reason: '仍未续贷' }, owner);
  const { data } = await read(owner);
  expect(data?._entities[0].caseNotices?.nodes.map(({ reason }) => reason).sort()).toEqual([
    'ANSWERED',
    'ASKED',
    'REOPENED',
  ]);
  for (const other of [stranger, officer('JRB'), coordinator, auditor])
    expect((await read(other)).data?._entities[0].caseNotices ?? null).toBeNull();
  const mark = async (notices: string[] | null, actor: Parameters<typeof mutate>[3], key: string) =>
    cases.ask<{
      markCaseNoticesRead: { marked: number | null; unreadCount: number | null; refusal: { code: string } | null };
    }>(
      'mutation ($input: MarkCaseNoticesReadInput!) { markCaseNoticesRead(input: $input) { marked unreadCount refusal { code } } }',
      { input: { idempotencyKey: key, notices } },
      actor,
    );
  const ids = [asked?.nodes[0]?.id ?? ''];
  expect(
    (await mark(ids, { ...stranger, uscc: '91110108551385082Q' }, 'mark-read-00')).data?.markCaseNoticesRead,
  ).toMatchObject({
    marked: null,
    refusal: { code: 'INVALID' },
  });
  expect((await mark(ids, owner, 'mark-read-01')).data?.markCaseNoticesRead).toMatchObject({
    marked: 1,
    unreadCount: 2,
  });
  expect((await mark(null, owner, 'mark-read-02')).data?.markCaseNoticesRead).toMatchObject({
    marked: 2,
    unreadCount: 0,
  });
  const entries = await cases.connection.collection('outbox').find({}).toArray();
  const all = entries.map((entry) => JSON.stringify(entry)).filter((text) => text.includes('case-notice.created'));
  expect(all).toHaveLength(3);
  expect(all.join()).not.toContain(USCC);

  // Kept for two years after they were read.
  const box = cases.stores.notices;
  for (const [day, removed] of [
    ['2028-03-15', 0],
    ['2028-03-17', 3],
  ] as const)
    expect(await purgeNotices({ box, clock: { now: () => new Date(`${day}T04:00:00Z`) }, days: 730 })).toBe(removed);
  expect((await read(owner)).data?._entities[0].caseNotices?.nodes).toEqual([]);
});

it('takes what it was told away from an enterprise whose code was taken down by mistake', async () => {
  const told = async () =>
    (
      await cases.ask<{ _entities: [{ caseNotices: { totalCount: number } }] }>(
        '{ _entities(representations: [{ __typename: "Enterprise", uscc: "USCC" }]) { ... on Enterprise { caseNotices { totalCount } } } }'.replace(
          'USCC',
          USCC,
        ),
        {},
        owner,
      )
    ).data?._entities[0].caseNotices.totalCount;
  let one = await submitted({ uscc: USCC, channel: 'HOTLINE_12345' }, desk);
  one = await done('assignCase', one, { lead: 'JRB' }, coordinator);
  one = await done('acceptCase', one, {}, officer('JRB'));
  one = await done('pauseCase', one, { note: '请补充贷款合同' }, officer('JRB'));
  expect(await told()).toBe(1);
  await done('correctCaseIntake', one, { uscc: '91110108551385082Q', reason: '代码录入有误' }, desk);
  expect(await told()).toBe(0);
});

it('undoes a merging with the clocks as they were, and evaluates what was answered', async () => {
  const at = { receivedBy: 'SHUJJ', complainant };
  await cases.given(
    aHistory(
      '2026-03-09',
      [
        ['2026-03-09', assigned({ lead: 'JRB' })],
        ['2026-03-10', accepted],
      ],
      at,
      'SQ2026-000001',
    ),
    aHistory('2026-03-09', [], at, 'SQ2026-000002'),
    aHistory('2026-03-10', [], at, 'SQ2026-000003'),
  );
  // Into one that was received later its clocks would begin anew.
  const later = await mutate(
    cases,
    'mergeCase',
    { caseNumber: 'SQ2026-000001', expectedVersion: 3, into: 'SQ2026-000003', reason: '同一事项' },
    coordinator,
  );
  expect(later.outcome?.refusal).toMatchObject({
    code: 'CONFLICT',
    path: ['into'],
    details: { reason: 'INTO_LATER', zh: expect.stringContaining('SQ2026-000003') as string },
  });
  const before = await cases.ask<{ case: { dueOn: string } }>(
    '{ case(caseNumber: "SQ2026-000001") { dueOn } }',
    {},
    coordinator,
  );
  let one = await done(
    'mergeCase',
    { caseNumber: 'SQ2026-000001', version: 3, status: '' },
    { into: 'SQ2026-000002', reason: '同一事项' },
    desk,
  );
  expect(one.status).toBe('MERGED');
  const stranger2 = await mutate(
    cases,
    'undoCaseMerge',
    { caseNumber: one.caseNumber, expectedVersion: one.version, reason: '两件事' },
    officer('JRB'),
  );
  expect(stranger2.outcome?.case ?? null).toBeNull();
  one = await done('undoCaseMerge', one, { reason: '两件事' }, desk, 'mergedInto dueOn closedOn');
  expect(one).toMatchObject({ status: 'ACCEPTED', mergedInto: null, closedOn: null, dueOn: before.data?.case.dueOn });
  const other = await cases.ask('{ case(caseNumber: "SQ2026-000002") { absorbed history { type } } }', {}, coordinator);
  expect(other.data).toEqual({
    case: { absorbed: [], history: [{ type: 'SUBMITTED' }, { type: 'ABSORBED' }, { type: 'RELEASED' }] },
  });
  const again = await mutate(
    cases,
    'undoCaseMerge',
    { caseNumber: one.caseNumber, expectedVersion: one.version, reason: '两件事' },
    desk,
  );
  expect(again.outcome?.refusal).toMatchObject({
    code: 'CONFLICT',
    details: { reason: 'NOT_WHILE', zh: '诉求现处“已签收”，不能办理该环节。', move: 'MERGE_UNDONE' },
  });
  const form = {
    settlement: 'PARTLY',
    cause: 'POLICY',
    isCommon: true,
    measure: '修订续贷指引',
    note: '企业已部分续贷',
  };
  const tooEarly = await mutate(
    cases,
    'evaluateCase',
    { caseNumber: one.caseNumber, expectedVersion: one.version, ...form },
    desk,
  );
  expect(tooEarly.outcome?.refusal?.code).toBe('CONFLICT');
  one = await done('resolveCase', one, { answer: '已协调银行办理无还本续贷' }, officer('JRB'));
  one = await done(
    'evaluateCase',
    one,
    form,
    desk,
    'evaluation { settlement cause isCommon measure note evaluatedOn }',
  );
  expect(one['evaluation']).toEqual({ ...form, evaluatedOn: '2026-03-16' });
  one = await done('reopenCase', one, { reason: '仍未续贷' }, owner, 'evaluation { note }');
  expect(one['evaluation']).toBeNull();
});

it('lets a unit put right what a check found, by a day, with evidence, and learns not who went', async () => {
  const checks = async (actor: Parameters<typeof mutate>[3], fields = 'id status isOverdue', args = '') =>
    cases.ask<{ undercoverChecks: Record<string, unknown>[] }>(`{ undercoverChecks${args} { ${fields} } }`, {}, actor);
  const form = {
    manner: 'UNDERCOVER',
    department: 'JRB',
    place: '政务大厅三号窗口',
    visitedOn: '2026-03-13',
    checkers: ['王五'],
    items: [
      { aspect: 'ATTENDANCE', isInOrder: true },
      { aspect: 'GUIDANCE', isInOrder: false, finding: '未一次性告知所缺材料' },
    ],
    rectifyBy: '2026-03-20',
  };
  type Check = { id: string; version: number; status: string };
  const act = async (name: string, input: object, actor: Parameters<typeof mutate>[3]) =>
    run<Check>(
      cases,
      [name, `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`, 'check'],
      'id version status',
      { ...input },
      actor,
    );
  for (const [wrong, path] of [
    [{ rectifyBy: undefined }, ['rectifyBy']],
    [{ rectifyBy: '2026-03-21' }, ['rectifyBy']],
    [{ visitedOn: '2026-03-17' }, ['visitedOn']],
    [{ department: 'NOBODY' }, ['department']],
    [{ items: [form.items[1], form.items[1]] }, ['items', '1', 'aspect']],
    [{ items: [{ aspect: 'GUIDANCE', isInOrder: false }] }, ['items', '0', 'finding']],
  ] as const)
    expect((await act('recordUndercoverCheck', { ...form, ...wrong }, coordinator)).refusal?.path).toEqual(path);
  const { result } = await act('recordUndercoverCheck', form, coordinator);
  expect(result).toMatchObject({ version: 1, status: 'TO_RECTIFY' });
  const id = result?.id;
  const moves = async () =>
    Promise.all(
      [officer('JRB'), coordinator, auditor].map(
        async (actor) => (await checks(actor, 'legalMoves')).data?.undercoverChecks[0]?.['legalMoves'],
      ),
    );
  expect(await moves()).toEqual([['REPORT'], [], []]);
  expect((await checks(officer('JRB'))).data?.undercoverChecks).toHaveLength(1);
  expect((await checks(officer('RSJ'))).data?.undercoverChecks).toEqual([]);
  expect((await checks(officer('JRB'), 'checkers')).data?.undercoverChecks[0]?.['checkers'] ?? null).toBeNull();
  cases.at('2026-03-23');
  expect((await checks(coordinator, 'isOverdue checkers', '(overdue: true)')).data?.undercoverChecks).toEqual([
    { isOverdue: true, checkers: ['王五'] },
  ]);
  const report = { id, expectedVersion: 1, report: '已制作一次性告知单', evidence: ['https://files.example.cn/1.pdf'] };
  expect((await act('reportRectification', { ...report, evidence: [] }, officer('JRB'))).refusal?.path).toEqual([
    'evidence',
  ]);
  expect((await act('reportRectification', report, officer('RSJ'))).code).toBe('FORBIDDEN');
  expect((await act('reportRectification', report, officer('JRB'))).result).toMatchObject({
    version: 2,
    status: 'REPORTED',
  });
  expect(await moves()).toEqual([[], ['CONCLUDE'], []]);
  const judged = { id, expectedVersion: 2, isAccepted: false, note: '告知单未上墙' };
  expect((await act('concludeRectification', judged, coordinator)).refusal?.path).toEqual(['rectifyBy']);
  expect((await act('concludeRectification', { ...judged, rectifyBy: '2026-03-27' }, coordinator)).result?.status).toBe(
    'TO_RECTIFY',
  );
  expect(
    (await act('concludeRectification', { ...judged, expectedVersion: 3, rectifyBy: '2026-03-27' }, coordinator))
      .refusal?.details,
  ).toMatchObject({ reason: 'CHECK_ELSEWHERE' });
  expect((await act('reportRectification', { ...report, expectedVersion: 3 }, officer('JRB'))).result?.status).toBe(
    'REPORTED',
  );
  expect(
    (await act('concludeRectification', { id, expectedVersion: 4, isAccepted: true, note: '已复核' }, coordinator))
      .result?.status,
  ).toBe('RECTIFIED');
  expect(await moves()).toEqual([[], [], []]);
});
