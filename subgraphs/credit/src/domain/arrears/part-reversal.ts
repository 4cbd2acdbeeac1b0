import { formatYuan, type LegalDay } from '@zhitong/values';
import type { Problem, ProblemDetails } from '../problem.js';
import { reasonProblem, type WhyReason } from './arrear-correction.js';
import { standing, type PaymentReversal, type ReversalReason } from './arrear-payment.js';
import type { RecordedArrear } from './arrear-knowledge.js';
import { debtorAtLast } from './arrear-transfer.js';
import { arrearPosition, type Arrear, type ArrearRules } from './arrears.js';

/** Why a cost, a settled dispute or a transfer of a debt cannot be reversed. */
export type PartReversalReason =
  | WhyReason
  | 'UNKNOWN_COST'
  | 'COST_REVERSED'
  | 'UNKNOWN_SETTLEMENT'
  | 'SETTLEMENT_REVERSED'
  | 'LATER_SETTLEMENT'
  | 'UNKNOWN_TRANSFER'
  | 'TRANSFER_REVERSED'
  | 'LATER_TRANSFER'
  | 'PAID_MORE';

type Refused = Problem<PartReversalReason> & { readonly ok: false };

/** A debt with a part reversed, or why that cannot be. */
export type PartReversed<Debt> = { readonly ok: true; readonly debt: Debt } | Refused;

interface Given {
  readonly today: LegalDay;
  readonly rules: ArrearRules;
}

const refused = (
  code: PartReversalReason,
  path: readonly string[],
  message: string,
  details?: ProblemDetails,
): Refused => ({ ok: false, code, path, message, ...(details && { details }) });

type Part = { readonly reversal?: PaymentReversal };

/** The parts with number `no` (counted from 1 in the order of recording) reversed, or why it cannot be. */
function withReversal<Entry extends Part>(
  parts: readonly Entry[],
  no: number,
  reversal: PaymentReversal,
  what: 'COST' | 'SETTLEMENT' | 'TRANSFER',
): Entry[] | Refused {
  const name = what.toLowerCase();
  const part = parts[no - 1];
  if (!part)
    return refused(`UNKNOWN_${what}`, [name], `there is no ${name} ${no}; the debt has ${parts.length}`, { no });
  if (part.reversal) return refused(`${what}_REVERSED`, [name], `${name} ${no} is already reversed`, { no });
  if (what !== 'COST' && standing(parts).at(-1) !== part)
    return refused(`LATER_${what}`, [name], `${name} ${no} is not the latest; later ones are reversed first`, { no });
  return parts.map((each) => (each === part ? { ...each, reversal } : each));
}

/** A debt with a cost reversed: it was never owed. Refused where more would be paid then than was owed. */
export function reverseCost<Debt extends Arrear>(
  debt: Debt,
  no: number,
  reversal: PaymentReversal,
  given: Given,
): PartReversed<Debt> {
  const costs = withReversal(debt.costs ?? [], no, reversal, 'COST');
  return 'code' in costs ? costs : checked(debt, { ...debt, costs }, reversal, given);
}

/**
 * A debt with the latest settlement reversed: its amount and its disputed part are what they were before it. Refused
 * where more would be paid then than was owed.
 */
export function reverseSettlement<Debt extends Arrear>(
  debt: Debt,
  no: number,
  reversal: PaymentReversal,
  given: Given,
): PartReversed<Debt> {
  const settlements = debt.settledDisputes ?? [];
  const settledDisputes = withReversal(settlements, no, reversal, 'SETTLEMENT');
  if ('code' in settledDisputes) return settledDisputes;
  return checked(debt, { ...debt, ...settlements[no - 1]?.before, settledDisputes }, reversal, given);
}

/** A debt with the latest transfer reversed: who owed it before owes it, as if it had not been passed on. */
export function reverseTransfer<Debt extends Arrear & RecordedArrear>(
  debt: Debt,
  no: number,
  reversal: PaymentReversal,
  given: Given,
): PartReversed<Debt> {
  const transfers = withReversal(debt.transfers ?? [], no, reversal, 'TRANSFER');
  if ('code' in transfers) return transfers;
  return checked(debt, { ...debt, transfers, debtor: debtorAtLast({ ...debt, transfers }) }, reversal, given);
}

/** The changed debt, if it has a reason and no more is paid now than it is then. */
function checked<Debt extends Arrear>(
  before: Debt,
  debt: Debt,
  why: ReversalReason,
  { today, rules }: Given,
): PartReversed<Debt> {
  const fault = reasonProblem(why, today);
  if (fault) return { ...fault, ok: false };
  const tooMuch = arrearPosition(debt, today, rules).overpaid - arrearPosition(before, today, rules).overpaid;
  return tooMuch > 0
    ? refused(
        'PAID_MORE',
        [],
        `${formatYuan(tooMuch)} more was paid already than the debt would be; reverse what was not paid first`,
        { tooMuch: formatYuan(tooMuch) },
      )
    : { ok: true, debt };
}
