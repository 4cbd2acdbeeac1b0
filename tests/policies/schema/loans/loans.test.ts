import type { Actor } from '@zhitong/kit';
import { countCommands } from '@zhitong/kit/testing';
import {
  auditor,
  banker,
  coordinator,
  enterprise,
  NOW,
  officer,
  policiesUnderTest,
  usccOf,
  type PoliciesUnderTest,
} from '../../support/policies-under-test.js';
import { toldRegister } from '../../support/told-register.js';

const register = toldRegister();
let policies: PoliciesUnderTest;
let now = NOW;
let keys = 0;
beforeAll(async () => void (policies = await policiesUnderTest(import.meta.url, { now: () => now }, register.source)));
beforeEach(async () => {
  now = NOW;
  await policies.know({ [usccOf(1)]: { employees: 18 }, [usccOf(2)]: { employees: 3 }, [usccOf(3)]: {} });
  await policies.know(Object.fromEntries(NEIGHBOURS.map((uscc) => [uscc, { employees: 18 }])));
});
afterEach(async () => policies.reset());
afterAll(async () => policies.close());

/** Enterprises of the same section and district, behind whom one is not recognised. */
const NEIGHBOURS = [41, 42, 43, 44].map(usccOf);

interface Answer {
  product?: { id: string } | null;
  need?: { id: string; state: string; consents: { given: boolean; history: { given: boolean }[] }[] } | null;
  refusal: { code: string; path: string[] } | null;
}
const idempotencyKey = (): string => `key-of-loans-${String((keys += 1))}`;

async function write(mutation: string, input: Record<string, unknown>, actor: Actor) {
  const answer = mutation.endsWith('LoanProduct')
    ? 'product { id }'
    : 'need { id state consents { given history { given } } }';
  const type = mutation.endsWith('Consent')
    ? 'FinancingConsent'
    : `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}`;
  const { data, errors } = await policies.ask<Record<string, Answer | null>>(
    `mutation ($input: ${type}Input!) { ${mutation}(input: $input) { ${answer} refusal { code path } } }`,
    { variables: { input: { idempotencyKey: idempotencyKey(), ...input } }, actor },
  );
  return { ...data?.[mutation], error: errors?.[0]?.extensions?.['code'] };
}
const product = {
  id: 'credit',
  name: '小微贷',
  bank: '农商行',
  kind: 'CREDIT',
  minimumAmount: '10000',
  maximumAmount: '500000',
  yearlyRateBasisPoints: 420,
  termMonths: 24,
  collateralKinds: ['NONE'],
  criteria: [{ fact: 'employees', op: 'gte', value: 10 }],
};
const publish = async (change: Record<string, unknown> = {}, actor = banker) =>
  write('publishLoanProduct', { ...product, ...change }, actor);
const need = { amount: '200000', purpose: '企业0001采购原料', termMonths: 12, latestDay: '2026-12-31' };
const state = async (number: number, change: Record<string, unknown> = {}) =>
  write('stateFinancingNeed', { ...need, ...change }, enterprise(usccOf(number)));
const idOf = (answer: { need?: { id: string } | null }): string => answer.need?.id ?? '';

interface Seen {
  loanProduct: {
    matchingNeeds: {
      totalCount: number;
      nodes: Record<string, unknown>[];
      pageInfo: { hasNextPage: boolean; endCursor: string | null };
    } | null;
  };
}
const NEEDS = `query ($first: Int, $after: String) { loanProduct(id: "credit") { matchingNeeds(first: $first, after: $after) {
  totalCount pageInfo { hasNextPage endCursor }
  nodes { id amount { amount } termMonths industrySection district outcome consentedAt enterprise { uscc } purpose latestDay criteria { text outcome actual } } } } }`;
const seenBy = async (actor: Actor, variables: Record<string, unknown> = {}) => {
  const { data, errors } = await policies.ask<Seen>(NEEDS, { actor, variables });
  return { ...data?.loanProduct.matchingNeeds, error: errors?.[0]?.extensions?.['code'], text: JSON.stringify(data) };
};

