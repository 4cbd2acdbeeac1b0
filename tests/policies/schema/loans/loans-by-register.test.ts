import type { Actor } from '@zhitong/kit';
import {
  banker,
  enterprise,
  policiesUnderTest,
  usccOf,
  type PoliciesUnderTest,
} from '../../support/policies-under-test.js';

let policies: PoliciesUnderTest;
let keys = 0;
beforeAll(async () => void (policies = await policiesUnderTest(import.meta.url)));
beforeEach(async () => {
  await policies.know({ [usccOf(1)]: FREE });
  // Among whom the first is not recognised.
  await policies.know(Object.fromEntries([41, 42, 43, 44].map((number) => [usccOf(number), FREE])));
});
afterEach(async () => policies.reset());
afterAll(async () => policies.close());

const FREE = { employees: 18 };

interface Answer {
  readonly need?: { readonly id: string } | null;
  readonly refusal: { readonly code: string; readonly path: readonly string[] } | null;
}
async function write(mutation: string, type: string, input: Record<string, unknown>, actor: Actor): Promise<Answer> {
  const made = mutation === 'publishLoanProduct' ? 'product { id }' : 'need { id }';
  const { data } = await policies.ask<Record<string, Answer>>(
    `mutation ($input: ${type}Input!) { ${mutation}(input: $input) { ${made} refusal { code path } } }`,
    { variables: { input: { idempotencyKey: `key-of-loans-${String((keys += 1))}`, ...input } }, actor },
  );
  const answer = data?.[mutation];
  if (answer === undefined) throw new Error(`${mutation} was not answered`);
  return answer;
}
const publish = async () =>
  write(
    'publishLoanProduct',
    'PublishLoanProduct',
    {
      ...{ id: 'credit', name: '小微贷', bank: '农商行', kind: 'CREDIT' },
      ...{ minimumAmount: '10000', maximumAmount: '500000', yearlyRateBasisPoints: 420, termMonths: 24 },
      ...{ collateralKinds: ['NONE'], criteria: [{ fact: 'employees', op: 'gte', value: 10 }] },
    },
    banker,
  );
const state = async (number: number) =>
  write(
    'stateFinancingNeed',
    'StateFinancingNeed',
    { amount: '200000', purpose: '采购原料', termMonths: 12, latestDay: '2026-12-31' },
    enterprise(usccOf(number)),
  );
const idOf = ({ need }: Answer): string => need?.id ?? '';

interface Seen {
  readonly totalCount: number;
  readonly nodes: { readonly industrySection: string; readonly district: string; readonly enterprise: unknown }[];
}
async function seenBy(actor: Actor): Promise<Seen> {
  const { data } = await policies.ask<{ loanProduct: { matchingNeeds: Seen } }>(
    '{ loanProduct(id: "credit") { matchingNeeds { totalCount nodes { industrySection district enterprise { uscc } } } } }',
    { actor },
  );
  if (data === null || data === undefined) throw new Error('nothing was answered');
  return data.loanProduct.matchingNeeds;
}

describe('a loan for whom the register bars', () => {
  const consent = async (name: 'giveFinancingConsent' | 'withdrawFinancingConsent', id: string) =>
    write(name, 'FinancingConsent', { need: id, product: 'credit' }, enterprise(usccOf(1)));
  /** The product among the matches of the enterprise: with which outcome, and what bars it. */
  const matched = async () => {
    const { data } = await policies.ask<{
      _entities: {
        all: { nodes: unknown[] };
        offered: { totalCount: number };
        barred: { totalCount: number; nodes: unknown[] };
      }[];
    }>(
      `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Enterprise {
        offered: matchedLoanProducts(first: 5, outcomes: [ELIGIBLE, UNDETERMINED]) { totalCount }
        barred: matchedLoanProducts(first: 5, onlyBarred: true) { totalCount nodes { product { id } } }
        all: matchedLoanProducts(first: 5, outcomes: [ELIGIBLE, UNDETERMINED, NOT_ELIGIBLE]) { nodes { outcome bar { reason policy { id } } } } } } }`,
      {
        variables: { r: [{ __typename: 'Enterprise', uscc: usccOf(1), factsVersion: null, creditStanding: null }] },
        actor: enterprise(usccOf(1)),
      },
    );
    const [of] = data?._entities ?? [];
    expect(of?.barred.nodes).toHaveLength(of?.barred.totalCount ?? -1);
    return [of?.offered.totalCount, of?.all.nodes, of?.barred.totalCount];
  };
  /** What the bank sees: how many needs, whose, and how many it counts. */
  const seen = async () => {
    const { totalCount, nodes } = await seenBy(banker);
    return [totalCount, nodes.map(({ enterprise: whose }) => whose)];
  };

  it.each([
    ['in operation', { isDeregistered: false, isLicenceRevoked: false }, null],
    ['of which the register says nothing', {}, null],
    ['struck off', { isDeregistered: true }, 'DEREGISTERED'],
    ['without licence', { isDeregistered: false, isLicenceRevoked: true }, 'LICENCE_REVOKED'],
    ['without licence and struck off', { isDeregistered: true, isLicenceRevoked: true }, 'DEREGISTERED'],
  ])('%s: every path honours it', async (_what, told, bar) => {
    await publish();
    const id = idOf(await state(1));
    await consent('giveFinancingConsent', id);
    expect(await seen()).toEqual([1, [{ uscc: usccOf(1) }]]);
    await policies.know({ [usccOf(1)]: { ...FREE, ...told } });
    // A bank is referred to it no longer, whatever it consented to.
    expect(await seen()).toEqual(bar === null ? [1, [{ uscc: usccOf(1) }]] : [0, []]);
    expect(await matched()).toEqual(
      bar === null
        ? [1, [{ outcome: 'ELIGIBLE', bar: null }], 0]
        : [0, [{ outcome: 'NOT_ELIGIBLE', bar: { reason: bar, policy: null } }], 1],
    );
    const refusal = bar === null ? null : { code: 'NOT_ELIGIBLE', path: [] };
    expect((await state(1)).refusal).toEqual(refusal);
    // What was said can be taken back in any case, and not said anew.
    expect((await consent('withdrawFinancingConsent', id)).refusal).toBeNull();
    expect((await consent('giveFinancingConsent', id)).refusal).toEqual(refusal);
    // Registered again.
    await policies.know({ [usccOf(1)]: { ...FREE, isDeregistered: false, isLicenceRevoked: false } });
    expect((await seen())[0]).toBe(bar === null ? 2 : 1);
  });

  it('tells what is barred apart from what its conditions refuse', async () => {
    await publish();
    await policies.know({ [usccOf(1)]: { employees: 3, isLicenceRevoked: true } });
    expect(await matched()).toEqual([0, [{ outcome: 'NOT_ELIGIBLE', bar: null }], 0]);
  });

  it('does not hide another one among others before it has consented', async () => {
    await publish();
    await state(1);
    const whereabouts = async () =>
      (await seenBy(banker)).nodes.map(({ industrySection, district }) => [industrySection, district]);
    // Five share section and district; then one of them is there no more.
    expect(await whereabouts()).toEqual([['C', '421202']]);
    await policies.know({ [usccOf(41)]: { ...FREE, isLicenceRevoked: true } });
    expect(await whereabouts()).toEqual([['', '']]);
  });
});
