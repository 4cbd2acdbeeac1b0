import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Amount } from '../../components/amount.js';
import { List } from '../../components/list.js';
import { graphql, readFragment, type FragmentType } from '../../generated/index.js';

const DebtAccountFragment = graphql(/* GraphQL */ `
  fragment DebtAccount on Arrear {
    payments(includeReversed: true) {
      no
      paidOn
      reference
      amount {
        amount
      }
      toCosts {
        amount
      }
      toInterest {
        amount
      }
      toPrincipal {
        amount
      }
      reversal {
        reason
      }
    }
    costs(includeReversed: true) {
      no
      incurredOn
      subject
      amount {
        amount
      }
      reversal {
        reason
      }
    }
    settledDisputes(includeReversed: true) {
      no
      settledOn
      reason
      owed {
        amount
      }
      struckOff {
        amount
      }
      reversal {
        reason
      }
    }
    transfers(includeReversed: true) {
      no
      effectiveOn
      reason
      from {
        name
      }
      to {
        name
      }
      reversal {
        reason
      }
    }
    plans {
      no
      state
      instalments {
        no
        dueOn
        amount {
          amount
        }
      }
    }
  }
`);

/** What became of a debt: payments and what they paid, costs, disputes, transfers and plans, reversed ones too. */
export function DebtAccount({ of }: { of: FragmentType<typeof DebtAccountFragment> }): ReactNode {
  const { t } = useTranslation();
  const { payments, costs, settledDisputes, transfers, plans } = readFragment(DebtAccountFragment, of);
  const number = { title: t('column.number'), render: ({ no }: { readonly no: number }) => String(no) };
  const reversed = {
    title: t('debt.reversed'),
    render: ({ reversal }: { readonly reversal?: { readonly reason: string } | null }) => reversal?.reason ?? '—',
  };
  const rowKey = ({ no }: { readonly no: number }): string => String(no);
  return (
    <>
      <h3>{t('debt.payments')}</h3>
      <List
        rows={payments}
        rowKey={rowKey}
        columns={[
          number,
          { title: t('column.day'), dataIndex: 'paidOn' },
          { title: t('debt.receipt'), dataIndex: 'reference' },
          { title: t('column.amount'), align: 'right', render: (row) => <Amount value={row.amount} /> },
          { title: t('debt.toCosts'), align: 'right', render: (row) => <Amount value={row.toCosts} /> },
          { title: t('debt.toInterest'), align: 'right', render: (row) => <Amount value={row.toInterest} /> },
          { title: t('debt.toPrincipal'), align: 'right', render: (row) => <Amount value={row.toPrincipal} /> },
          reversed,
        ]}
      />
      {costs.length > 0 && (
        <>
          <h3>{t('debt.costs')}</h3>
          <List
            rows={costs}
            rowKey={rowKey}
            columns={[
              number,
              { title: t('column.day'), dataIndex: 'incurredOn' },
              { title: t('column.subject'), dataIndex: 'subject' },
              { title: t('column.amount'), align: 'right', render: (row) => <Amount value={row.amount} /> },
              reversed,
            ]}
          />
        </>
      )}
      {settledDisputes.length > 0 && (
        <>
          <h3>{t('debt.settlements')}</h3>
          <List
            rows={settledDisputes}
            rowKey={rowKey}
            columns={[
              number,
              { title: t('column.day'), dataIndex: 'settledOn' },
              { title: t('field.reason'), dataIndex: 'reason' },
              { title: t('field.owed'), align: 'right', render: (row) => <Amount value={row.owed} /> },
              { title: t('field.struckOff'), align: 'right', render: (row) => <Amount value={row.struckOff} /> },
              reversed,
            ]}
          />
        </>
      )}
      {transfers.length > 0 && (
        <>
          <h3>{t('debt.transfers')}</h3>
          <List
            rows={transfers}
            rowKey={rowKey}
            columns={[
              number,
              { title: t('column.day'), dataIndex: 'effectiveOn' },
              { title: t('debt.from'), render: (row) => row.from.name ?? '—' },
              { title: t('debt.to'), render: (row) => row.to.name ?? '—' },
              { title: t('field.reason'), dataIndex: 'reason' },
              reversed,
            ]}
          />
        </>
      )}
      {plans.length > 0 && (
        <>
          <h3>{t('debt.plans')}</h3>
          <List
            rows={plans.flatMap(({ no, state, instalments }) =>
              instalments.map((instalment) => ({
                ...instalment,
                key: `${String(no)}/${String(instalment.no)}`,
                plan: no,
                state,
              })),
            )}
            rowKey={({ key }) => key}
            columns={[
              { title: t('column.number'), dataIndex: 'key' },
              { title: t('column.status'), render: (row) => t(`enum.RepaymentPlanState.${row.state}`) },
              { title: t('column.due'), dataIndex: 'dueOn' },
              { title: t('column.amount'), align: 'right', render: (row) => <Amount value={row.amount} /> },
            ]}
          />
        </>
      )}
    </>
  );
}
