import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { DownloadList } from '../../components/download.js';
import { CaseDue, Due } from '../../components/due.js';
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

const AppealRows = graphql(/* GraphQL */ `
  query AppealRows($uscc: ID!, $first: Int!, $after: String) {
    cases(filter: { uscc: $uscc }, first: $first, after: $after) {
      ...Appeals
    }
  }
`);

/** The enterprise's appeals, the latest first. */
export function Appeals({ of, uscc }: { of: FragmentType<typeof AppealsFragment>; uscc: string }): ReactNode {
  const { t } = useTranslation();
  const { nodes, totalCount, pageInfo } = readFragment(AppealsFragment, of);
  return (
    <>
      <DownloadList
        name="appeals"
        query={AppealRows}
        variables={{ uscc }}
        total={totalCount}
        pageOf={(page) => (page.cases == null ? null : readFragment(AppealsFragment, page.cases))}
        head={[
          t('column.number'),
          t('column.case'),
          t('column.status'),
          t('column.handler'),
          t('column.received'),
          t('column.due'),
        ]}
        row={(row) => [
          row.caseNumber,
          row.title,
          t(`enum.CaseStatus.${row.status}`),
          row.handler?.name ?? '',
          row.receivedOn,
          readFragment(CaseDue, row).dueOn ?? '',
        ]}
      />
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
