import type { Said } from '@zhitong/values';
import { faultPayload, refuse, type RefusalCode, type RefusalPayload } from '@zhitong/kit/commands';
import type { CorrectionReason, WhyReason } from '../domain/arrears/arrear-correction.js';
import type { ReversalRefusal } from '../domain/arrears/arrear-payment.js';
import type { TransferRefusal } from '../domain/arrears/arrear-transfer.js';
import type { PaymentRefusal } from '../domain/arrears/arrears.js';
import type { CostReason, SettlementReason } from '../domain/arrears/dispute.js';
import type { PartReversalReason } from '../domain/arrears/part-reversal.js';
import type { AnswerRefusal, PlanFault } from '../domain/arrears/repayment-plan.js';
import type { ApprovalRefusalCode, ItemReason } from '../domain/audit/approval-ledger.js';
import { faultOf, type RefusedByLedger } from '../domain/imports/refusal-reasons.js';
import { filledWords, type Problem } from '../domain/problem.js';
import { said } from '../domain/refusal-words.js';
import type { DishonestyFault, RepairDecision } from '../domain/standing/dishonesty.js';
import type { JudgmentReason } from '../domain/standing/judgment.js';
import type { PledgeRefusalCode } from '../domain/standing/pledge.js';

/** Why a rule refuses a write about a debt, a record, a pledge or an item of the approval ledger. */
type RuleReason =
  | AnswerRefusal['code']
  | ApprovalRefusalCode
  | CorrectionReason
  | CostReason
  | DishonestyFault['code']
  | Extract<RepairDecision, { ok: false }>['code']
  | ItemReason
  | JudgmentReason
  | PaymentRefusal['code']
  | PlanFault['code']
  | PartReversalReason
  | PledgeRefusalCode
  | ReversalRefusal['code']
  | SettlementReason
  | TransferRefusal['code']
  | WhyReason
  | 'BAD_EVIDENCE'
  | 'STILL_PAID';

