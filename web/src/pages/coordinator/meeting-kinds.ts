import type { MeetingKind } from '../../generated/graphql.js';

/** The kinds of meetings in the order of the form, each of the graph's: one that is missing does not compile. */
const ORDER: Readonly<Record<MeetingKind, number>> = {
  QUARTERLY_SYMPOSIUM: 1,
  MONTHLY_JOINT_MEETING: 2,
  QUARTERLY_SCHEDULING: 3,
  MONTHLY_SCHEDULING: 4,
  TALKS: 5,
  SPECIAL_MEETING: 6,
  LEADERSHIP_MEETING: 7,
  STANDING_COMMITTEE: 8,
  PROMOTION_MEETING: 9,
};

export const MEETING_KINDS = (Object.keys(ORDER) as MeetingKind[]).sort((one, other) => ORDER[one] - ORDER[other]);
