import { accepted, aHistory, assigned, contacted, rated, resolvedWith, returned, USCC } from '../support/a-case.js';
import { casesUnderTest, people, type CasesUnderTest } from '../support/cases-under-test.js';

const ELSEWHERE = {
  uscc: null,
  name: '东莞咸商科技有限公司',
  homeRegion: '441900',
  anonymous: false,
  contactName: null,
  contactPhone: null,
};
const OTHER = '91420000MA4L0LNU0X';
const other = { uscc: OTHER, name: null, homeRegion: null, anonymous: false, contactName: null, contactPhone: null };

let cases: CasesUnderTest;
beforeAll(async () => {
  cases = await casesUnderTest(import.meta.url, '2026-03-16');
  await cases.given(
    aHistory(
      '2026-03-02',
      [
        ['2026-03-03', assigned()],
        ['2026-03-03', accepted],
        ['2026-03-04', contacted],
        ['2026-03-09', resolvedWith()],
        ['2026-03-11', rated(5, 5)],
      ],
      {},
      'SQ2026-000001',
    ),
    aHistory(
      '2026-03-04',
      [['2026-03-05', assigned({ lead: 'JXJ', assisting: ['CZJ'] })]],
      { receivedBy: 'SHUJJ', channel: 'HOTLINE_12345' },
      'SQ2026-000002',
    ),
    aHistory(
      '2026-03-12',
      [
        ['2026-03-12', assigned()],
        ['2026-03-13', accepted],
      ],
      {
        complainant: {
          uscc: USCC,
          name: null,
          homeRegion: null,
          anonymous: true,
          contactName: '张三丰',
          contactPhone: '13812345678',
        },
        text: '我是张三丰，电话13812345678，请为我保密。',
      },
      'SQ2026-000003',
    ),
    aHistory('2026-03-13', [], { complainant: other, category: 'LABOUR' }, 'SQ2026-000004'),
    aHistory(
      '2026-03-13',
      [
        ['2026-03-13', assigned()],
        ['2026-03-16', returned],
      ],
      { complainant: ELSEWHERE, origin: 'ELSEWHERE', region: '421281' },
      'SQ2026-000005',
    ),
  );
});
afterAll(async () => cases.close());

const OVERVIEW = `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Enterprise {
  cases(first: 5) { totalCount nodes { caseNumber title status dueOn isOverdue handler { code } } } } } }`;
const enterprise = (uscc: string) => ({ representations: [{ __typename: 'Enterprise', uscc }] });

