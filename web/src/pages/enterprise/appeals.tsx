import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Due } from '../../components/due.js';
import { List } from '../../components/list.js';
import { Paging } from '../../components/paging.js';
import { graphql, readFragment, type FragmentType } from '../../generated/index.js';

const AppealsFragment = graphql(/* GraphQL */ `
  fragment Appeals on CaseConnection {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      caseNumber
      title
      status
      receivedOn
      handler {
        name
      }
      ...CaseDue
    }
  }
`);

/** The enterprise's appeals, the latest first. */
export function Appeals({ of }: { of: FragmentType<typeof AppealsFragment> }): ReactNode {
  const { t } = useTranslation();
  const { nodes, totalCount, pageInfo } = readFragment(AppealsFragment, of);
  return (
    <>
      <List
        rows={nodes}
        total={totalCount}
        rowKey={(row) => row.caseNumber}
        columns={[
          { title: t('column.case'), render: (row) => <Link to={`/cases/${row.caseNumber}`}>{row.title}</Link> },
          { title: t('column.status'), render: (row) => t(`enum.CaseStatus.${row.status}`) },
          { title: t('column.handler'), render: (row) => row.handler?.name ?? '—' },
          { title: t('column.received'), dataIndex: 'receivedOn' },
          { title: t('column.due'), render: (row) => <Due of={row} /> },
        ]}
      />
      <Paging list="appeals" pageInfo={pageInfo} />
    </>
  );
}
