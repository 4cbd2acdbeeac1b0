import { casesUnderTest, people, type CasesUnderTest } from '../support/cases-under-test.js';
import { aSubmission, mutate } from '../support/mutations.js';

let cases: CasesUnderTest;
beforeAll(async () => void (cases = await casesUnderTest(import.meta.url)));
afterAll(async () => cases.close());

interface Payload {
  case: { version: number; status: string; legalMoves: string[]; history: { seq: number }[] } | null;
  refusal: { message: string } | null;
}

it('the second of two mutations in one request shows the history and the moves after both of them', async () => {
  const { outcome } = await mutate(cases, 'submitCase', aSubmission(), people.owner);
  const caseNumber = outcome?.case?.caseNumber;
  const shown = '{ case { version status legalMoves history { seq } } refusal { message } }';
  const { data, errors } = await cases.ask<{ first: Payload; second: Payload }>(
    `mutation ($first: AssignCaseInput!, $second: UrgeCaseInput!) { first: assignCase(input: $first) ${shown} second: urgeCase(input: $second) ${shown} }`,
    {
      first: { idempotencyKey: 'two-at-once-1', caseNumber, expectedVersion: 1, lead: 'JRB', reason: '涉及金融' },
      second: { idempotencyKey: 'two-at-once-2', caseNumber, note: '请尽快处理' },
    },
    people.coordinator,
  );
  expect(errors).toBeUndefined();
  expect([data?.first.refusal, data?.second.refusal]).toEqual([null, null]);
  const numbers = (payload: Payload | undefined) => payload?.case?.history.map(({ seq }) => seq);
  expect(numbers(data?.first)).toEqual([1, 2]);
  expect(numbers(data?.second)).toEqual([1, 2, 3]);
});
