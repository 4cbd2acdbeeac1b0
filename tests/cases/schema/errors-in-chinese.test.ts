import type { Actor } from '@zhitong/kit';
import { casesUnderTest, people, type CasesUnderTest } from '../support/cases-under-test.js';

let cases: CasesUnderTest;
beforeAll(async () => void (cases = await casesUnderTest(import.meta.url)));
afterAll(async () => cases.close());

const NUMBER = 'SQ2026-000009';
const ASSIGN =
  'mutation ($input: AssignCaseInput!) { change: assignCase(input: $input) { refusal { message details } } }';
const RATE = 'mutation ($input: RateCaseInput!) { change: rateCase(input: $input) { refusal { message details } } }';
const assignment = (change: Record<string, unknown>) => ({
  input: {
    idempotencyKey: 'key-of-an-assignment',
    caseNumber: NUMBER,
    expectedVersion: 1,
    lead: 'RSJ',
    reason: '属其职责',
    ...change,
  },
});

interface Refusal {
  readonly message: string;
  readonly details: { readonly zh?: string; readonly reason?: string };
}

it.each<[string, Record<string, unknown>, Actor | null, string, string, string]>([
  [
    '{ cases(filter: { region: ["4212"] }) { totalCount } }',
    {},
    people.coordinator,
    'filter.region: "4212" is not six digits of GB/T 2260 such as 421202.',
    '行政区划（filter.region）"4212" 不是 GB/T 2260 的六位代码，例如 421202',
    'FILTER_REGION',
  ],
  [
    `{ case(caseNumber: "${NUMBER}") { title } }`,
    {},
    people.stranger,
    `The case ${NUMBER} is for the enterprise that brought it, the departments that handle it, coordinator and auditor.`,
    `诉求 ${NUMBER} 仅供提出诉求的企业、承办单位、营商办和审计人员查阅`,
    'READERS_ONLY',
  ],
  [ASSIGN, assignment({}), people.coordinator, `There is no case ${NUMBER}.`, `没有诉求 ${NUMBER}`, 'NO_CASE'],
  [
    ASSIGN,
    assignment({ reason: '一' }),
    people.coordinator,
    'reason: at least 2 characters, not 1.',
    '内容有 1 个字，至少须 2 个字',
    'TEXT_TOO_SHORT',
  ],
  [
    RATE,
    { input: { idempotencyKey: 'key-of-a-rating', caseNumber: NUMBER, expectedVersion: 1, process: 9, result: 5 } },
    people.owner,
    'process: a rating is a whole number from 1 to 5, not 9.',
    '评价 9 有误，须为 1 至 5 的整数',
    'RATING_OUTSIDE',
  ],
])('%s %j is refused in English and in Chinese', async (operation, variables, actor, message, zh, reason) => {
  const { data, errors } = await cases.ask<{ change?: { refusal: Refusal | null } | null }>(
    operation,
    variables,
    actor,
  );
  const refusal = data?.change?.refusal;
  const told = refusal
    ? [[refusal.message, refusal.details.zh, refusal.details.reason]]
    : errors?.map((error) => [error.message, error.extensions?.['zh'], error.extensions?.['reason']]);
  expect(told).toEqual([[message, zh, reason]]);
});
