import { Kind, parse, type InputValueDefinitionNode, type TypeNode } from 'graphql';
import type { Actor } from '@zhitong/kit';
import { typeDefs } from '../../../subgraphs/policies/src/server.js';
import {
  banker,
  enterprise,
  officer,
  policiesUnderTest,
  usccOf,
  type PoliciesUnderTest,
} from '../support/policies-under-test.js';

/** Writes backwards what follows: an account of 行银 is read as one of 银行. */
const UNSHOWN = '行\u202E银行银行银行';
const ACTORS: readonly Actor[] = [
  officer,
  enterprise(usccOf(1)),
  banker,
  { sub: 'keeper', roles: ['OFFICER'], department: 'YSB' },
];
/** Texts that have a form of their own, which no such character is in, and by what they are refused. */
const OF_A_FORM: Readonly<Record<string, string>> = {
  'definePolicyParameter.name': 'PARAMETER_NAME',
  'recordParameterValue.parameter': 'NO_PARAMETER',
  'recordParameterValue.sourceUrl': 'BAD_SOURCE_URL',
  'confirmGrant.number': 'BAD_ACCOUNT',
  'applyWithPledge.number': 'BAD_ACCOUNT',
  'subscribeToTopic.value': 'WORDS_WITH_CONTROL',
  'unsubscribeFromTopic.value': 'NOT_SUBSCRIBED',
  'publishLoanProduct.name': 'PRODUCT_UNUSABLE',
  'publishLoanProduct.bank': 'PRODUCT_UNUSABLE',
};
/** Values that a field needs so that it is the text that is refused. */
const NEEDED: Readonly<Record<string, unknown>> = {
  number: '6222021234567890',
  sourceUrl: 'https://example.cn/1',
  criteria: [],
};

const { definitions } = parse(typeof typeDefs === 'string' ? typeDefs : '');
const fieldsOf = new Map(
  definitions.flatMap((one) =>
    one.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION ? [[one.name.value, one.fields ?? []] as const] : [],
  ),
);
const lastOf = new Map(
  definitions.flatMap((one) =>
    one.kind === Kind.ENUM_TYPE_DEFINITION ? [[one.name.value, one.values?.at(-1)?.name.value] as const] : [],
  ),
);
const SCALARS: Readonly<Record<string, unknown>> = {
  ID: 'some-id',
  String: '某某银行的说明',
  Int: 1,
  Float: 1,
  Boolean: true,
  Decimal: '1.00',
  Date: '2026-11-20',
  JSON: {},
};

const nameOf = (type: TypeNode): string => (type.kind === Kind.NAMED_TYPE ? type.name.value : nameOf(type.type));
/** A value of a type that could be meant. */
function some(type: TypeNode): unknown {
  if (type.kind === Kind.NON_NULL_TYPE) return some(type.type);
  if (type.kind === Kind.LIST_TYPE) return [some(type.type)];
  return fieldsOf.has(type.name.value)
    ? inputOf(type.name.value)
    : (lastOf.get(type.name.value) ?? SCALARS[type.name.value]);
}
const inputOf = (name: string): Record<string, unknown> =>
  Object.fromEntries(
    (fieldsOf.get(name) ?? []).map(({ name: field, type }) => [field.value, NEEDED[field.value] ?? some(type)]),
  );

const isText = ({ name, type }: InputValueDefinitionNode): boolean =>
  nameOf(type) === 'String' && name.value !== 'idempotencyKey';
const TEXTS = definitions.flatMap((one) =>
  (one.kind === Kind.OBJECT_TYPE_DEFINITION || one.kind === Kind.OBJECT_TYPE_EXTENSION) && one.name.value === 'Mutation'
    ? (one.fields ?? []).flatMap(({ name, arguments: given = [] }) => {
        const input = nameOf(given[0]?.type ?? { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: '' } });
        return (fieldsOf.get(input) ?? [])
          .filter(isText)
          .map((field) => [`${name.value}.${field.name.value}`, name.value, input, field] as const);
      })
    : [],
);

let policies: PoliciesUnderTest;
let keys = 0;
beforeAll(async () => void (policies = await policiesUnderTest(import.meta.url)));
afterAll(async () => policies.close());

it('the graph takes many texts of people', () => expect(TEXTS.length).toBeGreaterThan(15));

it.each(TEXTS)('%s says what is read, or is refused', async (place, mutation, input, { name, type }) => {
  const reasons = [];
  for (const actor of ACTORS) {
    const value = type.kind === Kind.LIST_TYPE ? [UNSHOWN] : UNSHOWN;
    const idempotencyKey = `unshown-text-${String((keys += 1))}`;
    const variables = { input: { ...inputOf(input), [name.value]: value, idempotencyKey } };
    const { data, errors } = await policies.ask<
      Record<string, { refusal: { details: { reason?: unknown } | null } | null } | null>
    >(`mutation ($input: ${input}!) { ${mutation}(input: $input) { refusal { details } } }`, { variables, actor });
    reasons.push(errors?.[0]?.extensions?.['reason'] ?? data?.[mutation]?.refusal?.details?.reason);
  }
  expect([place, reasons]).toEqual([place, expect.arrayContaining([OF_A_FORM[place] ?? 'CONTROL_CHARACTER'])]);
});
