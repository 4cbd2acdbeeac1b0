import { addDays, type DayRange, includesDay, type LegalDay } from '@zhitong/values';

/** Why subscribers are notified of a policy: it is new, it has a new version, or its last day is near. */
export const ANNOUNCEMENT_REASONS = ['PUBLISHED', 'NEW_VERSION', 'CLOSING_SOON'] as const;
export type AnnouncementReason = (typeof ANNOUNCEMENT_REASONS)[number];

/**
 * Why an enterprise is notified: as a subscriber; because it meets the conditions of a policy now, or no longer does;
 * of a step of its grant, or of what is asked back of it.
 */
export type NotificationReason = AnnouncementReason | 'MATCHED' | 'MATCH_LOST' | 'GRANT_STEP' | 'GRANT_RECOVERY';

/** Days before the last day from which on a policy is closing soon, the last day not counted. */
export const CLOSING_SOON_DAYS = 15;

/** What of a published version decides when it is announced. */
export interface PublishedMark {
  readonly policyId: string;
  readonly version: number;
  readonly stage: 'FINAL' | 'DRAFT';
  readonly effective: DayRange;
  readonly publishedAt: Date;
  /** LegalDay of publication in Asia/Shanghai. */
  readonly publishedOn: LegalDay;
}

export interface DueAnnouncement {
  readonly mark: PublishedMark;
  readonly reason: AnnouncementReason;
}

/** Nobody is notified twice under one id: one policy version and reason. */
export const announcementIdOf = (
  { policyId, version }: Pick<PublishedMark, 'policyId' | 'version'>,
  reason: AnnouncementReason,
): string => `${policyId}:${String(version)}:${reason}`;

/**
 * What subscribers have to be notified of, or were, as of a day. A version that is over is not announced. A version is
 * closing soon when nothing follows it (a draft for comment does not), and only if it was not published within those
 * days: its publication announced its last day then.
 */
export function dueAnnouncements(marks: readonly PublishedMark[], today: LegalDay): DueAnnouncement[] {
  const versions = new Map<string, PublishedMark[]>();
  for (const mark of marks) versions.set(mark.policyId, [...(versions.get(mark.policyId) ?? []), mark]);
  return marks.flatMap((mark): DueAnnouncement[] => {
    if (mark.effective.to !== null && mark.effective.to < today) return [];
    const ofPolicy = versions.get(mark.policyId) ?? [];
    const published: DueAnnouncement = {
      mark,
      reason: ofPolicy.some(({ version }) => version < mark.version) ? 'NEW_VERSION' : 'PUBLISHED',
    };
    return closesSoon(mark, ofPolicy, today) ? [published, { mark, reason: 'CLOSING_SOON' }] : [published];
  });
}

function closesSoon(
  { effective, stage, publishedOn }: PublishedMark,
  ofPolicy: readonly PublishedMark[],
  today: LegalDay,
): boolean {
  if (stage !== 'FINAL' || effective.to === null || !includesDay(effective, today)) return false;
  const from = addDays(effective.to, -CLOSING_SOON_DAYS);
  const dayAfter = addDays(effective.to, 1);
  const goesOn = ofPolicy.some((other) => other.stage === 'FINAL' && includesDay(other.effective, dayAfter));
  return today >= from && publishedOn < from && !goesOn;
}
