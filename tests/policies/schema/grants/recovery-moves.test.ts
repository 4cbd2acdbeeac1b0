import type { Actor } from '@zhitong/kit';
import { matchAll } from '../../../../subgraphs/policies/src/usecases/match-enterprises.js';
import { grantRig } from '../../support/grant-rig.js';
import {
  auditor,
  enterprise,
  officer,
  policiesUnderTest,
  usccOf,
  type PoliciesUnderTest,
} from '../../support/policies-under-test.js';

const noonOf = (day: string): Date => new Date(`${day}T04:00:00Z`);
const [maker, reviewer, third]: Actor[] = ['maker', 'reviewer', 'third'].map((sub) => ({ ...officer, sub }));
const machine: Actor = { sub: 'bank-feed', roles: ['SERVICE'], department: 'RSJ' };
const stranger: Actor = { ...officer, sub: 'stranger', department: 'KJJ' };

let policies: PoliciesUnderTest;
let now = noonOf('2026-11-20');
let keys = 0;
let grant = '';
const rig = grantRig(
  () => policies,
  () => now,
);
beforeAll(async () => void (policies = await policiesUnderTest(import.meta.url, { now: () => now })));
beforeEach(async () => {
  now = noonOf('2026-11-20');
  await policies.publish({ id: 'staff', benefit: { kind: 'cash', amount_yuan: 1_000 }, budget_yuan: 5_000 });
  await policies.know({ [usccOf(1)]: { employees: 10 } });
  await matchAll(policies.department);
  await rig.identify();
  [grant = ''] = await rig.publicise();
  now = noonOf('2026-12-10');
  await rig.move([grant], 'APPROVE');
  await rig.move([grant], 'PAY');
  await rig.settle(`${grant}-1-1`);
});
afterEach(async () => policies.reset());
afterAll(async () => policies.close());

