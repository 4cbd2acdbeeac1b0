import type { Actor } from '@zhitong/kit';
import { matchAll, matchChangedPolicies } from '../../../subgraphs/policies/src/usecases/match-enterprises.js';
import {
  auditor,
  enterprise,
  officer,
  policiesUnderTest,
  usccOf,
  type PoliciesUnderTest,
} from '../support/policies-under-test.js';
import { toldRegister } from '../support/told-register.js';

const keeper: Actor = { sub: 'keeper', roles: ['OFFICER'], department: 'YSB' };
const admin: Actor = { sub: 'admin', roles: ['ADMIN'] };

const register = toldRegister();
let policies: PoliciesUnderTest;
let keys = 0;
beforeAll(async () => void (policies = await policiesUnderTest(import.meta.url, undefined, register.source)));
afterEach(async () => policies.reset());
afterAll(async () => policies.close());

interface Payload {
  parameter: {
    name: string;
    valueOn: { value: unknown } | null;
    values: { revision: number; from: string; until: string | null; value: unknown }[];
    history: { revision: number; corrects: number | null }[];
  } | null;
  refusal: { code: string; message: string; path: string[]; details: Record<string, unknown> | null } | null;
}
const FIELDS =
  '{ parameter { name label unit type valueOn { value } values { revision from until value source sourceUrl } history { revision corrects } } refusal { code message path details } }';
const send = async (
  mutation: 'definePolicyParameter' | 'recordParameterValue',
  input: Record<string, unknown>,
  actor: Actor | null,
) => {
  const type = mutation === 'definePolicyParameter' ? 'DefinePolicyParameterInput' : 'RecordParameterValueInput';
  const { data, errors } = await policies.ask<Record<string, Payload | null>>(
    `mutation ($input: ${type}!) { ${mutation}(input: $input) ${FIELDS} }`,
    { variables: { input: { idempotencyKey: `parameter-key-${String((keys += 1))}`, ...input } }, actor },
  );
  return { payload: data?.[mutation] ?? null, errors };
};
const define = async (change: Record<string, unknown> = {}, actor: Actor | null = keeper) =>
  send('definePolicyParameter', { name: 'targetPct', label: '控制目标', unit: '%', type: 'NUMBER', ...change }, actor);
const record = async (change: Record<string, unknown> = {}, actor: Actor | null = keeper) =>
  send(
    'recordParameterValue',
    { parameter: 'targetPct', from: '2026-01-01', until: '2026-12-31', value: 5.5, source: '政府工作报告', ...change },
    actor,
  );
const rebate = {
  id: 'rebate',
  criteria: [{ fact: 'layoffRatePct', op: 'lte', value: '$targetPct', text_zh: '裁员率不高于控制目标' }],
};

describe('definePolicyParameter', () => {
  it('defines a parameter once, however often it is sent', async () => {
    const first = await define({ idempotencyKey: 'define-target' });
    expect(first.errors).toBeUndefined();
    expect(first.payload).toMatchObject({
      parameter: { name: 'targetPct', label: '控制目标', unit: '%', type: 'NUMBER', values: [], valueOn: null },
      refusal: null,
    });
    expect(await define({ idempotencyKey: 'define-target' })).toEqual(first);
    expect((await define({ type: 'DATE' })).payload).toMatchObject({
      parameter: null,
      refusal: { code: 'DUPLICATE', path: ['name'] },
    });
    expect((await define({ name: '$x' })).payload).toMatchObject({
      parameter: null,
      refusal: { code: 'INVALID', path: ['name'] },
    });
  });

  it('is for administrators and officers of the policies department', async () => {
    expect((await define({}, admin)).payload?.refusal).toBeNull();
    const codes = await Promise.all(
      [officer, auditor, enterprise(usccOf(1)), null].map(
        async (actor) => (await define({ name: 'other' }, actor)).errors?.[0]?.extensions?.['code'],
      ),
    );
    expect(codes).toEqual(['FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN', 'UNAUTHENTICATED']);
    expect(await policies.database.connection.collection('policyParameters').countDocuments()).toBe(1);
    const moves = await Promise.all(
      [admin, officer, auditor, null].map(
        async (actor) =>
          (
            await policies.ask<{ policyParameters: { legalMoves: string[] }[] }>(
              '{ policyParameters { legalMoves } }',
              {
                actor,
              },
            )
          ).data?.policyParameters,
      ),
    );
    expect(moves).toEqual([
      [{ legalMoves: ['RECORD_VALUE'] }],
      ...Array.from({ length: 3 }, () => [{ legalMoves: [] }]),
    ]);
  });
});

