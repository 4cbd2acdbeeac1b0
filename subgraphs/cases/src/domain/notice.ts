import type { CaseChange, CaseEvent } from './case-event.js';
import type { CaseView } from './case-view.js';
import { versionFor } from './insight.js';

/** Of what an enterprise is told without asking. */
export const NOTICE_REASONS = [
  'ASKED',
  'ANSWERED',
  'REOPENED',
  'DECLINED',
  'MERGED',
  'MERGE_UNDONE',
  'CLOSED',
  'CLOSE_UNDONE',
] as const;
export type NoticeReason = (typeof NOTICE_REASONS)[number];

/** A notice to the enterprise that brought a case. Only `readAt` ever changes, until it is removed as old. */
export interface CaseNotice {
  /** Made of the change that it tells of, so that nobody is told twice. */
  readonly id: string;
  readonly uscc: string;
  readonly caseNumber: string;
  readonly reason: NoticeReason;
  readonly createdAt: Date;
  readonly readAt: Date | null;
}

const REASONS: Readonly<Partial<Record<CaseChange['type'], NoticeReason>>> = {
  PAUSED: 'ASKED',
  RESOLVED: 'ANSWERED',
  ANSWERED_DIRECTLY: 'ANSWERED',
  REOPENED: 'REOPENED',
  DECLINED: 'DECLINED',
  MERGED: 'MERGED',
  MERGE_UNDONE: 'MERGE_UNDONE',
  CLOSED: 'CLOSED',
  CLOSE_UNDONE: 'CLOSE_UNDONE',
};

function reasonOf(change: CaseChange): NoticeReason | null {
  if (change.type === 'CHECK_FOUND') return change.outcome === 'NOT_RESOLVED' ? 'REOPENED' : null;
  return REASONS[change.type] ?? null;
}

/** What the enterprise is told of a change; null when nothing, or when it has no account here. `view` is after it. */
export function noticeOf(view: CaseView, { at, change }: CaseEvent): CaseNotice | null {
  const reason = reasonOf(change);
  const { uscc } = view.complainant;
  return reason === null || uscc === null
    ? null
    : {
        // Numbered as the enterprise sees the case: a gap would tell of what it may not know. Notices from before have
        // the number of the change itself, without the letter.
        id: `${view.caseNumber}-N${versionFor('OUTSIDE', view)}`,
        uscc,
        caseNumber: view.caseNumber,
        reason,
        createdAt: new Date(at),
        readAt: null,
      };
}
