import { refusalOf, type CommandRefusal } from '@zhitong/kit/commands';
import { legalMoves, nextInstalment, type GrantMove } from '../../domain/grant/grant.js';
import type { MoveConditions, tryDecide } from '../../domain/grant/possible-moves.js';
import { said, type Said } from '../../domain/refusal-words.js';
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
  words: Said,
  details: Record<string, unknown> = {},
): Moved => ({
  kind: 'refused',
  grant: id,
  refusal: refusalOf(code, words, ['grants'], { grant: id, ...details }),
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
  const illegal = (words: Said, details: Record<string, unknown> = legal): Moved =>
    refused(grant, 'ILLEGAL_STATE', words, details);
  switch (hindrance) {
    case 'ILLEGAL_MOVE':
      return illegal(said('ILLEGAL_MOVE', { grant: id, status, move }));
    case 'STILL_PUBLIC': {
      const until = [publicUntil ?? '', noticeUntil].sort().at(-1) ?? '';
      return illegal(said('STILL_PUBLIC', { grant: id, until }));
    }
    case 'NOTHING_TO_PAY':
      return illegal(said('NOTHING_TO_PAY', { grant: id }));
    case 'AMOUNT_UNDECIDED':
      return illegal(said('AMOUNT_UNDECIDED', { grant: id }));
    case 'AMOUNT_ABOVE_LIMIT':
      return illegal(said('AMOUNT_ABOVE_LIMIT', { grant: id }));
    case 'AMOUNT_NOT_ABOVE_PAID':
      return illegal(said('AMOUNT_NOT_ABOVE_PAID', { grant: id }));
    case 'NO_ACCOUNT':
      return illegal(said('NO_ACCOUNT', { grant: id }), {});
    case 'OBJECTION_OPEN':
      return illegal(said('OBJECTION_OPEN', { grant: id }), {});
    case 'RECOVERY_PROPOSED':
      return illegal(said('RECOVERY_PROPOSED', { grant: id }), {});
    case 'PAID_BACK':
      return illegal(said('PAID_BACK', { grant: id }), {
        receivedFen: recoveredFen,
      });
    case 'SAME_PERSON':
      return illegal(said('PAYS_WHAT_DECIDED', { grant: id, sub }), { decidedBy: sub });
    case 'SENT_BY_SAME_PERSON':
      return illegal(said('REPORTS_WHAT_SENT', { grant: id, sub }), { sentBy: sub });
    case 'NOT_DUE':
      return illegal(said('NOT_DUE', { instalment: nextInstalment(grant) + 1, grant: id, dueFrom: dueFrom ?? '' }), {
        dueFrom,
      });
    case 'BEHIND':
      return refused(grant, 'CONFLICT', said('BEHIND', { uscc }));
    case 'BUDGET_SHORT': {
      const { words, details } = budgetShortage(policyId, reserveFen, budgetLeftFen ?? 0);
      return refused(grant, 'BUDGET_EXHAUSTED', words, details);
    }
  }
}
