import { accepted, aHistory, anIntake, assigned, contacted, rated, resolvedWith, USCC } from '../../support/a-case.js';
import { casesUnderTest, people, type CasesUnderTest } from '../../support/cases-under-test.js';
import { mutate } from '../../support/mutations.js';

let cases: CasesUnderTest;
beforeAll(async () => void (cases = await casesUnderTest(import.meta.url, '2026-04-20')));
beforeEach(async () => {
  await cases.empty();
  cases.at('2026-04-20');
});
afterAll(async () => cases.close());

type Actor = Parameters<CasesUnderTest['ask']>[2];
interface Told {
  readonly caseStatistics: { readonly knownOn: string | null; readonly total: Record<string, unknown> };
}
const told = async (knownOn: string | null, actor: Actor = people.officer('JRB')) =>
  cases.ask<Told>(
    `query ($k: Date) { caseStatistics(from: "2026-03-01", to: "2026-03-31", knownOn: $k) {
       knownOn total { resolved enterprisesHelped onTime { numerator denominator } resolution { numerator denominator } } } }`,
    { k: knownOn },
    actor,
  );
/** Due on 10 March. */
const inHand = [
  ['2026-03-03', assigned()],
  ['2026-03-03', accepted],
  ['2026-03-04', contacted],
] as const;

describe('figures as known on a day', () => {
  it('stay those of a closed month when a case is answered after it, and stand beside those of today', async () => {
    await cases.given(aHistory('2026-03-02', [...inHand], {}, 'SQ2026-000001'));
    const before = (await told('2026-03-31')).data?.caseStatistics;
    const { outcome } = await mutate(
      cases,
      'resolveCase',
      { caseNumber: 'SQ2026-000001', expectedVersion: 4, answer: '已协调银行办理' },
      people.officer('JRB'),
    );
    expect(outcome?.refusal).toBeNull();
    expect((await told('2026-03-31')).data?.caseStatistics).toEqual(before);
    expect(before).toEqual({
      knownOn: '2026-03-31',
      total: {
        resolved: 0,
        enterprisesHelped: 0,
        onTime: { numerator: 0, denominator: 1 },
        resolution: { numerator: 0, denominator: 1 },
      },
    });
    expect((await told(null)).data?.caseStatistics).toMatchObject({
      knownOn: '2026-04-20',
      total: { onTime: { numerator: 0, denominator: 1 }, resolution: { numerator: 1, denominator: 1 } },
    });
  });

  it.each([
    ['2026-04-21', people.coordinator, 'BAD_USER_INPUT'],
    ['2026-02-28', people.coordinator, 'BAD_USER_INPUT'],
    ['2026-03-31', null, 'FORBIDDEN'],
  ])('are refused for %s', async (knownOn, actor, code) => {
    expect((await told(knownOn, actor)).errors?.[0]?.extensions?.['code']).toBe(code);
  });

  it('have the list of their cases behind them', async () => {
    await cases.given(
      aHistory('2026-03-02', [...inHand, ['2026-03-09', resolvedWith()]], {}, 'SQ2026-000001'),
      aHistory(
        '2026-03-02',
        [...inHand, ['2026-03-12', resolvedWith()], ['2026-03-13', rated(1, 1)]],
        {},
        'SQ2026-000002',
      ),
      aHistory('2026-03-02', [...inHand], {}, 'SQ2026-000003'),
    );
    const behind = async (figure: string, met: boolean | null) =>
      (
        await cases.ask<{ cases: { nodes: { caseNumber: string }[] } }>(
          `query ($f: CaseFigureName!, $m: Boolean) { cases(orderBy: { field: CASE_NUMBER }, filter: { counted: {
             figure: $f, met: $m, department: "JRB", from: "2026-03-01", to: "2026-03-31" } }) { nodes { caseNumber } } }`,
          { f: figure, m: met },
          people.officer('JRB'),
        )
      ).data?.cases.nodes.map(({ caseNumber }) => caseNumber.slice(-1));
    expect(await behind('ON_TIME', true)).toEqual(['1']);
    expect(await behind('ON_TIME', false)).toEqual(['2', '3']);
    expect(await behind('ON_TIME', null)).toEqual(['1', '2', '3']);
    expect(await behind('SATISFACTION', false)).toEqual(['2']);
    expect(await behind('RESOLVED', null)).toEqual(['1', '2']);
  });
});

describe('how many enterprises there are', () => {
  it('does not tell the department whether an anonymous case is of the enterprise of a named one', async () => {
    const anonymous = { complainant: { ...anIntake().complainant, uscc: USCC, anonymous: true } };
    const answered = [...inHand, ['2026-03-09', resolvedWith()]] as const;
    await cases.given(
      aHistory('2026-03-02', [...answered], {}, 'SQ2026-000001'),
      aHistory('2026-03-02', [...answered], anonymous, 'SQ2026-000002'),
    );
    const helped = async (actor: Actor) => (await told(null, actor)).data?.caseStatistics.total['enterprisesHelped'];
    expect(await helped(people.officer('JRB'))).toBe(2);
    expect(await helped(people.auditor)).toBe(2);
    expect(await helped(people.coordinator)).toBe(1);
  });
});

describe('a secret referral', () => {
  it('changes nothing that the department or the public sees', async () => {
    await cases.given(
      ...Array.from({ length: 6 }, (_none, at) =>
        aHistory(
          '2026-03-02',
          [...inHand, ['2026-03-09', resolvedWith()]],
          { complainant: { ...anIntake().complainant, uscc: `9142120000000000${at}0` } },
          `SQ2026-00000${at + 1}`,
        ),
      ),
    );
    const seen = async (actor: Actor) => {
      const ranking =
        '{ departmentRanking(from: "2026-03-01", to: "2026-03-31") { departments { rank score holdsFlag } } }';
      const own = '{ case(caseNumber: "SQ2026-000001") { version updatedAt legalMoves history { seq at type } } }';
      return [await cases.ask(ranking, {}, actor), actor === null ? null : await cases.ask(own, {}, actor)];
    };
    const before = [await seen(null), await seen(people.officer('JRB'))];
    const { outcome } = await mutate(
      cases,
      'referCase',
      {
        caseNumber: 'SQ2026-000001',
        expectedVersion: 5,
        department: 'JRB',
        reason: '推诿拖延',
        evidence: ['https://files.example.cn/1.pdf'],
      },
      people.coordinator,
    );
    expect(outcome?.refusal).toBeNull();
    expect([await seen(null), await seen(people.officer('JRB'))]).toEqual(before);
    expect(JSON.stringify(before)).toContain('"holdsFlag":true');
    await mutate(
      cases,
      'closeCase',
      { caseNumber: 'SQ2026-000001', expectedVersion: 6, reason: '办结' },
      people.coordinator,
    );
    // The system of the department follows cn.zhitong.case: the next number follows the last without a gap.
    const events = await cases.connection.collection('outbox').find({}).sort({ _id: 1 }).toArray();
    expect(
      events
        .map((entry) => entry['event'] as { type: string; data: { version: number } })
        .filter(({ type }) => type.startsWith('cn.zhitong.case.'))
        .map(({ data }) => data.version),
    ).toEqual([6]);
  });
});
