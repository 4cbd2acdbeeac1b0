import type { Actor } from '@zhitong/kit';
import {
  auditor,
  banker,
  enterprise,
  officer,
  plainPolicy,
  policiesUnderTest,
  usccOf,
  type PoliciesUnderTest,
} from '../support/policies-under-test.js';

let policies: PoliciesUnderTest;
let keys = 0;
const OWN = usccOf(1);
const own = enterprise(OWN);
beforeAll(async () => {
  policies = await policiesUnderTest(import.meta.url);
  await policies.publish({ id: 'plain' });
  await policies.know({ [OWN]: { employees: 18 } });
});
afterAll(async () => policies.close());

type Told = readonly [message: string, zh: unknown, reason: unknown];

/** What a caller reads of a mutation that is refused: in English, in Chinese, and for programs. */
async function refusalOf(mutation: string, input: Record<string, unknown>, actor: Actor): Promise<Told | undefined> {
  const type = mutation.endsWith('Topic')
    ? 'PolicyTopicInput'
    : `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const { data, errors } = await policies.ask<
    Record<string, { refusal: { message: string; details: { zh?: unknown; reason?: unknown } | null } | null } | null>
  >(`mutation ($input: ${type}!) { ${mutation}(input: $input) { refusal { message details } } }`, {
    variables: { input: { idempotencyKey: `key-in-chinese-${String((keys += 1))}`, ...input } },
    actor,
  });
  const [error] = errors ?? [];
  if (error) return [error.message, error.extensions?.['zh'], error.extensions?.['reason']];
  const refusal = data?.[mutation]?.refusal;
  return refusal ? [refusal.message, refusal.details?.zh, refusal.details?.reason] : undefined;
}

const ACCOUNT = { holder: '测试企业', bank: '工商银行', number: '6222021234567890' };
const PRODUCT = {
  id: 'loan',
  name: '信用贷',
  bank: '测试银行',
  kind: 'CREDIT',
  minimumAmount: '100000.00',
  maximumAmount: '90000.00',
  yearlyRateBasisPoints: 435,
  termMonths: 12,
  collateralKinds: ['NONE'],
  criteria: [],
};
const draft = (change: Record<string, unknown>) => ({ content: { ...plainPolicy, id: 'draft', ...change } });

it.each<[string, Record<string, unknown>, Actor, string, string, string]>([
  [
    'identifyGrants',
    { policy: 'nobody' },
    officer,
    'No policy is published under nobody.',
    '没有编号为 nobody 的已发布政策',
    'NO_POLICY_PUBLISHED',
  ],
  [
    'advanceGrants',
    { grants: ['G-1'], move: 'PAY' },
    officer,
    'There is no grant G-1.',
    '没有编号为 G-1 的兑现单',
    'NO_GRANT',
  ],
  [
    'advanceGrants',
    { grants: ['G-1'], move: 'CONFIRM' },
    officer,
    'CONFIRM is not a move of officers; they can NOTIFY, PUBLICISE, APPROVE, HAND_OVER, PAY, CLOSE, WITHDRAW.',
    '“确认账户”不由工作人员办理；工作人员可以：告知、公示、审定、移交、支付、办结、撤销',
    'NO_MOVE_OF_OFFICERS',
  ],
  [
    'confirmGrant',
    { grant: 'G-1', ...ACCOUNT, number: '12' },
    own,
    'number cannot be used: an account number has 8 to 30 digits.',
    '账号须为 8 至 30 位数字',
    'BAD_ACCOUNT',
  ],
  [
    'decideGrant',
    { grant: 'G-1', decision: 'CHANGE_AMOUNT', amount: '1.234', reason: '复核' },
    officer,
    'amount cannot be used: "1.234" has 3 decimals; an amount in yuan has at most 2 (fen).',
    '金额无法使用：“1.234”有 3 位小数，金额最多 2 位（分）',
    'BAD_AMOUNT',
  ],
  [
    'applyWithPledge',
    { policy: 'plain', pledgeAccepted: true, signatory: '张三', ...ACCOUNT },
    own,
    'plain is paid without an application.',
    '政策 plain 为免申即享，无须申请',
    'PAID_WITHOUT_APPLICATION',
  ],
  [
    'objectToGrant',
    { grant: 'G-1', text: '不符合条件' },
    own,
    'No grant G-1 is shown in public.',
    '没有正在公示的兑现单 G-1',
    'NOT_SHOWN',
  ],
  [
    'decideRecovery',
    { recovery: 'REC-1', decision: 'DEMAND', reason: '多付' },
    officer,
    'There is no demand REC-1 of your department.',
    '本单位没有编号为 REC-1 的追回单',
    'NO_RECOVERY',
  ],
  [
    'publishPolicy',
    { policy: 'plain', version: 1 },
    officer,
    'Version 1 of plain is PUBLISHED; only a draft is published.',
    '政策 plain 的第 1 版为“已发布”，只有草稿可以发布',
    'NOT_A_DRAFT',
  ],
  [
    'savePolicyDraft',
    draft({ criteria: [{ fact: 'employees', op: 'gte', value: 'many' }] }),
    officer,
    'The draft has 1 problems; the first: criteria[0].value: employees gte: "many" must be a number',
    '草稿有 1 处问题，第一处在 criteria[0].value：employees gte："many" 须为数值',
    'DRAFT_UNUSABLE',
  ],
  [
    'savePolicyDraft',
    draft({ benefit: { kind: 'cash', formula: 'employees *' } }),
    officer,
    'The draft has 1 problems; the first: benefit.formula: Position 11: the end was not expected.',
    '草稿有 1 处问题，第一处在 benefit.formula：第 11 位：此处不应出现“公式末尾”',
    'DRAFT_UNUSABLE',
  ],
  [
    'askPolicyQuestion',
    { policy: 'nobody', text: '能申请吗，谢谢？' },
    own,
    'No policy is published under "nobody".',
    '没有编号为 "nobody" 的已发布政策',
    'NO_POLICY_PUBLISHED',
  ],
  [
    'askPolicyQuestion',
    { policy: 'plain', text: '能吗' },
    own,
    'text has 2 characters; 5 to 1000 are needed.',
    'text 有 2 个字，须为 5 至 1000 个字',
    'TEXT_OF_OTHER_LENGTH',
  ],
  [
    'subscribeToTopic',
    { kind: 'INDUSTRY', value: 'Z99' },
    own,
    '"Z99" is no code of GB/T 4754—2017: a section letter A to T, alone or with the two to four digits of a division, group or class in it, for example C13.',
    '"Z99" 不是 GB/T 4754—2017 的行业代码：须为门类字母 A 至 T，或其后加大类、中类、小类的二至四位数字，例如 C13',
    'NO_INDUSTRY',
  ],
  [
    'unsubscribeFromTopic',
    { kind: 'HONOUR', value: '瞪羚企业' },
    own,
    'You have no subscription to HONOUR 瞪羚企业.',
    '您没有订阅资质荣誉“瞪羚企业”',
    'NOT_SUBSCRIBED',
  ],
  [
    'publishLoanProduct',
    PRODUCT,
    banker,
    'The product has 1 problems; the first: maximumAmount: 90000.00 yuan at most lies below 100000.00 at least.',
    '产品有 1 处问题，第一处在 maximumAmount：最高金额 90000.00 元低于最低金额 100000.00 元',
    'PRODUCT_UNUSABLE',
  ],
  [
    'stateFinancingNeed',
    { amount: '0', purpose: '周转', termMonths: 12, latestDay: '2027-01-01' },
    own,
    'amount: "0" is no amount in yuan above 0 with at most two decimals.',
    '融资金额 "0" 有误：须为大于 0 的人民币金额，最多两位小数',
    'NEED_AMOUNT',
  ],
  [
    'definePolicyParameter',
    { name: '1', label: '标准', type: 'NUMBER' },
    { sub: 'admin', roles: ['ADMIN'] },
    '"1" is no name of 2 to 60 letters and digits that begins with a letter.',
    '"1" 不是参数名：须以字母开头，由 2 至 60 个字母和数字组成',
    'PARAMETER_NAME',
  ],
  [
    'subscribeToTopic',
    { kind: 'HONOUR', value: '瞪羚企业' },
    auditor,
    'Mutation.subscribeToTopic needs one of the roles ENTERPRISE.',
    'Mutation.subscribeToTopic 须具有以下角色之一：企业',
    'ROLE_NEEDED',
  ],
  [
    'markNotificationsRead',
    { idempotencyKey: 'short' },
    own,
    'idempotencyKey must have 8 to 64 printable characters without spaces; a UUID is a good one.',
    '幂等键（idempotencyKey）须为 8 至 64 个可见字符，不含空格，可用 UUID',
    'BAD_KEY',
  ],
])('%s %j tells why it is refused in English and in Chinese', async (mutation, input, actor, message, zh, reason) => {
  expect(await refusalOf(mutation, input, actor)).toEqual([message, zh, reason]);
});

it.each<[string, string, string, string]>([
  [
    '{ policies(first: 201) { totalCount } }',
    'first is 201; a page has at most 200 entries.',
    'first 为 201，每页最多 200 条',
    'PAGE_TOO_LARGE',
  ],
  [
    '{ policies(first: 1, last: 1) { totalCount } }',
    'Ask for first or for last, not for both.',
    'first 与 last 只能填其一',
    'FIRST_AND_LAST',
  ],
  [
    '{ policies(filter: { region: "4212" }) { totalCount } }',
    'filter.region: "4212" is not six digits of GB/T 2260.',
    '地区（filter.region）"4212" 不是 GB/T 2260 的六位区划代码',
    'FILTER_REGION',
  ],
  [
    `{ _entities(representations: [{ __typename: "Enterprise", uscc: "${usccOf(2)}" }]) { ... on Enterprise { matchedPolicies { totalCount } } } }`,
    `The matches of ${usccOf(2)} are for the enterprise itself and for officials of the government.`,
    `企业 ${usccOf(2)} 的政策匹配结果仅供该企业和政府工作人员查阅`,
    'MATCHES_ARE_FOR',
  ],
])('the question %s is refused in both languages', async (question, message, zh, reason) => {
  const { errors } = await policies.ask(question, { actor: own });
  expect(errors?.map((error) => [error.message, error.extensions?.['zh'], error.extensions?.['reason']])).toEqual([
    [message, zh, reason],
  ]);
});
