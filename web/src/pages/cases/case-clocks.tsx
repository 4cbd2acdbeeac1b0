import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { List } from '../../components/list.js';
import { graphql, readFragment, type FragmentType } from '../../generated/index.js';

const CaseClocksFragment = graphql(/* GraphQL */ `
  fragment CaseClocks on Case {
    clocks {
      kind
      startedOn
      budget
      stoppedOn
      dueOn
      isOverdue
      workingDaysLeft
      isPaused
    }
  }
`);

/** The clocks of a case, in working days. */
export function CaseClocks({ of }: { of: FragmentType<typeof CaseClocksFragment> }): ReactNode {
  const { t } = useTranslation();
  const { clocks } = readFragment(CaseClocksFragment, of);
  return (
    <List
      rows={clocks}
      rowKey={(row) => `${row.kind} ${row.startedOn}`}
      columns={[
        { title: t('clock.kind'), render: (row) => t(`enum.ClockKind.${row.kind}`) },
        { title: t('clock.started'), dataIndex: 'startedOn' },
        { title: t('clock.budget'), dataIndex: 'budget' },
        {
          title: t('column.due'),
          render: (row) => <span className={row.isOverdue === true ? 'late' : undefined}>{row.dueOn ?? '—'}</span>,
        },
        {
          title: t('clock.state'),
          render: (row) => {
            if (row.stoppedOn != null) return t('clock.stopped', { day: row.stoppedOn });
            if (row.isPaused) return t('clock.paused');
            return row.workingDaysLeft == null ? '—' : t('due.left', { count: row.workingDaysLeft });
          },
        },
      ]}
    />
  );
}
