import type { CommandRefusal } from '@zhitong/kit/commands';
import { legalMoves, nextInstalment, type GrantMove } from '../../domain/grant/grant.js';
import type { MoveConditions, tryDecide } from '../../domain/grant/possible-moves.js';
import type { GrantRecord } from '../../models/grants/grant-record.js';
import { budgetShortage } from './budget-shortage.js';

/** What came of a move: the grant moved, it is in doubt and waits for an officer, or nothing changed. */
export type Moved =
  | { readonly kind: 'moved' | 'suspended'; readonly grant: string }
  | { readonly kind: 'refused'; readonly grant: string; readonly refusal: CommandRefusal };

/** The refusal of a move of one grant. */
export const refused = (
  { id }: GrantRecord,
  code: CommandRefusal['code'],
  message: string,
  details: Record<string, unknown> = {},
): Moved => ({
  kind: 'refused',
  grant: id,
  refusal: { code, message, path: ['grants'], details: { grant: id, ...details } },
});

/** The refusal of a move that something stands in the way of. */
export function hindered(
  grant: GrantRecord,
  move: GrantMove,
  { hindrance, reserveFen }: Extract<ReturnType<typeof tryDecide>, { ok: false }>,
  { noticeUntil, dueFrom, sub, recoveredFen, budgetLeftFen }: MoveConditions,
): Moved {
  const { id, uscc, status, publicUntil, policyId } = grant;
  const legal = { status, legalMoves: legalMoves(status, grant.paidFen > 0, grant.life) };
  const illegal = (message: string, details: Record<string, unknown> = legal): Moved =>
    refused(grant, 'ILLEGAL_STATE', message, details);
  switch (hindrance) {
    case 'ILLEGAL_MOVE':
      return illegal(`${id} is ${status}; ${move} is not possible now.`);
    case 'STILL_PUBLIC': {
      const until = [publicUntil ?? '', noticeUntil].sort().at(-1) ?? '';
      return illegal(`${id} is shown in public until ${until}; it can be approved on the day after.`);
    }
    case 'NOTHING_TO_PAY':
      return illegal(`Nothing is left to pay of ${id}.`);
    case 'AMOUNT_UNDECIDED':
      return illegal(`The amount of ${id} is not decided: the policy says how much at most, not how much.`);
    case 'AMOUNT_ABOVE_LIMIT':
      return illegal(`The policy does not allow so much for ${id}.`);
    case 'AMOUNT_NOT_ABOVE_PAID':
      return illegal(`The amount of ${id} must be more than what is paid of it; to pay no more, withdraw it.`);
    case 'NO_ACCOUNT':
      return illegal(`${id} has no confirmed account.`, {});
    case 'OBJECTION_OPEN':
      return illegal(`An objection to ${id} is open; it is decided before the approval.`, {});
    case 'RECOVERY_PROPOSED':
      return illegal(`Money of ${id} is proposed to be asked back; that is decided before more is paid.`, {});
    case 'PAID_BACK':
      return illegal(`The enterprise has paid ${id} back already; the bank cannot send it back.`, {
        receivedFen: recoveredFen,
      });
    case 'SAME_PERSON':
      return illegal(`${sub} has decided that ${id} is paid; somebody else sends the money.`, { decidedBy: sub });
    case 'SENT_BY_SAME_PERSON':
      return illegal(`${sub} has sent the money of ${id}; somebody else reports what came of it.`, { sentBy: sub });
    case 'NOT_DUE':
      return illegal(`Instalment ${String(nextInstalment(grant) + 1)} of ${id} is due from ${dueFrom ?? ''} on.`, {
        dueFrom,
      });
    case 'BEHIND':
      return refused(
        grant,
        'CONFLICT',
        `A change of ${uscc} was reported and is being read; nothing is decided on what it was before. Try again in a moment.`,
      );
    case 'BUDGET_SHORT': {
      const { message, details } = budgetShortage(policyId, reserveFen, budgetLeftFen ?? 0);
      return refused(grant, 'BUDGET_EXHAUSTED', message, details);
    }
  }
}
