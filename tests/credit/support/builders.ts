import type { CommitmentTerms } from '../../../subgraphs/credit/src/domain/commitments/commitment.js';
import type { EntryDraft } from '../../../subgraphs/credit/src/domain/ledger/ledger-entry.js';
import type { LedgerCommand } from '../../../subgraphs/credit/src/domain/ledger/ledger-command.js';
import type { LedgerDecision, Recording } from '../../../subgraphs/credit/src/domain/ledger/ledger-decision.js';
import { decide, promise } from '../../../subgraphs/credit/src/domain/ledger/ledger.js';

export const A_DIGEST = 'a'.repeat(64);

/** A promise of 1,000.00 yuan in two halves. */
export const someTerms = (changes: Partial<CommitmentTerms> = {}): CommitmentTerms => ({
  title: '固定资产投资奖励',
  kind: 'CASH',
  measure: 'MONEY',
  promisor: 'ZSJ',
  uscc: '91421200MA48FAKE0X',
  projectId: null,
  districtCode: '421202',
  document: { number: '咸招协〔2024〕1号', date: '2024-01-10', digest: null },
  deliverable: null,
  amount: 100_000,
  instalments: [
    { no: 1, dueOn: '2024-06-30', amount: 50_000 },
    { no: 2, dueOn: '2024-12-31', amount: 50_000 },
  ],
  conditions: [{ no: 1, text: '年纳税额达到500万元' }],
  official: { name: '王建国', post: '招商局局长' },
  ...changes,
});

export const recordedOn = (date: string, recordedBy = 'officer-1'): Recording => ({
  recordedAt: `${date}T02:00:00.000Z`,
  recordedBy,
});

const accepted = (decision: LedgerDecision): readonly EntryDraft[] => {
  if (!decision.ok) throw new Error(`refused: ${decision.refusal.code} ${decision.refusal.message}`);
  return decision.drafts;
};

/** The entries of a promise of 2024-01-15, followed by commands, each recorded on the day given. */
export function aLedger(
  commands: readonly (readonly [string, LedgerCommand])[] = [],
  terms = someTerms(),
): EntryDraft[] {
  const entries = [...accepted(promise('C-1', terms, '2024-01-15', recordedOn('2024-01-16')))];
  for (const [day, command] of commands) entries.push(...accepted(decide(entries, command, recordedOn(day))));
  return entries;
}

export const fulfil = (
  amount: number,
  effectiveOn: string,
  paymentReference = `回单-${effectiveOn}-${amount}`,
): LedgerCommand => ({
  type: 'FULFIL',
  amount,
  effectiveOn,
  paymentReference,
  evidence: '银行回单',
});

export const reverse = (reverses: number): LedgerCommand => ({
  type: 'CORRECT',
  reverses,
  reason: '录入错误',
  replacement: null,
});

/** A waiver; `consent` tells its consent from others, of which each is for one waiver. */
export const waive = (amount: number, effectiveOn: string, consent = 1): LedgerCommand => ({
  type: 'WAIVE',
  amount,
  effectiveOn,
  consent: {
    documentNumber: `同意书${String(consent)}号`,
    signedOn: effectiveOn,
    signedBy: '李强',
    digest: String(consent).padStart(64, '0'),
  },
});

export const transfer = (to: string, effectiveOn: string): LedgerCommand => ({
  type: 'TRANSFER',
  to,
  effectiveOn,
  reason: '机构改革',
});

export const handOver = (name: string, effectiveOn: string): LedgerCommand => ({
  type: 'HAND_OVER',
  to: { name, post: '招商局局长' },
  effectiveOn,
  reason: '职务调整',
});
