import type { AnswerRefusal } from '../domain/arrears/repayment-plan.js';
import type { checkWithdrawal } from '../domain/arrears/arrear-correction.js';
import type { ReversalRefusal } from '../domain/arrears/arrear-payment.js';
import type { TransferRefusal } from '../domain/arrears/arrear-transfer.js';
import type { PaymentRefusal } from '../domain/arrears/arrears.js';
import type { ApprovalRefusalCode } from '../domain/audit/approval-ledger.js';
import type { RepairDecision } from '../domain/standing/dishonesty.js';
import type { PledgeRefusalCode } from '../domain/standing/pledge.js';

/** Why a write about a debt, a record, a pledge or an item of the approval ledger is refused. */
export type RefusalReason =
  | PledgeRefusalCode
  | ApprovalRefusalCode
  | Extract<RepairDecision, { ok: false }>['code']
  | AnswerRefusal['code']
  | TransferRefusal['code']
  | PaymentRefusal['code']
  | ReversalRefusal['code']
  | NonNullable<ReturnType<typeof checkWithdrawal>>['code']
  | 'PROPOSAL_OPEN'
  | 'OWED_CHANGED';

/** In Chinese, as an official or an enterprise reads it. */
const WORDS: Readonly<Record<RefusalReason, string>> = {
  ALREADY_BREACHED: '该承诺的违诺已经登记',
  ALREADY_REPAIRED: '该失信记录已经修复',
  ALREADY_REVERSED: '该笔付款已经冲正',
  ALREADY_SUBMITTED: '该事项已提请销号，正等待企业确认',
  BAD_AMOUNT: '金额必须大于零',
  BAD_DATE: '日期有误：日期须存在且不晚于今天；信用承诺须在当天签署',
  BAD_DIGEST: '摘要须为 64 位小写十六进制的 SHA-256',
  BAD_EVIDENCE: '依据不全：须写明理由，文件须有文号且日期不晚于今天',
  BEFORE_DELIVERY: '早于交付日期',
  BEFORE_TRANSFER: '早于上一次划转',
  CLOSED: '该承诺已经办结',
  IN_THE_FUTURE: '日期尚未到来',
  LAPSED: '该失信记录在当日已不再有效',
  NOT_CHECKED: '须先核查：未履行的方可登记违诺，已履行的方可办结',
  NOT_ELIGIBLE: '企业有未修复的失信记录或未履行的生效判决，不适用告知承诺制',
  NOT_OPEN: '该还款计划已经答复',
  NOT_SUBMITTED: '责任单位尚未提请销号',
  NO_EVIDENCE: '须附依据：修复写明程序与决定文号，销号附佐证',
  NO_FINDING: '须写明核查结果',
  NO_MATTER: '须写明承诺事项',
  NO_REASON: '须写明所依据的决定',
  NO_REMARK: '须写明尚缺的内容',
  NO_SIGNATURE: '签名须为签名服务所给的形式：算法（SM2、RSA、ECDSA、ED25519）、冒号、签名值',
  NO_TEXT: '须写明承诺书文本的版本',
  OPEN_BREACH: '企业有违诺尚未整改办结，不能再签承诺',
  OTHER_SIDE: '还款计划须由对方接受',
  OUT_OF_ORDER: '早于上一次记录',
  OVERPAYMENT: '超过尚欠的本金、利息与费用',
  OWED_CHANGED: '提出计划后欠款数额另有变动，须重新提出计划',
  PROPOSAL_OPEN: '已有一份还款计划等待答复',
  SAME_DEPARTMENT: '债务单位没有变化',
  STILL_PAID: '该债务仍有未冲正的付款，须先冲正',
  STRUCK_OFF: '该事项已经销号',
  TOO_EARLY: '未满最短公示期，暂不能修复',
  UNKNOWN_PAYMENT: '该债务没有这一笔付款',
  UNKNOWN_PLAN: '该债务没有提出过这份还款计划',
};

/**
 * The details of a refusal: for programs the reason with its parameters, for people the Chinese words; the English ones
 * are the refusal's message.
 */
export const because = <Parameters extends object>(
  reason: RefusalReason,
  parameters: Parameters,
): Parameters & { readonly reason: RefusalReason; readonly zh: string } => ({
  reason,
  zh: WORDS[reason],
  ...parameters,
});
