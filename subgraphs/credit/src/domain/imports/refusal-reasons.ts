import type { LedgerRefusal } from '../ledger/ledger-decision.js';
import type { ImportFault } from './imported-values.js';

/** A refusal of the ledger, or of its register of receipts. */
export type RefusedByLedger = Pick<LedgerRefusal, 'path' | 'details'> & {
  readonly code: LedgerRefusal['code'] | 'DUPLICATE_PAYMENT' | 'DUPLICATE_CONSENT';
};

/** What the places in a promise's input are called, and which field of a delivery fills them. */
const TERMS: Readonly<Record<string, readonly [field: string, name: string]>> = {
  title: ['title', '承诺事项（不能为空）'],
  amount: ['amount', '承诺金额（必须大于零）'],
  instalments: ['dueOn', '应兑现日期（不得早于承诺日期）'],
  document: ['documentDate', '文件文号与日期（不得晚于承诺日期）'],
  official: ['officialName', '责任人姓名（不能为空）'],
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
  if (code === 'BAD_TERMS') {
    const [field, name] = TERMS[place ?? ''] ?? [null, '承诺条款'];
    return { field, reason: `${name}不符合台账规则` };
  }
  return { field: place === null ? null : (FIELDS[place] ?? place), reason: REASONS[code](details) };
}
