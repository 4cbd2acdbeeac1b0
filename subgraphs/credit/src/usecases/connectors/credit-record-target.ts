import {
  codeType as codes,
  refused,
  targetField as field,
  unknownNames,
  type Landed,
  type Landing,
  type MappedRow,
  type NamedInRow,
  type Target,
} from '@zhitong/connect';
import { dayInShanghai } from '@zhitong/values';
import { mayRecordDishonesty, mayWriteFor } from '../../domain/access.js';
import {
  importedDishonesty,
  missingRepair,
  recorderOf,
  recordReason,
  repairReason,
  type ImportedDishonesty,
} from '../../domain/imports/imported-dishonesty.js';
import { decideRepair, dishonestyFault, type Repair } from '../../domain/standing/dishonesty.js';
import { addRepair, insertDishonesty } from '../credit-record-writes.js';
import { DAY, deliverer, NAME, REQUIRED, TEXT, typedNumber, type TargetTools } from './target-parts.js';

const FIELDS: Target['fields'] = {
  documentNumber: field(
    NAME,
    'Number of the document that the record rests on.',
    ['认定文书号', '决定书文号', '处罚决定书文号', '文书号'],
    REQUIRED,
  ),
  uscc: field({ kind: 'uscc' }, 'Code of the enterprise.', ['统一社会信用代码', '信用代码'], REQUIRED),
  category: field(TEXT, 'What the enterprise did.', ['失信事由', '失信行为', '列入事由', '违法事实'], REQUIRED),
  seriousness: field(
    codes({
      MINOR: ['轻微', '轻微失信'],
      GENERAL: ['一般', '一般失信'],
      SERIOUS: ['严重', '严重失信', '特别严重'],
    }),
    'How serious it is.',
    ['失信程度', '严重程度', '失信等级'],
    REQUIRED,
  ),
  from: field(DAY, 'First day on which it counts.', ['列入日期', '认定日期', '起始日期', '处罚决定日期'], REQUIRED),
  until: field(DAY, 'Last day on which it counts by itself.', ['截止日期', '公示截止期', '有效期至']),
  recordedBy: field(NAME, 'Code of the department that made it; who delivers when it is not said.', [
    '认定单位',
    '列入机关',
    '处罚机关',
  ]),
  repairedOn: field(DAY, 'Day on which it was repaired.', ['修复日期', '移出日期', '信用修复日期']),
  repairProcedure: field(TEXT, 'How it was repaired.', ['修复方式', '修复程序', '移出事由']),
  repairDecision: field(NAME, 'Number of the decision on the repair.', [
    '修复决定文号',
    '修复文书号',
    '移出决定书文号',
  ]),
};

/**
 * Dishonesty records of a credit platform: each is recorded by a department that punishes dishonesty, or by the office
 * that keeps the records for one. A later delivery may add the repair; nothing else of a record changes, and none is
 * taken back.
 */
export function creditRecordTarget({ stores, outbox, register, ledgerOffice }: TargetTools): Target {
  const tools = { stores, outbox };

  const rightsFault = ({ recordedBy }: ImportedDishonesty, landing: Landing): string | null => {
    const by = deliverer(landing);
    if (!mayRecordDishonesty(by, ledgerOffice)) return `${landing.department} 不是失信惩戒的主管部门，不能记录失信`;
    if (!mayRecordDishonesty({ ...by, department: recordedBy }, ledgerOffice))
      return `${recordedBy} 不是失信惩戒的主管部门，不能认定失信`;
    return mayWriteFor(by, recordedBy, ledgerOffice)
      ? null
      : `${landing.department} 不能代 ${recordedBy} 记录失信，只有该单位和 ${ledgerOffice} 可以`;
  };

  const landOne = async ({ values }: MappedRow, landing: Landing): Promise<Landed> => {
    const { session, now } = landing;
    const today = dayInShanghai(now);
    const said = importedDishonesty(values, landing.department);
    if ('fault' in said) return refused(said.fault);
    const right = rightsFault(said, landing);
    if (right !== null) return refused({ field: 'recordedBy', reason: right });
    const wrong = dishonestyFault(said, today);
    if (wrong !== null) return refused(recordReason(wrong, said));
    const stored = await stores.creditRecords.byDocument(said, session);
    const missing = stored === null ? { repair: said.repair } : missingRepair(stored, said);
    if ('fault' in missing) return refused(missing.fault);
    let repair: Repair | null = null;
    if (missing.repair !== null) {
      const decision = decideRepair(stored ?? { ...said, repair: null }, missing.repair, today);
      if (!decision.ok) return refused(repairReason(decision, missing.repair));
      repair = decision.repair;
    }
    if (stored !== null && repair === null) return { kind: 'unchanged' };
    const id = stored?.id ?? (await insertDishonesty(tools, said, { today, session }));
    if (repair !== null) await addRepair(tools, { id, uscc: said.uscc }, repair, session);
    return { kind: stored === null ? 'new' : 'changed', before: null };
  };

  return {
    name: 'credit-record',
    fields: FIELDS,
    key: ['documentNumber', 'uscc'],
    names: typedNumber,
    land: async (rows, landing) => {
      const unknown = await unknownNames(rows, register, (row) => namesIn(row, landing.department));
      const landed: Landed[] = [];
      // One after the other: a transaction of MongoDB takes one command at a time.
      for (const row of rows) landed.push(unknown.get(row) ?? (await landOne(row, landing)));
      return landed;
    },
    undo: async (rows) =>
      rows.map(() => refused({ field: null, reason: '失信记录及其修复一经记录不能删除，只能依程序信用修复，未撤销' })),
  };
}

const namesIn = ({ values }: MappedRow, department: string): readonly NamedInRow[] => [
  { kind: 'enterprise', field: 'uscc', code: String(values['uscc'] ?? '') },
  { kind: 'department', field: 'recordedBy', code: recorderOf(values, department) },
];
