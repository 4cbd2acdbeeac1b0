import type { Actor } from '@zhitong/kit';
import { accepted, aHistory, assigned, contacted } from '../support/a-case.js';
import { casesUnderTest, people, type CasesUnderTest } from '../support/cases-under-test.js';
import { mutate } from '../support/mutations.js';

const NO_PURPOSE_HELPS: unknown = expect.not.stringContaining('PURPOSE_REQUIRED');
/** An error without the key that was asked for, wherever it names it. */
const withoutKey = <Told extends object>(told: Told, id: string): Told =>
  JSON.parse(JSON.stringify(told).replaceAll(id, '#')) as Told;

let cases: CasesUnderTest;
const { auditor, coordinator, officer, owner, stranger } = people;
beforeAll(async () => {
  cases = await casesUnderTest(import.meta.url);
  await cases.given(
    aHistory(
      '2026-03-02',
      [
        ['2026-03-03', assigned()],
        ['2026-03-03', accepted],
        ['2026-03-04', contacted],
      ],
      {},
      'SQ2026-000001',
    ),
  );
  await mutate(
    cases,
    'referCase',
    {
      caseNumber: 'SQ2026-000001',
      expectedVersion: 4,
      department: 'JRB',
      reason: '推诿拖延',
      evidence: ['https://files.example.cn/1.pdf'],
    },
    auditor,
    'caseNumber',
  );
});
afterAll(async () => cases.close());

describe("a case that is not the caller's", () => {
  it('is refused in the same words as a number that nobody has, by every way', async () => {
    for (const actor of [stranger, officer('RSJ')]) {
      const told = async (id: string, query: string, variables: Record<string, unknown> = {}) =>
        (await cases.ask(query, variables, actor)).errors?.map(({ message, extensions }) =>
          withoutKey({ message, extensions }, id),
        );
      const byNumber = async (id: string) => told(id, `{ case(caseNumber: "${id}") { title } }`);
      const byReference = async (id: string) =>
        told(id, 'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Case { title } } }', {
          of: [{ __typename: 'Case', caseNumber: id }],
        });
      const refused = await byNumber('SQ2026-000001');
      expect(refused?.[0]?.extensions).toMatchObject(
        actor === stranger
          ? { code: 'FORBIDDEN', reason: NO_PURPOSE_HELPS }
          : { code: 'FORBIDDEN', reason: 'PURPOSE_REQUIRED' },
      );
      for (const answer of [
        await byNumber('SQ1999-999999'),
        await byReference('SQ2026-000001'),
        await byReference('SQ1999-999999'),
      ])
        expect(answer).toEqual(refused);
    }
    expect(await cases.ask('{ case(caseNumber: "SQ1999-999999") { title } }', {}, coordinator)).toEqual({
      data: { case: null },
      errors: undefined,
    });
  });
});

describe('a referral to discipline inspection', () => {
  const CASE = '{ case(caseNumber: "SQ2026-000001") { version updatedAt history { seq type } } }';
  interface Seen {
    case: { version: number; updatedAt: string; history: { seq: number; type: string }[] };
  }
  const seen = async (actor: Actor) => (await cases.ask<Seen>(CASE, {}, actor)).data?.case;

  it('shows to the department and the enterprise in no version, moment or gap', async () => {
    for (const actor of [officer('JRB'), owner]) {
      const view = await seen(actor);
      expect(view).toMatchObject({ version: 4, updatedAt: '2026-03-04T04:00:00.000Z' });
      expect(view?.history.map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
    }
    expect(await seen(auditor)).toMatchObject({ version: 5, history: { length: 5 } });
  });

  it('lets the department go on with the version that it sees', async () => {
    const stale = await mutate(
      cases,
      'recordCaseStep',
      { caseNumber: 'SQ2026-000001', expectedVersion: 5, note: '已上门核实' },
      officer('JRB'),
      'version',
    );
    expect(stale.outcome?.refusal).toMatchObject({ code: 'STALE_VERSION', details: { currentVersion: 4 } });
    const done = await mutate(
      cases,
      'recordCaseStep',
      { caseNumber: 'SQ2026-000001', expectedVersion: 4, note: '已上门核实' },
      officer('JRB'),
      'version',
    );
    expect(done.outcome).toMatchObject({ refusal: null, case: { version: 5 } });
    expect(await seen(auditor)).toMatchObject({ version: 6 });
  });
});

describe('figures', () => {
  const FIGURES = '{ caseStatistics(from: "2026-03-05", to: "2026-03-06") { from total { received } } }';
  const CARD = 'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Department { caseload { open } } } }';

  it("are exact for officials of the government, and as the public's for a bank", async () => {
    expect((await cases.ask(FIGURES, {}, officer('RSJ'))).data).toEqual({
      caseStatistics: { from: '2026-03-05', total: { received: 0 } },
    });
    expect((await cases.ask(FIGURES, {}, officer('RMYH'))).data).toEqual({
      caseStatistics: { from: '2026-03-01', total: null },
    });
    const load = async (code: string, actor: Actor) =>
      cases.ask(CARD, { of: [{ __typename: 'Department', code }] }, actor);
    expect((await load('JRB', officer('RMYH'))).errors?.[0]?.extensions).toMatchObject({
      code: 'FORBIDDEN',
      reason: NO_PURPOSE_HELPS,
    });
    for (const [code, actor] of [
      ['RMYH', officer('RMYH')],
      ['JRB', officer('RSJ')],
    ] as const)
      expect((await load(code, actor)).errors).toBeUndefined();
  });
});