describe('a loan product', () => {
  it('is published once for one key by a bank only, shown to everybody, and refused under an id that is taken', async () => {
    const input = { idempotencyKey: idempotencyKey() };
    expect(await publish(input)).toMatchObject({ product: { id: 'credit' }, refusal: null });
    expect(await publish(input)).toMatchObject({ product: { id: 'credit' }, refusal: null });
    expect((await publish()).refusal?.code).toBe('DUPLICATE');
    expect((await publish({ id: 'other' }, officer)).error).toBe('FORBIDDEN');
    expect((await publish({ id: 'other', criteria: [{ fact: 'luck', op: 'eq', value: 1 }] })).refusal).toEqual({
      code: 'INVALID',
      path: ['criteria[0].fact'],
    });
    const { data } = await policies.ask<{ loanProducts: unknown }>(
      '{ loanProducts { totalCount nodes { id bank minimumAmount { amount } yearlyRateBasisPoints isOpen validFrom department { code } criteria { text } } } }',
      { actor: null },
    );
    expect(data?.loanProducts).toMatchObject({
      totalCount: 1,
      nodes: [
        {
          id: 'credit',
          bank: '农商行',
          minimumAmount: { amount: '10000.00' },
          yearlyRateBasisPoints: 420,
          isOpen: true,
          validFrom: '2026-11-20',
          department: { code: 'RMYH' },
        },
      ],
    });
  });

  it('that is ended is offered no longer and shows no need, even one with a consent', async () => {
    await publish();
    const id = idOf(await state(1));
    await write('giveFinancingConsent', { need: id, product: 'credit' }, enterprise(usccOf(1)));
    expect((await write('endLoanProduct', { product: 'credit' }, officer)).error).toBe('FORBIDDEN');
    expect(await write('endLoanProduct', { product: 'credit' }, banker)).toMatchObject({ product: { id: 'credit' } });
    expect((await write('endLoanProduct', { product: 'credit' }, banker)).refusal?.code).toBe('ILLEGAL_STATE');
    expect(await seenBy(banker)).toMatchObject({ totalCount: 0, nodes: [] });
    expect(
      (await policies.ask<{ loanProducts: { totalCount: number } }>('{ loanProducts { totalCount } }', { actor: null }))
        .data?.loanProducts.totalCount,
    ).toBe(0);
  });
});

describe('the count of the needs that match a product', () => {
  it.each([
    ['who has enough staff, or of whom nobody knows', [{ fact: 'employees', op: 'gte', value: 12 }], 3],
    ['who has one of two numbers of staff', [{ fact: 'employees', op: 'in', value: [11, 13] }], 4],
    [
      'who fails one of two criteria',
      [
        { fact: 'employees', op: 'gte', value: 12 },
        { fact: 'employees', op: 'lte', value: 12 },
      ],
      2,
    ],
    ['everybody', [], 5],
  ])('is made by the database with one command, and agrees with the list: %s', async (_who, criteria, expected) => {
    await policies.know({
      [usccOf(11)]: { employees: 11 },
      [usccOf(12)]: { employees: 12 },
      [usccOf(13)]: { employees: 13 },
    });
    await publish({ criteria });
    for (const number of [11, 12, 13, 14]) await state(number);
    await state(11, { amount: '300000' });
    await state(12, { amount: '500000.01' });
    const listed = await seenBy(banker);
    expect(listed.totalCount).toBe(listed.nodes?.length);
    const { result, commands } = await countCommands(policies.database.connection, async () =>
      policies.ask<{ loanProduct: { matchingNeeds: { totalCount: number } } }>(
        '{ loanProduct(id: "credit") { matchingNeeds { totalCount } } }',
        { actor: banker },
      ),
    );
    expect([result.data?.loanProduct.matchingNeeds.totalCount, listed.totalCount]).toEqual([expected, expected]);
    expect(commands.filter((command) => command === 'aggregate')).toHaveLength(1);
  });
});

