import { normalReference } from '@zhitong/values';
import { canonical } from '../domain/ledger/hash-chain.js';
import type { EntryDraft } from '../domain/ledger/ledger-entry.js';
import type { ArrearRecord } from '../models/arrears/arrear.js';
import { standingConsents, standingReferences } from '../models/ledger.js';
import type { PaymentReference } from '../models/payment-reference.js';
import { storedConsent } from '../models/waiver-consent.js';
import type { Stores } from '../stores.js';
import { confirmed, type Finding } from './findings.js';

/** Rows that are looked at together. */
const BATCH = 500;

type Chains = ReadonlyMap<string, readonly EntryDraft[]>;

/**
 * Entries of these ledgers whose receipt or consent is not kept, so that it could be used once more. What an earlier
 * release let be used twice is kept once.
 */
export async function unguardedEntries({ references, consents }: Stores, chains: Chains): Promise<Finding[]> {
  const payments = [...chains.values()].flatMap(standingReferences);
  const waivers = [...chains.values()].flatMap(standingConsents).map(storedConsent);
  const used = await references.used(payments.map(({ reference }) => normalReference(reference)));
  const kept = await consents.like(waivers);
  const entry = (commitmentId: string, seq: number, message: string): Finding => ({
    kind: 'ENTRY',
    commitmentId,
    seq,
    message,
  });
  return [
    ...payments
      .filter(({ reference }) => !used.has(normalReference(reference)))
      .map(({ commitmentId, seq }) => entry(commitmentId, seq, `the receipt of entry ${seq} is not kept as used`)),
    ...waivers
      .filter(
        ({ uscc, number, digest }) =>
          !kept.some((row) => row.uscc === uscc && (row.number === number || row.digest === digest)),
      )
      .map(({ commitmentId, seq }) => entry(commitmentId, seq, `the consent of entry ${seq} is not kept as used`)),
  ];
}

/** The receipts of a debt's payments that stand, and of which none is reversed. */
function receiptsOf({ id, payments }: Pick<ArrearRecord, 'id' | 'payments'>): PaymentReference[] {
  return payments.flatMap(({ reference, reversal }, index) =>
    reversal === undefined ? [{ reference, arrearId: id, no: index + 1 }] : [],
  );
}

/** Receipts and consents that are kept for nothing that stands, and debts' payments whose receipt is not kept. */
export async function verifyUses(stores: Stores): Promise<Finding[]> {
  const { references, consents, history } = stores;
  const findings: Finding[] = [];
  for await (const keys of history.keysInBatches('arrears'))
    findings.push(...(await confirmed(keys, arrearName, async (some) => unguardedPayments(stores, some))));
  for await (const rows of batches(references.stored()))
    findings.push(...(await confirmed(rows, receiptName, async (some) => unfounded(stores, some, receiptName))));
  for await (const rows of batches(consents.stored()))
    findings.push(...(await confirmed(rows, consentName, async (some) => unfounded(stores, some, consentName))));
  const twice = (record: string): Finding => ({ kind: 'RECORD', record, message: 'it is kept more than once' });
  return [
    ...findings,
    ...(await references.twice()).map((reference) => twice(receiptName({ reference }))),
    ...(await consents.twice()).map((name) => twice(`waiver_consents/${name}`)),
  ];
}

const textOf = (row: object, field: string): string => String(Reflect.get(row, field));
const arrearName = (row: object): string => `arrears/${textOf(row, 'id')}`;
const receiptName = (row: object): string => `payment_references/${textOf(row, 'reference')}`;
const consentName = (row: object): string => `waiver_consents/${textOf(row, 'uscc')}/${textOf(row, 'number')}`;

async function unguardedPayments({ history, references }: Stores, keys: readonly object[]): Promise<Finding[]> {
  const receipts = await receiptsOfDebts(history, keys);
  const used = await references.used(receipts.map(({ reference }) => normalReference(reference)));
  return receipts
    .filter(({ reference }) => !used.has(normalReference(reference)))
    .map((receipt) => ({
      kind: 'RECORD',
      record: 'arrearId' in receipt ? `arrears/${receipt.arrearId}` : '',
      message: `the receipt ${receipt.reference} of a payment is not kept as used`,
    }));
}

/** Rows that are kept for no entry and no payment that stands, or not as it has it. */
async function unfounded(
  { entries, history }: Stores,
  rows: readonly object[],
  nameOf: (row: object) => string,
): Promise<Finding[]> {
  const named = (field: string): string[] =>
    rows.flatMap((row) => {
      const value: unknown = Reflect.get(row, field);
      return typeof value === 'string' ? [value] : [];
    });
  const chains = [...(await entries.chains([...new Set(named('commitmentId'))])).values()];
  const debts = [...new Set(named('arrearId'))].map((id) => ({ id }));
  const founded = new Set([
    ...(await receiptsOfDebts(history, debts)).map(textOfRow),
    ...chains.flatMap((chain) =>
      readable(() => [
        ...standingReferences(chain).map(textOfRow),
        ...standingConsents(chain).map(storedConsent).map(textOfRow),
      ]),
    ),
  ]);
  return rows
    .filter((row) => !founded.has(textOfRow(row)))
    .map((row) => ({
      kind: 'RECORD',
      record: nameOf(row),
      message: 'it is kept as used, and nothing that stands uses it so',
    }));
}

const inNormalForm = <Row extends object>(row: Row): Row =>
  'reference' in row ? { ...row, reference: normalReference(String(row.reference)) } : row;

/** A row as one text, its number in the normal form; of a damaged row a text that no use has. */
function textOfRow(row: object): string {
  try {
    return canonical(inNormalForm(row));
  } catch {
    return '';
  }
}

/** What is read of one thing; of a damaged one nothing: its own chain tells of it, and the others are looked at. */
function readable<Item>(read: () => Item[]): Item[] {
  try {
    return read();
  } catch {
    return [];
  }
}

async function receiptsOfDebts(history: Stores['history'], keys: readonly object[]): Promise<PaymentReference[]> {
  const debts = [...(await history.records('arrears', keys)).values()].flat();
  return debts.flatMap((debt) =>
    readable(() => receiptsOf(debt as ArrearRecord).filter(({ reference }) => typeof reference === 'string')),
  );
}

async function* batches(rows: AsyncIterable<object>): AsyncGenerator<object[]> {
  let batch: object[] = [];
  for await (const row of rows) {
    batch.push(row);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
