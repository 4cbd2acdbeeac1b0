import { badUserInput, requireRole, type Actor } from '@zhitong/kit';
import { idempotencyKeyArgument, payloadOf, type CommandOutcome, type RefusalPayload } from '@zhitong/kit/commands';
import { parseYuan } from '@zhitong/values';
import type { Context } from '../../context.js';
import { mayWriteFor } from '../../domain/access.js';
import type { LegalDocument, Measure } from '../../domain/commitments/commitment.js';
import { said } from '../../domain/refusal-words.js';
import type { LegalDocumentInput } from '../../generated/resolvers-types.js';
import type { OnCommitment } from '../../usecases/ledger-commands.js';
import type { CommitmentView } from '../../records.js';
import { EVERY_FIELD } from '../commitment-fields.js';
import { pastDay } from '../own-credit.js';

/** An officer's department, or an error that says who may do this. */
export function requireOfficer(actor: Actor | null, what: string): asserts actor is Actor {
  requireRole(actor, ['OFFICER'], what);
}

/** Yuan as whole fen. */
export function fenArgument(amount: string, path: readonly string[]): number {
  const parsed = parseYuan(amount);
  if (!parsed.ok)
    throw badUserInput(
      said('BAD_AMOUNT', { field: path.at(-1) ?? 'amount', fault: parsed.message, faultInChinese: parsed.zh }),
      path,
    );
  return parsed.fen;
}

/** A legal document, as an input has it. */
export const documentOf = ({ number, date, digest }: LegalDocumentInput): LegalDocument => ({
  number,
  date,
  digest: digest ?? null,
});

/** Why something is changed or taken back, as an input has it. */
export const whyOf = ({
  reason,
  document,
}: {
  readonly reason: string;
  readonly document: LegalDocumentInput;
}): { readonly reason: string; readonly document: LegalDocument } => ({ reason, document: documentOf(document) });

/** An amount given as yuan or as milestones: exactly one of the two. */
export function amountArgument(
  { amount, milestones }: { amount?: string | null | undefined; milestones?: number | null | undefined },
  path: readonly string[],
): { measure: Measure; amount: number } {
  const hasAmount = amount !== null && amount !== undefined;
  const hasMilestones = milestones !== null && milestones !== undefined;
  if (hasAmount === hasMilestones) throw badUserInput(said('AMOUNT_OR_MILESTONES'), [...path, 'amount']);
  return hasAmount
    ? { measure: 'MONEY', amount: fenArgument(amount, [...path, 'amount']) }
    : { measure: 'DELIVERABLE', amount: milestones ?? 0 };
}

/** What every command on one commitment carries. */
export function onCommitment(
  input: { idempotencyKey: string; commitment: string; expectedVersion?: number | null | undefined },
  { actor, ledgerOffice }: Context,
  what: string,
): OnCommitment {
  requireOfficer(actor, what);
  return {
    idempotencyKey: idempotencyKeyArgument(input.idempotencyKey),
    actor,
    commitmentId: input.commitment,
    expectedVersion: input.expectedVersion ?? null,
    mayWriteFor: (department) => mayWriteFor(actor, department, ledgerOffice),
  };
}

/** A command's outcome as a payload with the commitment as it stands now. */
export async function commitmentPayload(
  outcome: CommandOutcome<string>,
  { stores, clock }: Context,
): Promise<{ commitment: CommitmentView | null } | RefusalPayload> {
  return payloadOf(outcome, async (id) => {
    const [row] = await stores.commitments.byId([id], EVERY_FIELD);
    return { commitment: row ? { ...row, asOf: pastDay(null, { clock, path: [] }) } : null };
  });
}
