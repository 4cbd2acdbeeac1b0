import type { NewEvent } from '@zhitong/kit/outbox';
import { referralChanges } from '../domain/access.js';
import type { CaseChange, CaseEvent } from '../domain/case-event.js';
import type { CaseView } from '../domain/case-view.js';

/** What receivers outside are sent for a step of a case, at the step's own moment. `view` is the case after it. */
export const caseOutboxEvent = (view: CaseView, event: CaseEvent): NewEvent => ({
  type: outboxType(event),
  subject: view.caseNumber,
  time: new Date(event.at),
  data: eventData(view, event),
});

/**
 * What only coordinator and auditor may know; sent under a name of its own, so that a department that follows its cases
 * does not receive it.
 */
const DISCIPLINE: ReadonlySet<string> = new Set<CaseChange['type']>(['REFERRED', 'REFERRAL_CONCLUDED']);

const outboxType = ({ change: { type } }: CaseEvent): string =>
  `cn.zhitong.${DISCIPLINE.has(type) ? 'discipline' : 'case'}.${type.toLowerCase().replaceAll('_', '-')}`;

/** What receivers outside learn: where the case stands, and nothing about the enterprise or what it said. */
const eventData = (view: CaseView, event: CaseEvent): object => ({
  caseNumber: view.caseNumber,
  // Numbered as whoever does not learn of referrals sees the case: a gap would tell that there is one.
  version: DISCIPLINE.has(event.change.type) ? view.version : view.version - referralChanges(view.referrals),
  status: view.status,
  category: view.category,
  region: view.region,
  lead: view.assignment?.lead ?? null,
  assisting: view.assignment?.assisting ?? [],
  party: event.by.party,
});
