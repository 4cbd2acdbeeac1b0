import { creditUnderTest, keeper, type CreditUnderTest } from '../support/credit-under-test.js';

const USCC = '91110000600037341L';

let credit: CreditUnderTest;
beforeAll(async () => void (credit = await creditUnderTest(import.meta.url)));
afterAll(async () => credit.close());

interface Recorded {
  recordJudgment: {
    creditStanding: { judgments: { amount: { amount: string } }[] } | null;
    refusal: { code: string; path: string[] } | null;
  } | null;
}
const record = async (index: number, input: Record<string, unknown>) =>
  credit.ask<Recorded>(
    'mutation ($input: RecordJudgmentInput!) { recordJudgment(input: $input) { creditStanding { judgments { amount { amount } } } refusal { code path } } }',
    {
      variables: {
        input: {
          idempotencyKey: `judgment-${String(index).padStart(4, '0')}`,
          uscc: USCC,
          court: '咸宁市中级人民法院',
          effectiveOn: '2026-06-01',
          ...input,
        },
      },
      actor: keeper,
    },
  );

describe('one judgment about one enterprise', () => {
  it('is recorded once when several officers enter it at the same moment, with amounts that differ', async () => {
    const answers = await Promise.all(
      Array.from({ length: 6 }, async (_, index) =>
        record(index, { caseNumber: '(2026)鄂12民终7号', amount: `${String(index + 1)}0000.00` }),
      ),
    );
    expect(answers.flatMap(({ errors }) => errors ?? [])).toEqual([]);
    const refusals = answers.flatMap(({ data }) => data?.recordJudgment?.refusal ?? []);
    expect(refusals).toEqual(Array.from({ length: 5 }, () => ({ code: 'DUPLICATE', path: ['caseNumber'] })));
    const { data } = await credit.ask<{ _entities: [{ creditStanding: { judgments: unknown[] } }] }>(
      `{ _entities(representations: [{ __typename: "Enterprise", uscc: "${USCC}" }]) { ... on Enterprise { creditStanding { judgments { caseNumber } } } } }`,
      { actor: keeper },
    );
    expect(data?._entities[0].creditStanding.judgments).toEqual([{ caseNumber: '(2026)鄂12民终7号' }]);
  });

  it('may have the case number of one about another enterprise: both were parties', async () => {
    expect(
      (await record(20, { caseNumber: '(2026)鄂12民终8号', amount: '1.00' })).data?.recordJudgment?.refusal,
    ).toBeNull();
    expect(
      (await record(21, { caseNumber: '(2026)鄂12民终8号', amount: '1.00', uscc: '91421200MA4F5E6G3P' })).data
        ?.recordJudgment?.refusal,
    ).toBeNull();
  });
});
