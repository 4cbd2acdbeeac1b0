import { createLogger, type Actor } from '@zhitong/kit';
import { inTransaction } from '@zhitong/kit/mongo';
import { readStaleEnterprises } from '../../../../subgraphs/policies/src/usecases/facts/keep-current.js';
import { matchAll } from '../../../../subgraphs/policies/src/usecases/match-enterprises.js';
import { askedFactsRig, YEAR_END } from '../../support/asked-facts-rig.js';
import { officer, usccOf, enterprise, auditor } from '../../support/policies-under-test.js';

/** What policies and loan products ask of the figures of single years, on every path that decides. */
const { state, policies, grants, enterpriseOf, knowCity, matched, stored, explained, previewed, pay, approve } =
  askedFactsRig(import.meta.url);
const logger = createLogger({ name: 'test', level: 'silent' });
const LAST_YEAR = [{ fact: 'employees', year: 'PREVIOUS', op: 'gte', value: 100 }];

describe('a policy that asks for a figure of the year before', () => {
  it('decides on that of the year before the one for which the benefit is, on every path', async () => {
    state.city = {
      1: { staff: 5, day: '2026-05-01', earlier: { 2025: { employees: 120 } } },
      2: { staff: 500, day: '2026-05-01', earlier: { 2025: { employees: 99 } } },
      3: { staff: 150 },
      4: { staff: 150, day: '2024-12-31' },
    };
    await policies().publish({ id: 'staff', criteria: LAST_YEAR });
    await knowCity();
    const outcomes = ['ELIGIBLE', 'NOT_ELIGIBLE', 'ELIGIBLE', 'UNDETERMINED'];
    expect(await Promise.all([1, 2, 3, 4].map(async (one) => (await matched(one))?.outcome))).toEqual(outcomes);
    expect(await Promise.all([1, 2, 3, 4].map(stored))).toEqual([100_000, null, 100_000, null]);
    expect(await previewed()).toEqual([2, '2000.00']);
    expect((await matched(1))?.criteria).toMatchObject([
      { text: '2025年度从业人数 ≥ 100人', expected: '≥ 100人(2025年度)', actual: '120人', year: 2025, asOf: YEAR_END },
    ]);
    expect(await explained(1)).toContainEqual(
      expect.stringContaining('≥ 100人(2025年度) of 2025, recorded 120人 for 2025-12-31'),
    );
    expect((await explained(4))[0]).toContain('UNDETERMINED');
    const { data } = await policies().ask<{ policy: { criteria: unknown[] } }>(
      '{ policy(id: "staff") { criteria { text year } } }',
      { actor: officer },
    );
    expect(data?.policy.criteria).toEqual([{ text: '上年度从业人数 ≥ 100人', year: 'PREVIOUS' }]);

    await grants.identify();
    expect((await grants.all()).map(({ uscc }) => uscc).sort()).toEqual([usccOf(1), usccOf(3)]);
    await approve(1);
    // In the new year the figure of 2026 would be asked of a new grant; this one is for 2026.
    state.now = new Date('2027-02-10T04:00:00Z');
    expect((await matched(1))?.outcome).toBe('NOT_ELIGIBLE');
    await pay(1);
    expect((await grants.ofEnterprise(1)).status).toBe('PAID');
    await matchAll(policies().department);
    expect(await stored(1)).toBeNull();
  });

  it.each<[string, Record<string, unknown>]>([
    ['formula', { formula: '10 * employees@PREVIOUS' }],
    [
      'rows',
      {
        tiers: [
          { when: LAST_YEAR, amount_yuan: 1200 },
          { when: [{ ...LAST_YEAR[0], op: 'lt' }], amount_yuan: 400 },
        ],
      },
    ],
  ])('pays by the figure of the year that its %s asks for, whatever was recorded since', async (what, amount) => {
    const day = '2026-05-01';
    state.city = {
      1: { staff: 5, day, earlier: { 2025: { employees: 120 } } },
      2: { staff: 5, day, earlier: { 2025: { employees: 40 } } },
      3: { staff: 5, day },
    };
    await policies().publish({
      id: 'staff',
      criteria: [{ fact: 'employees', op: 'gte', value: 1 }],
      benefit: { kind: 'cash', text_zh: '奖', ...amount },
    });
    await knowCity();
    expect(await Promise.all([1, 2, 3].map(stored))).toEqual([120_000, 40_000, null]);
    expect((await matched(1))?.amount).toEqual({ amount: '1200.00' });
    expect((await matched(2))?.amount).toEqual({ amount: '400.00' });
    expect((await matched(3))?.amount).toBeNull();
    expect(await previewed()).toEqual([3, '1600.00']);
    expect((await explained(2)).at(-1)).toBe('Amount: 400.00 yuan');
    await grants.identify();
    await approve(1);
    state.now = new Date('2027-02-10T04:00:00Z');
    await pay(1);
    expect((await grants.all()).map(({ uscc, paidFen, amountFen }) => [uscc, amountFen, paidFen]).sort()).toEqual([
      [usccOf(1), 120_000, 120_000],
      [usccOf(2), 40_000, 0],
    ]);
    // A correction of last year's figure is a change of a fact for which the policy asks.
    state.city = { 1: { staff: 5, day: '2027-01-31', earlier: { 2026: { employees: 70 } } } };
    await inTransaction(policies().database.connection, async (session) =>
      policies().department.stores.matchState.noteStale(usccOf(1), state.now, session),
    );
    const source = {
      page: async () => Promise.reject(new Error('not asked')),
      enterprise: async () => Promise.resolve(enterpriseOf(1)),
    };
    expect(await readStaleEnterprises({ ...policies().department, logger, source })).toBe(1);
    expect(await stored(1)).toBe(what === 'rows' ? 40_000 : 70_000);
  });

  it.each([
    [{ year: 'LAST' }, 'criteria[0].year'],
    [{ year: 2025.5 }, 'criteria[0].year'],
    [{ year: 1989 }, 'criteria[0].year'],
    [{ fact: 'honours', year: 2025, op: 'contains', value: '高新技术企业' }, 'criteria[0].year'],
    [{ fact: 'employeesPriorYear', year: 'PREVIOUS' }, 'criteria[0].year'],
  ])('is refused with %j', async (more, place) => {
    await expect(
      policies().publish({ id: 'staff', criteria: [{ fact: 'employees', op: 'gte', value: 100, ...more }] }),
    ).rejects.toThrow(place);
  });

  it('is written back as it was read', async () => {
    await policies().publish({ id: 'staff', criteria: LAST_YEAR });
    const { data } = await policies().ask<{ policy: { versions: { content: { criteria: unknown } }[] } }>(
      '{ policy(id: "staff") { versions { content } } }',
      { actor: officer },
    );
    expect(data?.policy.versions[0]?.content.criteria).toEqual(LAST_YEAR);
  });
});

