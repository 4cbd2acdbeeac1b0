import { hasRole } from '@zhitong/kit';
import type { Context } from '../context.js';
import { caseRights } from '../domain/access.js';
import type { CaseChange, Responsibility } from '../domain/case-event.js';
import { ofDuty, type Writer } from '../domain/persons/writers.js';
import type { CaseEventResolvers } from '../generated/resolvers-types.js';
import type { CaseRecord } from '../models/stored-case.js';
import type { ShownEvent } from '../records.js';
import { stored } from './case-fields.js';
import { linkFor } from './case-links.js';
import { forReader } from './case-text.js';

const lineOf = ({ department, duty, dueOn }: Responsibility): string =>
  [department, duty, dueOn].filter((part) => part !== undefined).join(' ');

/** What was said when the change was made; null when nothing was. */
function wordsOf(change: CaseChange): string | null {
  switch (change.type) {
    case 'SUBMITTED':
      return change.intake.title;
    case 'ANSWERED_DIRECTLY':
    case 'RESOLVED':
      return change.answer;
    case 'ASSIGNED':
    case 'RULED':
    case 'TRANSFERRED':
      return change.assignment.reason;
    case 'ACCEPTED':
    case 'CHECK_OPENED':
      return null;
    case 'CONTACTED':
    case 'STEP_RECORDED':
    case 'NOTED':
    case 'SUPERVISION_REPORTED':
    case 'SUPERVISION_CONCLUDED':
    case 'URGED':
    case 'REFERRAL_CONCLUDED':
      return change.note;
    case 'PAUSED':
      return change.question;
    case 'SUPPLEMENTED':
      return change.text;
    case 'CHECK_FOUND':
      return change.finding;
    case 'SUPERVISED':
      return change.instruction;
    case 'DUTIES_AMENDED':
      return [change.reason, ...change.responsibilities.map(lineOf)].join('\n');
    case 'DUTY_REPORTED':
      return change.result;
    case 'ASSISTANCE_RATED':
      return `${change.department} ${String(change.grade)}${change.reason === null ? '' : `: ${change.reason}`}`;
    case 'CLEARING_ISSUED':
      return change.noticeId;
    case 'WORDED':
      return change.text;
    case 'DECLINED':
      return `${change.competent}: ${change.reason}`;
    case 'EVALUATED':
      return change.note;
    case 'ABSORBED':
      return `${change.title}\n${change.text}`;
    case 'RECATEGORISED':
      return `${change.category}: ${change.reason}`;
    case 'LANE_CHANGED':
      return `${change.lane}: ${change.reason}`;
    case 'OVERDUE_ESCALATED':
      return `${change.clock.split('#')[0] ?? ''} ${change.dueOn}${change.isProvisional === true ? ' (provisional)' : ''}`;
    case 'REFERRAL_OVERDUE':
      return `REFERRAL ${change.dueOn}`;
    case 'REDATED':
      return `${change.from ?? '?'} → ${change.to ?? '?'}`;
    case 'RETURNED':
    case 'RESUMED':
    case 'EXTENSION_REQUESTED':
    case 'EXTENSION_RULED':
    case 'CORRECTED':
    case 'RATED':
    case 'REOPENED':
    case 'CLOSED':
    case 'CLOSE_UNDONE':
    case 'MERGE_UNDONE':
    case 'MERGED':
    case 'SPLIT':
    case 'RELEASED':
    case 'WITHDRAWN':
    case 'ESCALATED':
    case 'REFERRED':
      return change.reason;
    default:
      return change satisfies never;
  }
}

/**
 * The same for whoever may not know who brought the case: once the coordinator has worded it, its own words, and former
 * wordings, are as little read in the history as in the case.
 */
function wordsInstead(change: CaseChange, wording: CaseRecord['wording']): string | null {
  switch (change.type) {
    case 'SUBMITTED':
      return wording?.title ?? wordsOf(change);
    case 'WORDED':
      return wording?.text ?? wordsOf(change);
    case 'ABSORBED':
      if (change.wording !== undefined) return `${change.wording.title}\n${change.wording.text}`;
      return wording == null ? wordsOf(change) : null;
    default:
      return wordsOf(change);
  }
}

/** The case that a change joined with this one, or took away from it; null for other changes. */
function otherCase(change: CaseChange): string | null {
  switch (change.type) {
    case 'MERGED':
    case 'SPLIT':
      return change.into;
    case 'RELEASED':
    case 'ABSORBED':
      return change.from;
    default:
      return null;
  }
}

/** A new responsibility list, each of its lines as whoever wrote it first is read: others leave it as it stands. */
async function amendment(
  { reason, responsibilities }: Extract<CaseChange, { type: 'DUTIES_AMENDED' }>,
  { event, of }: ShownEvent,
  context: Context,
): Promise<string> {
  const written: Writer = () => event;
  const upToHere: (duty: Responsibility) => Writer = (duty) => (history) =>
    ofDuty(duty)(history.slice(0, history.findIndex(({ change }) => change === event.change) + 1));
  const lines = await Promise.all([
    forReader(reason, of, context, { written }),
    ...responsibilities.map(async (line) => forReader(lineOf(line), of, context, { written: upToHere(line) })),
  ]);
  return lines.join('\n');
}

export const CaseEvent: CaseEventResolvers = {
  seq: ({ event }) => event.seq,
  at: ({ event }) => new Date(event.at),
  party: ({ event }) => event.by.party,
  department: ({ event }) => (event.by.department === null ? null : { code: event.by.department }),
  sub: ({ event, of }, _args, { actor }) => {
    const isTheEnterprise = event.by.party === 'ENTERPRISE';
    return hasRole(actor, 'COORDINATOR', 'AUDITOR') && (!isTheEnterprise || caseRights(actor, of).maySeeComplainant)
      ? event.by.sub
      : null;
  },
  type: ({ event }) => event.change.type,
  reason: async ({ event, of }, _args, context) => {
    const wording = stored(of, 'wording');
    const words = caseRights(context.actor, of).maySeeComplainant
      ? wordsOf(event.change)
      : wordsInstead(event.change, wording);
    if (words === null) return null;
    // Then it is the coordinator who says it.
    if (event.change.type === 'SUBMITTED' && wording != null) return forReader(words, of, context);
    if (event.change.type === 'DUTIES_AMENDED') return amendment(event.change, { event, of }, context);
    const joined = otherCase(event.change);
    const other = await linkFor(joined, of, context);
    // One that was released since is joined with it no more, and its words still stand here.
    const more = joined === null ? [] : [joined];
    return forReader(other === null ? words : `${other}: ${words}`, of, context, { written: () => event, more });
  },
};
