import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Amount, ShownAmount } from '../../components/amount.js';
import { CommandForm } from '../../components/command-form.js';
import { List } from '../../components/list.js';
import { graphql, readFragment, type FragmentType } from '../../generated/index.js';

const GrantsFragment = graphql(/* GraphQL */ `
  fragment Grants on GrantConnection {
    totalCount
    nodes {
      id
      status
      publicUntil
      legalMoves
      policy {
        title
      }
      department {
        name
      }
      amount {
        amount
      }
      formerlyShown {
        amount
      }
      paid {
        amount
      }
    }
  }
`);

const ConfirmAccount = graphql(/* GraphQL */ `
  mutation ConfirmAccount($input: ConfirmGrantInput!) {
    change: confirmGrant(input: $input) {
      grant {
        id
        status
      }
      refusal {
        code
        message
        path
        details
      }
    }
  }
`);

/**
 * What the enterprise was granted, from publicity to payment; where the graph waits for its account, it confirms it.
 */
export function Grants({ of }: { of: FragmentType<typeof GrantsFragment> }): ReactNode {
  const { t } = useTranslation();
  const { nodes, totalCount } = readFragment(GrantsFragment, of);
  const [chosen, setChosen] = useState<string | undefined>();
  const grant = nodes.find(({ id }) => id === chosen);
  return (
    <>
      <List
        rows={nodes}
        total={totalCount}
        rowKey={(row) => row.id}
        columns={[
          { title: t('column.policy'), render: (row) => row.policy.title },
          { title: t('column.status'), render: (row) => t(`enum.GrantStatus.${row.status}`) },
          { title: t('column.publicUntil'), render: (row) => row.publicUntil ?? '—' },
          { title: t('column.payer'), render: (row) => row.department?.name ?? '—' },
          {
            title: t('column.granted'),
            align: 'right',
            render: (row) => <ShownAmount value={row.amount} formerlyShown={row.formerlyShown} />,
          },
          { title: t('column.paid'), align: 'right', render: (row) => <Amount value={row.paid} /> },
          {
            title: t('column.action'),
            render: (row) =>
              row.legalMoves.includes('CONFIRM') && (
                <Button onClick={() => setChosen(row.id)}>{t('grants.confirm')}</Button>
              ),
          },
        ]}
      />
      {grant !== undefined && (
        <>
          <h3>{t('grants.accountFor', { policy: grant.policy.title })}</h3>
          <CommandForm
            key={grant.id}
            command={ConfirmAccount}
            fixed={{ grant: grant.id }}
            fields={[
              { name: 'holder', kind: 'line' },
              { name: 'bank', kind: 'line' },
              { name: 'number', kind: 'line' },
            ]}
            submit={t('grants.confirm')}
            onDone={() => setChosen(undefined)}
          />
        </>
      )}
    </>
  );
}
