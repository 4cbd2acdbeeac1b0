import type { Actor } from '@zhitong/kit';
import {
  coordinator,
  creditUnderTest,
  enterprise,
  keeper,
  officer,
  TODAY,
  type CreditUnderTest,
} from '../support/credit-under-test.js';
import { registerWrites } from '../support/register-writes.js';

const USCC = '91421200MA4F5E6G3P';
const OTHER = '91110000600037341L';
const machine: Actor = { sub: 'machine', roles: ['SERVICE'], department: 'SCJGJ' };

let credit: CreditUnderTest;
beforeAll(async () => {
  credit = await creditUnderTest(import.meta.url);
});
afterAll(async () => credit.close());
const { write } = registerWrites(() => credit);

interface Told {
  readonly bars: readonly Record<string, unknown>[];
  readonly pledge: { readonly id: string; readonly state: string } | null;
}
const told = async (
  actor: Actor | null,
  department: string,
  { uscc = USCC, pledge = null }: { uscc?: string; pledge?: string | null } = {},
): Promise<Told | string> => {
  const { data, errors } = await credit.ask<{ _entities: [{ commitmentApproval: Told | null } | null] }>(
    'query ($of: [_Any!]!, $department: ID!, $pledge: ID) { _entities(representations: $of) { ... on Enterprise { commitmentApproval(department: $department, pledge: $pledge) { bars { kind number keptBy { code } until } pledge { id state } } } } }',
    { variables: { of: [{ __typename: 'Enterprise', uscc }], department, pledge }, actor },
  );
  return data?._entities[0]?.commitmentApproval ?? String(errors?.[0]?.extensions?.['code']);
};
const signed = async (uscc: string, department: string): Promise<string> => {
  const written = await write(
    'signPledge',
    'pledge { id }',
    {
      uscc,
      department,
      matter: '企业投资项目备案',
      textVersion: '2026-1',
      digest: 'b'.repeat(64),
      signature: 'SM2:q83vEjRWeJA=',
      signedOn: TODAY,
    },
    { actor: officer(department) },
  );
  return (written['pledge'] as { id: string }).id;
};

describe('what a department decides an approval on a pledge by', () => {
  it('is the pledge that was given to it by that enterprise, and no other', async () => {
    const pledge = await signed(USCC, 'ZGJ');
    expect(await told(machine, 'ZGJ', { pledge })).toEqual({ bars: [], pledge: { id: pledge, state: 'IN_FORCE' } });
    expect(await told(officer('ZGJ'), 'ZGJ', { pledge })).toMatchObject({ pledge: { id: pledge } });
    expect(await told(machine, 'RSJ', { pledge })).toEqual({ bars: [], pledge: null });
    expect(await told(machine, 'ZGJ', { pledge, uscc: OTHER })).toEqual({ bars: [], pledge: null });
    expect(await told(machine, 'ZGJ')).toEqual({ bars: [], pledge: null });
  });

  it('is what bars the enterprise, with the numbers that its officers read without a purpose', async () => {
    await write(
      'recordDishonesty',
      'creditStanding { grade }',
      {
        uscc: USCC,
        category: '环境违法',
        seriousness: 'GENERAL',
        documentNumber: '咸环罚〔2026〕1号',
        from: '2026-02-01',
      },
      { actor: officer('STHJJ') },
    );
    const bar = { kind: 'DISHONESTY_RECORD', keptBy: { code: 'STHJJ' }, until: '2027-02-01' };
    expect(await told(machine, 'STHJJ')).toEqual({
      bars: [{ ...bar, number: expect.stringMatching(/\d/) as string }],
      pledge: null,
    });
    // The office that keeps the records reads them all.
    expect(await told(machine, 'FGW')).toMatchObject({ bars: [{ number: expect.stringMatching(/\d/) as string }] });
    expect(await told(machine, 'ZGJ')).toEqual({ bars: [{ ...bar, number: null }], pledge: null });
  });

  it('is for officers of that department and for machines', async () => {
    for (const [actor, department] of [
      [null, 'ZGJ'],
      [enterprise(USCC), 'ZGJ'],
      [coordinator, 'ZGJ'],
      [keeper, 'ZGJ'],
      [officer('RMYH'), 'RMYH'],
      [machine, 'RMYH'],
    ] as const)
      expect([actor?.sub, await told(actor, department)]).toEqual([
        actor?.sub,
        actor === null ? 'UNAUTHENTICATED' : 'FORBIDDEN',
      ]);
  });
});