describe('Enterprise.cases', () => {
  it('lists what the contract asks for, latest first, to the enterprise itself', async () => {
    const { data, errors } = await cases.ask(OVERVIEW, enterprise(USCC), people.owner);
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      _entities: [
        {
          cases: {
            totalCount: 3,
            nodes: [
              {
                caseNumber: 'SQ2026-000003',
                title: '银行要求提前还贷',
                status: 'ACCEPTED',
                dueOn: '2026-03-19',
                isOverdue: false,
                handler: { code: 'JRB' },
              },
              {
                caseNumber: 'SQ2026-000002',
                title: '银行要求提前还贷',
                status: 'ASSIGNED',
                dueOn: '2026-03-12',
                isOverdue: true,
                handler: { code: 'JXJ' },
              },
              {
                caseNumber: 'SQ2026-000001',
                title: '银行要求提前还贷',
                status: 'RATED',
                dueOn: '2026-03-10',
                isOverdue: false,
                handler: { code: 'JRB' },
              },
            ],
          },
        },
      ],
    });
  });

  it.each([
    ['coordinator', people.coordinator, ['SQ2026-000003', 'SQ2026-000002', 'SQ2026-000001']],
    ['auditor, without the anonymous one', people.auditor, ['SQ2026-000002', 'SQ2026-000001']],
    ['officer of the lead department, without the anonymous one', people.officer('JRB'), ['SQ2026-000001']],
    ['officer of an assisting department', people.officer('CZJ'), ['SQ2026-000002']],
    ['officer of the desk that took it', people.officer('SHUJJ'), ['SQ2026-000002']],
    ['officer of a department that has nothing to do with it', people.officer('RSJ'), []],
  ])('is for the %s', async (_who, actor, numbers) => {
    const { data } = await cases.ask<{
      _entities: { cases: { nodes: { caseNumber: string }[]; totalCount: number } }[];
    }>(OVERVIEW, enterprise(USCC), actor);
    expect(data?._entities[0]?.cases.nodes.map(({ caseNumber }) => caseNumber)).toEqual(numbers);
    expect(data?._entities[0]?.cases.totalCount).toBe(numbers.length);
  });

  it.each([
    ['nobody', null, 'UNAUTHENTICATED'],
    ['another enterprise', people.stranger, 'FORBIDDEN'],
    ['an administrator', people.admin, 'FORBIDDEN'],
  ])('is not for %s', async (_who, actor, code) => {
    const { data, errors } = await cases.ask(OVERVIEW, enterprise(USCC), actor);
    expect(data).toEqual({ _entities: [{ cases: null }] });
    expect(errors?.[0]).toMatchObject({ path: ['_entities', 0, 'cases'], extensions: { code } });
  });

  it('takes fifty enterprises with as many commands as one', async () => {
    const LIST = `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Enterprise { cases(first: 3, filter: { open: true }) { totalCount nodes { caseNumber status } } } } }`;
    const fifty = {
      representations: Array.from({ length: 50 }, (_, i) => ({
        __typename: 'Enterprise',
        uscc: i === 7 ? USCC : `914200000000000${String(i).padStart(3, '0')}`,
      })),
    };
    const { result, commands } = await cases.counted(async () =>
      cases.ask<{ _entities: { cases: { totalCount: number } }[] }>(LIST, fifty, people.coordinator),
    );
    expect(result.data?._entities.map((one) => one.cases.totalCount).filter((count) => count > 0)).toEqual([2]);
    expect(commands).toEqual(['aggregate']);
  });

  it('goes on behind a cursor, and refuses one from another list', async () => {
    const PAGE = `query ($representations: [_Any!]!, $after: String, $open: Boolean) { _entities(representations: $representations) { ... on Enterprise {
      cases(first: 1, after: $after, filter: { open: $open }) { nodes { caseNumber } pageInfo { hasNextPage endCursor } } } } }`;
    const read = async (after: string | null, open: boolean | null) =>
      cases.ask<{
        _entities: {
          cases: { nodes: { caseNumber: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string } } | null;
        }[];
      }>(PAGE, { ...enterprise(USCC), after, open }, people.owner);
    const first = (await read(null, true)).data?._entities[0]?.cases;
    expect(first?.pageInfo.hasNextPage).toBe(true);
    const second = (await read(first?.pageInfo.endCursor ?? '', true)).data?._entities[0]?.cases;
    expect([first?.nodes[0]?.caseNumber, second?.nodes[0]?.caseNumber, second?.pageInfo.hasNextPage]).toEqual([
      'SQ2026-000003',
      'SQ2026-000002',
      false,
    ]);
    expect((await read(first?.pageInfo.endCursor ?? '', null)).errors?.[0]?.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      argumentPath: ['after'],
    });
  });
});

