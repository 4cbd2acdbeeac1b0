import { cellText, formatYuan, type FenTotal, type LegalDay } from '@zhitong/values';
import { ageingBucket, daysOverdue, type AgeingBucket } from '../commitments/ageing.js';
import type { CommitmentKind } from '../commitments/commitment.js';
import { overdueOn, type CommitmentRecord } from '../ledger/commitment-record.js';

/** Columns of the list that an auditor hands over, in order; the heads are Chinese, as its readers are. */
export const EXPORT_COLUMNS = [
  '承诺编号',
  '承诺事项',
  '责任单位',
  '责任单位代码',
  '企业名称',
  '企业统一社会信用代码',
  '项目编号',
  '县市区',
  '县市区代码',
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

/** A cell: text, a whole number, a day, or an amount of money, which a spreadsheet can add up. */
export type ExportCell = string | number | { readonly day: LegalDay } | { readonly fen: FenTotal };

/** What the registry calls departments, districts and enterprises, by code; a code without a name stands for itself. */
export interface ExportNames {
  readonly departments: ReadonlyMap<string, string>;
  readonly regions: ReadonlyMap<string, string>;
  readonly enterprises: ReadonlyMap<string, string>;
}

const KINDS: Readonly<Record<CommitmentKind, string>> = {
  CASH: '资金奖补',
  LAND: '用地',
  TAX_REFUND: '税收返还',
  INFRASTRUCTURE: '基础设施',
  SERVICE: '服务保障',
  PERMIT: '手续办理',
};
const AGES: Readonly<Record<AgeingBucket, string>> = {
  UP_TO_30: '30天以内',
  UP_TO_90: '31至90天',
  UP_TO_180: '91至180天',
  UP_TO_365: '181至365天',
  OVER_365: '365天以上',
};

/** What the last row adds up: money alone, as milestones of roads and permits have no common sum. */
export interface ExportTotals {
  readonly count: number;
  readonly promised: FenTotal;
  readonly fulfilled: FenTotal;
  readonly waived: FenTotal;
  readonly outstanding: FenTotal;
  readonly overdue: FenTotal;
}
export const NO_EXPORT_TOTALS: ExportTotals = {
  count: 0,
  promised: 0n,
  fulfilled: 0n,
  waived: 0n,
  outstanding: 0n,
  overdue: 0n,
};

/** The totals with one more promise. */
export function withRow(totals: ExportTotals, record: CommitmentRecord, asOf: LegalDay): ExportTotals {
  const money = (amount: number): bigint => (record.measure === 'MONEY' ? BigInt(amount) : 0n);
  return {
    count: totals.count + 1,
    promised: totals.promised + money(record.promised),
    fulfilled: totals.fulfilled + money(record.fulfilled),
    waived: totals.waived + money(record.waived),
    outstanding: totals.outstanding + money(record.outstanding),
    overdue: totals.overdue + money(overdueOn(record, asOf)),
  };
}

/** One unfulfilled promise as a row. */
export function exportRow(
  record: CommitmentRecord & { readonly headHash: string },
  { asOf, score, names }: { readonly asOf: LegalDay; readonly score: number; readonly names: ExportNames },
): ExportCell[] {
  const amount = (value: number): ExportCell => (record.measure === 'MONEY' ? { fen: BigInt(value) } : value);
  const days = record.dueOn === null ? 0 : daysOverdue(record.dueOn, asOf);
  const age = ageingBucket(days);
  return [
    record.id,
    record.title,
    names.departments.get(record.promisor) ?? record.promisor,
    record.promisor,
    names.enterprises.get(record.uscc) ?? '',
    record.uscc,
    record.projectId ?? '',
    names.regions.get(record.districtCode) ?? record.districtCode,
    record.districtCode,
    KINDS[record.kind],
    { day: record.promisedOn },
    record.document?.number ?? '无',
    record.dueOn === null ? '' : { day: record.dueOn },
    days,
    age === null ? '' : AGES[age],
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

/** The last row: how many promises, and what those of money add up to. */
export function totalsRow({ count, promised, fulfilled, waived, outstanding, overdue }: ExportTotals): ExportCell[] {
  const amounts = [promised, fulfilled, waived, outstanding, overdue].map((fen) => ({ fen }));
  const before = EXPORT_COLUMNS.indexOf('承诺数') - 2;
  return ['合计（资金承诺）', `${String(count)}项`, ...Array<string>(before).fill(''), ...amounts, '元'];
}

/** A cell as text, on one line and never a formula. */
export function plainCell(cell: ExportCell): string {
  if (typeof cell === 'number') return String(cell);
  if (typeof cell === 'string') return cellText(cell);
  return 'day' in cell ? cell.day : formatYuan(cell.fen);
}
