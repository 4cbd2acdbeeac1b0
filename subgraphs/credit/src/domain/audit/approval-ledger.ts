import { isBlank, isLegalDay, type LegalDay } from '@zhitong/values';
import { daysOverdue } from '../commitments/ageing.js';
import type { Problem } from '../problem.js';

/**
 * A permit that was not completed through no fault of the enterprise (非企业原因未办结审批事项), kept on a ledger with a
 * deadline until it is struck off (销号).
 */
export type ApprovalState = 'OPEN' | 'SUBMITTED' | 'STRUCK_OFF';

export type ApprovalEvent =
  | { readonly kind: 'SUBMITTED'; readonly on: LegalDay; readonly by: string; readonly evidence: string }
  | { readonly kind: 'CONFIRMED'; readonly on: LegalDay; readonly by: string; readonly remark: string }
  | { readonly kind: 'REJECTED'; readonly on: LegalDay; readonly by: string; readonly remark: string };

export interface ApprovalItem {
  readonly openedOn: LegalDay;
  readonly deadline: LegalDay;
  readonly events: readonly ApprovalEvent[];
}

export type ApprovalRefusalCode =
  'BAD_DATE' | 'OUT_OF_ORDER' | 'STRUCK_OFF' | 'ALREADY_SUBMITTED' | 'NO_EVIDENCE' | 'NOT_SUBMITTED' | 'NO_REMARK';

export type ItemReason = 'IN_THE_FUTURE' | 'NO_PERMIT' | 'NO_CAUSE' | 'DEADLINE_BEFORE_OPENING';

/** Why an item cannot be put on the ledger on `today`; null when it can. */
export function approvalFault(
  {
    openedOn,
    deadline,
    permit,
    cause,
  }: Pick<ApprovalItem, 'openedOn' | 'deadline'> & { readonly permit: string; readonly cause: string },
  today: LegalDay,
): Problem<ItemReason> | null {
  const at = (code: ItemReason, field: string, message: string): Problem<ItemReason> => ({
    code,
    path: [field],
    message,
    details: { date: openedOn, deadline, today },
  });
  if (openedOn > today) return at('IN_THE_FUTURE', 'openedOn', `${openedOn} has not come yet`);
  if (isBlank(permit)) return at('NO_PERMIT', 'permit', 'an item names its permit');
  if (isBlank(cause)) return at('NO_CAUSE', 'cause', 'an item says why the permit was not completed');
  return deadline < openedOn
    ? at('DEADLINE_BEFORE_OPENING', 'deadline', `the deadline ${deadline} is before ${openedOn}`)
    : null;
}

export type ApprovalDecision =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly code: ApprovalRefusalCode;
      readonly message: string;
      readonly path: readonly string[];
    };

/** Open until the department submits evidence; struck off when the enterprise confirms, open again when it rejects. */
export function approvalState({ events }: Pick<ApprovalItem, 'events'>): ApprovalState {
  switch (events.at(-1)?.kind) {
    case 'SUBMITTED':
      return 'SUBMITTED';
    case 'CONFIRMED':
      return 'STRUCK_OFF';
    default:
      return 'OPEN';
  }
}

/** Who acts on an item: the department that is to complete it, or the enterprise. */
export type ApprovalSide = 'DEPARTMENT' | 'ENTERPRISE';

export const APPROVAL_ITEM_MOVES = ['SUBMIT', 'ANSWER'] as const;
export type ApprovalItemMove = (typeof APPROVAL_ITEM_MOVES)[number];

const MOVES_OF: Readonly<Record<ApprovalState, Readonly<Record<ApprovalSide, readonly ApprovalItemMove[]>>>> = {
  OPEN: { DEPARTMENT: ['SUBMIT'], ENTERPRISE: [] },
  SUBMITTED: { DEPARTMENT: [], ENTERPRISE: ['ANSWER'] },
  STRUCK_OFF: { DEPARTMENT: [], ENTERPRISE: [] },
};

/** What a side can do with an item now; nothing without one. */
export const approvalItemMoves = (
  item: Pick<ApprovalItem, 'events'>,
  side: ApprovalSide | null,
): readonly ApprovalItemMove[] => (side === null ? [] : MOVES_OF[approvalState(item)][side]);

/** Days past the deadline, until struck off; a submission alone does not stop the clock. */
export function approvalDaysOverdue(item: ApprovalItem, asOf: LegalDay): number {
  return approvalState(item) === 'STRUCK_OFF' ? 0 : daysOverdue(item.deadline, asOf);
}

/** Whether an event may follow. */
export function decideApprovalEvent(item: ApprovalItem, event: ApprovalEvent, today: LegalDay): ApprovalDecision {
  const refuse = (code: ApprovalRefusalCode, path: readonly string[], message: string): ApprovalDecision => ({
    ok: false,
    code,
    path,
    message,
  });
  const state = approvalState(item);
  const earliest = item.events.at(-1)?.on ?? item.openedOn;
  if (!isLegalDay(event.on) || event.on > today)
    return refuse('BAD_DATE', ['on'], `"${event.on}" is not a day up to ${today}`);
  if (event.on < earliest) return refuse('OUT_OF_ORDER', ['on'], `${event.on} is before ${earliest}`);
  if (state === 'STRUCK_OFF') return refuse('STRUCK_OFF', [], 'the item is already struck off');
  if (event.kind === 'SUBMITTED') {
    if (!approvalItemMoves(item, 'DEPARTMENT').includes('SUBMIT'))
      return refuse('ALREADY_SUBMITTED', [], 'the item waits for the enterprise to confirm');
    return isBlank(event.evidence)
      ? refuse('NO_EVIDENCE', ['evidence'], 'an item is struck off with evidence')
      : { ok: true };
  }
  if (!approvalItemMoves(item, 'ENTERPRISE').includes('ANSWER'))
    return refuse('NOT_SUBMITTED', [], 'the department has not submitted the item for striking off');
  if (event.kind === 'REJECTED' && isBlank(event.remark))
    return refuse('NO_REMARK', ['remark'], 'say what is still missing');
  return { ok: true };
}
