import { calendarMark } from '../domain/calendar-mark.js';
import { ALWAYS_STORED, type StatedDefaults } from '@zhitong/kit/mongo';
import type { LegalDay, WorkingCalendar } from '@zhitong/values';
import type { CaseOwnership } from '../domain/access.js';
import type { CaseEvent } from '../domain/case-event.js';
import { factsOf, type CaseFact } from '../domain/figures/case-facts.js';
import { caseFigures, type CaseFigures } from '../domain/case-figures.js';
import { isOpen, type CaseView } from '../domain/case-view.js';
import { MOST_SUPPLEMENTS } from '../domain/moves/transitions.js';
import { unnoticedLastDays } from '../domain/overdue.js';
import { replay } from '../domain/history.js';

/** A case as it is stored: the view that its history gives, the figures for counting, and what it is found by. */
export interface StoredCase extends CaseView, CaseFigures {
  readonly isOpen: boolean;
  readonly uscc: string | null;
  /** Lead department; null before assignment. */
  readonly lead: string | null;
  /** Departments that may see the case: lead, assisting, receiving desk, and the team of an open check. */
  readonly departments: readonly string[];
  /** Tells enterprises apart, also those registered elsewhere. Never shown. */
  readonly complainantKey: string;
  readonly month: string;
  /** By which `filter.words` finds it. */
  readonly words: readonly string[];
  /** What figures count of it, with the days on which it was known. */
  readonly facts: readonly CaseFact[];
  /** Which calendar facts and due days were computed with. */
  readonly calendarMark: string;
  /** The earliest last day whose passing has not been noticed; what the overdue job looks for. */
  readonly escalatesAfter: LegalDay | null;
}

/** Fields that every read brings, because rights and masks depend on them; the others only where they are asked for. */
export const ALWAYS = ['caseNumber', 'complainant', 'assignment', 'receivedBy', 'checkers', 'project'] as const;

type Always = (typeof ALWAYS)[number];
export type CaseField = Exclude<keyof StoredCase, Always>;

/** A case as read: what its rights depend on, and of the rest what was asked for. */
export type CaseRecord = Pick<StoredCase, Always> &
  Partial<Omit<StoredCase, Always>> &
  Pick<CaseOwnership, 'isOpenedForPurpose'>;

/** What cases that were written before a field, and are not rebuilt yet, stand for. */
export const BEFORE: StatedDefaults<Pick<StoredCase, CaseField>> = {
  kind: ALWAYS_STORED,
  category: ALWAYS_STORED,
  channel: ALWAYS_STORED,
  title: ALWAYS_STORED,
  text: ALWAYS_STORED,
  region: ALWAYS_STORED,
  status: ALWAYS_STORED,
  version: ALWAYS_STORED,
  receivedAt: ALWAYS_STORED,
  receivedOn: ALWAYS_STORED,
  updatedAt: ALWAYS_STORED,
  isOpen: ALWAYS_STORED,
  clocks: ALWAYS_STORED,
  month: ALWAYS_STORED,
  uscc: ALWAYS_STORED,
  lead: ALWAYS_STORED,
  departments: ALWAYS_STORED,
  complainantKey: ALWAYS_STORED,
  origin: 'LOCAL',
  labels: [],
  attachments: [],
  keywords: [],
  words: [],
  supplements: [],
  files: [],
  checks: [],
  referrals: [],
  overdueEscalations: [],
  industry: null,
  raisedAt: null,
  serviceItem: null,
  actualTime: null,
  assignedOn: null,
  firstContactOn: null,
  question: null,
  pendingExtension: null,
  wording: null,
  notes: [],
  internalChanges: 0,
  supervisions: [],
  duties: [],
  declined: null,
  declines: 0,
  mergedInto: null,
  beforeMerging: null,
  evaluation: null,
  absorbed: [],
  splitFrom: null,
  splitInto: [],
  // The overdue job writes views of an earlier form again.
  updatedForOffices: '',
  updatedForOutside: '',
  answer: null,
  resolvedOn: null,
  rating: null,
  closedOn: null,
  supervision: null,
  isBinding: false,
  formerHands: [],
  transfers: 0,
  answeredDirectly: false,
  returns: 0,
  extendedBy: 0,
  extensionsAsked: 0,
  reopenings: 0,
  urges: 0,
  escalation: 'NONE',
  lastDayInTime: null,
  isDueDayUnknown: false,
  answeredInTime: null,
  lastDayForContact: null,
  facts: [],
  calendarMark: '',
  escalatesAfter: null,
};

/**
 * What is stored of a case: its view with the figures and the search fields, all made of its history.
 * @throws BrokenHistoryError for a history that no moves can have made
 */
export function storedCase(events: readonly CaseEvent[], calendar: WorkingCalendar): StoredCase {
  const view = replay(events);
  const figures = caseFigures(view, calendar);
  const { complainant, assignment, receivedBy } = view;
  const departments = [
    ...new Set(
      [assignment?.lead, ...(assignment?.assisting ?? []), receivedBy, ...view.checkers].filter(
        (code) => code !== undefined && code !== null,
      ),
    ),
  ];
  return {
    ...view,
    // The latest ones; a history from before the bound has more.
    supplements: view.supplements.slice(-MOST_SUPPLEMENTS),
    ...figures,
    facts: factsOf(events, calendar),
    calendarMark: calendarMark(calendar),
    isOpen: isOpen(view.status),
    uscc: complainant.uscc,
    lead: assignment?.lead ?? null,
    departments,
    complainantKey: complainant.uscc ?? `${complainant.name ?? ''}@${complainant.homeRegion ?? ''}`,
    words: view.words ?? view.keywords,
    month: view.receivedOn.slice(0, 7),
    escalatesAfter: unnoticedLastDays(view, calendar)[0]?.dueOn ?? null,
  };
}
