import {
  naturalKey,
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
import { mayWriteFor } from '../../domain/access.js';
import {
  importedCommitment,
  missingCommands,
  promisorOf,
  type ImportedCommitment,
} from '../../domain/imports/imported-commitment.js';
import { faultOf } from '../../domain/imports/refusal-reasons.js';
import { decide, promise } from '../../domain/ledger/ledger.js';
import { ledgerState } from '../../domain/ledger/ledger-state.js';
import { appendToLedger, newCommitmentId } from '../ledger-writes.js';
import { DAY, deliverer, NAME, REQUIRED, TEXT, typedNumber, type TargetTools } from './target-parts.js';

const FIELDS: Target['fields'] = {
  externalNumber: field(
    NAME,
    'Number of the promise in the other system.',
    ['承诺编号', '台账编号', '项目编号', '编号'],
    REQUIRED,
  ),
  title: field(NAME, 'What was promised, in a line.', ['承诺事项', '事项名称', '奖补项目', '项目名称'], REQUIRED),
  kind: field(
    codes({
      CASH: ['资金', '资金奖补', '资金奖励', '奖补', '补贴', '奖励'],
      LAND: ['用地', '土地'],
      TAX_REFUND: ['税收返还', '退税'],
      INFRASTRUCTURE: ['基础设施', '配套设施'],
      SERVICE: ['服务'],
      PERMIT: ['审批', '证照'],
    }),
    'Kind of the promise.',
    ['承诺类型', '类型', '资金类别'],
    REQUIRED,
  ),
  promisor: field(NAME, 'Code of the department that owes it; who delivers when it is not said.', [
    '承诺单位',
    '责任单位',
    '主管部门',
  ]),
  uscc: field(
    { kind: 'uscc' },
    'Code of the enterprise to which it was made.',
    ['统一社会信用代码', '信用代码'],
    REQUIRED,
  ),
  district: field(
    NAME,
    'District where it is to be kept, six digits of GB/T 2260.',
    ['所属区县', '区域代码', '行政区划'],
    REQUIRED,
  ),
  promisedOn: field(DAY, 'Day of the promise.', ['承诺日期', '签订日期', '批复日期'], REQUIRED),
  amount: field({ kind: 'money' }, 'What was promised.', ['承诺金额', '应付金额', '核定金额'], REQUIRED),
  dueOn: field(DAY, 'Day by which it is to be paid.', ['应兑现日期', '应付日期', '兑现期限'], REQUIRED),
  documentNumber: field(NAME, 'Number of the legal document.', ['文号', '文件号', '批复文号', '合同编号']),
  documentDate: field(DAY, 'Day of the legal document.', ['文件日期', '发文日期', '合同日期']),
  conditions: field({ kind: 'texts', longest: 500 }, 'What the enterprise has to meet.', ['兑现条件', '对企业的条件']),
  officialName: field(
    { kind: 'text', longest: 200, isName: true },
    'Official answerable for it.',
    ['责任人', '经办负责人'],
    { ...REQUIRED, isPersonal: true },
  ),
  officialPost: field(TEXT, 'Post of that official.', ['责任人职务', '职务']),
};

/** What undoing needs: the promise, and its entries that were written. */
interface Before {
  readonly number: string;
  readonly commitmentId: string;
  readonly fromSeq: number;
  readonly toSeq: number;
}

/**
 * What the government promised, by a finance office's list: each row opens a ledger with its promise, dated as it was
 * made. A later delivery may attach a document; terms that differ are refused, since no promise is changed behind the
 * enterprise's back. What a run entered is taken back by a reversal, as long as nothing was paid or waived.
 */
export function commitmentTarget({ stores, outbox, register, ledgerOffice }: TargetTools): Target {
  /** Opens a ledger. */
  const enter = async (
    number: string,
    { terms, promisedOn }: ImportedCommitment,
    landing: Landing,
  ): Promise<Landed> => {
    const { session, source, now } = landing;
    const commitmentId = newCommitmentId(dayInShanghai(now));
    const outcome = await appendToLedger(
      { stores, outbox },
      { commitmentId, recordedBy: deliverer(landing).sub, now, session },
      (_none, recording) => promise(commitmentId, terms, promisedOn, recording),
    );
    if (!outcome.ok) return refused(faultOf(outcome.refusal));
    await stores.externalNumbers.put(
      {
        kind: 'COMMITMENT',
        department: terms.promisor,
        number,
        key: naturalKey([number], `${landing.department}/`),
        commitmentId,
        seq: 1,
        source,
      },
      session,
    );
    const before: Before = { number, commitmentId, fromSeq: 1, toSeq: 1 };
    return { kind: 'new', before };
  };

  /** Adds what a ledger does not have yet. */
  const supplement = async (
    number: string,
    commitmentId: string,
    said: ImportedCommitment,
    landing: Landing,
  ): Promise<Landed> => {
    const { session, now } = landing;
    const entries = await stores.entries.chain(commitmentId, session);
    const promisor = ledgerState(entries)?.promisor ?? '';
    if (!mayWriteFor(deliverer(landing), promisor, ledgerOffice))
      return refused({ field: 'externalNumber', reason: notTheirs(number, landing.department) });
    const missing = missingCommands(entries, said);
    if ('fault' in missing) return refused(missing.fault);
    const [command] = missing.commands;
    if (command === undefined) return { kind: 'unchanged' };
    const outcome = await appendToLedger(
      { stores, outbox },
      { commitmentId, recordedBy: deliverer(landing).sub, now, session },
      (present, recording) => decide(present, command, recording),
    );
    if (!outcome.ok) return refused(faultOf(outcome.refusal));
    const before: Before = { number, commitmentId, fromSeq: entries.length + 1, toSeq: outcome.version };
    return { kind: 'changed', before };
  };

  const landOne = async ({ values }: MappedRow, landing: Landing): Promise<Landed> => {
    const said = importedCommitment(values, landing.department);
    if ('fault' in said) return refused(said.fault);
    const number = String(values['externalNumber'] ?? '');
    if (!mayWriteFor(deliverer(landing), said.terms.promisor, ledgerOffice))
      return refused({
        field: 'promisor',
        reason: `${landing.department} 不能登记 ${said.terms.promisor} 的承诺，只有该单位和 ${ledgerOffice} 可以`,
      });
    const known = await stores.externalNumbers.find(
      { kind: 'COMMITMENT', department: said.terms.promisor, number },
      landing.session,
    );
    return known === null ? enter(number, said, landing) : supplement(number, known.commitmentId, said, landing);
  };

  const undoOne = async ({ number, commitmentId, fromSeq, toSeq }: Before, landing: Landing): Promise<Landed> => {
    const { session, runId, now } = landing;
    const entries = await stores.entries.chain(commitmentId, session);
    const state = ledgerState(entries);
    if (state === null || state.version !== toSeq)
      return refused({ field: null, reason: `承诺 ${commitmentId} 此后又有新的记录，未撤销` });
    if (!mayWriteFor(deliverer(landing), state.promisor, ledgerOffice))
      return refused({ field: null, reason: notTheirs(number, landing.department) });
    const outcome = await appendToLedger(
      { stores, outbox },
      { commitmentId, recordedBy: deliverer(landing).sub, now, session },
      (present, recording) =>
        decide(
          present,
          { type: 'CORRECT', reverses: fromSeq, reason: `撤销导入 ${runId}`, replacement: null },
          recording,
        ),
    );
    if (!outcome.ok) return refused({ field: null, reason: `${faultOf(outcome.refusal).reason}，未撤销` });
    await stores.externalNumbers.remove({ kind: 'COMMITMENT', department: state.promisor, number }, session);
    return { kind: 'changed', before: null };
  };

  return {
    name: 'commitment',
    fields: FIELDS,
    key: ['externalNumber'],
    areKeysOfDepartment: true,
    names: typedNumber,
    land: async (rows, landing) => {
      const unknown = await unknownNames(rows, register, (row) => namesIn(row, landing.department));
      const landed: Landed[] = [];
      // One after the other: all are written in one transaction, and a row may name what the one before it entered.
      for (const row of rows) landed.push(unknown.get(row) ?? (await landOne(row, landing)));
      return landed;
    },
    undo: async (rows, landing) => {
      const landed: Landed[] = [];
      for (const { before } of rows) landed.push(await undoOne(before as Before, landing)); // what `land` gave
      return landed;
    },
  };
}

const notTheirs = (number: string, department: string): string =>
  `编号 ${number} 的承诺不由 ${department} 承担，不能由它登记`;

const namesIn = ({ values }: MappedRow, department: string): readonly NamedInRow[] => [
  { kind: 'department', field: 'promisor', code: promisorOf(values, department) },
  { kind: 'enterprise', field: 'uscc', code: String(values['uscc'] ?? '') },
  { kind: 'region', field: 'district', code: String(values['district'] ?? '') },
];