/** Words for what rules refuse, in Chinese, as an official or an enterprise reads them; `{name}` is a parameter. */
const OF_RULES: Readonly<Record<RuleReason, string>> = {
  ACCEPTANCE_BEFORE_DELIVERY: '{date} 早于交付日期 {deliveredOn}',
  ALREADY_BREACHED: '该承诺的违诺已经登记',
  ALREADY_REPAIRED: '该失信记录已经修复',
  ALREADY_REVERSED: '该笔付款已经冲正',
  ALREADY_SUBMITTED: '该事项已提请销号，正等待企业确认',
  AMOUNT_OUTSIDE: '金额须在 0 与 {most} 元之间',
  AMOUNT_TOO_LARGE: '金额超过单笔上限 {most} 元',
  BAD_AMOUNT: '金额必须大于零',
  BAD_DATE: '日期有误：日期须存在且不晚于今天；信用承诺须在当天签署',
  BAD_EVIDENCE: '依据不全：须写明理由，文件须有文号且日期不晚于今天',
  BAD_DIGEST: '摘要须为 64 位小写十六进制的 SHA-256',
  BAD_DISPUTED: '争议金额须在零与欠款本金之间',
  BAD_DOCUMENT_DATE: '文件日期“{date}”有误：日期须存在且不晚于 {latest}',
  BAD_RATE: '约定年利率最多两位小数，且不得为负',
  BAD_TERM: '付款期限须为整数天数，最多 {most} 天',
  BEFORE_DELIVERY: '{date} 早于交付日期',
  BEFORE_TRANSFER: '{date} 早于上一次划转',
  CLOSED: '该承诺已经办结',
  COST_REVERSED: '第 {no} 笔费用已经冲正',
  DEADLINE_BEFORE_OPENING: '办结期限 {deadline} 早于列入台账之日 {date}',
  DISPUTE_SETTLED: '对金额的争议已经解决，金额不能再更正',
  ENDS_BEFORE_IT_BEGINS: '截止日期 {until} 早于起始日期 {from}',
  FULFILLED_OUTSIDE: '履行日期 {fulfilledOn} 不在生效日与今天之间',
  IN_THE_FUTURE: '日期尚未到来',
  LAPSED: '该失信记录在当日已不再有效',
  LATER_SETTLEMENT: '第 {no} 项争议解决之后另有解决，须先冲正最后一项',
  LATER_TRANSFER: '第 {no} 次划转之后另有划转，须先冲正最后一次',
  MORE_THAN_DISPUTED: '尚有争议且未付的只有 {most} 元，少于所解决的金额',
  NOTHING_SETTLED: '须写明确认应付或予以核减的金额，合计大于零',
  NOT_A_DATE: '“{date}”不是日期',
  NOT_CHECKED: '须先核查：未履行的方可登记违诺，已履行的方可办结',
  NOT_ELIGIBLE: '企业有未修复的失信记录或未履行的生效判决，不适用告知承诺制',
  NOT_IN_RANGE: '“{date}”不是 {from} 至 {to} 之间的日期',
  NOT_OPEN: '还款计划 {plan} 已经答复',
  NOT_SUBMITTED: '责任单位尚未提请销号',
  NO_BREACH: '该承诺没有登记违诺',
  NO_CASE_NUMBER: '须写明案号',
  NO_CATEGORY: '须写明失信事由',
  NO_CAUSE: '须写明未办结的原因',
  NO_CONTRACT: '须写明合同编号',
  NO_COST_SUBJECT: '须写明费用用途',
  NO_COURT: '须写明法院',
  NO_DOCUMENT: '须写明所依据的文书',
  NO_DOCUMENT_NUMBER: '文件须有文号',
  NO_EVIDENCE: '须附依据：修复写明程序与决定文号，销号附佐证',
  NO_FINDING: '须写明核查结果',
  NO_MATTER: '须写明承诺事项',
  NO_PERMIT: '须写明审批事项',
  NO_REASON: '须写明所依据的决定',
  NO_REMARK: '须写明尚缺的内容',
  NO_SIGNATURE: '签名须为签名服务所给的形式：算法（SM2、RSA、ECDSA、ED25519）、冒号、签名值',
  NO_SUBJECT: '须写明采购内容',
  NO_TEXT: '须写明承诺书文本的版本',
  NO_WITHDRAWAL_DOCUMENT: '撤销违诺须附文件：有文号，日期不晚于今天',
  OPEN_BREACH: '企业有违诺尚未整改办结，不能再签承诺',
  OTHER_SIDE: '还款计划 {plan} 须由对方接受',
  OUT_OF_ORDER: '早于上一次记录',
  OVERPAYMENT: '比尚欠的本金、利息与费用多 {tooMuch} 元',
  PAID_MORE: '已付金额比更正后的欠款多 {tooMuch} 元，须先冲正误记的付款',
  PLAN_EMPTY: '还款计划至少一期',
  PLAN_IN_THE_PAST: '{date} 已过，还款计划最早从今天开始',
  PLAN_OTHER_SUM: '还款计划合计 {planned} 元，而无争议的欠款为 {owed} 元',
  PLAN_OUT_OF_ORDER: '各期金额须大于零，并按到期日先后排列',
  PLAN_TOO_LONG: '{date} 晚于 {latest}，即今日所订计划最晚的一天',
  PLAN_TOO_MANY: '还款计划最多 {most} 期',
  REASON_NEEDED: '须写明理由',
  RETENTION_BEFORE_DELIVERY: '质保期届满日 {date} 早于交付日期 {deliveredOn}',
  RETENTION_TOO_LONG: '质保期届满日 {date} 晚于交付后 {most} 天',
  SAME_DEPARTMENT: '债务单位没有变化',
  SETTLEMENT_REVERSED: '第 {no} 项争议解决已经冲正',
  SETTLED_LATER: '另一部分争议已于 {last} 解决，不能早于该日',
  STILL_PAID: '该债务仍有未冲正的付款，须先冲正',
  STRUCK_OFF: '该事项已经销号',
  TERM_NEEDED: '条例不适用于该合同，须填写合同约定的付款期限',
  TOO_EARLY: '未满最短公示期（至 {earliest}），暂不能修复',
  TRANSFER_REVERSED: '第 {no} 次划转已经冲正',
  UNKNOWN_TRANSFER: '该债务没有第 {no} 次划转',
  UNKNOWN_COST: '该债务没有第 {no} 笔费用',
  UNKNOWN_SETTLEMENT: '该债务没有第 {no} 项争议解决',
  UNKNOWN_PAYMENT: '该债务没有第 {payment} 笔付款',
  UNKNOWN_PLAN: '该债务没有提出过还款计划 {plan}',
};