describe('a loan product that asks for a figure of the year before', () => {
  it('decides by it for the enterprise, in the list of needs and in its count', async () => {
    state.city = {
      1: { staff: 5, day: '2026-05-01', earlier: { 2025: { employees: 120 } } },
      2: { staff: 5, day: '2026-05-01', earlier: { 2025: { employees: 99 } } },
    };
    await knowCity();
    const banker: Actor = { sub: 'banker', roles: ['OFFICER'], department: 'RMYH' };
    const write = async (field: string, input: Record<string, unknown>, actor: Actor): Promise<void> => {
      const type = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input`;
      const { data, errors } = await policies().ask<Record<string, { refusal: unknown }>>(
        `mutation ($input: ${type}!) { ${field}(input: $input) { refusal { code message } } }`,
        { variables: { input: { idempotencyKey: `loan-of-year-${field}-${actor.sub}`, ...input } }, actor },
      );
      expect([errors, data?.[field]?.refusal]).toEqual([undefined, null]);
    };
    await write(
      'publishLoanProduct',
      {
        ...{
          id: 'credit',
          name: '信用贷',
          bank: '农商行',
          kind: 'CREDIT',
          minimumAmount: '10000',
          maximumAmount: '500000',
        },
        ...{ yearlyRateBasisPoints: 420, termMonths: 24, collateralKinds: ['NONE'], criteria: LAST_YEAR },
      },
      banker,
    );
    const need = { amount: '200000', purpose: '采购原料', termMonths: 12, latestDay: '2026-12-31' };
    for (const number of [1, 2])
      await write('stateFinancingNeed', need, { ...enterprise(usccOf(number)), sub: `contact-${String(number)}` });
    const needs = await policies().ask(
      '{ loanProduct(id: "credit") { matchingNeeds { totalCount nodes { outcome } } } }',
      { actor: banker },
    );
    expect(needs.data).toEqual({ loanProduct: { matchingNeeds: { totalCount: 1, nodes: [{ outcome: 'ELIGIBLE' }] } } });
    const products = async (number: number) =>
      (
        await policies().ask<{ _entities: unknown[] }>(
          'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Enterprise { matchedLoanProducts(outcomes: [ELIGIBLE, NOT_ELIGIBLE]) { nodes { outcome nearestMiss { difference } } } } } }',
          { variables: { of: [{ __typename: 'Enterprise', uscc: usccOf(number) }] }, actor: auditor },
        )
      ).data?._entities;
    expect([await products(1), await products(2)]).toMatchObject([
      [{ matchedLoanProducts: { nodes: [{ outcome: 'ELIGIBLE', nearestMiss: [] }] } }],
      [{ matchedLoanProducts: { nodes: [{ outcome: 'NOT_ELIGIBLE', nearestMiss: [{ difference: '1' }] }] } }],
    ]);
  });
});