describe('Query.case', () => {
  const WHOLE = `query ($n: ID!) { case(caseNumber: $n) {
    caseNumber version kind category labels channel origin title text attachments supplements { at text attachments } status isOpen regionCode industrySection receivedAt receivedOn updatedAt
    enterprise { uscc } complainant { name homeRegion contactName contactPhone } isAnonymous handler { code } assisting { code } responsibilities { department { code } duty } lane assignedOn returns
    dueOn isOverdue workingDaysLeft calendarMissingFrom isWaiting clocks { kind startedOn budget stoppedOn dueOn isOverdue workingDaysLeft isPaused } firstContactOn question pendingExtensionDays extendedBy
    answer answeredDirectly resolvedOn rating { process result reason ratedOn } checks { cause drawId openedOn outcome finding } reopenings closedOn urges supervision { instruction dueOn orderedOn }
    escalation history { seq at party department { code } sub type reason } legalMoves duplicateHints { case { caseNumber } similarity } } }`;

  it('answers every field', async () => {
    const { data, errors } = await cases.ask<{ case: Record<string, unknown> }>(
      WHOLE,
      { n: 'SQ2026-000002' },
      people.coordinator,
    );
    expect(errors).toBeUndefined();
    expect(data?.case).toMatchObject({
      version: 2,
      enterprise: { uscc: USCC },
      complainant: { contactName: '张三丰', contactPhone: '13812345678' },
      assisting: [{ code: 'CZJ' }],
      workingDaysLeft: -2,
      clocks: [
        { kind: 'TRIAGE', stoppedOn: '2026-03-05', isOverdue: false },
        { kind: 'FIRST_CONTACT', dueOn: '2026-03-09', isOverdue: true },
        { kind: 'ANSWER', dueOn: '2026-03-12', isOverdue: true, workingDaysLeft: -2 },
      ],
      history: [
        { seq: 1, type: 'SUBMITTED' },
        { seq: 2, type: 'ASSIGNED' },
      ],
      legalMoves: expect.arrayContaining(['URGED', 'SUPERVISED', 'ESCALATED', 'REFERRED']) as string[],
      duplicateHints: [{ case: { caseNumber: 'SQ2026-000001' }, similarity: 1 }],
    });
  });

  it('masks telephone and contact for whoever does not have to call', async () => {
    const { data } = await cases.ask<{ case: unknown }>(
      '{ case(caseNumber: "SQ2026-000002") { complainant { contactName contactPhone } } }',
      {},
      people.auditor,
    );
    expect(data?.case).toEqual({ complainant: { contactName: '张**', contactPhone: '138****5678' } });
  });

  it.each([
    ['the handling department', people.officer('JRB')],
    ['the auditor', people.auditor],
  ])('does not reveal to %s who brought an anonymous case, in any field', async (_who, actor) => {
    const { data, errors } = await cases.ask<{ case: Record<string, unknown> }>(WHOLE, { n: 'SQ2026-000003' }, actor);
    expect(errors).toBeUndefined();
    expect(data?.case).toMatchObject({
      enterprise: null,
      complainant: null,
      isAnonymous: true,
      duplicateHints: [],
      text: '我是某，电话［手机号］，请为我保密。',
    });
    expect(JSON.stringify(data)).not.toMatch(new RegExp(`${USCC}|张三丰|13812345678`));
  });

  it.each([
    ['another enterprise', people.stranger, 'SQ2026-000001', 'FORBIDDEN'],
    ['a department that has nothing to do with it', people.officer('RSJ'), 'SQ2026-000001', 'FORBIDDEN'],
    ['nobody', null, 'SQ2026-000001', 'UNAUTHENTICATED'],
  ])('refuses %s', async (_who, actor, n, code) => {
    const { data, errors } = await cases.ask('query ($n: ID!) { case(caseNumber: $n) { title } }', { n }, actor);
    expect(data).toEqual({ case: null });
    expect(errors?.[0]?.extensions).toMatchObject({ code });
  });

  it('is null for a number that nobody has', async () => {
    expect(await cases.ask('{ case(caseNumber: "SQ1999-000001") { title } }', {}, people.coordinator)).toMatchObject({
      data: { case: null },
    });
  });

  it('is resolved as an entity with the same rights', async () => {
    const ENTITY = 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Case { title } } }';
    const r = [{ __typename: 'Case', caseNumber: 'SQ2026-000001' }];
    expect((await cases.ask(ENTITY, { r }, people.owner)).data).toEqual({ _entities: [{ title: '银行要求提前还贷' }] });
    expect((await cases.ask(ENTITY, { r }, people.stranger)).errors?.[0]?.extensions).toMatchObject({
      code: 'FORBIDDEN',
    });
  });

  it('shows the clocks as they stood on any day', async () => {
    const { data } = await cases.ask<{ case: { clocks: unknown } }>(
      '{ case(caseNumber: "SQ2026-000001") { clocks(on: "2026-03-04") { kind workingDaysLeft isOverdue } } }',
      {},
      people.owner,
    );
    expect(data?.case.clocks).toEqual([
      { kind: 'TRIAGE', workingDaysLeft: 0, isOverdue: false },
      { kind: 'FIRST_CONTACT', workingDaysLeft: 1, isOverdue: false },
      { kind: 'ANSWER', workingDaysLeft: 4, isOverdue: false },
    ]);
  });
});

