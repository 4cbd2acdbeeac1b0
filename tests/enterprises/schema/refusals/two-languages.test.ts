import type { Actor } from '@zhitong/kit';
import { coordinator, enterprisesUnderTest, type EnterprisesUnderTest } from '../../support/enterprises-under-test.js';

let hub: EnterprisesUnderTest;
beforeAll(async () => {
  hub = await enterprisesUnderTest(import.meta.url, 200);
});
afterAll(async () => hub.close());

const market: Actor = { sub: 'officer-SCJGJ', roles: ['OFFICER'], department: 'SCJGJ' };
const labour: Actor = { sub: 'officer-RSJ', roles: ['OFFICER'], department: 'RSJ' };
interface Refusal {
  readonly message: string;
  readonly path: string[];
  readonly details: Readonly<Record<string, unknown>> | null;
}
let keys = 0;
async function refusalOf(mutation: string, input: object, actor: Actor): Promise<Refusal | null | undefined> {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const { data, errors } = await hub.ask<Record<string, { refusal: Refusal | null } | null>>(
    `mutation ($input: ${type}!) { ${mutation}(input: $input) { refusal { message path details } } }`,
    { variables: { input: { idempotencyKey: `languages-${(keys += 1)}`, ...input } }, actor },
  );
  expect(errors).toBeUndefined();
  return data?.[mutation]?.refusal;
}
const uscc = (at: number): string => hub.city.enterprises[at]?.uscc ?? '';

/** One refusal of each way in which one is made, from each of the department's rooms. */
const REFUSED: readonly (readonly [string, () => readonly [string, object, Actor], object])[] = [
  [
    'a code that is none',
    () => ['relateEnterprise', { uscc: '9111000060003734', kind: 'BRANCH', parent: null }, market],
    { path: ['uscc'], details: { reason: 'BAD_USCC', zh: expect.stringContaining('GB 32100-2015') as unknown } },
  ],
  [
    'an enterprise that succeeds itself',
    () => [
      'recordSuccession',
      { successor: uscc(0), predecessor: uscc(0), kind: 'MERGER', on: '2026-11-20', document: '合并协议' },
      market,
    ],
    { details: { reason: 'SUCCEEDS_ITSELF', zh: expect.stringContaining('企业不能延续自身') as unknown } },
  ],
  [
    'a leader who is a department',
    () => ['assignServiceRole', { uscc: uscc(1), role: 'LEADER', department: 'RSJ', expectedVersion: 1 }, coordinator],
    {
      message: 'LEADER is an official: name the staff number.',
      path: ['official'],
      details: { reason: 'ROLE_OF_OFFICIAL', role: 'LEADER', zh: '“包联领导”由人员担任：请填写工号' },
    },
  ],
  [
    'a visit without a word',
    () => [
      'recordVisit',
      { uscc: uscc(2), kind: 'SURVEY', officials: [], visitedOn: '2026-11-20', met: '', summary: '', findings: [] },
      labour,
    ],
    { details: { reason: 'TEXT_LENGTH', zh: '内容有 0 个字，须为 1 至 100 个字' } },
  ],
  [
    'a number of employees in words',
    () => ['recordEnterpriseFacts', { uscc: uscc(3), year: 2025, values: { employees: 'many' } }, labour],
    { path: ['values', 'employees'], details: { zh: 'employees 的值须为不小于 0 的整数' } },
  ],
  [
    'an indicator without the one above it',
    () => ['setIndicator', { code: '99.1', name: '某项指标', leadDepartment: 'FGW' }, coordinator],
    { path: ['code'], details: { reason: 'NO_UPPER_INDICATOR', zh: '没有上级指标 99' } },
  ],
  [
    'a department that the city does not have',
    () => ['setIndicator', { code: '98', name: '某项指标', leadDepartment: 'NONE' }, coordinator],
    { path: ['leadDepartment'], details: { zh: '本市没有单位 NONE' } },
  ],
  [
    'an inspection that has not taken place',
    () => [
      'recordInspection',
      {
        ...{
          uscc: uscc(4),
          kind: 'SPECIAL',
          noticeNumber: '咸市监检〔2026〕1号',
          matter: '日常检查',
          isApproved: true,
        },
        ...{ inspectedOn: '2026-11-21', result: 'NO_PROBLEM', resultText: '未发现问题' },
      },
      market,
    ],
    { path: ['inspectedOn'], details: { reason: 'DAY_TO_COME', zh: '2026-11-21 尚未到来，今天是 2026-11-20' } },
  ],
];

it.each(REFUSED)('says of %s in both languages why it is refused', async (_what, given, expected) => {
  const refusal = await refusalOf(...given());
  expect(refusal).toMatchObject(expected);
  expect(refusal?.message).toMatch(/[a-z]/);
  expect(refusal?.details?.['zh']).toMatch(/^[^{}]*[\u4e00-\u9fff][^{}]*$/u);
});
