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

const CaseNoticesFragment = graphql(/* GraphQL */ `
  fragment CaseNotices on CaseNoticeConnection {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      id
      reason
      createdAt
      readAt
      case {
        caseNumber
        title
      }
    }
  }
`);

const MarkCaseNoticesRead = graphql(/* GraphQL */ `
  mutation MarkCaseNoticesRead($input: MarkCaseNoticesReadInput!) {
    change: markCaseNoticesRead(input: $input) {
      marked
      refusal {
        code
        message
        path
        details
      }
    }
  }
`);

/** What the enterprise was told of its appeals, the latest first; what it has not read yet stands out. */
export function CaseNotices({ of }: { of: FragmentType<typeof CaseNoticesFragment> }): ReactNode {
  const { t } = useTranslation();
  const { nodes, totalCount, pageInfo } = readFragment(CaseNoticesFragment, of);
  const { isRunning, problem, run } = useCommand(MarkCaseNoticesRead);
  const askAgain = useAskAgain();
  const unread = nodes.filter(({ readAt }) => readAt == null).map(({ id }) => id);
  const mark = async (): Promise<void> => {
    if ((await run({ notices: unread })) !== undefined) askAgain();
  };
  return (
    <>
      <List
        rows={nodes}
        total={totalCount}
        rowKey={(row) => row.id}
        columns={[
          { title: t('notification.at'), render: (row) => momentText(row.createdAt) },
          { title: t('notification.reason'), render: (row) => t(`enum.CaseNoticeReason.${row.reason}`) },
          {
            title: t('column.case'),
            render: ({ case: { caseNumber, title }, readAt }) => (
              <Link to={`/cases/${caseNumber}`}>{readAt == null ? <strong>{title}</strong> : title}</Link>
            ),
          },
        ]}
      />
      <Paging list="caseNotices" pageInfo={pageInfo} />
      {problem !== undefined && <ProblemAlert problem={problem} />}
      {unread.length > 0 && (
        <Button loading={isRunning} onClick={() => void mark()}>
          {t('notification.markRead', { count: unread.length })}
        </Button>
      )}
    </>
  );
}
