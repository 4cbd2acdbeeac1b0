import type { Actor } from '@zhitong/kit';
import {
  auditor,
  BANK,
  creditUnderTest,
  enterprise,
  keeper,
  officer,
  type CreditUnderTest,
} from '../support/credit-under-test.js';
import { deliveries } from '../support/deliveries.js';

const USCC = '91421222MA3L4W7M5Q';
const PROMISE = {
  externalNumber: 'cz-2025-017',
  title: '固定资产投资奖励',
  kind: 'CASH',
  uscc: USCC,
  district: '421222',
  promisedOn: '2025-03-10',
  amount: '12000000',
  dueOn: '2025-12-31',
  officialName: '王建国',
  officialPost: '科长',
};
const PAYMENT = {
  externalNumber: 'zf-1',
  commitment: 'CZ-2025-017',
  amount: '5000000',
  paidOn: '2025-06-30',
  paymentReference: 'HD2025063000017',
};
const RECORD = {
  documentNumber: '咸市监〔2026〕3号',
  uscc: USCC,
  category: '提交虚假材料取得登记',
  seriousness: 'GENERAL',
  from: '2026-03-02',
  repairedOn: '2026-07-01',
  repairProcedure: '已履行义务',
  repairDecision: '咸信修〔2026〕20号',
};

let under: CreditUnderTest;
beforeAll(async () => {
  under = await creditUnderTest(import.meta.url);
  await deliveries(under, 'commitment', 'CZJ').deliver([PROMISE]);
  await deliveries(under, 'payment', 'CZJ').deliver([PAYMENT]);
  await deliveries(under, 'credit-record', 'SCJGJ').deliver([RECORD]);
});
afterAll(async () => under.close());

describe('the sources that deliver to the ledger', () => {
  const names = async (actor: Actor | null) => {
    const { data, errors } = await under.ask<{ creditConnectors: { name: string }[] | null }>(
      '{ creditConnectors { name lastRun { counts { new } } runs { totalCount } refusals { totalCount } } }',
      { actor },
    );
    return errors?.map(({ extensions }) => extensions?.['code']) ?? data?.creditConnectors?.map(({ name }) => name);
  };

  it('are for ADMIN, and of each department for its own officers', async () => {
    expect(await names({ sub: 'admin-1', roles: ['ADMIN'] })).toEqual([
      'commitment-list',
      'credit-record-list',
      'payment-list',
    ]);
    expect(await names(officer('CZJ'))).toEqual(['commitment-list', 'payment-list']);
    expect(await names(officer('SCJGJ'))).toEqual(['credit-record-list']);
    expect(await names(officer(BANK))).toEqual(['FORBIDDEN']);
    expect(await names(enterprise(USCC))).toEqual(['FORBIDDEN']);
    expect(await names(auditor)).toEqual(['FORBIDDEN']);
    expect(await names(null)).toEqual(['UNAUTHENTICATED']);
  });
});

interface Told {
  readonly provenance: { readonly field: string; readonly source: string; readonly run: string }[];
}
const fieldsOf = (told: Told | undefined): string[] | undefined =>
  told?.provenance.map(({ field }) => field).toSorted();

it('a promise and each payment of it say where they came from, however their numbers are typed', async () => {
  const { data } = await under.ask<{
    commitments: { nodes: (Told & { entries: (Told & { kind: string })[] })[] };
  }>(
    `{ commitments(first: 5) { nodes { provenance { field source run }
       entries { kind provenance { field source run } } } } }`,
    { actor: enterprise(USCC) },
  );
  const [promise] = data?.commitments.nodes ?? [];
  expect(fieldsOf(promise)).toEqual(Object.keys(PROMISE).toSorted());
  expect(promise?.provenance[0]?.source).toBe('commitment-list');
  expect(promise?.entries.map(({ kind, provenance }) => [kind, provenance.length > 0])).toEqual([
    ['PROMISED', false],
    ['FULFILLED', true],
  ]);
  expect(fieldsOf(promise?.entries[1])).toEqual(Object.keys(PAYMENT).toSorted());
  expect(promise?.entries[1]?.provenance[0]?.source).toBe('payment-list');
});

it('a credit record says where it came from, of its repair only where the repair is shown', async () => {
  const records = async (asOf: string) => {
    const { data, errors } = await under.ask<{
      _entities: { creditStanding: { dishonestyRecords: (Told & { repair: object | null })[] } }[];
    }>(
      `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Enterprise {
         creditStanding(asOf: "${asOf}") { dishonestyRecords { repair { repairedOn } provenance { field source run } } } } } }`,
      { actor: keeper, variables: { of: [{ __typename: 'Enterprise', uscc: USCC }] } },
    );
    expect(errors).toBeUndefined();
    return data?._entities[0]?.creditStanding.dishonestyRecords[0];
  };
  const repaired = await records('2026-08-01');
  expect(repaired?.repair).not.toBeNull();
  expect(fieldsOf(repaired)).toEqual(Object.keys(RECORD).toSorted());
  const before = await records('2026-05-01');
  expect(before?.repair).toBeNull();
  expect(fieldsOf(before)).toEqual(['category', 'documentNumber', 'from', 'seriousness', 'uscc']);
});
