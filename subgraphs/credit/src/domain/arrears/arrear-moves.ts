import { standing, type PaymentReversal } from './arrear-payment.js';
import type { ArrearTransfer } from './arrear-transfer.js';
import type { Arrear, ArrearPosition } from './arrears.js';
import { openProposal, planVersions, type PlanSide } from './repayment-plan.js';

/** What can be done with a debt, each by a mutation of the graph. */
export type ArrearMove =
  | 'RECORD_PAYMENT'
  | 'REVERSE_PAYMENT'
  | 'RECORD_ACCEPTANCE'
  | 'RECORD_COST'
  | 'REVERSE_COST'
  | 'SETTLE_DISPUTE'
  | 'REVERSE_SETTLEMENT'
  | 'TRANSFER'
  | 'REVERSE_TRANSFER'
  | 'PROPOSE_PLAN'
  | 'ACCEPT_PLAN'
  | 'DECLINE_PLAN'
  | 'CORRECT'
  | 'WITHDRAW';

type Movable = Arrear & {
  readonly transfers?: readonly ArrearTransfer[];
  readonly withdrawal?: unknown;
};

const anyStands = (parts: readonly { readonly reversal?: PaymentReversal }[] = []): boolean =>
  standing(parts).length > 0;

/**
 * What one side may do with a debt as it stands; whether the input is right is decided by each move itself.
 * @param side null for whoever writes for neither
 */
export function arrearMoves(debt: Movable, position: ArrearPosition, side: PlanSide | null): ArrearMove[] {
  if (side === null || debt.withdrawal !== undefined) return [];
  const proposal = openProposal(planVersions(debt, debt.principal));
  const isOwn = proposal?.steps[0]?.side === side;
  const writes = side === 'DEBTOR';
  const possible: readonly (readonly [ArrearMove, boolean])[] = [
    ['RECORD_PAYMENT', writes && position.owedInAll > 0],
    ['REVERSE_PAYMENT', writes && anyStands(debt.payments)],
    ['RECORD_ACCEPTANCE', writes && debt.delivery.acceptance?.acceptedOn === null],
    ['RECORD_COST', writes],
    ['REVERSE_COST', writes && anyStands(debt.costs)],
    ['SETTLE_DISPUTE', writes && position.disputed > 0],
    ['REVERSE_SETTLEMENT', writes && anyStands(debt.settledDisputes)],
    ['TRANSFER', writes],
    ['REVERSE_TRANSFER', writes && anyStands(debt.transfers)],
    ['PROPOSE_PLAN', proposal === null && position.owedInAll > position.disputed],
    ['ACCEPT_PLAN', proposal !== null && !isOwn],
    ['DECLINE_PLAN', proposal !== null],
    ['CORRECT', writes],
    ['WITHDRAW', writes && !anyStands(debt.payments)],
  ];
  return possible.flatMap(([move, isPossible]) => (isPossible ? [move] : []));
}
