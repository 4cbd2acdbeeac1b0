import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { graphql, readFragment, type FragmentType } from '../generated/index.js';
import type { CaseFilter, CaseOrder } from '../generated/graphql.js';
import { DownloadList } from './download.js';
import { CaseDue, Due } from './due.js';
import { List, type Column } from './list.js';
import { Paging } from './paging.js';

const CaseListFragment = graphql(/* GraphQL */ `
  fragment CaseList on CaseConnection {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      caseNumber
      title
      status
      category
      receivedOn
      returns
      urges
      enterprise {
        name
      }
      handler {
        name
      }
      ...CaseDue
    }
  }
`);

const CaseRows = graphql(/* GraphQL */ `
  query CaseRows($filter: CaseFilter, $orderBy: CaseOrder, $first: Int!, $after: String) {
    cases(filter: $filter, orderBy: $orderBy, first: $first, after: $after) {
      ...CaseList
    }
  }
`);

/** What a page asks of the list of cases. */
export interface CasesAsked {
  readonly filter: CaseFilter;
  readonly orderBy?: CaseOrder;
}

/** Cases as officials work through them, in the order of the question; `list` names their page in the address. */
export function CaseList({
  of,
  list,
  asked,
  more = [],
}: {
  of: FragmentType<typeof CaseListFragment>;
  list: string;
  /** What the page asked for, so that all of it can be saved as a file. */
  asked: CasesAsked;
  /** What the page shows of each case beside. */
  more?: readonly Column<{ readonly caseNumber: string }>[];
}): ReactNode {
  const { t } = useTranslation();
  const { nodes, totalCount, pageInfo } = readFragment(CaseListFragment, of);
  return (
    <>
      <DownloadList
        name={`cases-${list}`}
        query={CaseRows}
        variables={{ ...asked }}
        total={totalCount}
        pageOf={(page) => (page.cases == null ? null : readFragment(CaseListFragment, page.cases))}
        head={[
          t('column.number'),
          t('column.due'),
          t('column.case'),
          t('column.enterprise'),
          t('field.category'),
          t('column.status'),
          t('column.handler'),
          t('column.received'),
          t('column.urges'),
        ]}
        row={(row) => [
          row.caseNumber,
          readFragment(CaseDue, row).dueOn ?? '',
          row.title,
          row.enterprise?.name ?? '',
          t(`enum.CaseCategory.${row.category}`),
          t(`enum.CaseStatus.${row.status}`),
          row.handler?.name ?? '',
          row.receivedOn,
          row.urges,
        ]}
      />
      <List
        rows={nodes}
        total={totalCount}
        rowKey={(row) => row.caseNumber}
        columns={[
          { title: t('column.due'), render: (row) => <Due of={row} /> },
          { title: t('column.case'), render: (row) => <Link to={`/cases/${row.caseNumber}`}>{row.title}</Link> },
          { title: t('column.enterprise'), render: (row) => row.enterprise?.name ?? '—' },
          { title: t('field.category'), render: (row) => t(`enum.CaseCategory.${row.category}`) },
          { title: t('column.status'), render: (row) => t(`enum.CaseStatus.${row.status}`) },
          { title: t('column.handler'), render: (row) => row.handler?.name ?? '—' },
          { title: t('column.urges'), dataIndex: 'urges' },
          ...more,
        ]}
      />
      <Paging list={list} pageInfo={pageInfo} />
    </>
  );
}
