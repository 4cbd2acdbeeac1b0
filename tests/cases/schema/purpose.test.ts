import type { Actor } from '@zhitong/kit';
import { accepted, aHistory, assigned, USCC } from '../support/a-case.js';
import { casesUnderTest, people, type CasesUnderTest } from '../support/cases-under-test.js';

const PURPOSE = '核实企业融资诉求与贷款贴息的关系';
const NAMED = 'SQ2026-000001';
const ANONYMOUS = 'SQ2026-000002';
const ELSEWHERE = 'SQ2026-000003';
const OTHERS = 'SQ2026-000004';
const told = '我是张三丰，电话13812345678';

let cases: CasesUnderTest;
beforeEach(async () => {
  cases = await casesUnderTest(import.meta.url);
  const complainant = {
    uscc: USCC,
    name: null,
    homeRegion: null,
    anonymous: false,
    contactName: '张三丰',
    contactPhone: '13812345678',
  };
  const handled = [
    ['2026-03-03', assigned()],
    ['2026-03-03', accepted],
  ] as const;
  await cases.given(
    aHistory('2026-03-02', handled, { complainant, text: told }, NAMED),
    aHistory('2026-03-02', handled, { complainant: { ...complainant, anonymous: true }, text: told }, ANONYMOUS),
    aHistory(
      '2026-03-02',
      handled,
      { origin: 'ELSEWHERE', complainant: { ...complainant, uscc: null, name: '外地企业', homeRegion: '430100' } },
      ELSEWHERE,
    ),
    aHistory('2026-03-02', handled, { complainant: { ...complainant, uscc: '91420000MA4L0LNU0X' } }, OTHERS),
  );
});
afterEach(async () => cases.close());

const officer = (department: string, purpose?: string): Actor => ({
  ...people.officer(department),
  ...(purpose === undefined ? {} : { purpose }),
});
const FIELDS =
  'caseNumber text enterprise { uscc } complainant { contactName contactPhone } legalMoves duplicateHints { __typename } history { seq }';
interface Shown {
  caseNumber: string;
  text: string;
  enterprise: { uscc: string } | null;
  complainant: { contactName: string; contactPhone: string } | null;
  legalMoves: string[];
}
const byNumber = async (number: string, actor: Actor) =>
  cases.ask<{ case: Shown | null }>(`query ($n: ID!) { case(caseNumber: $n) { ${FIELDS} } }`, { n: number }, actor);
const byReference = async (number: string, actor: Actor) => {
  const { data, errors } = await cases.ask<{ _entities: (Shown | null)[] }>(
    `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Case { ${FIELDS} } } }`,
    { of: [{ __typename: 'Case', caseNumber: number }] },
    actor,
  );
  return { data: { case: data?._entities[0] ?? null }, errors };
};
const accesses = async (actor: Actor, filter = '') =>
  cases.ask<{
    caseDataAccesses: {
      totalCount: number;
      nodes: {
        account: string | null;
        department: { code: string };
        enterprise: { uscc: string } | null;
        datum: string;
        purpose: string;
      }[];
    } | null;
  }>(
    `{ caseDataAccesses(first: 50 ${filter}) { totalCount nodes { account department { code } enterprise { uscc } datum purpose } } }`,
    {},
    actor,
  );
const recorded = async () => (await accesses(people.auditor)).data?.caseDataAccesses?.nodes;