/** Words for what depends on what is stored. */
const OF_COMMANDS = {
  ACCEPTED_ALREADY: '已于 {acceptedOn} 验收；日期有误的应予更正',
  ALREADY_ANSWERED: '该移送已于 {answeredOn} 答复',
  ALREADY_WITHDRAWN: '该失信记录已经撤销',
  BAD_TEXT: '内容有 {length} 个字，须为 1 至 {most} 个字',
  CHANGED_MEANWHILE: '其间另有更改，请重新读取',
  COST_RECORDED: '依据 {document} 的费用已经登记',
  DAY_PASSED: '{date} 已过',
  JUDGMENT_RECORDED: '{caseNumber} 已经登记；只能以相同的法院、金额和日期补记履行',
  JUDGMENT_WITHDRAWN: '该判决登记已经撤销',
  KEY_USED: '幂等键已用于另一次承接，请换新的键',
  NO_ACCEPTANCE: '该债务的付款不以验收为条件',
  NO_CHANGE: '更正没有改变任何内容',
  NOT_MILESTONES: '该承诺以金额计，请填写金额（元）',
  NOT_MONEY: '该承诺以节点计，请填写节点数',
  NO_RECEIPT: '须填写银行回单号',
  OTHER_ENTERPRISE: '失信记录 {record} 不属于 {uscc}',
  OWED_CHANGED: '提出计划后欠款数额另有变动（计划 {planned} 元，尚欠 {owed} 元），须重新提出计划',
  OWED_TO_ITSELF: '债权人与债务人不能是同一企业',
  OWN_SUCCESSOR: '{from} 不能承接自身',
  PLAN_IN_FORCE: '现行还款计划以当前金额为准，金额不能更正',
  PROPOSAL_OPEN: '已有还款计划 {plan} 等待答复',
  REASON_TOO_LONG: '理由最多 {most} 个字',
  SAME_DEBT: '该债务已登记为 {arrear}',
  SAME_RECORD: '{document} 已登记为 {record}',
  STALE_VERSION: '该债务已有更改，现为第 {currentVersion} 版，请重新读取',
  UNKNOWN_COMMITMENT: '没有承诺 {commitment}',
  UNKNOWN_DEBT: '没有欠款 {arrear}',
  UNKNOWN_JUDGMENT: '没有登记 {uscc} 的判决 {caseNumber}',
  UNKNOWN_ITEM: '销号台账中没有 {item}',
  UNKNOWN_PLEDGE: '没有信用承诺 {pledge}',
  UNKNOWN_RECORD: '没有失信记录 {record}',
  UNKNOWN_REFERRAL: '没有移送 {referral}',
  WITHDRAWN: '该债务已作为误录撤销，不能再记',
} as const satisfies Readonly<Record<string, string>>;

export type RefusalReason = RuleReason | keyof typeof OF_COMMANDS;
const WORDS: Readonly<Record<RefusalReason, string>> = { ...OF_RULES, ...OF_COMMANDS };

/** The Chinese words of a problem, and for programs its reason with the parameters. */
const wordsOf = ({ code: reason, message, details = {} }: Problem<RefusalReason>): Said => ({
  message,
  reason,
  zh: filledWords(WORDS[reason], details),
  parameters: details,
});

/**
 * Ends a command with a refusal: English words in the message, the Chinese ones in `details.zh`, and for programs
 * `details.reason` with the parameters.
 * @throws CommandEnded
 */
export const refuseProblem = (code: RefusalCode, problem: Problem<RefusalReason>): never =>
  refuse(code, wordsOf(problem), problem.path);

/** The same as the payload of a mutation that is not run. */
export const problemPayload = (problem: Problem<RefusalReason>): RefusalPayload =>
  faultPayload(wordsOf(problem), problem.path);

/** The same for what the ledger of promises, or its register of receipts and consents, refuses. @throws CommandEnded */
export const refuseLedger = (code: RefusalCode, refusal: RefusedByLedger & { readonly message: string }): never =>
  refuse(
    code,
    {
      message: refusal.message,
      reason: refusal.code,
      zh: faultOf(refusal).reason,
      parameters: refusal.details,
    },
    refusal.path,
  );

/** The debt is recorded already. */
export const sameDebt = (arrear: string): Problem<'SAME_DEBT'> => ({
  code: 'SAME_DEBT',
  message: `this debt is already recorded as ${arrear}`,
  path: ['contractNumber'],
  details: { arrear },
});

/** What a succession passed on goes back, and what is owed goes to whom it succeeded, by the ledger's office alone. */
export const toSucceeded = (department: string): Said => said('PASSED_ON', { department });

export const unknownCommitment = (commitment: string): Problem<'UNKNOWN_COMMITMENT'> => ({
  code: 'UNKNOWN_COMMITMENT',
  message: `There is no commitment ${commitment}.`,
  path: ['commitment'],
  details: { commitment },
});

export const unknownRecord = (record: string): Problem<'UNKNOWN_RECORD'> => ({
  code: 'UNKNOWN_RECORD',
  message: `There is no dishonesty record ${record}.`,
  path: ['record'],
  details: { record },
});

export const otherEnterprise = (record: string, uscc: string): Problem<'OTHER_ENTERPRISE'> => ({
  code: 'OTHER_ENTERPRISE',
  message: `The record ${record} is not about ${uscc}.`,
  path: ['uscc'],
  details: { record, uscc },
});