describe('a bank', () => {
  it('before consent is not told section and district where fewer than five share them and the outcome', async () => {
    await publish();
    const id = idOf(await state(1));
    const place = async (actor = banker) => {
      const [{ industrySection, district } = {}] = (await seenBy(actor)).nodes ?? [];
      return [industrySection, district];
    };
    expect(await place()).toEqual(['C', '421202']);
    // The only one of another district would be known by that none is named.
    await policies.know({ [usccOf(45)]: { employees: 18 } });
    const [alone] = await policies.department.stores.facts.byUscc([usccOf(45)]);
    if (alone === undefined) throw new Error('no enterprise');
    await policies.department.stores.facts.putAll([{ ...alone, region: { code: '421281', name: '赤壁市' } }]);
    expect(await place()).toEqual(['C', '']);
    await policies.department.stores.facts.remove([usccOf(45)]);
    const [one] = await policies.department.stores.facts.byUscc(NEIGHBOURS.slice(0, 1));
    if (one === undefined) throw new Error('no neighbour');
    await policies.department.stores.facts.putAll([{ ...one, region: { code: '421281', name: '赤壁市' } }]);
    expect(await place()).toEqual(['C', '']);
    // As many, and one of them does not meet the criteria, which the outcome tells.
    await policies.know({ [NEIGHBOURS[0] ?? '']: { employees: 3 } });
    expect(await place()).toEqual(['', '']);
    expect(await place(auditor)).toEqual(['C', '421202']);
    await write('giveFinancingConsent', { need: id, product: 'credit' }, enterprise(usccOf(1)));
    expect(await place()).toEqual(['C', '421202']);
  });

  it('sees who is behind a need only while the enterprise consents for its product', async () => {
    await publish();
    const id = idOf(await state(1));
    const before = await seenBy(banker);
    expect(before).toMatchObject({
      totalCount: 1,
      nodes: [
        {
          id,
          amount: { amount: '200000.00' },
          termMonths: 12,
          industrySection: 'C',
          district: '421202',
          outcome: 'ELIGIBLE',
          consentedAt: null,
          enterprise: null,
          purpose: null,
          latestDay: null,
          criteria: null,
        },
      ],
    });
    expect(before.text).not.toContain(usccOf(1));
    const cursor = Buffer.from(before.pageInfo?.endCursor ?? '', 'base64url').toString();
    expect(cursor).toContain(id);
    expect(cursor).not.toContain(usccOf(1));

    await publish({ id: 'another' });
    await write('giveFinancingConsent', { need: id, product: 'another' }, enterprise(usccOf(1)));
    expect((await seenBy(banker)).nodes?.[0]).toMatchObject({ enterprise: null });

    expect(
      (await write('giveFinancingConsent', { need: id, product: 'credit' }, enterprise(usccOf(1)))).refusal,
    ).toBeNull();
    expect((await seenBy(banker)).nodes?.[0]).toMatchObject({
      consentedAt: NOW.toISOString(),
      enterprise: { uscc: usccOf(1) },
      purpose: need.purpose,
      latestDay: '2026-12-31',
      criteria: [{ outcome: 'MET', actual: '18人' }],
    });

    const withdrawn = await write('withdrawFinancingConsent', { need: id, product: 'credit' }, enterprise(usccOf(1)));
    expect(withdrawn.need?.consents).toEqual([
      { given: true, history: [{ given: true }] },
      { given: false, history: [{ given: true }, { given: false }] },
    ]);
    expect((await seenBy(banker)).nodes).toEqual(before.nodes);
  });

  it('sees needs that suit and match or hang on a missing fact, page by page, and none that fail, are over or are taken back', async () => {
    await publish();
    const stated: string[] = [];
    for (const number of [1, 2, 3, 1]) {
      now = new Date(now.getTime() + 1_000);
      stated.push(idOf(await state(number)));
    }
    await state(1, { amount: '500000.01' });
    await state(1, { termMonths: 25 });
    const first = await seenBy(banker, { first: 1 });
    expect(first).toMatchObject({ totalCount: 3, nodes: [{ id: stated[3] }], pageInfo: { hasNextPage: true } });
    expect(await seenBy(banker, { first: 5, after: first.pageInfo?.endCursor })).toMatchObject({
      nodes: [
        { id: stated[2], outcome: 'UNDETERMINED' },
        { id: stated[0], outcome: 'ELIGIBLE' },
      ],
      pageInfo: { hasNextPage: false },
    });
    await write('withdrawFinancingNeed', { need: stated[3] }, enterprise(usccOf(1)));
    expect((await seenBy(banker)).nodes?.map(({ id }) => id)).toEqual([stated[2], stated[0]]);
    now = new Date('2026-12-31T17:00:00Z');
    expect((await seenBy(banker)).nodes).toEqual([]);
  });
});