describe('a case that another department handles', () => {
  it.each([
    ['by its number', byNumber],
    ['by a reference', byReference],
  ] as const)(
    'is refused %s without a purpose, in the words of a number that nobody has, and a purpose is asked for',
    async (_way, ask) => {
      const refusal = async (number: string) =>
        (await ask(number, officer('RSJ'))).errors?.map(({ message, extensions }): unknown =>
          JSON.parse(JSON.stringify({ message, extensions }).replaceAll(number, '#')),
        );
      expect(await refusal(NAMED)).toMatchObject([
        {
          message: expect.stringContaining('x-purpose') as string,
          extensions: { code: 'FORBIDDEN', reason: 'PURPOSE_REQUIRED' },
        },
      ]);
      expect(await refusal('SQ1999-999999')).toEqual(await refusal(NAMED));
      expect(JSON.stringify(await refusal(NAMED))).not.toContain(USCC);
      expect(await recorded()).toEqual([]);
    },
  );

  it.each([
    ['by its number', byNumber],
    ['by a reference', byReference],
  ] as const)(
    'is read %s for a purpose with the contact masked, which is recorded for the auditor and, without the account, for the enterprise',
    async (_way, ask) => {
      const { data, errors } = await ask(NAMED, officer('RSJ', PURPOSE));
      expect(errors).toBeUndefined();
      expect(data?.case).toMatchObject({
        caseNumber: NAMED,
        enterprise: { uscc: USCC },
        complainant: { contactName: '张**', contactPhone: '138****5678' },
        legalMoves: [],
      });
      const record = {
        account: 'officer-RSJ',
        department: { code: 'RSJ' },
        enterprise: { uscc: USCC },
        datum: `Case ${NAMED}`,
        purpose: PURPOSE,
      };
      expect(await recorded()).toEqual([record]);
      expect((await accesses(people.owner)).data?.caseDataAccesses?.nodes).toEqual([{ ...record, account: null }]);
      expect((await accesses(people.stranger)).data?.caseDataAccesses).toEqual({ totalCount: 0, nodes: [] });
      for (const actor of [officer('RSJ', PURPOSE), people.coordinator])
        expect((await accesses(actor)).errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
    },
  );

  it('that was brought anonymously does not reveal who brought it, nor does the record', async () => {
    const { data, errors } = await byNumber(ANONYMOUS, officer('RSJ', PURPOSE));
    expect(errors).toBeUndefined();
    expect(data?.case).toMatchObject({ text: '我是某，电话［手机号］', enterprise: null, complainant: null });
    expect(await recorded()).toEqual([expect.objectContaining({ enterprise: null, datum: `Case ${ANONYMOUS}` })]);
  });

  it('of an enterprise from elsewhere is recorded by its number', async () => {
    expect((await byNumber(ELSEWHERE, officer('RSJ', PURPOSE))).data?.case).toMatchObject({
      enterprise: null,
      complainant: { contactPhone: '138****5678' },
    });
    expect(await recorded()).toEqual([expect.objectContaining({ enterprise: null, datum: `Case ${ELSEWHERE}` })]);
  });

  it.each([
    ['a bank', officer('RMYH', PURPOSE)],
    ['a department that the city does not have', officer('GHOST', PURPOSE)],
    ['another enterprise', { ...people.stranger, purpose: PURPOSE }],
    ['a number that nobody has', officer('RSJ', PURPOSE)],
  ] as const)('is never opened to %s, whatever the purpose', async (who, actor) => {
    const { data, errors } = await byNumber(who.startsWith('a number') ? 'SQ1999-999999' : NAMED, actor);
    expect(data).toEqual({ case: null });
    expect(errors?.map(({ extensions }): unknown => [extensions?.['code'], extensions?.['reason']])).toEqual([
      ['FORBIDDEN', 'READERS_ONLY'],
    ]);
    expect(await recorded()).toEqual([]);
  });

  it('is not answered when its reading cannot be recorded', async () => {
    await cases.connection.db?.command({ collMod: 'data_accesses', validator: { purpose: { $ne: '写不下来的目的' } } });
    const { data, errors } = await byNumber(NAMED, officer('RSJ', '写不下来的目的'));
    expect(data).toBeNull();
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'INTERNAL' });
  });
});

describe("an enterprise's cases", () => {
  const OF_ENTERPRISE =
    'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Enterprise { cases { totalCount nodes { caseNumber complainant { contactPhone } } } } } }';
  const ofEnterprise = async (actor: Actor) =>
    (
      await cases.ask<{ _entities: [{ cases: unknown }] }>(
        OF_ENTERPRISE,
        { of: [{ __typename: 'Enterprise', uscc: USCC }] },
        actor,
      )
    ).data?._entities[0].cases;
  const filtered = async (actor: Actor, more = '') =>
    (
      await cases.ask<{ cases: unknown }>(
        `{ cases(filter: { uscc: "${USCC}" ${more} }) { totalCount nodes { caseNumber complainant { contactPhone } } } }`,
        {},
        actor,
      )
    ).data?.cases;

  it.each([
    ['by the enterprise', ofEnterprise],
    ['by a filter', filtered],
  ] as const)(
    'are listed %s to another department for a purpose, the anonymous ones left out, and recorded once',
    async (_way, ask) => {
      expect(await ask(officer('RSJ'))).toEqual({ totalCount: 0, nodes: [] });
      expect(await recorded()).toEqual([]);
      expect(await ask(officer('RSJ', PURPOSE))).toEqual({
        totalCount: 1,
        nodes: [{ caseNumber: NAMED, complainant: { contactPhone: '138****5678' } }],
      });
      expect(await recorded()).toEqual([
        expect.objectContaining({ enterprise: { uscc: USCC }, datum: 'Enterprise.cases' }),
      ]);
    },
  );

  it('that the own department leads are no reading for a purpose', async () => {
    expect(await filtered(officer('JRB', PURPOSE), 'handler: "JRB"')).toEqual({
      totalCount: 1,
      nodes: [{ caseNumber: NAMED, complainant: { contactPhone: '13812345678' } }],
    });
    expect(await recorded()).toEqual([]);
  });

  it('stay hidden from a bank with a purpose', async () => {
    expect(await ofEnterprise(officer('RMYH', PURPOSE))).toEqual({ totalCount: 0, nodes: [] });
  });
});
