import { deliveries } from '../support/deliveries.js';
import {
  coordinator,
  enterprisesUnderTest,
  officer,
  type EnterprisesUnderTest,
} from '../support/enterprises-under-test.js';

let hub: EnterprisesUnderTest;
let now = new Date('2026-11-20T02:00:00Z');
beforeAll(async () => {
  hub = await enterprisesUnderTest(import.meta.url, 200, { now: () => now });
});
afterAll(async () => hub.close());

type Json = Record<string, unknown>;
const read = async (uscc: string, selection: string, actor = coordinator) => {
  const { data, errors } = await hub.ask<{ enterprise: Json }>(`{ enterprise(uscc: "${uscc}") { ${selection} } }`, {
    actor,
  });
  const told: Json = { ...data?.enterprise, code: errors?.[0]?.extensions?.['code'] };
  return told;
};

describe('what is registered', () => {
  it('is told as it was on an earlier day once a register has delivered a change', async () => {
    const one = hub.city.enterprises.find(
      ({ status, registeredOn }) => status === 'IN_OPERATION' && registeredOn < '2024-01-01',
    );
    const uscc = one?.uscc ?? '';
    const register = deliveries(hub, 'enterprise', 'SCJGJ');
    await register.deliver([
      {
        uscc,
        name: '湖北新名字集团有限公司',
        shortName: '新名字',
        registeredOn: one?.registeredOn ?? '',
        status: 'ABNORMAL_LISTED',
      },
    ]);
    now = new Date('2026-11-25T02:00:00Z');
    const state = 'asOf name status';
    expect(
      await read(
        uscc,
        `shortName name formerNames { name until } then: registeredState(asOf: "2026-11-19") { ${state} } today: registeredState { ${state} } before: registeredState(asOf: "1990-01-01") { ${state} }`,
      ),
    ).toEqual({
      code: undefined,
      shortName: '新名字',
      name: '湖北新名字集团有限公司',
      formerNames: [{ name: one?.name, until: '2026-11-20' }],
      then: { asOf: '2026-11-19', name: one?.name, status: 'IN_OPERATION' },
      today: { asOf: '2026-11-25', name: '湖北新名字集团有限公司', status: 'ABNORMAL_LISTED' },
      before: null,
    });
    const { facts } = (await read(uscc, 'facts(asOf: "2026-11-19")')) as { facts: { values: Json; dates: Json } };
    // Known from the change: the state. Only as recorded now: the size.
    expect(facts.values['abnormalOperationListed']).toBe(false);
    expect([facts.dates['abnormalOperationListed'], facts.dates['scale']]).toEqual(['2026-11-19', '2026-11-25']);
    expect((await read(uscc, 'registeredState(asOf: "2026-11-26") { name }')).code).toBe('BAD_USER_INPUT');
  });

  it('tells of a revoked licence until the enterprise is struck off, and finds it by that', async () => {
    now = new Date('2026-11-20T02:00:00Z');
    const uscc = hub.city.enterprises.filter(({ status }) => status === 'IN_OPERATION')[7]?.uscc ?? '';
    const register = deliveries(hub, 'enterprise', 'SCJGJ');
    const revoked = async () => {
      const { data } = await hub.ask<{ enterprises: { nodes: { uscc: string }[] } }>(
        '{ enterprises(first: 100, filter: { status: [LICENCE_REVOKED] }) { nodes { uscc } } }',
        { actor: officer },
      );
      return data?.enterprises.nodes.map((node) => node.uscc);
    };
    const told = async () => {
      const { status, facts } = (await read(uscc, 'status facts')) as { status: string; facts: { values: Json } };
      const { isLicenceRevoked, isDeregistered, abnormalOperationListed } = facts.values;
      return { status, isLicenceRevoked, isDeregistered, abnormalOperationListed };
    };
    expect(await revoked()).not.toContain(uscc);
    await register.deliver([{ uscc, status: 'LICENCE_REVOKED' }]);
    const none = { isLicenceRevoked: false, isDeregistered: false, abnormalOperationListed: false };
    expect(await told()).toEqual({ ...none, status: 'LICENCE_REVOKED', isLicenceRevoked: true });
    expect(await revoked()).toContain(uscc);
    await register.deliver([{ uscc, status: 'DEREGISTERED' }]);
    expect(await told()).toEqual({ ...none, status: 'DEREGISTERED', isDeregistered: true });
    expect(await revoked()).not.toContain(uscc);
    expect(await read(uscc, 'before: registeredState(asOf: "2026-11-19") { status }')).toMatchObject({
      before: { status: 'IN_OPERATION' },
    });
  });

  it('knows branches and groups, and lets nobody stand above itself', async () => {
    const [head, branch, below] = hub.city.enterprises.slice(20).map(({ uscc }) => uscc);
    let keys = 0;
    const relate = async (uscc: string | undefined, parent: string | undefined, department = 'SCJGJ') => {
      const { data, errors } = await hub.ask<{
        relateEnterprise: { refusal: { code: string; path: string[] } | null } | null;
      }>('mutation ($input: RelateEnterpriseInput!) { relateEnterprise(input: $input) { refusal { code path } } }', {
        variables: { input: { idempotencyKey: `relate-${(keys += 1)}`, uscc, kind: 'BRANCH', parent } },
        actor: { ...officer, department },
      });
      return data?.relateEnterprise?.refusal ?? errors?.[0]?.extensions?.['code'] ?? 'done';
    };
    expect(await relate(branch, head)).toBe('done');
    expect(await relate(below, branch)).toBe('done');
    expect(await relate(head, below)).toMatchObject({ code: 'INVALID', path: ['parent'] });
    expect(await relate(head, below, 'RSJ')).toBe('FORBIDDEN');
    expect(
      await read(branch ?? '', 'superiors { kind enterprise { uscc } } subordinates { enterprise { uscc } }'),
    ).toMatchObject({
      superiors: [{ kind: 'BRANCH', enterprise: { uscc: head } }],
      subordinates: [{ enterprise: { uscc: below } }],
    });
    expect(await relate(branch, undefined)).toBe('done');
    expect(await read(head ?? '', 'subordinates { kind }')).toMatchObject({ subordinates: [] });
  });

  it('knows who goes on from whom along the line, recorded by the registrar, once and in no circle', async () => {
    const [first, second, third, other] = hub.city.enterprises.slice(30).map(({ uscc }) => uscc);
    let keys = 0;
    const succeed = async (
      successor: string | undefined,
      predecessor: string | undefined,
      { on = '2026-11-10', department = 'SCJGJ' } = {},
    ) => {
      const { data, errors } = await hub.ask<{
        recordSuccession: { refusal: { code: string; path: string[] } | null } | null;
      }>('mutation ($input: RecordSuccessionInput!) { recordSuccession(input: $input) { refusal { code path } } }', {
        variables: {
          input: {
            ...{ idempotencyKey: `succeed-${(keys += 1)}`, successor, predecessor, kind: 'MERGER', on },
            document: '准予变更登记通知书',
          },
        },
        actor: { ...officer, department },
      });
      return data?.recordSuccession?.refusal ?? errors?.[0]?.extensions?.['code'] ?? 'done';
    };
    expect(await succeed(second, first, { department: 'RSJ' })).toBe('FORBIDDEN');
    expect(await succeed(second, first, { on: '2099-01-01' })).toMatchObject({ code: 'INVALID', path: ['on'] });
    expect(await succeed(first, first)).toMatchObject({ code: 'INVALID', path: ['predecessor'] });
    expect(await succeed(third, second, { on: '2026-11-12' })).toBe('done');
    // What is recorded later of the middle one reaches the last: it had come before that passed on.
    expect(await succeed(second, first)).toBe('done');
    // What came to it after it had passed on does not.
    expect(await succeed(second, other, { on: '2026-11-13' })).toBe('done');
    expect(await succeed(second, first)).toMatchObject({ code: 'CONFLICT' });
    expect(await succeed(first, third)).toMatchObject({ code: 'INVALID', path: ['predecessor'] });
    expect(await read(third ?? '', 'predecessors { uscc on isDirect kind document }')).toMatchObject({
      predecessors: [
        { uscc: second, on: '2026-11-12', isDirect: true, kind: 'MERGER', document: '准予变更登记通知书' },
        { uscc: first, on: '2026-11-10', isDirect: false },
      ],
    });
    expect(await read(first ?? '', 'predecessors { uscc }')).toMatchObject({ predecessors: [] });
  });

  it('tells the size that the figures make, by the rule that it names', async () => {
    const one = hub.city.enterprises.find(
      ({ industry, factYears }) => industry.section === 'C' && factYears.length > 0,
    );
    const { computedSize } = (await read(
      one?.uscc ?? '',
      'computedSize { size rule industryRow employees revenue { amount } missing agreesWithRegister }',
    )) as { computedSize: Json };
    expect(computedSize).toMatchObject({
      size: one?.scale,
      industryRow: '工业',
      missing: [],
      agreesWithRegister: true,
    });
    expect(computedSize['rule']).toContain('国统字〔2017〕213号');
  });
});
