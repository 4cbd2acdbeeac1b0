import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { List } from '../../components/list.js';
import { Paging } from '../../components/paging.js';
import { ProblemAlert } from '../../components/problem-alert.js';
import { graphql, readFragment, type FragmentType } from '../../generated/index.js';
import { useAskAgain } from '../../graph/page-query.js';
import { useCommand } from '../../graph/use-command.js';
import { momentText } from '../../values/days.js';

const NotificationsFragment = graphql(/* GraphQL */ `
  fragment Notifications on PolicyNotificationConnection {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      id
      title
      reason
      grantStatus
      closesOn
      createdAt
      readAt
      policy {
        id
      }
    }
  }
`);

const MarkRead = graphql(/* GraphQL */ `
  mutation MarkRead($input: MarkNotificationsReadInput!) {
    change: markNotificationsRead(input: $input) {
      marked
      unreadCount
      refusal {
        code
        message
        path
        details
      }
    }
  }
`);

/** What the enterprise was told, the latest first; what it has not read yet stands out. */
export function Notifications({ of }: { of: FragmentType<typeof NotificationsFragment> }): ReactNode {
  const { t } = useTranslation();
  const { nodes, totalCount, pageInfo } = readFragment(NotificationsFragment, of);
  const { isRunning, problem, run } = useCommand(MarkRead);
  const askAgain = useAskAgain();
  const unread = nodes.filter(({ readAt }) => readAt == null).map(({ id }) => id);
  const mark = async (): Promise<void> => {
    if ((await run({ notifications: unread })) !== undefined) askAgain();
  };
  return (
    <>
      <List
        rows={nodes}
        total={totalCount}
        rowKey={(row) => row.id}
        columns={[
          { title: t('notification.at'), render: (row) => momentText(row.createdAt) },
          {
            title: t('notification.about'),
            render: (row) => {
              const words = row.readAt == null ? <strong>{row.title}</strong> : row.title;
              return row.policy == null ? words : <Link to={`/policies/${row.policy.id}`}>{words}</Link>;
            },
          },
          {
            title: t('notification.reason'),
            render: (row) => {
              const why = t(`enum.PolicyNotificationReason.${row.reason}`, { defaultValue: row.reason });
              if (row.grantStatus == null) return why;
              return `${why}: ${t(`enum.GrantStatus.${row.grantStatus}`, { defaultValue: row.grantStatus })}`;
            },
          },
          { title: t('column.validTo'), render: (row) => row.closesOn ?? '—' },
        ]}
      />
      <Paging list="notifications" pageInfo={pageInfo} />
      {problem !== undefined && <ProblemAlert problem={problem} />}
      {unread.length > 0 && (
        <Button loading={isRunning} onClick={() => void mark()}>
          {t('notification.markRead', { count: unread.length })}
        </Button>
      )}
    </>
  );
}
