import type { NewEvent } from '@zhitong/kit/outbox';
import type { CaseEvent } from '../domain/case-event.js';
import type { CaseView } from '../domain/case-view.js';
import type { CaseNotice } from '../domain/notice.js';
import { secrecyOf, versionFor } from '../domain/insight.js';

/** What receivers outside are sent for a step of a case, at the step's own moment. `view` is the case after it. */
export const caseOutboxEvent = (view: CaseView, event: CaseEvent): NewEvent => ({
  type: outboxType(event),
  subject: view.caseNumber,
  time: new Date(event.at),
  data: eventData(view, event),
});

/**
 * That the enterprise has a notice to read. Neither who it is nor what the notice says is sent: whoever brings it to
 * the enterprise (the portal, a text message) reads the case under its own rights.
 */
export const noticeOutboxEvent = ({ id, caseNumber, reason, createdAt }: CaseNotice): NewEvent => ({
  type: 'cn.zhitong.case-notice.created',
  subject: caseNumber,
  time: createdAt,
  data: { notice: id, caseNumber, reason },
});

/**
 * What only coordinator and auditor may know, and what stays among those who handle a case, is sent under names of its
 * own, so that whoever follows the cases does not receive it.
 */
const FAMILIES = { DISCIPLINE: 'discipline', INTERNAL: 'internal' } as const;

function outboxType({ change: { type } }: CaseEvent): string {
  const secrecy = secrecyOf(type);
  return `cn.zhitong.${secrecy === null ? 'case' : FAMILIES[secrecy]}.${type.toLowerCase().replaceAll('_', '-')}`;
}

const INSIGHT = { DISCIPLINE: 'ALL', INTERNAL: 'OFFICE' } as const;

/** What receivers outside learn: where the case stands, and nothing about the enterprise or what it said. */
function eventData(view: CaseView, event: CaseEvent): object {
  const secrecy = secrecyOf(event.change.type);
  return {
    caseNumber: view.caseNumber,
    // Numbered as the receivers of that name see the case: a gap would tell that there was something else.
    version: versionFor(secrecy === null ? 'OUTSIDE' : INSIGHT[secrecy], view),
    status: view.status,
    category: view.category,
    region: view.region,
    lead: view.assignment?.lead ?? null,
    assisting: view.assignment?.assisting ?? [],
    party: event.by.party,
  };
}
