import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { graphql, readFragment, type FragmentType } from '../generated/index.js';
import { Amount } from './amount.js';
import { List } from './list.js';
import { Paging } from './paging.js';

export const CommitmentRow = graphql(/* GraphQL */ `
  fragment CommitmentRow on Commitment {
    id
    title
    dueOn
    daysOverdue
    enterprise {
      name
    }
    outstandingAmount {
      amount
    }
    overdueAmount {
      amount
    }
  }
`);

const CommitmentListFragment = graphql(/* GraphQL */ `
  fragment CommitmentList on CommitmentConnection {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      ...CommitmentRow
    }
  }
`);

/** Promises as officials and auditors work through them. */
export function CommitmentRows({
  rows,
  total,
}: {
  rows: readonly FragmentType<typeof CommitmentRow>[];
  total: number;
}): ReactNode {
  const { t } = useTranslation();
  return (
    <List
      rows={rows.map((row) => readFragment(CommitmentRow, row))}
      total={total}
      rowKey={(row) => row.id}
      columns={[
        {
          title: t('column.due'),
          render: (row) => (
            <span className={row.daysOverdue > 0 ? 'late' : undefined}>
              {row.dueOn ?? '—'} {row.daysOverdue > 0 && t('due.days', { count: row.daysOverdue })}
            </span>
          ),
        },
        { title: t('column.promise'), render: (row) => <Link to={`/commitments/${row.id}`}>{row.title}</Link> },
        { title: t('column.enterprise'), render: (row) => row.enterprise.name ?? '—' },
        { title: t('column.outstanding'), align: 'right', render: (row) => <Amount value={row.outstandingAmount} /> },
        { title: t('column.overdueAmount'), align: 'right', render: (row) => <Amount value={row.overdueAmount} /> },
      ]}
    />
  );
}

/** A page of promises; `list` names it in the address. */
export function CommitmentList({
  of,
  list,
}: {
  of: FragmentType<typeof CommitmentListFragment>;
  list: string;
}): ReactNode {
  const { nodes, totalCount, pageInfo } = readFragment(CommitmentListFragment, of);
  return (
    <>
      <CommitmentRows rows={nodes} total={totalCount} />
      <Paging list={list} pageInfo={pageInfo} />
    </>
  );
}
