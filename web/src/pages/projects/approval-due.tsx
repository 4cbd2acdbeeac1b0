import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql, readFragment, type FragmentType } from '../../generated/index.js';
import { deadlineText } from '../../values/days.js';

const ApprovalDueFragment = graphql(/* GraphQL */ `
  fragment ApprovalDue on ProjectApproval {
    promisedDays
    dueAt
    isLate
    workingDaysLeft
  }
`);

/** The last moment of an approval, the working days until then, and how many were promised, by the graph's count. */
export function ApprovalDue({ of }: { of: FragmentType<typeof ApprovalDueFragment> }): ReactNode {
  const { t } = useTranslation();
  const { promisedDays, dueAt, isLate, workingDaysLeft: left } = readFragment(ApprovalDueFragment, of);
  return (
    <span className={isLate === true ? 'late' : undefined}>
      {dueAt == null ? '—' : deadlineText(dueAt)}{' '}
      {left != null && (left < 0 ? t('due.late', { count: -left }) : t('due.left', { count: left }))}{' '}
      <span className="note">{t('project.promised', { days: promisedDays })}</span>
    </span>
  );
}