interface Answer {
  grant: { recoveries: { id: string }[] } | null;
  refusal: { code: string } | null;
}
const mutate = async (field: string, input: Record<string, unknown>, actor: Actor | undefined): Promise<Answer> => {
  const type = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input`;
  const { data } = await policies.ask<Record<string, Answer>>(
    `mutation ($input: ${type}!) { ${field}(input: $input) { grant { recoveries { id } } refusal { code } } }`,
    {
      variables: { input: { idempotencyKey: `recovery-move-${String((keys += 1))}`, ...input } },
      actor: actor ?? null,
    },
  );
  return data?.[field] ?? { grant: null, refusal: { code: 'NO_ANSWER' } };
};
const propose = async (dueOn = '2026-12-31'): Promise<string> => {
  const instalments = [{ dueOn, amount: '300' }];
  const proposed = await mutate('proposeRecovery', { grant, reason: '核查不实', instalments }, maker);
  return proposed.grant?.recoveries.at(-1)?.id ?? '';
};
const decide = async (recovery: string, decision: string, actor: Actor | undefined): Promise<Answer> =>
  mutate('decideRecovery', { recovery, decision, reason: '理由' }, actor);
const movesOf = async (actor: Actor | undefined): Promise<unknown> => {
  const { data } = await policies.ask<{ grants: { nodes: { recoveries: { legalMoves: string[] }[] }[] } }>(
    '{ grants { nodes { recoveries { legalMoves } } } }',
    { actor: actor ?? null },
  );
  return data?.grants.nodes.flatMap(({ recoveries }) => recoveries.map(({ legalMoves }) => legalMoves));
};

describe('what can be done with a demand', () => {
  it('is what each person can do with it by the rule of two and of three persons, and is not refused', async () => {
    const id = await propose();
    for (const [actor, moves] of [
      [maker, []],
      [reviewer, ['DEMAND', 'REJECT']],
      [auditor, []],
    ] as const)
      expect([actor?.sub, await movesOf(actor)]).toEqual([actor?.sub, [moves]]);
    expect((await decide(id, 'DEMAND', reviewer)).refusal).toBeNull();
    for (const [actor, moves] of [
      [maker, ['RECORD']],
      [reviewer, []],
      [third, ['WITHDRAW', 'RECORD']],
      [auditor, []],
      [enterprise(usccOf(1)), []],
    ] as const)
      expect([actor?.sub, await movesOf(actor)]).toEqual([actor?.sub, [moves]]);
    const { data } = await policies.ask<{ grantRecoveries: { nodes: unknown[] } }>(
      '{ grantRecoveries { nodes { legalMoves } } }',
      { actor: machine },
    );
    expect(data?.grantRecoveries.nodes).toEqual([{ legalMoves: ['RECORD'] }]);
    expect((await decide(id, 'WITHDRAW', third)).refusal).toBeNull();
    expect(await movesOf(third)).toEqual([[]]);
  });

  it('is not to demand it once a day of it is over', async () => {
    const id = await propose('2026-12-14');
    now = noonOf('2026-12-13');
    expect(await movesOf(reviewer)).toEqual([['DEMAND', 'REJECT']]);
    now = noonOf('2026-12-14');
    expect(await movesOf(reviewer)).toEqual([['REJECT']]);
    expect((await decide(id, 'DEMAND', reviewer)).refusal).toMatchObject({ code: 'ILLEGAL_STATE' });
  });
});

describe('what can be asked back of a grant', () => {
  const left = async (actor: Actor | undefined, select = 'grants'): Promise<unknown> => {
    const { data } = await policies.ask<Record<string, { nodes: unknown[] }>>(
      `{ ${select} { nodes { canBeAskedBack { amount } } } }`,
      { actor: actor ?? null },
    );
    return data?.[select]?.nodes;
  };

  it('is what is paid and not asked back, until that is nothing', async () => {
    expect(await left(maker)).toEqual([{ canBeAskedBack: { amount: '1000.00' } }]);
    const id = await propose();
    expect(await left(maker)).toEqual([{ canBeAskedBack: { amount: '700.00' } }]);
    await decide(id, 'REJECT', reviewer);
    expect(await left(maker)).toEqual([{ canBeAskedBack: { amount: '1000.00' } }]);
    const whole = { grant, reason: '核查不实', instalments: [{ dueOn: '2026-12-31', amount: '1000' }] };
    expect((await mutate('proposeRecovery', whole, maker)).refusal).toBeNull();
    expect(await left(maker)).toEqual([{ canBeAskedBack: null }]);
  });

  it('is told to officers of the department that paid alone: an enterprise would learn of a proposal by it', async () => {
    for (const actor of [auditor, enterprise(usccOf(1))]) expect(await left(actor)).toEqual([{ canBeAskedBack: null }]);
    expect(await left(stranger)).toEqual([]);
  });
});

describe('what identifying would do', () => {
  interface Outcome {
    previewIdentification: { outcome: Record<string, number> | null; refusal: { code: string; path: string[] } | null };
  }
  const preview = async (policy: string, actor: Actor | undefined) => {
    const { data, errors } = await policies.ask<Outcome>(
      `{ previewIdentification(policy: "${policy}") { outcome { identified alreadyGranted withoutAmount } refusal { code path } } }`,
      { actor: actor ?? null },
    );
    return { answer: data?.previewIdentification, code: errors?.[0]?.extensions?.['code'] };
  };

  it('is counted as it is done after that, and makes nothing', async () => {
    await policies.know({ [usccOf(2)]: { employees: 20 }, [usccOf(3)]: { employees: 30 } });
    await matchAll(policies.department);
    const wanted = { identified: 2, alreadyGranted: 1, withoutAmount: 0 };
    for (let time = 0; time < 2; time += 1)
      expect((await preview('staff', maker)).answer).toEqual({ outcome: wanted, refusal: null });
    expect(await rig.all()).toHaveLength(1);
    expect(await rig.identify()).toMatchObject({ result: wanted });
    expect(await rig.all()).toHaveLength(3);
    expect((await preview('staff', maker)).answer?.outcome).toEqual({ ...wanted, identified: 0, alreadyGranted: 3 });
  });

  it('is for the department that issued the policy, and says why it would be refused', async () => {
    await policies.publish({ id: 'asked', exempt_from_application: false });
    expect((await preview('asked', maker)).answer).toEqual({
      outcome: null,
      refusal: { code: 'ILLEGAL_STATE', path: ['policy'] },
    });
    for (const actor of [stranger, auditor, enterprise(usccOf(1))])
      expect((await preview('staff', actor)).code).toBe('FORBIDDEN');
  });
});
