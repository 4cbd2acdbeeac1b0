import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ShownAmount } from '../../components/amount.js';
import { List } from '../../components/list.js';
import { graphql, readFragment, type FragmentType } from '../../generated/index.js';

const PolicyNoticesFragment = graphql(/* GraphQL */ `
  fragment PolicyNotices on PublicNoticeConnection {
    totalCount
    nodes {
      grant
      from
      until
      enterprise {
        uscc
        name
      }
      amount {
        amount
      }
      formerlyShown {
        amount
      }
    }
  }
`);

/** Who is shown in public today as getting the benefit, how much, and how much was shown before [公示]. */
export function PolicyNotices({ of }: { of: FragmentType<typeof PolicyNoticesFragment> }): ReactNode {
  const { t } = useTranslation();
  const { nodes, totalCount } = readFragment(PolicyNoticesFragment, of);
  return (
    <List
      rows={nodes}
      total={totalCount}
      rowKey={(row) => row.grant}
      columns={[
        { title: t('column.enterprise'), render: (row) => row.enterprise.name ?? row.enterprise.uscc },
        { title: t('column.publicFrom'), render: (row) => row.from ?? '—' },
        { title: t('column.publicUntil'), dataIndex: 'until' },
        {
          title: t('column.granted'),
          align: 'right',
          render: (row) => <ShownAmount value={row.amount} formerlyShown={row.formerlyShown} />,
        },
      ]}
    />
  );
}
