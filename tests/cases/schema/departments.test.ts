import { accepted, aHistory, assigned, returned } from '../support/a-case.js';
import { casesUnderTest, people, type CasesUnderTest } from '../support/cases-under-test.js';
import { aSubmission, freshKey, mutate, run } from '../support/mutations.js';

const NUMBER = 'SQ2026-000001';
const REGISTER = ['JRB', 'RSJ', 'YSB'];

let cases: CasesUnderTest;
beforeAll(async () => {
  cases = await casesUnderTest(import.meta.url, '2026-03-16');
});
beforeEach(async () => {
  await cases.empty();
  await cases.given(aHistory('2026-03-16'));
  cases.register(REGISTER);
  await cases.departments.refresh();
});
afterAll(async () => cases.close());

const assign = async (input: Record<string, unknown>) =>
  mutate(cases, 'assignCase', { caseNumber: NUMBER, expectedVersion: 1, ...input }, people.coordinator);

describe('a department that the city does not have', () => {
  it('gets no case: the refusal names the code and where it stands', async () => {
    const { outcome } = await assign({
      lead: 'JRB',
      assisting: [
        { department: 'RSJ', duty: '核实社保' },
        { department: 'XYZ', duty: '协助核实' },
      ],
    });
    expect(outcome).toMatchObject({
      case: null,
      refusal: {
        code: 'INVALID',
        path: ['assisting', '1', 'department'],
        message: 'assisting.1.department: XYZ is no department of this city.',
      },
    });
    expect((await assign({ lead: 'JRBB' })).outcome?.refusal).toMatchObject({
      code: 'INVALID',
      path: ['lead'],
      message: 'lead: JRBB is no department of this city.',
    });
    expect(await cases.stores.events.of(NUMBER)).toHaveLength(1);
    expect((await assign({ lead: 'JRB' })).outcome?.case).toMatchObject({ status: 'ASSIGNED' });
  });

  it('is not ruled to handle one', async () => {
    await cases.given(
      aHistory(
        '2026-03-02',
        [1, 2, 3].flatMap(
          (day) =>
            [
              [`2026-03-0${day + 1}`, assigned()],
              [`2026-03-0${day + 1}`, returned],
            ] as const,
        ),
        {},
        'SQ2026-000002',
      ),
    );
    const { outcome } = await mutate(
      cases,
      'ruleCase',
      { caseNumber: 'SQ2026-000002', expectedVersion: 7, lead: 'XYZ', reason: '由该局承办' },
      people.coordinator,
    );
    expect(outcome?.refusal).toMatchObject({ code: 'INVALID', path: ['lead'] });
  });

  it('is not referred', async () => {
    const { outcome } = await mutate(
      cases,
      'referCase',
      {
        caseNumber: NUMBER,
        expectedVersion: 1,
        department: 'XYZ',
        reason: '推诿',
        evidence: ['https://e.example.cn/1'],
      },
      people.coordinator,
    );
    expect(outcome?.refusal).toMatchObject({
      code: 'INVALID',
      path: ['department'],
      message: 'department: XYZ is no department of this city.',
    });
  });

  it("is not charged with a meeting's decision, which then changes neither meeting nor case", async () => {
    const planned = await run<{ id: string; version: number }>(
      cases,
      ['planMeeting', 'PlanMeetingInput', 'meeting'],
      'id version',
      { kind: 'MONTHLY_JOINT_MEETING', date: '2026-03-16', title: '三月联席会议', cases: [NUMBER] },
      people.coordinator,
    );
    const meeting = planned.result?.id ?? '';
    await run(
      cases,
      ['holdMeeting', 'HoldMeetingInput', 'meeting'],
      'id',
      { meeting, expectedVersion: 1, chairedBy: '分管副市长' },
      people.coordinator,
    );
    const decision = { meeting, expectedVersion: 2, caseNumber: NUMBER, decision: '限期办结', dueOn: '2026-03-30' };
    const decide = async (department: string) =>
      run<{ version: number }>(
        cases,
        ['recordMeetingDecision', 'RecordMeetingDecisionInput', 'meeting'],
        'version',
        { ...decision, department },
        people.coordinator,
      );
    expect((await decide('XYZ')).refusal).toMatchObject({
      code: 'INVALID',
      path: ['department'],
      message: 'department: XYZ is no department of this city.',
    });
    expect(await cases.stores.events.of(NUMBER)).toHaveLength(1);
    expect((await decide('JRB')).result).toEqual({ version: 3 });
  });

  it('does not reveal whether a department exists to a caller who may not change the case', async () => {
    await cases.given(
      aHistory(
        '2026-03-02',
        [
          ['2026-03-03', assigned()],
          ['2026-03-03', accepted],
        ],
        {},
        'SQ2026-000003',
      ),
    );
    expect(
      (
        await mutate(
          cases,
          'assignCase',
          { caseNumber: 'SQ2026-000003', expectedVersion: 3, lead: 'XYZ' },
          people.officer('RSJ'),
        )
      ).code,
    ).toBe('FORBIDDEN');
  });
});

