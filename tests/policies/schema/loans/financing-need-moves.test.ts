import type { Actor } from '@zhitong/kit';
import {
  auditor,
  banker,
  enterprise,
  NOW,
  policiesUnderTest,
  usccOf,
  type PoliciesUnderTest,
} from '../../support/policies-under-test.js';
import { toldRegister } from '../../support/told-register.js';

let policies: PoliciesUnderTest;
let now = NOW;
let keys = 0;
beforeAll(async () => {
  policies = await policiesUnderTest(import.meta.url, { now: () => now }, toldRegister().source);
  await policies.know({ [usccOf(1)]: { employees: 18 } });
});
afterAll(async () => policies.close());

interface Answer {
  readonly need?: { readonly id: string } | null;
  readonly refusal?: { readonly code: string } | null;
}
async function write(mutation: string, shown: string, input: object, actor: Actor): Promise<Answer> {
  const type = mutation.endsWith('Consent')
    ? 'FinancingConsent'
    : `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}`;
  const { data } = await policies.ask<Record<string, Answer | null>>(
    `mutation ($input: ${type}Input!) { ${mutation}(input: $input) { ${shown} refusal { code } } }`,
    { variables: { input: { idempotencyKey: `need-moves-${String((keys += 1))}`, ...input } }, actor },
  );
  return data?.[mutation] ?? {};
}

describe('a financing need', () => {
  it('says to its enterprise what can be done with it, and to nobody else', async () => {
    await write(
      'publishLoanProduct',
      'product { id }',
      {
        ...{
          id: 'credit',
          name: '小微贷',
          bank: '农商行',
          kind: 'CREDIT',
          minimumAmount: '10000',
          maximumAmount: '500000',
        },
        ...{ yearlyRateBasisPoints: 420, termMonths: 24, collateralKinds: ['NONE'] },
        criteria: [{ fact: 'employees', op: 'gte', value: 10 }],
      },
      banker,
    );
    const own = enterprise(usccOf(1));
    const stated = { amount: '200000', purpose: '采购原料', termMonths: 12, latestDay: '2026-12-31' };
    const { need } = await write('stateFinancingNeed', 'need { id }', stated, own);
    const consent = { need: need?.id, product: 'credit' };
    const moves = async (actor: Actor) =>
      (
        await policies.ask<{ financingNeeds: { nodes: { legalMoves: string[] }[] } }>(
          '{ financingNeeds { nodes { legalMoves } } }',
          { actor },
        )
      ).data?.financingNeeds.nodes[0]?.legalMoves;
    expect(await moves(own)).toEqual(['GIVE_CONSENT', 'WITHDRAW']);
    await write('giveFinancingConsent', 'need { id }', consent, own);
    expect(await moves(own)).toEqual(['GIVE_CONSENT', 'WITHDRAW_CONSENT', 'WITHDRAW']);
    expect(await moves(auditor)).toEqual([]);
    // Its latest day has passed: a consent is taken back all the same.
    now = new Date('2027-01-01T04:00:00Z');
    expect(await moves(own)).toEqual(['WITHDRAW_CONSENT']);
    expect((await write('withdrawFinancingConsent', 'need { id }', consent, own)).refusal).toBeNull();
    expect(await moves(own)).toEqual([]);
  });
});