describe('a financing need', () => {
  it('is seen by its enterprise and by auditors, and by nobody else', async () => {
    await publish();
    const id = idOf(await state(1));
    const ask = async (actor: Actor | null) =>
      policies.ask<{ financingNeeds: { nodes: unknown[] } | null }>(
        '{ financingNeeds { totalCount nodes { id state enterprise { uscc } amount { amount } } } }',
        { actor },
      );
    const shown = [{ id, state: 'OPEN', enterprise: { uscc: usccOf(1) }, amount: { amount: '200000.00' } }];
    expect((await ask(enterprise(usccOf(1)))).data?.financingNeeds?.nodes).toEqual(shown);
    expect((await ask(auditor)).data?.financingNeeds?.nodes).toEqual(shown);
    expect((await ask(enterprise(usccOf(2)))).data?.financingNeeds?.nodes).toEqual([]);
    for (const actor of [banker, officer, coordinator])
      expect((await ask(actor)).errors?.[0]?.extensions?.['code']).toBe('FORBIDDEN');
    expect((await seenBy(auditor)).nodes?.[0]).toMatchObject({ enterprise: { uscc: usccOf(1) }, consentedAt: null });
    for (const actor of [officer, coordinator, enterprise(usccOf(1))])
      expect((await seenBy(actor)).error).toBe('FORBIDDEN');
  });

  it('is stated once for one key, and only with values that can be', async () => {
    const key = idempotencyKey();
    const first = await state(1, { idempotencyKey: key });
    expect(await state(1, { idempotencyKey: key })).toEqual(first);
    expect(await policies.department.stores.needs.count(usccOf(1))).toBe(1);
    expect((await state(1, { amount: '12.345' })).refusal).toEqual({ code: 'INVALID', path: ['amount'] });
    expect((await state(1, { latestDay: '2026-11-19' })).refusal).toEqual({ code: 'INVALID', path: ['latestDay'] });
    expect((await write('stateFinancingNeed', need, banker)).error).toBe('FORBIDDEN');
  });

  it('takes consents from its own enterprise only, for products that suit it, and each once', async () => {
    await publish();
    await publish({ id: 'small', maximumAmount: '20000' });
    const id = idOf(await state(1));
    const give = async (input: Record<string, unknown>, number = 1) =>
      (await write('giveFinancingConsent', { need: id, product: 'credit', ...input }, enterprise(usccOf(number))))
        .refusal?.code;
    expect([
      await give({}, 2),
      await give({ product: 'small' }),
      await give({ product: 'none' }),
      await give({ need: 'N-none' }),
    ]).toEqual(['INVALID', 'NOT_ELIGIBLE', 'INVALID', 'INVALID']);
    expect(
      (await write('withdrawFinancingConsent', { need: id, product: 'credit' }, enterprise(usccOf(1)))).refusal?.code,
    ).toBe('ILLEGAL_STATE');
    expect((await Promise.all([give({}), give({}), give({})])).filter((code) => code === undefined)).toHaveLength(1);
    expect(await policies.database.connection.collection('financingConsentEvents').countDocuments()).toBe(1);
    await write('withdrawFinancingNeed', { need: id }, enterprise(usccOf(1)));
    expect(await give({})).toBe('ILLEGAL_STATE');
  });

  it('is sent to others without anything that names the enterprise', async () => {
    await publish();
    const id = idOf(await state(1));
    await write('giveFinancingConsent', { need: id, product: 'credit' }, enterprise(usccOf(1)));
    const events = await policies.database.connection.collection('outbox').find().toArray();
    expect(events.map(({ event }) => (event as { type: string }).type).sort()).toEqual([
      'cn.zhitong.financing-consent.given',
      'cn.zhitong.financing-need.stated',
      'cn.zhitong.loan-product.published',
    ]);
    expect(JSON.stringify(events)).not.toContain(usccOf(1));
  });
});

