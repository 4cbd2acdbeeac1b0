import {
  enterprise,
  officer,
  policiesUnderTest,
  usccOf,
  type PoliciesUnderTest,
} from '../support/policies-under-test.js';

let policies: PoliciesUnderTest;
beforeAll(async () => {
  policies = await policiesUnderTest(import.meta.url);
  await policies.publish({ id: 'staff' });
  await policies.know({ [usccOf(1)]: { employees: 18 } });
});
afterAll(async () => policies.close());

interface Payload {
  question: { id: string; version: number; answer: string; history: { text: string }[] };
}

it('the second of two mutations in one request shows what both of them wrote', async () => {
  const asked = await policies.ask<{ askPolicyQuestion: Payload }>(
    'mutation ($input: AskPolicyQuestionInput!) { askPolicyQuestion(input: $input) { question { id version } } }',
    {
      variables: { input: { idempotencyKey: 'two-at-once-0', policy: 'staff', text: '新招了5人,能申请吗?' } },
      actor: enterprise(usccOf(1)),
    },
  );
  const { id, version } = asked.data?.askPolicyQuestion.question ?? { id: '', version: 0 };
  const answer = (number: number, text: string) => ({
    idempotencyKey: `two-at-once-${String(number)}`,
    question: id,
    expectedVersion: version + number - 1,
    text,
  });
  const shown = '{ question { version answer history { text } } refusal { message } }';
  const { data, errors } = await policies.ask<{ first: Payload; second: Payload }>(
    `mutation ($first: AnswerPolicyQuestionInput!, $second: AnswerPolicyQuestionInput!) { first: answerPolicyQuestion(input: $first) ${shown} second: answerPolicyQuestion(input: $second) ${shown} }`,
    { variables: { first: answer(1, '可以申请。'), second: answer(2, '可以申请,请带合同。') }, actor: officer },
  );
  expect(errors).toBeUndefined();
  const texts = (payload: Payload | undefined) => payload?.question.history.map(({ text }) => text);
  expect(data?.second.question.answer).toBe('可以申请,请带合同。');
  expect(texts(data?.first)).toEqual(['新招了5人,能申请吗?', '可以申请。']);
  expect(texts(data?.second)).toEqual(['新招了5人,能申请吗?', '可以申请。', '可以申请,请带合同。']);
});
