import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Amount } from '../../components/amount.js';
import { List } from '../../components/list.js';
import { graphql, readFragment, type FragmentType } from '../../generated/index.js';

const GrantsFragment = graphql(/* GraphQL */ `
  fragment Grants on GrantConnection {
    totalCount
    nodes {
      id
      status
      publicUntil
      policy {
        title
      }
      department {
        name
      }
      amount {
        amount
      }
      paid {
        amount
      }
    }
  }
`);

/** What the enterprise was granted, from publicity to payment. */
export function Grants({ of }: { of: FragmentType<typeof GrantsFragment> }): ReactNode {
  const { t } = useTranslation();
  const { nodes, totalCount } = readFragment(GrantsFragment, of);
  return (
    <List
      rows={nodes}
      total={totalCount}
      rowKey={(row) => row.id}
      columns={[
        { title: t('column.policy'), render: (row) => row.policy.title },
        { title: t('column.status'), render: (row) => t(`enum.GrantStatus.${row.status}`) },
        { title: t('column.publicUntil'), render: (row) => row.publicUntil ?? '—' },
        { title: t('column.payer'), render: (row) => row.department?.name ?? '—' },
        { title: t('column.granted'), align: 'right', render: (row) => <Amount value={row.amount} /> },
        { title: t('column.paid'), align: 'right', render: (row) => <Amount value={row.paid} /> },
      ]}
    />
  );
}
