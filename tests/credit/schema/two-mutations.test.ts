import { creditUnderTest, keeper, officer, type CreditUnderTest } from '../support/credit-under-test.js';
import { promiseInput, USCC } from '../support/promise-writes.js';

let credit: CreditUnderTest;
beforeAll(async () => void (credit = await creditUnderTest(import.meta.url)));
afterAll(async () => credit.close());

it('the second of two entries in one request shows the chain with both of them', async () => {
  const promise = { idempotencyKey: 'the-promise-1', ...promiseInput() };
  const made = await credit.ask<{ recordCommitment: { commitment: { id: string; version: number } } }>(
    'mutation ($input: RecordCommitmentInput!) { recordCommitment(input: $input) { commitment { id version } } }',
    { variables: { input: promise }, actor: officer('ZSZX') },
  );
  const { id, version } = made.data?.recordCommitment.commitment ?? { id: '', version: 0 };
  const handOver = (number: number, name: string) => ({
    idempotencyKey: `hand-over-${String(number)}`,
    commitment: id,
    expectedVersion: version + number - 1,
    to: { name, post: '主任' },
    effectiveOn: `2026-03-0${String(number)}`,
    reason: '岗位调整',
  });
  const shown = '{ commitment { version official { name } entries { kind } } refusal { message } }';
  const { data, errors } = await credit.ask<
    Record<
      'first' | 'second',
      {
        commitment: { version: number; official: { name: string }; entries: { kind: string }[] } | null;
        refusal: unknown;
      }
    >
  >(
    `mutation ($first: HandOverCommitmentInput!, $second: HandOverCommitmentInput!) { first: handOverCommitment(input: $first) ${shown} second: handOverCommitment(input: $second) ${shown} }`,
    { variables: { first: handOver(1, '王五'), second: handOver(2, '赵六') }, actor: officer('ZSZX') },
  );
  expect(errors).toBeUndefined();
  expect([data?.first.refusal, data?.second.refusal]).toEqual([null, null]);
  expect(data?.first.commitment).toMatchObject({ official: { name: '王五' } });
  expect(data?.second.commitment).toMatchObject({ official: { name: '赵六' } });
  const kinds = (payload: 'first' | 'second') => data?.[payload].commitment?.entries.map(({ kind }) => kind);
  expect(kinds('second')).toEqual([...(kinds('first') ?? []), 'HANDED_OVER']);
});

it('the second of two judgments in one request shows a standing that rests on both', async () => {
  const judgment = (number: number, fulfilledOn: string | null) => ({
    idempotencyKey: `judgment-${String(number)}`,
    uscc: USCC,
    caseNumber: `（2026）鄂1202执${String(number)}号`,
    court: '咸安区人民法院',
    amount: '1000.00',
    effectiveOn: '2026-02-01',
    fulfilledOn,
  });
  const shown = '{ creditStanding { hasUnfulfilledJudgment judgments { caseNumber } } refusal { message } }';
  interface Payload {
    creditStanding: { hasUnfulfilledJudgment: boolean; judgments: { caseNumber: string }[] } | null;
  }
  const { data, errors } = await credit.ask<Record<'first' | 'second', Payload>>(
    `mutation ($first: RecordJudgmentInput!, $second: RecordJudgmentInput!) { first: recordJudgment(input: $first) ${shown} second: recordJudgment(input: $second) ${shown} }`,
    { variables: { first: judgment(1, '2026-03-01'), second: judgment(2, null) }, actor: keeper },
  );
  expect(errors).toBeUndefined();
  expect([
    data?.first.creditStanding?.hasUnfulfilledJudgment,
    data?.second.creditStanding?.hasUnfulfilledJudgment,
  ]).toEqual([false, true]);
  expect([data?.first.creditStanding?.judgments.length, data?.second.creditStanding?.judgments.length]).toEqual([1, 2]);
});
