import type { TermsReason } from '../commitments/commitment.js';
import type { LedgerRefusal } from '../ledger/ledger-decision.js';
import { filledWords } from '../problem.js';
import type { ImportFault } from './imported-values.js';

/** A refusal of the ledger, or of its register of receipts. */
export type RefusedByLedger = Pick<LedgerRefusal, 'path' | 'details'> & {
  readonly code: LedgerRefusal['code'] | 'DUPLICATE_PAYMENT' | 'DUPLICATE_CONSENT';
};

/** Which field of a delivery fills a place in a promise's input. */
const FIELDS_OF_TERMS: Readonly<Record<string, string>> = {
  title: 'title',
  amount: 'amount',
  instalments: 'dueOn',
  document: 'documentDate',
  official: 'officialName',
};

/** Why the terms of a promise cannot be; `{name}` is a parameter. */
const WORDS_OF_TERMS: Readonly<Record<TermsReason, string>> = {
  AMOUNT_TOO_LARGE: '金额超过单笔上限 {most} 元',
  BAD_AMOUNT: '承诺金额必须大于零',
  BAD_DIGEST: '摘要须为 64 位小写十六进制的 SHA-256',
  DOCUMENT_AFTER_PROMISE: '文件日期 {date} 晚于承诺日期 {promisedOn}',
  DUE_TOO_EARLY: '应兑现日期 {date} 早于 {before}',
  MISNUMBERED: '第 {no} 期的编号为 {given}',
  MONEY_NEEDED: '{kind} 类承诺须有金额',
  NOT_A_DATE: '“{date}”不是日期',
  NO_CONDITION: '条件须写明企业应做的事',
  NO_DELIVERABLE: '不以金额计的承诺须写明交付内容',
  NO_DOCUMENT_NUMBER: '文件须有文号',
  NO_INSTALMENTS: '至少须有一个应兑现日期',
  NO_OFFICIAL: '责任人姓名不能为空',
  NO_TITLE: '承诺事项不能为空',
  OTHER_SUM: '各期金额之和与承诺金额不符',
  TOO_MANY_INSTALMENTS: '最多 {most} 期',
};

/** The fields of a delivery that hold what a command calls otherwise. */
const FIELDS: Readonly<Record<string, string>> = {
  effectiveOn: 'paidOn',
  document: 'documentDate',
};

type Told = Exclude<RefusedByLedger['code'], 'BAD_TERMS'>;

const REASONS: Readonly<Record<Told, (details: LedgerRefusal['details']) => string>> = {
  BAD_AMOUNT: () => '金额必须大于零',
  BAD_DATE: () => '日期不存在',
  BAD_EVIDENCE: () => '凭证不全：须有回单号，文件须有文号且日期不得晚于今天',
  BEFORE_PROMISE: ({ promisedOn }) => `早于承诺日期 ${String(promisedOn)}`,
  IN_THE_FUTURE: ({ today }) => `日期尚未到来，今天是 ${String(today)}`,
  CLOCK_SET_BACK: () => '本机时钟早于台账最近一次记录或封存，请校准时钟后重新送入',
  OVERPAYMENT: ({ outstanding }) => `超过尚未兑现的 ${String(outstanding)} 元`,
  OVER_WAIVED: ({ outstanding }) => `放弃的金额超过尚未兑现的 ${String(outstanding)} 元`,
  STALE_VERSION: () => '该承诺的台账同时另有更改，请重新送入',
  UNKNOWN_ENTRY: () => '台账中没有要冲正的这一笔',
  CORRECTION_OF_CORRECTION: () => '冲正本身不能再冲正，请另记正确的内容',
  SAME_DEPARTMENT: () => '承诺单位没有变化',
  SAME_OFFICIAL: () => '责任人没有变化',
  OUT_OF_ORDER: () => '早于台账中同类的最后一次记录',
  UNKNOWN_CONDITION: () => '该承诺没有这一项条件',
  NOT_PROMISED: () => '台账中没有这项承诺，请先导入承诺',
  VOID: () => '该承诺已作为误录在台账中冲正，不能再记',
  ALREADY_CORRECTED: () => '该笔记录已在台账中冲正',
  NOT_CORRECTABLE: () => '这类记录按台账规则不能冲正，只能另记正确的内容',
  ALREADY_ATTACHED: () => '该承诺已有这份文件',
  ALREADY_ASSESSED: () => '该条件已按同一依据认定',
  DUPLICATE_CONSENT: ({ commitmentId, entry }) =>
    `该同意书已用于承诺 ${String(commitmentId)} 的第 ${String(entry)} 笔记录，一份同意书只能用于一次放弃`,
  STILL_SETTLED: () => '该承诺已有兑现或放弃的记录，须先冲正这些记录',
  DUPLICATE_PAYMENT: ({ commitmentId, entry, arrear, payment }) =>
    arrear === undefined
      ? `该回单已用于承诺 ${String(commitmentId)} 的第 ${String(entry)} 笔记录，一张回单只能用一次`
      : `该回单已用于欠款 ${String(arrear)} 的第 ${String(payment)} 笔付款，一张回单只能用一次`,
};

/** A refusal of the ledger for the person who corrects the row, with the field of the delivery that it is about. */
export function faultOf({ code, path, details }: RefusedByLedger): ImportFault {
  const place = path.find((part) => part !== 'replacement') ?? null;
  if (code === 'BAD_TERMS')
    return {
      field: FIELDS_OF_TERMS[place ?? ''] ?? null,
      reason: filledWords(WORDS_OF_TERMS[details['terms'] as TermsReason], details),
    };
  return { field: place === null ? null : (FIELDS[place] ?? place), reason: REASONS[code](details) };
}
