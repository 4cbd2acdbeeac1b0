import {
  naturalKey,
  refused,
  targetField as field,
  type Landed,
  type Landing,
  type MappedRow,
  type Refused,
  type Target,
} from '@zhitong/connect';
import { mayWriteFor } from '../../domain/access.js';
import { importedPayment, isSamePayment, standingPayment } from '../../domain/imports/imported-payment.js';
import { faultOf } from '../../domain/imports/refusal-reasons.js';
import type { Fulfilment, LedgerCommand } from '../../domain/ledger/ledger-command.js';
import { decide } from '../../domain/ledger/ledger.js';
import { ledgerState } from '../../domain/ledger/ledger-state.js';
import type { EntryDraft } from '../../domain/ledger/ledger-entry.js';
import type { ExternalNumber } from '../../models/external-number.js';
import type { LedgerOutcome } from '../../models/ledger.js';
import { openLedger, type OpenLedger } from '../ledger-writes.js';
import { DAY, deliverer, NAME, REQUIRED, TEXT, typedNumber, type TargetTools } from './target-parts.js';

const FIELDS: Target['fields'] = {
  externalNumber: field(
    NAME,
    'Number of the payment in the other system; where it has none, map the receipt here too.',
    ['支付编号', '拨付单号', '支付令号', '凭证号', '银行回单号', '回单号', '银行流水号', '发票号码'],
    REQUIRED,
  ),
  commitment: field(
    NAME,
    "Number of the promise that is paid: the other system's, or the ledger's own.",
    ['承诺编号', '台账编号', '项目编号'],
    REQUIRED,
  ),
  amount: field(
    { kind: 'money' },
    'What was paid.',
    ['支付金额', '拨付金额', '实付金额', '付款金额', '到账金额', '价税合计'],
    REQUIRED,
  ),
  paidOn: field(DAY, 'Day of the payment.', ['支付日期', '拨付日期', '付款日期', '到账日期', '开票日期'], REQUIRED),
  paymentReference: field(
    NAME,
    'Number of the bank receipt; used once in the whole ledger, however it is typed.',
    ['银行回单号', '回单号', '银行流水号', '发票号码'],
    REQUIRED,
  ),
  invoiceNumber: field(NAME, 'Number of the invoice or receipt that the enterprise gave.', [
    '发票号码',
    '发票号',
    '收据号',
    '票据号码',
  ]),
  note: field(TEXT, 'What else shows the payment.', ['摘要', '用途', '备注']),
};

/** What undoing needs: the payment as it was written, and what stood in its place. */
interface Before {
  readonly number: string;
  readonly commitmentId: string;
  readonly paid: Fulfilment;
  readonly previous: Fulfilment | null;
}

/** A ledger that the deliverer may write, as it stands in the transaction. */
interface PayableLedger {
  readonly commitmentId: string;
  readonly entries: readonly EntryDraft[];
}

/** What one batch reads once and writes together. */
interface PaymentBatch {
  readonly ledger: OpenLedger;
  readonly landing: Landing;
  /** Of the batch's payments those that are known, by number. */
  readonly known: ReadonlyMap<string, ExternalNumber>;
  /** Promises by the number that a row gives. */
  readonly promises: ReadonlyMap<string, readonly ExternalNumber[]>;
  readonly kept: ExternalNumber[];
  readonly forgotten: string[];
}

/**
 * Payments of promises: each row settles a part of its promise on the day when it was paid, with its receipt as
 * evidence. A row that differs later corrects the payment by a reversal and a new entry, as the ledger does; a payment
 * is taken back by a reversal.
 */
