import type { Actor } from '@zhitong/kit';
import {
  auditor,
  BANK,
  coordinator,
  creditUnderTest,
  enterprise,
  keeper,
  officer,
  type CreditUnderTest,
} from '../support/credit-under-test.js';
import { registerWrites } from '../support/register-writes.js';

// Three enterprises that the register of the tests knows: who is owed, the large one that owes, and a stranger.
const CREDITOR = '91421200MA4F5E6G3P';
const LARGE = '91110000600037341L';
const STRANGER = '91110108551385082Q';

let credit: CreditUnderTest;
const debts: string[] = [];
beforeAll(async () => {
  credit = await creditUnderTest(import.meta.url);
  for (const changes of [{ debtorUscc: LARGE }, { debtorUscc: LARGE, principal: '20000.00' }, {}]) {
    const { arrear, refusal } = await write(
      'recordArrear',
      'arrear { id }',
      {
        debtor: 'ZJJ',
        uscc: CREDITOR,
        subject: '钢结构加工款',
        contractNumber: `HT-${key()}`,
        contractSignedOn: '2026-03-02',
        agreedTermDays: 60,
        deliveredOn: '2026-07-01',
        principal: '100000.00',
        ...changes,
      },
      { actor: keeper },
    );
    expect(refusal).toBeNull();
    debts.push((arrear as { id: string }).id);
  }
});
afterAll(async () => credit.close());
const { key, write } = registerWrites(() => credit);

const LIST = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Enterprise { arrearsOwed {
  totalCount principal { amount } nodes { enterprise { uscc } debtorEnterprise { uscc } recorded { official } } } } } }`;
interface Owed {
  totalCount: number;
  principal: { amount: string };
  nodes: object[];
}
/** The list, or the code of the refusal. */
async function owedBy(uscc: string, actor: Actor): Promise<unknown> {
  const { data, errors } = await credit.ask<{ _entities: { arrearsOwed: Owed | null }[] }>(LIST, {
    actor,
    variables: { of: [{ __typename: 'Enterprise', uscc }] },
  });
  return data?._entities[0]?.arrearsOwed ?? errors?.[0]?.extensions?.['code'];
}
async function readsDebt(id: string | undefined, actor: Actor): Promise<unknown> {
  const { data, errors } = await credit.ask<{ arrear: { id: string } | null }>(`{ arrear(id: "${id}") { id } }`, {
    actor,
  });
  return data?.arrear?.id ?? errors?.[0]?.extensions?.['code'];
}

describe('a large enterprise that owes', () => {
  it('reads the debts that it owes, without the accounts of officials, and none of a department', async () => {
    const [first, second, departments] = debts;
    const node = { enterprise: { uscc: CREDITOR }, debtorEnterprise: { uscc: LARGE }, recorded: { official: null } };
    expect(await owedBy(LARGE, enterprise(LARGE))).toEqual({
      totalCount: 2,
      principal: { amount: '120000.00' },
      nodes: [node, node],
    });
    expect(await readsDebt(first, enterprise(LARGE))).toBe(first);
    expect(await readsDebt(second, enterprise(LARGE))).toBe(second);
    expect(await readsDebt(departments, enterprise(LARGE))).toBe('FORBIDDEN');
  });

  it('is read by the creditor debt by debt, by officials as a list, and by no other enterprise', async () => {
    const [first] = debts;
    expect(await readsDebt(first, enterprise(CREDITOR))).toBe(first);
    expect(await readsDebt(first, enterprise(STRANGER))).toBe('FORBIDDEN');
    // What it owes to others is not for one of its creditors.
    for (const actor of [enterprise(CREDITOR), enterprise(STRANGER)])
      expect(await owedBy(LARGE, actor)).toBe('FORBIDDEN');
    for (const actor of [auditor, coordinator, officer('ZJJ'), officer('RSJ')])
      expect(await owedBy(LARGE, actor)).toMatchObject({ totalCount: 2 });
    expect(await owedBy(LARGE, officer(BANK))).toMatchObject({ totalCount: 0, principal: { amount: '0.00' } });
    expect(await owedBy(CREDITOR, auditor)).toMatchObject({ totalCount: 0 });
  });
});
