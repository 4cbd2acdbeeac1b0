import { forbidden, requireRole } from '@zhitong/kit';
import { type CommandOutcome, idempotencyKeyArgument, payloadOf, type RefusalPayload } from '@zhitong/kit/commands';
import { dayInShanghai } from '@zhitong/values';
import type { Context } from '../../context.js';
import { mayWriteFor } from '../../domain/access.js';
import type { ArrearView } from '../../records.js';
import type { OnArrear, OnArrearOfBoth } from '../../usecases/arrears/arrear-writes.js';
import { arrearView } from '../arrears/arrear-view.js';
import { requireOfficer } from './mutation-input.js';
import { said } from '../../domain/refusal-words.js';

/** A debt as it stands today; null when there is none. */
async function arrearToday(
  id: string,
  { stores, clock }: Pick<Context, 'stores' | 'clock'>,
): Promise<ArrearView | null> {
  const record = await stores.arrears.byId(id);
  return record && arrearView(record, { asOf: dayInShanghai(clock.now()), rules: stores.arrearRules() });
}

/** The fields of the mutation's input that the parts of a debt are made of, where they are called otherwise. */
const INPUT_FIELDS: Readonly<Record<string, string>> = {
  'contract.signedOn': 'contractSignedOn',
  'contract.agreedTermDays': 'agreedTermDays',
  'contract.agreedRate': 'agreedRatePercent',
  'delivery.deliveredOn': 'deliveredOn',
  'delivery.settlementConfirmedOn': 'settlementConfirmedOn',
  'delivery.acceptance.acceptedOn': 'acceptedOn',
  'delivery.acceptance.agreedBy': 'acceptanceAgreedBy',
  'delivery.retentionUntil': 'retentionUntil',
};

/** An outcome whose refusal names a place of the input. */
function inInput(outcome: CommandOutcome<string>): CommandOutcome<string> {
  if (outcome.kind !== 'refused') return outcome;
  const field = INPUT_FIELDS[outcome.refusal.path.join('.')];
  return field === undefined ? outcome : { ...outcome, refusal: { ...outcome.refusal, path: [field] } };
}

export const arrearPayload = async (
  outcome: CommandOutcome<string>,
  context: Context,
): Promise<{ arrear: ArrearView | null } | RefusalPayload> =>
  payloadOf(inInput(outcome), async (id) => ({ arrear: await arrearToday(id, context) }));

/** What every command on one debt carries. */
export function onArrear(
  input: { idempotencyKey: string; arrear: string; expectedVersion?: number | null | undefined },
  { actor, ledgerOffice }: Context,
  what: string,
): OnArrear {
  requireOfficer(actor, what);
  return {
    idempotencyKey: idempotencyKeyArgument(input.idempotencyKey),
    actor,
    department: actor.department ?? '',
    arrearId: input.arrear,
    expectedVersion: input.expectedVersion ?? null,
    mayWriteFor: (department) => mayWriteFor(actor, department, ledgerOffice),
  };
}

/** The same for what the enterprise that the debt is owed to may do, too. */
export function onArrearOfBoth(input: Parameters<typeof onArrear>[0], context: Context, what: string): OnArrearOfBoth {
  const { actor } = context;
  requireRole(actor, ['OFFICER', 'ENTERPRISE'], what);
  if (actor.roles.includes('OFFICER')) return { ...onArrear(input, context, what), creditor: null };
  if (actor.uscc === undefined) throw forbidden(said('FOR_CREDITOR', { what }));
  return {
    idempotencyKey: idempotencyKeyArgument(input.idempotencyKey),
    actor,
    department: '',
    arrearId: input.arrear,
    expectedVersion: input.expectedVersion ?? null,
    mayWriteFor: () => false,
    creditor: actor.uscc,
  };
}