export function paymentTarget({ stores, outbox, ledgerOffice }: TargetTools): Target {
  /** Judges rows one after the other, and writes what they came to together. */
  const inBatch = async (
    { numbers, promises }: { readonly numbers: readonly string[]; readonly promises: readonly string[] },
    landing: Landing,
    judge: (batch: PaymentBatch) => Promise<readonly Landed[]>,
  ): Promise<readonly Landed[]> => {
    const { session, department, now } = landing;
    const own = { kind: 'PAYMENT', department } as const;
    const { externalNumbers } = stores;
    const batch: PaymentBatch = {
      ledger: openLedger({ stores, outbox }, { recordedBy: deliverer(landing).sub, now, session }),
      landing,
      known: await externalNumbers.findAll(own, numbers, session),
      promises: await externalNumbers.commitments(promises, session),
      kept: [],
      forgotten: [],
    };
    const landed = await judge(batch);
    await batch.ledger.write();
    await externalNumbers.putAll(own, batch.kept, session);
    await externalNumbers.removeAll(own, batch.forgotten, session);
    return landed;
  };

  const payable = async (
    commitmentId: string,
    said: string,
    { ledger, landing }: PaymentBatch,
  ): Promise<PayableLedger | Refused> => {
    const entries = await ledger.chain(commitmentId);
    const state = ledgerState(entries);
    if (state === null)
      return refused({ field: 'commitment', reason: `台账中没有编号为 ${said} 的承诺，请先导入承诺` });
    if (!mayWriteFor(deliverer(landing), state.promisor, ledgerOffice))
      return refused({
        field: 'commitment',
        reason: `编号 ${said} 的承诺不由 ${landing.department} 承担，不能由它登记`,
      });
    return state.terms.measure === 'MONEY'
      ? { commitmentId, entries }
      : refused({ field: 'commitment', reason: `编号 ${said} 的承诺不是资金承诺，不能登记付款` });
  };

  const append = async (
    commitmentId: string,
    command: LedgerCommand,
    { ledger }: PaymentBatch,
  ): Promise<LedgerOutcome> => ledger.append(commitmentId, (present, recording) => decide(present, command, recording));

  const landOne = async ({ values }: MappedRow, batch: PaymentBatch): Promise<Landed> => {
    const { source, department } = batch.landing;
    const payment = importedPayment(values);
    if ('fault' in payment) return refused(payment.fault);
    const { number, said } = namesOf(values);
    const promises = batch.promises.get(said) ?? [];
    const promise = promises.find((one) => one.department === department) ?? promises[0];
    if (promise !== undefined && promise.department !== department && promises.length > 1)
      return refused({
        field: 'commitment',
        reason: `有 ${String(promises.length)} 个单位各有编号为 ${said} 的承诺，请改填台账自己的编号`,
      });
    const commitmentId = promise?.commitmentId ?? said;
    const ledger = await payable(commitmentId, said, batch);
    if ('kind' in ledger) return ledger;
    const known = batch.known.get(number) ?? null;
    if (known !== null && known.commitmentId !== commitmentId)
      return refused({
        field: 'commitment',
        reason: `支付 ${number} 已记在另一项承诺名下，不能改记；请先在台账中冲正，再用新的编号送入`,
      });
    const previous = known === null ? null : standingPayment(ledger.entries, known.seq);
    const evidence = payment.evidence ?? previous?.evidence ?? `${source} ${number}`;
    const paid: Fulfilment = { ...payment, evidence };
    let command: LedgerCommand = { type: 'FULFIL', ...paid };
    if (known !== null) {
      if (previous === null)
        return refused({
          field: null,
          reason: '该笔支付已在台账中冲正，不再按来源更改；重新支付的请用新的编号',
        });
      if (isSamePayment(previous, paid)) return { kind: 'unchanged' };
      const reason = `来源 ${source} 更正支付 ${number}`;
      command = { type: 'CORRECT', reverses: known.seq, reason, replacement: paid };
    }
    const outcome = await append(commitmentId, command, batch);
    if (!outcome.ok) return refused(faultOf(outcome.refusal));
    batch.kept.push(keptPayment(number, { commitmentId, seq: outcome.version, landing: batch.landing }));
    const before: Before = { number, commitmentId, paid, previous };
    return { kind: known === null ? 'new' : 'changed', before };
  };

  const undoOne = async ({ number, commitmentId, paid, previous }: Before, batch: PaymentBatch): Promise<Landed> => {
    const ledger = await payable(commitmentId, commitmentId, batch);
    if ('kind' in ledger) return ledger;
    const seq = batch.known.get(number)?.seq ?? 0;
    const standing = standingPayment(ledger.entries, seq);
    if (standing === null || !isSamePayment(standing, paid))
      return refused({ field: null, reason: `支付 ${number} 此后已在台账中冲正或更正，未撤销` });
    const outcome = await append(
      commitmentId,
      { type: 'CORRECT', reverses: seq, reason: `撤销导入 ${batch.landing.runId}`, replacement: previous },
      batch,
    );
    if (!outcome.ok) return refused({ field: null, reason: `${faultOf(outcome.refusal).reason}，未撤销` });
    if (previous === null) batch.forgotten.push(number);
    else batch.kept.push(keptPayment(number, { commitmentId, seq: outcome.version, landing: batch.landing }));
    return { kind: 'changed', before: null };
  };

  return {
    name: 'payment',
    fields: FIELDS,
    key: ['externalNumber'],
    areKeysOfDepartment: true,
    names: typedNumber,
    land: async (rows, landing) => {
      const named = rows.map(({ values }) => namesOf(values));
      return inBatch(
        { numbers: named.map(({ number }) => number), promises: [...new Set(named.map(({ said }) => said))] },
        landing,
        async (batch) => {
          await batch.ledger.expectReferences(rows.map(({ values }) => String(values['paymentReference'] ?? '')));
          return oneByOne(rows, async (row) => landOne(row, batch));
        },
      );
    },
    undo: async (rows, landing) => {
      const written = rows.map(({ before }) => before as Before); // what `land` gave
      return inBatch({ numbers: written.map(({ number }) => number), promises: [] }, landing, async (batch) =>
        oneByOne(written, async (before) => undoOne(before, batch)),
      );
    },
  };
}

/** The numbers of a payment and of its promise, as a row gives them. */
const namesOf = (values: MappedRow['values']): { readonly number: string; readonly said: string } => ({
  number: String(values['externalNumber'] ?? ''),
  said: String(values['commitment'] ?? ''),
});

/** Where a payment stands in the ledger, for the register of other systems' numbers. */
const keptPayment = (
  number: string,
  {
    landing: { department, source },
    ...place
  }: { readonly commitmentId: string; readonly seq: number; readonly landing: Landing },
): ExternalNumber => ({
  kind: 'PAYMENT',
  department,
  number,
  key: naturalKey([number], `${department}/`),
  ...place,
  source,
});

/** One after the other: two payments of one promise are two places of one chain. */
async function oneByOne<Row>(rows: readonly Row[], land: (row: Row) => Promise<Landed>): Promise<readonly Landed[]> {
  const landed: Landed[] = [];
  for (const row of rows) landed.push(await land(row));
  return landed;
}
