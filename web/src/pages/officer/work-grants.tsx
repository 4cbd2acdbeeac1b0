import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Amount } from '../../components/amount.js';
import { List } from '../../components/list.js';
import { Paging } from '../../components/paging.js';
import { graphql, readFragment, type FragmentType } from '../../generated/index.js';

const ObjectedFragment = graphql(/* GraphQL */ `
  fragment Objected on GrantConnection {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      id
      status
      policy {
        id
        title
      }
      enterprise {
        uscc
        name
      }
      objections {
        id
        text
        dueOn
        legalMoves
      }
    }
  }
`);

const RecoveriesFragment = graphql(/* GraphQL */ `
  fragment OverdueRecoveries on GrantRecoveryConnection {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      id
      amount {
        amount
      }
      overdue {
        amount
      }
      instalments {
        dueOn
      }
      grant {
        policy {
          title
        }
        enterprise {
          uscc
          name
        }
      }
    }
  }
`);

/** Objections to grants that somebody has to decide, the first day first. */
export function ObjectionsToDecide({ of }: { of: FragmentType<typeof ObjectedFragment> }): ReactNode {
  const { t } = useTranslation();
  const { nodes, totalCount, pageInfo } = readFragment(ObjectedFragment, of);
  const rows = nodes
    .flatMap(({ objections, ...grant }) =>
      objections.filter(({ legalMoves }) => legalMoves.length > 0).map((objection) => ({ ...objection, grant })),
    )
    .toSorted((one, other) => (one.dueOn < other.dueOn ? -1 : 1));
  return (
    <>
      <List
        rows={rows}
        total={Math.max(totalCount, rows.length)}
        rowKey={(row) => row.id}
        columns={[
          { title: t('column.due'), dataIndex: 'dueOn' },
          {
            title: t('work.objection'),
            render: ({ text, grant }) => (
              <Link to={`/grants?status=${grant.status}&grant=${encodeURIComponent(grant.id)}`}>{text}</Link>
            ),
          },
          { title: t('column.policy'), render: ({ grant }) => grant.policy.title },
          { title: t('column.enterprise'), render: ({ grant }) => grant.enterprise.name ?? grant.enterprise.uscc },
        ]}
      />
      <Paging list="objections" pageInfo={pageInfo} />
    </>
  );
}

/** What enterprises have to pay back and have not, though it was due. */
export function OverdueRecoveries({ of }: { of: FragmentType<typeof RecoveriesFragment> }): ReactNode {
  const { t } = useTranslation();
  const { nodes, totalCount, pageInfo } = readFragment(RecoveriesFragment, of);
  return (
    <>
      <List
        rows={nodes}
        total={totalCount}
        rowKey={(row) => row.id}
        columns={[
          { title: t('column.due'), render: ({ instalments }) => instalments.map(({ dueOn }) => dueOn).join(' · ') },
          { title: t('column.policy'), render: ({ grant }) => grant.policy.title },
          { title: t('column.enterprise'), render: ({ grant }) => grant.enterprise.name ?? grant.enterprise.uscc },
          { title: t('work.demanded'), align: 'right', render: (row) => <Amount value={row.amount} /> },
          { title: t('column.overdueAmount'), align: 'right', render: (row) => <Amount value={row.overdue} /> },
        ]}
      />
      <Paging list="recoveries" pageInfo={pageInfo} />
    </>
  );
}
