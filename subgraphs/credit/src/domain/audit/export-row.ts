import type { LegalDay } from '@zhitong/values';
import { ageingBucket, daysOverdue } from '../commitments/ageing.js';
import { overdueOn, type CommitmentRecord } from '../ledger/commitment-record.js';
import { amountText } from '../ledger/amount-text.js';

/** Columns of the list that an auditor hands over, in order; the heads are Chinese, as its readers are. */
export const EXPORT_COLUMNS = [
  '承诺编号',
  '承诺事项',
  '责任单位',
  '企业统一社会信用代码',
  '项目编号',
  '县市区',
  '类别',
  '承诺日期',
  '法律文书文号',
  '最早逾期到期日',
  '逾期天数',
  '账龄',
  '承诺数',
  '已兑现',
  '企业放弃',
  '未兑现',
  '其中逾期',
  '计量',
  '责任人',
  '风险分',
  '账本版本',
  '末条哈希',
] as const;

/** A cell: text, or a whole number. Amounts are text, so that no program rounds them. */
export type ExportCell = string | number;

/** One unfulfilled promise as a row. */
export function exportRow(
  record: CommitmentRecord & { readonly headHash: string },
  asOf: LegalDay,
  score: number,
): ExportCell[] {
  const amount = (value: number): string => amountText(value, record.measure);
  const days = record.dueOn === null ? 0 : daysOverdue(record.dueOn, asOf);
  return [
    record.id,
    record.title,
    record.promisor,
    record.uscc,
    record.projectId ?? '',
    record.districtCode,
    record.kind,
    record.promisedOn,
    record.document?.number ?? '无',
    record.dueOn ?? '',
    days,
    ageingBucket(days) ?? '',
    amount(record.promised),
    amount(record.fulfilled),
    amount(record.waived),
    amount(record.outstanding),
    amount(overdueOn(record, asOf)),
    record.measure === 'MONEY' ? '元' : '节点',
    `${record.official.name}（${record.official.post}）`,
    score,
    record.version,
    record.headHash,
  ];
}

/**
 * Text that a spreadsheet shows as it is: a leading =, +, -, @, tab or return would be run as a formula, so it gets an
 * apostrophe in front (OWASP, CSV injection).
 */
export const plainCell = (cell: ExportCell): ExportCell =>
  typeof cell === 'string' && /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
