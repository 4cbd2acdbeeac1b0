import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql, readFragment, type FragmentType } from '../generated/index.js';

export const CaseDue = graphql(/* GraphQL */ `
  fragment CaseDue on Case {
    isOpen
    isWaiting
    isOverdue
    dueOn
    workingDaysLeft
    calendarMissingFrom
  }
`);

/** The last day of a case in time, and the working days until then, as the graph counts them. */
export function Due({ of }: { of: FragmentType<typeof CaseDue> }): ReactNode {
  const { t } = useTranslation();
  const { isOpen, isWaiting, isOverdue, dueOn, workingDaysLeft, calendarMissingFrom } = readFragment(CaseDue, of);
  if (dueOn == null) return calendarMissingFrom == null ? '—' : t('due.calendar', { from: calendarMissingFrom });
  if (!isOpen) return isOverdue === true ? <span className="late">{t('due.wasLate', { dueOn })}</span> : dueOn;
  const left = workingDaysLeft ?? 0;
  return (
    <span className={isOverdue === true ? 'late' : undefined}>
      {dueOn} {left < 0 ? t('due.late', { count: -left }) : t('due.left', { count: left })}
      {isWaiting && ` ${t('due.waiting')}`}
    </span>
  );
}
