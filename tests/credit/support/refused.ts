import type { LedgerCommand } from '../../../subgraphs/credit/src/domain/ledger/ledger-command.js';
import type { LedgerDecision } from '../../../subgraphs/credit/src/domain/ledger/ledger-decision.js';
import { decide } from '../../../subgraphs/credit/src/domain/ledger/ledger.js';
import { aLedger, recordedOn } from './builders.js';

/** What a decision says against a command; null for one that was taken. */
export const refusalOf = (decision: LedgerDecision) => (decision.ok ? null : decision.refusal);

/** What is said against a command on a ledger. */
export const refused = (
  command: LedgerCommand,
  entries = aLedger(),
  day = '2024-07-01',
  version: number | null = null,
) => refusalOf(decide(entries, command, recordedOn(day), version));

/** The assessment of a condition of the promise. */
export const assess = (conditionNo: number): LedgerCommand => ({
  type: 'ASSESS_CONDITION',
  conditionNo,
  status: 'MET',
  evidence: '完税证明',
  effectiveOn: '2024-06-01',
});