describe('Query.cases', () => {
  const NUMBERS =
    'query ($filter: CaseFilter, $orderBy: CaseOrder) { cases(filter: $filter, orderBy: $orderBy) { totalCount nodes { caseNumber } } }';
  const numbers = async (
    variables: Record<string, unknown>,
    actor: Parameters<CasesUnderTest['ask']>[2] = people.coordinator,
  ): Promise<string[] | undefined> =>
    (
      await cases.ask<{ cases: { nodes: { caseNumber: string }[] } | null }>(NUMBERS, variables, actor)
    ).data?.cases?.nodes.map(({ caseNumber }) => caseNumber.slice(-1));

  it.each([
    [{}, ['5', '4', '3', '2', '1']],
    [{ filter: { open: true, category: ['FINANCE'] } }, ['5', '3', '2']],
    [{ filter: { overdue: true } }, ['2']],
    [{ filter: { overdue: false, open: true } }, ['5', '4', '3']],
    [{ orderBy: { field: 'DUE_ON' }, filter: { open: true, hasRunningClock: true } }, ['2', '4', '5', '3']],
    [{ filter: { hasRunningClock: false } }, ['1']],
    [{ filter: { overdue: true, hasRunningClock: true } }, ['2']],
    [{ filter: { overdue: false, hasRunningClock: true } }, ['5', '4', '3']],
    [{ filter: { status: ['RETURNED'], origin: 'ELSEWHERE', region: ['421281'] } }, ['5']],
    [{ filter: { handler: 'JXJ', channel: ['HOTLINE_12345'], kind: ['APPEAL'], escalation: ['NONE'] } }, ['2']],
    [{ filter: { keywords: ['续贷', '银行'], receivedFrom: '2026-03-03', receivedTo: '2026-03-12' } }, ['3', '2']],
    [{ filter: { uscc: USCC, open: true } }, ['3', '2']],
    [{ orderBy: { field: 'CASE_NUMBER' } }, ['1', '2', '3', '4', '5']],
    [{ orderBy: { field: 'DUE_ON' }, filter: { open: true } }, ['2', '4', '5', '3']],
  ])('with %j finds %j', async (variables, expected) => {
    expect(await numbers(variables)).toEqual(expected);
  });

  it('keeps to what the caller may see', async () => {
    expect(await numbers({}, people.owner)).toEqual(['3', '2', '1']);
    expect(await numbers({}, people.officer('JRB'))).toEqual(['3', '1']);
    expect(await numbers({ filter: { uscc: USCC } }, people.officer('JRB'))).toEqual(['1']);
    expect(await numbers({}, people.auditor)).toEqual(['5', '4', '3', '2', '1']);
    expect(await numbers({ filter: { uscc: USCC } }, people.auditor)).toEqual(['2', '1']);
  });

  it('finds an enterprise by its code in any case and width', async () => {
    const numbersOf = async (uscc: string) => (await cases.ask(NUMBERS, { filter: { uscc } }, people.coordinator)).data;
    const first = people.owner.uscc;
    const expected = await numbersOf(first);
    for (const spelled of [
      first.toLowerCase(),
      ` ${first} `,
      first.replace(/[!-~]/g, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0)),
    ])
      expect(await numbersOf(spelled)).toEqual(expected);
  });

  it.each([
    ['a code with a wrong check character', { filter: { uscc: '911100006000373410' } }, ['filter', 'uscc']],
    ['a region that is no code', { filter: { region: ['咸安区'] } }, ['filter', 'region']],
  ])('refuses %s', async (_what, variables, argumentPath) => {
    expect((await cases.ask(NUMBERS, variables, people.coordinator)).errors?.[0]?.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      argumentPath,
    });
  });

  it.each([
    ['{ cases(first: 201) { totalCount } }', 'first'],
    ['{ cases(first: -1) { totalCount } }', 'first'],
    ['{ cases(after: "no cursor") { totalCount } }', 'after'],
  ])('refuses %s', async (query, argument) => {
    expect((await cases.ask(query, {}, people.coordinator)).errors?.[0]?.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      argumentPath: [argument],
    });
  });

  it.each([
    '{ cases(filter: { status: [NO_STATUS] }) { totalCount } }',
    '{ cases(filter: { receivedFrom: "2026-02-30" }) { totalCount } }',
  ])('refuses %s as bad input', async (query) => {
    expect((await cases.ask(query, {}, people.coordinator)).errors?.[0]?.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
    });
  });
});
