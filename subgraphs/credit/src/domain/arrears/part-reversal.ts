import { formatYuan, type LegalDay } from '@zhitong/values';
import type { Problem, ProblemDetails } from '../problem.js';
import { reasonProblem, type WhyReason } from './arrear-correction.js';
import { standing, type PaymentReversal, type ReversalReason } from './arrear-payment.js';
import { arrearPosition, type Arrear, type ArrearRules } from './arrears.js';

/** Why a cost or a settled dispute of a debt cannot be reversed. */
export type PartReversalReason =
  | WhyReason
  | 'UNKNOWN_COST'
  | 'COST_REVERSED'
  | 'UNKNOWN_SETTLEMENT'
  | 'SETTLEMENT_REVERSED'
  | 'LATER_SETTLEMENT'
  | 'PAID_MORE';

/** A debt with a part reversed, or why that cannot be. */
export type PartReversed<Debt> =
  { readonly ok: true; readonly debt: Debt } | (Problem<PartReversalReason> & { ok: false });

interface Given {
  readonly today: LegalDay;
  readonly rules: ArrearRules;
}

const refused = (
  code: PartReversalReason,
  path: readonly string[],
  message: string,
  details?: ProblemDetails,
): PartReversed<never> => ({ ok: false, code, path, message, ...(details && { details }) });

/**
 * A debt with cost number `no` (counted from 1 in the order of recording) reversed: it was never owed. Refused where
 * more would be paid then than was owed.
 */
export function reverseCost<Debt extends Arrear>(
  debt: Debt,
  no: number,
  reversal: PaymentReversal,
  given: Given,
): PartReversed<Debt> {
  const costs = debt.costs ?? [];
  const cost = costs[no - 1];
  if (!cost)
    return refused('UNKNOWN_COST', ['cost'], `there is no cost ${no}; the debt has ${costs.length}`, { cost: no });
  if (cost.reversal) return refused('COST_REVERSED', ['cost'], `cost ${no} is already reversed`, { cost: no });
  return checked(
    debt,
    { ...debt, costs: costs.map((each) => (each === cost ? { ...each, reversal } : each)) },
    reversal,
    given,
  );
}

/**
 * A debt with settlement number `no` (counted from 1 in the order of recording) reversed: its amount and its disputed
 * part are what they were before it. The latest that stands is reversed first.
 */
export function reverseSettlement<Debt extends Arrear>(
  debt: Debt,
  no: number,
  reversal: PaymentReversal,
  given: Given,
): PartReversed<Debt> {
  const settlements = debt.settledDisputes ?? [];
  const settlement = settlements[no - 1];
  const details = { settlement: no };
  if (!settlement)
    return refused(
      'UNKNOWN_SETTLEMENT',
      ['settlement'],
      `there is no settlement ${no}; the debt has ${settlements.length}`,
      details,
    );
  if (settlement.reversal)
    return refused('SETTLEMENT_REVERSED', ['settlement'], `settlement ${no} is already reversed`, details);
  if (standing(settlements).at(-1) !== settlement)
    return refused(
      'LATER_SETTLEMENT',
      ['settlement'],
      `another part was settled after settlement ${no}; that one is reversed first`,
      details,
    );
  const settledDisputes = settlements.map((each) => (each === settlement ? { ...each, reversal } : each));
  return checked(debt, { ...debt, ...settlement.before, settledDisputes }, reversal, given);
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