describe('recordParameterValue', () => {
  beforeEach(async () => {
    await define();
  });
  const stored = async () => policies.database.connection.collection('policyParameterValues').countDocuments();

  it('records a value once, announces it by an event, and shows it to everybody', async () => {
    const first = await record({ idempotencyKey: 'record-2026', sourceUrl: 'https://www.gov.cn/report' });
    expect(first.errors).toBeUndefined();
    expect(await record({ idempotencyKey: 'record-2026', sourceUrl: 'https://www.gov.cn/report' })).toEqual(first);
    expect(await stored()).toBe(1);
    expect(
      await policies.database.connection
        .collection('outbox')
        .countDocuments({ 'event.type': 'cn.zhitong.policy-parameter.value-recorded' }),
    ).toBe(1);
    const { data } = await policies.ask(
      '{ policyParameters(names: ["targetPct", "nothing"]) { name valueOn { value source sourceUrl } before: valueOn(day: "2025-12-31") { value } } }',
    );
    expect(data).toEqual({
      policyParameters: [
        {
          name: 'targetPct',
          valueOn: { value: 5.5, source: '政府工作报告', sourceUrl: 'https://www.gov.cn/report' },
          before: null,
        },
      ],
    });
  });

  it('refuses a window that overlaps another, and names the record that stands there', async () => {
    await record();
    const { payload } = await record({ from: '2026-12-31', until: null, value: 5 });
    expect(payload).toMatchObject({
      parameter: null,
      refusal: { code: 'CONFLICT', path: ['from'], details: { revision: 1, from: '2026-01-01', until: '2026-12-31' } },
    });
    expect(await stored()).toBe(1);
  });

  it('corrects by another record, keeps the first, and corrects nothing twice', async () => {
    await record({ until: null });
    const { payload } = await record({ corrects: 1, value: 5 });
    expect(payload?.parameter).toMatchObject({
      valueOn: { value: 5 },
      values: [{ revision: 2, from: '2026-01-01', until: '2026-12-31', value: 5 }],
      history: [
        { revision: 2, corrects: 1 },
        { revision: 1, corrects: null },
      ],
    });
    expect((await record({ from: '2027-01-01', until: null, value: 4.8 })).payload?.parameter?.values).toHaveLength(2);
    expect((await record({ corrects: 1, value: 6 })).payload?.refusal).toMatchObject({
      code: 'STALE_VERSION',
      path: ['corrects'],
      details: { standing: [2, 3] },
    });
    expect((await record({ corrects: 2, until: '2027-06-30' })).payload?.refusal).toMatchObject({
      code: 'CONFLICT',
      details: { revision: 3 },
    });
  });

  it('lets one of two who record at once win, and refuses the other', async () => {
    const answers = await Promise.all([record({ value: 5 }), record({ value: 6 })]);
    expect(answers.flatMap(({ errors }) => errors ?? [])).toEqual([]);
    expect(answers.map(({ payload }) => payload?.refusal?.code ?? 'recorded').sort()).toEqual(['CONFLICT', 'recorded']);
    expect(await stored()).toBe(1);
  });

  it.each([
    [{ parameter: 'nothing' }, ['parameter'], 'no parameter $nothing'],
    [{ value: 'much' }, ['value'], '"much" is no number'],
    [{ value: 0.1234567 }, ['value'], 'decimals'],
    [{ until: '2025-12-31' }, ['until'], 'before it begins'],
    [{ sourceUrl: 'javascript:alert(1)' }, ['sourceUrl'], 'http'],
  ])('refuses %j, says why and changes nothing', async (change, path, words) => {
    expect((await record(change)).payload).toMatchObject({
      parameter: null,
      refusal: { code: 'INVALID', path, message: expect.stringContaining(words) as unknown },
    });
    expect(await stored()).toBe(0);
  });

  it('is BAD_USER_INPUT without a source, or with a day that is none', async () => {
    expect((await record({ source: ' ' })).errors?.[0]?.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      argumentPath: ['input', 'source'],
    });
    expect((await record({ from: '2026-02-30' })).errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT' });
    expect((await record({ idempotencyKey: 'short' })).errors?.[0]?.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
    });
  });

  it('refuses a key that was used for another value, and whoever keeps no parameters', async () => {
    await record({ idempotencyKey: 'used-before' });
    expect((await record({ idempotencyKey: 'used-before', value: 6 })).payload?.refusal).toMatchObject({
      code: 'DUPLICATE',
      path: ['idempotencyKey'],
    });
    expect((await record({ from: '2027-01-01', until: null }, officer)).errors?.[0]?.extensions).toMatchObject({
      code: 'FORBIDDEN',
    });
  });

  it('makes the stored matches of the policies that name it, and of no other, out of date', async () => {
    await record();
    await policies.publish(rebate, { id: 'plain' });
    await policies.know({
      [usccOf(1)]: { layoffRatePct: 5.2, employees: 10 },
      [usccOf(2)]: { layoffRatePct: 1, employees: 10 },
    });
    await matchAll(policies.department);
    const eligible = async (): Promise<number> => policies.department.stores.matches.countEligible('rebate');
    expect(await eligible()).toBe(2);
    expect(await matchChangedPolicies(policies.department)).toBeNull();
    await record({ corrects: 1, value: 5 });
    const outcome = await matchChangedPolicies(policies.department);
    expect(outcome?.run).toMatchObject({ policies: [{ id: 'rebate' }], counts: { NO_LONGER_ELIGIBLE: 1 } });
    expect(await eligible()).toBe(1);
    expect(await matchChangedPolicies(policies.department)).toBeNull();
    await record({ corrects: 2, value: 5, until: '2026-10-31' });
    expect((await matchChangedPolicies(policies.department))?.run.counts).toMatchObject({
      NO_LONGER_ELIGIBLE: 1,
      NEWLY_UNDETERMINED: 1,
    });
    expect((await policies.department.stores.matches.countsOf(['rebate'])).get('rebate')?.undetermined).toBe(2);
  });
});

