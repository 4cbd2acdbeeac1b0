import type { Actor } from '@zhitong/kit';
import { countCommands } from '@zhitong/kit/testing';
import { matchAll } from '../../../../subgraphs/policies/src/usecases/match-enterprises.js';
import {
  auditor,
  enterprise,
  NOW,
  officer,
  policiesUnderTest,
  usccOf,
  type PoliciesUnderTest,
} from '../../support/policies-under-test.js';

let policies: PoliciesUnderTest;
let now = NOW;
const stranger: Actor = { sub: 'stranger', roles: ['OFFICER'], department: 'KJJ' };

beforeAll(async () => {
  policies = await policiesUnderTest(import.meta.url, { now: () => now });
  await policies.publish({ id: 'staff', publicity_days: 5 }, { id: 'asked', exempt_from_application: false });
  await policies.know({
    [usccOf(1)]: { employees: 10 },
    [usccOf(2)]: { employees: 20 },
    [usccOf(3)]: { employees: 3 },
  });
  await matchAll(policies.department);
});
afterAll(async () => policies.close());

type Payload = Record<
  string,
  {
    outcome?: unknown;
    grant?: unknown;
    grants?: { id: string; status: string }[];
    refusal: { code: string; message: string; path: string[]; details: unknown } | null;
  } | null
>;
let keys = 0;
async function mutate(
  field: string,
  inputType: string,
  input: Record<string, unknown>,
  actor: Actor | null,
  selection: string,
) {
  const { data, errors } = await policies.ask<Payload>(
    `mutation ($input: ${inputType}!) { ${field}(input: $input) { ${selection} refusal { code message path details } } }`,
    {
      variables: { input: { idempotencyKey: `key-of-test-${String((keys += 1))}`, ...input } },
      actor,
    },
  );
  return { payload: data?.[field] ?? null, code: errors?.[0]?.extensions?.['code'] };
}
const identify = async (policy: string, actor: Actor | null = officer) =>
  mutate(
    'identifyGrants',
    'IdentifyGrantsInput',
    { policy },
    actor,
    'outcome { identified alreadyGranted excluded withoutAmount }',
  );
/** Who sends the money is somebody else than who approved it. */
const cashier: Actor = { ...officer, sub: 'cashier' };
const advance = async (
  grants: readonly string[],
  move: string,
  actor: Actor = move === 'PAY' ? cashier : officer,
  note?: string,
) => mutate('advanceGrants', 'AdvanceGrantsInput', { grants, move, note }, actor, 'grants { id status legalMoves }');
const confirm = async (grant: string, number: string, actor: Actor) =>
  mutate(
    'confirmGrant',
    'ConfirmGrantInput',
    { grant, holder: `企业${(actor.uscc ?? '').slice(12, 16)}`, bank: '农商行', number },
    actor,
    'grant { account { number } }',
  );

interface Listed {
  grants: {
    totalCount: number;
    nodes: { id: string; enterprise: { uscc: string }; account: { number: string } | null }[];
  };
}
const listed = async (actor: Actor | null, filter = '') =>
  policies.ask<Listed>(
    `{ grants(first: 50 ${filter}) { totalCount nodes { id enterprise { uscc } account { number } } } }`,
    { actor },
  );

