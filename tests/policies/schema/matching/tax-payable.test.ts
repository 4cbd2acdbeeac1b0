import {
  auditor,
  officer,
  plainPolicy,
  policiesUnderTest,
  usccOf,
  type PoliciesUnderTest,
} from '../../support/policies-under-test.js';
import { toldRegister } from '../../support/told-register.js';

const register = toldRegister();
let policies: PoliciesUnderTest;
beforeAll(async () => void (policies = await policiesUnderTest(import.meta.url, undefined, register.source)));
afterAll(async () => policies.close());

/** A quarter of the income is taxed at a fifth: a fifth of three quarters is not asked for. */
const SMALL_PROFIT = {
  kind: 'tax',
  formula: '0.2 * 0.75 * taxableIncomeYuan',
  tax_payable_formula: '$quarter * 0.2 * taxableIncomeYuan',
  text_zh: '减按25%计入应纳税所得额，按20%的税率缴纳',
};
let keys = 0;
const mutate = async (field: string, input: Record<string, unknown>, department = 'RSJ') => {
  const type = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input`;
  const { data, errors } = await policies.ask<Record<string, { refusal: { message: string } | null } | null>>(
    `mutation ($input: ${type}!) { ${field}(input: $input) { refusal { message } } }`,
    {
      variables: { input: { ...input, idempotencyKey: `tax-payable-${String((keys += 1))}` } },
      actor: { ...officer, department },
    },
  );
  return errors?.[0]?.message ?? data?.[field]?.refusal?.message ?? null;
};
const draft = async (benefit: Record<string, unknown>) =>
  mutate('savePolicyDraft', { content: { ...plainPolicy, id: 'small', benefit } });

it('what of a tax is still to be paid is worked out by the formula that the policy states', async () => {
  const parameter = { name: 'quarter', label: '计入比例', type: 'NUMBER' };
  expect(await draft(SMALL_PROFIT)).toContain('quarter');
  expect(await mutate('definePolicyParameter', parameter, 'YSB')).toBeNull();
  const value = { parameter: 'quarter', from: '2020-01-01', value: 0.25, source: '财政部 税务总局公告2023年第12号' };
  expect(await mutate('recordParameterValue', value, 'YSB')).toBeNull();
  await policies.department.shelf.refresh();
  expect(await draft({ ...SMALL_PROFIT, tax_payable_formula: '0.05 * taxPayable' })).toContain('taxPayable');
  expect(await draft(SMALL_PROFIT)).toBeNull();
  expect(await mutate('publishPolicy', { policy: 'small', version: 1 })).toBeNull();
  await policies.department.shelf.refresh();

  interface Row {
    readonly matchedPolicies: { readonly nodes: readonly unknown[] };
  }
  const asked = async (number: number, values: Record<string, unknown>) =>
    (
      await policies.ask<{ _entities: Row[] }>(
        `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Enterprise { matchedPolicies(first: 9) { nodes {
          amount { amount } taxPayable { amount } policy { benefit { taxPayableFormula } } } } } } }`,
        {
          variables: {
            r: [
              {
                __typename: 'Enterprise',
                uscc: usccOf(number),
                factsVersion: register.tell(number, values),
                creditStanding: { hasOpenDishonestyRecord: false, hasUnfulfilledJudgment: false },
              },
            ],
          },
          actor: auditor,
        },
      )
    ).data?._entities[0]?.matchedPolicies.nodes;
  const policy = { benefit: { taxPayableFormula: SMALL_PROFIT.tax_payable_formula } };
  // 0.25 * 0.2 * 1,000,000.30 = 50,000.015, and 0.2 * 0.75 of it 150,000.045, to the nearest fen.
  expect(await asked(1, { employees: 12, taxableIncomeYuan: 1_000_000.3 })).toEqual([
    { amount: { amount: '150000.05' }, taxPayable: { amount: '50000.02' }, policy },
  ]);
  expect(await asked(2, { employees: 12 })).toEqual([{ amount: null, taxPayable: null, policy }]);
});