describe('a case that is taken in', () => {
  const LOCAL = '91110000600037341L';
  const submit = async (part: Record<string, unknown>, actor = people.officer('RSJ')) =>
    mutate(cases, 'submitCase', aSubmission({ uscc: LOCAL, ...part }), actor);
  afterEach(() => {
    cases.registry.isRegistered = () => true;
    cases.register(REGISTER);
  });

  it('happened in the city, and is that of a registered enterprise', async () => {
    cases.registry.isRegistered = (uscc) => uscc !== LOCAL;
    expect((await submit({ region: '110101' })).outcome?.refusal).toMatchObject({
      code: 'INVALID',
      path: ['region'],
      message: 'region: 110101 is no region of this city.',
    });
    expect((await submit({})).outcome?.refusal).toMatchObject({
      code: 'INVALID',
      path: ['uscc'],
      message: `uscc: no enterprise is registered under ${LOCAL}.`,
    });
    expect((await submit({}, { ...people.owner, uscc: LOCAL })).code).toBe('FORBIDDEN');
    expect((await submit({}, people.officer('XYZ'))).code).toBe('FORBIDDEN');
    expect(await cases.stores.cases.count({})).toBe(1);
  });

  it('may be that of a registered enterprise whose code has an irregular check character; any other such code is mistyped', async () => {
    const irregular = '91350203M0001QKT19';
    const mistyped = '91350203M0001QKT18';
    cases.registry.isRegistered = (uscc) => uscc === irregular;
    expect((await submit({ uscc: '91350203m0001qkt19' })).outcome).toMatchObject({
      case: { status: 'RECEIVED' },
      refusal: null,
    });
    expect((await submit({ uscc: mistyped })).outcome?.refusal).toMatchObject({
      code: 'INVALID',
      path: ['uscc'],
      message: expect.stringContaining('must be F') as unknown,
    });
    expect((await submit({ uscc: irregular }, { ...people.owner, uscc: irregular })).outcome?.case).toMatchObject({
      status: 'RECEIVED',
    });

    const list = async (uscc: string) =>
      cases.ask('query ($uscc: ID!) { cases(filter: { uscc: $uscc }) { totalCount } }', { uscc }, people.coordinator);
    expect((await list(irregular)).data).toEqual({ cases: { totalCount: 2 } });
    expect((await list(mistyped)).errors?.[0]?.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      argumentPath: ['filter', 'uscc'],
    });
  });

  it('waits for the registry where a desk names an enterprise, and not where an enterprise writes for itself', async () => {
    cases.register(null);
    const other = '91421202MX06RBPU8C';
    expect((await submit({ uscc: other })).code).toBe('DEPARTMENT_UNAVAILABLE');
    expect(await cases.stores.cases.count({})).toBe(1);
    expect((await submit({ uscc: other }, { ...people.stranger, uscc: other })).outcome?.case).not.toBeNull();
  });
});

describe('the repeat of what was done', () => {
  it('is answered as before: an assignment although the department is gone by then', async () => {
    const input = { caseNumber: NUMBER, expectedVersion: 1, lead: 'JRB', idempotencyKey: freshKey() };
    expect((await mutate(cases, 'assignCase', input, people.coordinator)).outcome?.case).toMatchObject({ version: 2 });
    cases.register(['YSB']);
    await cases.departments.refresh();
    expect((await mutate(cases, 'assignCase', input, people.coordinator)).outcome?.case).toMatchObject({ version: 2 });
    expect(await cases.stores.events.of(NUMBER)).toHaveLength(2);
  });

  it('is answered as before: an order although its day is past by then', async () => {
    await assign({ lead: 'JRB' });
    const order = {
      caseNumber: NUMBER,
      expectedVersion: 2,
      instruction: '三日内办结',
      dueOn: '2026-03-18',
      idempotencyKey: freshKey(),
    };
    expect((await mutate(cases, 'superviseCase', order, people.coordinator)).outcome?.case).toMatchObject({
      version: 3,
    });
    cases.at('2026-03-19');
    expect((await mutate(cases, 'superviseCase', order, people.coordinator)).outcome?.case).toMatchObject({
      version: 3,
    });
    expect(
      (
        await mutate(
          cases,
          'superviseCase',
          { ...order, expectedVersion: 3, idempotencyKey: freshKey() },
          people.coordinator,
        )
      ).outcome?.refusal,
    ).toMatchObject({ code: 'INVALID', path: ['dueOn'] });
    cases.at('2026-03-16');
  });
});
