import type { LegalDay } from '@zhitong/values';
import type { DishonestyFault, DishonestyRecord, Repair, RepairDecision, Seriousness } from '../standing/dishonesty.js';
import { fault, statedText, type ImportedValues, type ImportFault } from './imported-values.js';

/** A dishonesty record as another system has it. */
export interface ImportedDishonesty extends DishonestyRecord {
  readonly uscc: string;
  readonly category: string;
  readonly recordedBy: string;
  readonly documentNumber: string;
}

type Result<Value> = Value | { readonly fault: ImportFault };

/**
 * Reads a row as a dishonesty record, repaired where it says so. Whether it may be recorded is for the rules of records
 * to say.
 * @param department who delivers, and recorded it where the row names nobody
 */
export function importedDishonesty(values: ImportedValues, department: string): Result<ImportedDishonesty> {
  const repairedOn = statedText(values, 'repairedOn');
  const [procedure, decisionNumber] = [statedText(values, 'repairProcedure'), statedText(values, 'repairDecision')];
  if (repairedOn === null && (procedure ?? decisionNumber) !== null)
    return fault('repairedOn', '有信用修复的内容而没有修复日期');
  const text = (field: string): string => statedText(values, field) ?? '';
  return {
    uscc: text('uscc'),
    category: text('category'),
    seriousness: text('seriousness') as Seriousness, // a code of the target's list
    documentNumber: text('documentNumber'),
    from: text('from'),
    until: statedText(values, 'until'),
    recordedBy: recorderOf(values, department),
    repair:
      repairedOn === null ? null : { repairedOn, procedure: procedure ?? '', decisionNumber: decisionNumber ?? '' },
  };
}

/** The department that made a record: the one that the row names, else the one that delivers it. */
export const recorderOf = (values: ImportedValues, department: string): string =>
  statedText(values, 'recordedBy') ?? department;

/**
 * What a later delivery adds to a record: its repair, null when it says nothing new. A record never changes otherwise:
 * another value is refused, and so is a repair other than the one that stands.
 */
export function missingRepair(
  stored: Omit<ImportedDishonesty, 'recordedBy' | 'uscc' | 'documentNumber'>,
  said: ImportedDishonesty,
): Result<{ readonly repair: Repair | null }> {
  const differs = (field: string, what: string, was: string | null, is: string | null): ImportFault | null =>
    was === is
      ? null
      : { field, reason: `${what}已按“${was ?? '未定'}”记录，不能改为“${is ?? '未定'}”；失信记录只能信用修复` };
  const changed =
    differs('category', '失信事由', stored.category, said.category) ??
    differs('seriousness', '失信程度', stored.seriousness, said.seriousness) ??
    differs('from', '起始日期', stored.from, said.from) ??
    (said.until === null ? null : differs('until', '截止日期', stored.until, said.until));
  if (changed !== null) return { fault: changed };
  if (stored.repair === null || said.repair === null) return { repair: said.repair };
  return stored.repair.repairedOn === said.repair.repairedOn
    ? { repair: null }
    : fault('repairedOn', `该记录已于 ${stored.repair.repairedOn} 修复，不能改为 ${said.repair.repairedOn}`);
}

const FAULTS: Readonly<Record<DishonestyFault['code'], (record: DishonestyRecord) => string>> = {
  NO_CATEGORY: () => '缺少失信事由',
  NO_DOCUMENT: () => '缺少认定文书号',
  IN_THE_FUTURE: ({ from }) => `起始日期 ${from} 尚未到来`,
  ENDS_BEFORE_IT_BEGINS: ({ from, until }) => `截止日期 ${until ?? ''} 早于起始日期 ${from}`,
};

/** Why a record cannot be made, for the person who corrects the row. */
export const recordReason = ({ code, path: [field] }: DishonestyFault, record: DishonestyRecord): ImportFault => ({
  field,
  reason: FAULTS[code](record),
});

type RefusedRepair = Extract<RepairDecision, { ok: false }>;
const REPAIRS: Readonly<
  Record<RefusedRepair['code'], (on: LegalDay, earliest: LegalDay | null) => readonly [field: string, reason: string]>
> = {
  ALREADY_REPAIRED: () => ['repairedOn', '该记录已经修复'],
  TOO_EARLY: (on, earliest) => ['repairedOn', `修复日期 ${on} 过早：这一程度的失信记录至少公示至 ${earliest ?? ''}`],
  LAPSED: (on) => ['repairedOn', `该记录在 ${on} 已不再有效，无须修复`],
  NO_EVIDENCE: () => ['repairDecision', '信用修复须写明修复方式和决定文书号'],
  IN_THE_FUTURE: (on) => ['repairedOn', `修复日期 ${on} 尚未到来`],
};

/** Why a repair cannot be recorded, for the person who corrects the row. */
export function repairReason({ code, earliest }: RefusedRepair, { repairedOn }: Repair): ImportFault {
  const [field, reason] = REPAIRS[code](repairedOn, earliest);
  return { field, reason };
}