describe('matchedLoanProducts', () => {
  const ask = async (actor: Actor, args = '', sheet?: unknown) =>
    policies.ask<{ _entities: { matchedLoanProducts: { nodes: unknown[] } | null }[] }>(
      `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Enterprise { matchedLoanProducts${args} { nodes { outcome product { id } criteria { outcome actual } nearestMiss { fact difference } missingFacts { name } } } } } }`,
      {
        variables: {
          of: [
            {
              __typename: 'Enterprise',
              uscc: usccOf(1),
              ...(sheet === undefined ? {} : { factsVersion: register.tellSheet(1, sheet), creditStanding: null }),
            },
          ],
        },
        actor,
      },
    );

  it('shows an enterprise the products that it matches live, with the reasons', async () => {
    await publish();
    await publish({ id: 'large', criteria: [{ fact: 'employees', op: 'gte', value: 30 }], yearlyRateBasisPoints: 300 });
    const own = await ask(enterprise(usccOf(1)));
    expect(own.data?._entities[0]?.matchedLoanProducts?.nodes).toEqual([
      {
        outcome: 'ELIGIBLE',
        product: { id: 'credit' },
        criteria: [{ outcome: 'MET', actual: '18人' }],
        nearestMiss: [],
        missingFacts: [],
      },
    ]);
    const live = await ask(enterprise(usccOf(1)), '(outcomes: [ELIGIBLE, NOT_ELIGIBLE])', {
      asOf: '2025-12-31',
      values: { employees: 20 },
    });
    expect(live.data?._entities[0]?.matchedLoanProducts?.nodes).toMatchObject([
      { product: { id: 'credit' }, criteria: [{ actual: '20人' }] },
      { product: { id: 'large' }, nearestMiss: [{ fact: 'employees', difference: '10' }] },
    ]);
  });

  it('leaves out what does not suit a need, and refuses a need of somebody else', async () => {
    await publish();
    await publish({ id: 'short', termMonths: 6 });
    const [mine, other] = [idOf(await state(1)), idOf(await state(2))];
    expect(
      (await ask(enterprise(usccOf(1)), `(need: "${mine}")`)).data?._entities[0]?.matchedLoanProducts?.nodes,
    ).toMatchObject([{ product: { id: 'credit' } }]);
    expect((await ask(enterprise(usccOf(1)), `(need: "${other}")`)).errors?.[0]?.extensions?.['code']).toBe(
      'BAD_USER_INPUT',
    );
    for (const actor of [banker, enterprise(usccOf(2))])
      expect((await ask(actor)).errors?.[0]?.extensions?.['code']).toBe('FORBIDDEN');
    expect((await ask(auditor)).data?._entities[0]?.matchedLoanProducts?.nodes).toHaveLength(2);
  });
});

it('an enterprise whose facts were not read yet is shown as undetermined, without section and district', async () => {
  await publish();
  await state(9);
  expect((await seenBy(banker)).nodes).toMatchObject([{ outcome: 'UNDETERMINED', industrySection: '', district: '' }]);
});