describe('the exempt-from-application procedure', () => {
  it('goes from identification to payment, step by step, with who may do what', async () => {
    expect((await identify('asked')).payload?.refusal).toMatchObject({ code: 'ILLEGAL_STATE', path: ['policy'] });
    expect((await identify('staff', stranger)).code).toBe('FORBIDDEN');
    expect((await identify('staff', auditor)).code).toBe('FORBIDDEN');
    expect((await identify('staff')).payload).toEqual({
      outcome: { identified: 2, alreadyGranted: 0, excluded: 0, withoutAmount: 0 },
      refusal: null,
    });

    const { data } = await listed(officer);
    const ids = data?.grants.nodes.map(({ id }) => id) ?? [];
    const own = data?.grants.nodes.find((grant) => grant.enterprise.uscc === usccOf(1))?.id ?? '';
    expect((await advance(ids, 'NOTIFY', stranger)).payload?.refusal).toMatchObject({
      code: 'INVALID',
      path: ['grants'],
    });
    expect((await advance(ids, 'PAY')).payload?.refusal).toMatchObject({
      code: 'ILLEGAL_STATE',
      details: { legalMoves: ['NOTIFY', 'WITHDRAW'] },
    });
    expect((await advance(ids, 'SETTLE')).code).toBe('BAD_USER_INPUT');
    expect((await advance(ids, 'WITHDRAW')).code).toBe('BAD_USER_INPUT');
    expect((await advance(ids, 'NOTIFY')).payload?.grants).toMatchObject([
      { status: 'NOTIFIED' },
      { status: 'NOTIFIED' },
    ]);

    expect((await confirm(own, '12', enterprise(usccOf(1)))).payload?.refusal).toMatchObject({
      code: 'INVALID',
      path: ['number'],
    });
    expect((await confirm(own, '6222021234567890', enterprise(usccOf(2)))).payload?.refusal).toMatchObject({
      code: 'INVALID',
      path: ['grant'],
    });
    expect((await confirm(own, '6222 0212 3456 7890', enterprise(usccOf(1)))).payload?.grant).toEqual({
      account: { number: '6222021234567890' },
    });
    await advance([own], 'PUBLICISE');
    now = new Date('2026-11-30T04:00:00Z');
    await advance([own], 'APPROVE');
    expect((await advance([own], 'PAY', officer)).payload?.refusal).toMatchObject({
      code: 'ILLEGAL_STATE',
      message: expect.stringContaining('somebody else sends the money') as unknown,
    });
    expect((await advance([own], 'PAY')).payload?.grants).toMatchObject([{ status: 'PAYING', legalMoves: [] }]);
    const settle = async (actor: Actor) =>
      mutate(
        'reportPayment',
        'ReportPaymentInput',
        { order: `${own}-1-1`, settled: true },
        actor,
        'grant { status paid { amount } payments { id status amount { amount } } history { move status by } }',
      );
    expect((await settle(stranger)).payload?.refusal).toMatchObject({ code: 'INVALID', path: ['order'] });
    expect((await settle({ ...officer, sub: 'cashier' })).payload?.refusal).toMatchObject({
      code: 'ILLEGAL_STATE',
      message: expect.stringContaining('somebody else reports what came of it') as unknown,
    });
    expect((await settle(officer)).payload?.grant).toMatchObject({
      status: 'PAID',
      paid: { amount: '1000.00' },
      payments: [{ id: `${own}-1-1`, status: 'SETTLED' }],
      history: [
        { move: null, by: 'officer' },
        { move: 'NOTIFY', by: 'officer' },
        { move: 'CONFIRM', by: `contact of ${usccOf(1)}` },
        { move: 'PUBLICISE', by: 'officer' },
        { move: 'APPROVE', by: 'officer' },
        { move: 'PAY', by: 'cashier' },
        { move: 'SETTLE', by: 'officer' },
      ],
    });
    // The enterprise sees each step, and whose account it was of its own alone.
    const { data: shown } = await policies.ask<{ grants: { nodes: { history: { by: string | null }[] }[] } }>(
      `{ grants(filter: { enterprise: "${usccOf(1)}" }) { nodes { history { by } } } }`,
      { actor: enterprise(usccOf(1)) },
    );
    expect(shown?.grants.nodes[0]?.history.map(({ by }) => by)).toEqual([
      null,
      null,
      `contact of ${usccOf(1)}`,
      null,
      null,
      null,
      null,
    ]);
  });

  it('shows account numbers to the enterprise itself only', async () => {
    const numbers = async (actor: Actor) =>
      (await listed(actor)).data?.grants.nodes.flatMap(({ account }) => account?.number ?? []);
    expect(await numbers(enterprise(usccOf(1)))).toEqual(['6222021234567890']);
    expect(await numbers(officer)).toEqual(['****7890']);
    expect(await numbers(auditor)).toEqual(['****7890']);
  });
});