describe('a published policy that names a parameter', () => {
  beforeEach(async () => {
    await define();
    await record();
    await policies.publish(rebate);
  });

  it('shows the name as it states it, and the value with its source where it is decided', async () => {
    const representations = [
      {
        __typename: 'Enterprise',
        uscc: usccOf(1),
        factsVersion: register.tell(1, { layoffRatePct: 5.2 }),
        creditStanding: null,
      },
    ];
    const { data, errors } = await policies.ask(
      'query ($of: [_Any!]!) { policy(id: "rebate") { criteria { text fact operator value source } } policyParameters { policies { id } } _entities(representations: $of) { ... on Enterprise { matchedPolicies { nodes { criteria { text expected outcome } } } } } }',
      { variables: { of: representations }, actor: officer },
    );
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      policy: {
        criteria: [
          {
            text: '裁员率不高于控制目标',
            fact: 'layoffRatePct',
            operator: 'LTE',
            value: '$targetPct',
            source: '人社局',
          },
        ],
      },
      policyParameters: [{ policies: [{ id: 'rebate' }] }],
      _entities: [
        {
          matchedPolicies: {
            nodes: [
              {
                criteria: [
                  { text: '裁员率不高于控制目标[控制目标 5.5%,依据政府工作报告]', expected: '≤ 5.5%', outcome: 'MET' },
                ],
              },
            ],
          },
        },
      ],
    });
  });

  it('is found by the words of the criterion that names it', async () => {
    const { data } = await policies.ask('{ policies(text: "裁员率") { nodes { id } } }');
    expect(data).toEqual({ policies: { nodes: [{ id: 'rebate' }] } });
  });

  it('is previewed with the value of the day, and a draft is refused at the place of a name that nobody defined', async () => {
    await policies.know({ [usccOf(1)]: { layoffRatePct: 5.2 }, [usccOf(2)]: { layoffRatePct: 6 } });
    const preview = async (input: Record<string, unknown>) =>
      policies.ask<{ previewPolicy: { eligible: number; notEligible: number; funnel: { text: string }[] } }>(
        'query ($input: PreviewPolicyInput!) { previewPolicy(input: $input) { eligible notEligible funnel { text } } }',
        { variables: { input }, actor: officer },
      );
    expect((await preview({ policy: 'rebate' })).data?.previewPolicy).toMatchObject({
      eligible: 1,
      notEligible: 1,
      funnel: [{ text: expect.stringContaining('5.5%') as unknown }],
    });
    const draft = {
      id: 'draft',
      title_zh: '草案',
      issuer: '市人社局',
      issuer_code: 'RSJ',
      criteria: [{ fact: 'layoffRatePct', op: 'lte', value: '$nothing' }],
      benefit: { kind: 'cash', amount_yuan: 1 },
    };
    expect((await preview({ draft })).errors?.[0]?.message).toContain('criteria[0].value');
    const saved = await policies.ask<{ savePolicyDraft: { refusal: { details: { problems: unknown[] } } } }>(
      'mutation ($input: SavePolicyDraftInput!) { savePolicyDraft(input: $input) { refusal { details } } }',
      { variables: { input: { content: draft, idempotencyKey: 'save-nothing' } }, actor: officer },
    );
    expect(saved.data?.savePolicyDraft.refusal.details.problems).toMatchObject([
      { place: 'criteria[0].value', code: 'UNKNOWN_PARAMETER' },
    ]);
  });
});
