import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Amount } from '../../components/amount.js';
import { List } from '../../components/list.js';
import { Paging } from '../../components/paging.js';
import { graphql, readFragment, type FragmentType } from '../../generated/index.js';

const OwedFragment = graphql(/* GraphQL */ `
  fragment Owed on CommitmentConnection {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      id
      title
      dueOn
      daysOverdue
      promisor {
        name
      }
      promisedAmount {
        amount
      }
      outstandingAmount {
        amount
      }
    }
  }
`);

const ArrearsFragment = graphql(/* GraphQL */ `
  fragment OwedArrears on ArrearConnection {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      id
      subject
      daysOverdue
      principal {
        amount
      }
      outstandingAmount {
        amount
      }
    }
  }
`);

/** The city's promises to the enterprise that are not kept yet, what is due first comes first. */
export function Owed({ of }: { of: FragmentType<typeof OwedFragment> }): ReactNode {
  const { t } = useTranslation();
  const { nodes, totalCount, pageInfo } = readFragment(OwedFragment, of);
  return (
    <>
      <List
        rows={nodes}
        total={totalCount}
        rowKey={(row) => row.id}
        columns={[
          { title: t('column.promise'), render: (row) => <Link to={`/commitments/${row.id}`}>{row.title}</Link> },
          { title: t('column.promisor'), render: (row) => row.promisor.name ?? '—' },
          {
            title: t('column.due'),
            render: (row) => (
              <span className={row.daysOverdue > 0 ? 'late' : undefined}>
                {row.dueOn ?? '—'} {row.daysOverdue > 0 && t('due.days', { count: row.daysOverdue })}
              </span>
            ),
          },
          { title: t('column.promised'), align: 'right', render: (row) => <Amount value={row.promisedAmount} /> },
          { title: t('column.outstanding'), align: 'right', render: (row) => <Amount value={row.outstandingAmount} /> },
        ]}
      />
      <Paging list="owed" pageInfo={pageInfo} />
    </>
  );
}

/** Debts of public bodies to the enterprise. */
export function OwedArrears({ of }: { of: FragmentType<typeof ArrearsFragment> }): ReactNode {
  const { t } = useTranslation();
  const { nodes, totalCount, pageInfo } = readFragment(ArrearsFragment, of);
  return (
    <>
      <List
        rows={nodes}
        total={totalCount}
        rowKey={(row) => row.id}
        columns={[
          { title: t('column.subject'), render: (row) => <Link to={`/debts/${row.id}`}>{row.subject}</Link> },
          {
            title: t('column.late'),
            render: (row) =>
              row.daysOverdue > 0 ? <span className="late">{t('due.days', { count: row.daysOverdue })}</span> : '—',
          },
          { title: t('column.principal'), align: 'right', render: (row) => <Amount value={row.principal} /> },
          { title: t('column.outstanding'), align: 'right', render: (row) => <Amount value={row.outstandingAmount} /> },
        ]}
      />
      <Paging list="arrears" pageInfo={pageInfo} />
    </>
  );
}