describe('grants', () => {
  it('shows an enterprise its own only', async () => {
    expect((await listed(enterprise(usccOf(2)))).data?.grants).toMatchObject({
      totalCount: 1,
      nodes: [{ enterprise: { uscc: usccOf(2) } }],
    });
    expect(
      (await listed(enterprise(usccOf(2)), `, filter: { enterprise: "${usccOf(1)}" }`)).errors?.[0]?.extensions,
    ).toMatchObject({ code: 'FORBIDDEN' });
    expect((await listed(null)).errors?.[0]?.extensions).toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('finds an enterprise by its code in any case and width, and refuses what is none', async () => {
    const code = usccOf(1);
    const expected = (await listed(auditor, `, filter: { enterprise: "${code}" }`)).data?.grants;
    expect(expected?.totalCount).toBeGreaterThan(0);
    const wide = code.replace(/[!-~]/g, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0));
    for (const spelled of [code.toLowerCase(), ` ${code}`, wide])
      expect((await listed(auditor, `, filter: { enterprise: "${spelled}" }`)).data?.grants).toEqual(expected);
    expect(
      (await listed(auditor, ', filter: { enterprise: "000000000000000000" }')).errors?.[0]?.extensions,
    ).toMatchObject({ code: 'BAD_USER_INPUT', argumentPath: ['filter', 'enterprise'] });
  });

  it('finds by department, status and policy', async () => {
    expect((await listed(auditor, ', filter: { department: "KJJ" }')).data?.grants.totalCount).toBe(0);
    expect(
      (await listed(auditor, ', filter: { department: "RSJ", status: [PAID], policy: "staff" }')).data?.grants
        .totalCount,
    ).toBe(1);
  });

  it('of fifty enterprises are read with one command', async () => {
    const representations = Array.from({ length: 50 }, (_, number) => ({
      __typename: 'Enterprise',
      uscc: usccOf(number),
    }));
    const { result, commands } = await countCommands(policies.database.connection, async () =>
      policies.ask<{ _entities: { grants: { totalCount: number } }[] }>(
        'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Enterprise { grants(first: 3) { totalCount nodes { status } } } } }',
        { variables: { r: representations }, actor: auditor },
      ),
    );
    expect(result.data?._entities.map(({ grants }) => grants.totalCount)).toEqual(
      Array.from({ length: 50 }, (_, number) => (number === 1 || number === 2 ? 1 : 0)),
    );
    expect(commands).toEqual(['aggregate']);
  });
});

describe('the list of one enterprise', () => {
  it('takes a registered code with an irregular check character, and calls any other such code mistyped', async () => {
    policies.registry.isRegistered = (uscc) => uscc === '91350203M0001QKT19';
    expect((await listed(officer, 'filter: { enterprise: "91350203m0001qkt19" }')).data?.grants.nodes).toEqual([]);
    const { errors } = await listed(officer, 'filter: { enterprise: "91350203M0001QKT18" }');
    expect(errors?.[0]).toMatchObject({
      message: expect.stringContaining('must be F') as unknown,
      extensions: { code: 'BAD_USER_INPUT', argumentPath: ['filter', 'enterprise'] },
    });
  });
});

describe('fundsReport', () => {
  const REPORT =
    'query ($from: Date!, $to: Date!) { fundsReport(from: $from, to: $to, groupBy: DEPARTMENT) { paid { amount } policies enterprises payments groups { key department { code } paid { amount } enterprises } } }';

  it('adds up what was settled in the days asked for', async () => {
    const { data } = await policies.ask(REPORT, {
      variables: { from: '2026-11-30', to: '2026-11-30' },
      actor: officer,
    });
    expect(data?.['fundsReport']).toEqual({
      paid: { amount: '1000.00' },
      policies: 1,
      enterprises: 1,
      payments: 1,
      groups: [{ key: 'RSJ', department: { code: 'RSJ' }, paid: { amount: '1000.00' }, enterprises: 1 }],
    });
    const before = await policies.ask(REPORT, { variables: { from: '2026-11-01', to: '2026-11-29' }, actor: officer });
    expect(before.data?.['fundsReport']).toEqual({
      paid: { amount: '0.00' },
      policies: 0,
      enterprises: 0,
      payments: 0,
      groups: [],
    });
  });

  it('refuses a period that ends before it begins', async () => {
    const { errors } = await policies.ask(REPORT, { variables: { from: '2026-11-30', to: '2026-11-01' } });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argumentPath: ['from'] });
  });
});
