import type { Actor } from '@zhitong/kit';
import { creditUnderTest, enterprise, keeper, officer, type CreditUnderTest } from '../support/credit-under-test.js';

const USCC = '91421200MA4F5E6G3P';
const OTHER = '91110000600037341L';
const JUDGMENT = `mutation ($input: RecordJudgmentInput!) { recordJudgment(input: $input) { refusal { message } } }`;
const judgment = (change: Record<string, unknown>) => ({
  input: {
    idempotencyKey: 'key-of-a-judgment',
    uscc: USCC,
    caseNumber: '（2026）鄂1202民初1号',
    court: '咸安区人民法院',
    amount: '1000.00',
    effectiveOn: '2026-10-01',
    ...change,
  },
});

let credit: CreditUnderTest;
beforeAll(async () => void (credit = await creditUnderTest(import.meta.url)));
afterAll(async () => credit.close());

it.each<[string, Record<string, unknown>, Actor, string, string, string]>([
  [
    '{ commitments(filter: { districtCode: "4212" }) { totalCount } }',
    {},
    keeper,
    'filter.districtCode: "4212" is not six digits of GB/T 2260 such as 421202.',
    '行政区划（filter.districtCode）"4212" 不是 GB/T 2260 的六位代码，例如 421202',
    'FILTER_DISTRICT',
  ],
  [
    `{ commitments(filter: { uscc: "${OTHER}" }) { totalCount } }`,
    {},
    enterprise(USCC),
    `What was promised of ${OTHER} is for the enterprises that it concerns, the department that owes it, and officials of the government.`,
    `${OTHER} 的政府承诺仅供相关企业、责任单位和政府工作人员查阅`,
    'FOR_READERS',
  ],
  [
    JUDGMENT,
    judgment({}),
    officer('ZJJ'),
    'Judgments are recorded by officers of FGW.',
    '判决由 FGW 的工作人员登记',
    'JUDGMENTS_RECORDED_BY',
  ],
  [
    JUDGMENT,
    judgment({ amount: '1.234' }),
    keeper,
    'amount: "1.234" has 3 decimals; an amount in yuan has at most 2 (fen).',
    'amount：“1.234”有 3 位小数，金额最多 2 位（分）',
    'BAD_AMOUNT',
  ],
  [
    JUDGMENT,
    judgment({ effectiveOn: '2026-02-30' }),
    keeper,
    'Variable "$input" got invalid value "2026-02-30" at "input.effectiveOn"; Date cannot be "2026-02-30": write an existing day as YYYY-MM-DD, for example 2026-02-14.',
    'Date 不能为 "2026-02-30"：须为存在的日期，格式为 YYYY-MM-DD，例如 2026-02-14',
    'SCALAR',
  ],
])('%s %j is refused in English and in Chinese', async (operation, variables, actor, message, zh, reason) => {
  const { errors } = await credit.ask(operation, { variables, actor });
  expect(errors?.map((error) => [error.message, error.extensions?.['zh'], error.extensions?.['reason']])).toEqual([
    [message, zh, reason],
  ]);
});
