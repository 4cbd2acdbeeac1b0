import type { ResultOf } from '@graphql-typed-document-node/core';
import { Button, Space } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Amount, ShownAmount } from '../../components/amount.js';
import { CommandForm } from '../../components/command-form.js';
import { List } from '../../components/list.js';
import { Paging } from '../../components/paging.js';
import { graphql, readFragment, type FragmentType } from '../../generated/index.js';
import { momentText } from '../../values/days.js';
import { moneyText } from '../../values/money.js';

const GrantsFragment = graphql(/* GraphQL */ `
  fragment Grants on GrantConnection {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      id
      status
      publicUntil
      legalMoves
      account {
        holder
        bank
        number
      }
      payments {
        id
        instalment
        status
        sentAt
        settledAt
        reason
        amount {
          amount
        }
      }
      history {
        move
        status
        at
        note
      }
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
      recoveries {
        id
        state
        amount {
          amount
        }
        received {
          amount
        }
        instalments {
          dueOn
          amount {
            amount
          }
        }
        history {
          kind
          at
          reason
        }
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
  const { nodes, totalCount, pageInfo } = readFragment(GrantsFragment, of);
  const [chosen, setChosen] = useState<string | undefined>();
  const [followed, setFollowed] = useState<string | undefined>();
  const follow = (id: string): void => setFollowed(id === followed ? undefined : id);
  const grant = nodes.find(({ id }) => id === chosen);
  const shown = nodes.find(({ id }) => id === followed);
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
            render: (row) => (
              <Space>
                <Button aria-expanded={row.id === followed} onClick={() => follow(row.id)}>
                  {t('grants.follow')}
                </Button>
                {row.legalMoves.includes('CONFIRM') && (
                  <Button onClick={() => setChosen(row.id)}>{t('grants.confirm')}</Button>
                )}
              </Space>
            ),
          },
        ]}
      />
      <Paging list="grants" pageInfo={pageInfo} />
      {shown !== undefined && <Followed of={shown} />}
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

/** A grant from its making to the last payment, and the account that it is paid to. */
function Followed({ of }: { of: ResultOf<typeof GrantsFragment>['nodes'][number] }): ReactNode {
  const { t } = useTranslation();
  const { policy, account, payments, recoveries, history } = of;
  return (
    <div data-part="grant-history">
      <h3>{t('grants.historyOf', { policy: policy.title })}</h3>
      {account != null && (
        <p>
          {t('grants.account')} {account.holder} · {account.bank} · {account.number}
        </p>
      )}
      <ol>
        {history.map(({ move, status, at, note }) => (
          <li key={`${at} ${status}`}>
            <strong>{move == null ? t('grants.made') : t(`enum.GrantMove.${move}`)}</strong>{' '}
            <span className="note">
              {momentText(at)} · {t(`enum.GrantStatus.${status}`)}
            </span>
            {note !== '' && <p className="pre-line">{note}</p>}
          </li>
        ))}
      </ol>
      {payments.length > 0 && (
        <List
          rows={payments}
          rowKey={(row) => row.id}
          columns={[
            { title: t('grants.instalment'), dataIndex: 'instalment' },
            { title: t('column.amount'), align: 'right', render: (row) => <Amount value={row.amount} /> },
            { title: t('column.status'), render: (row) => t(`enum.PaymentStatus.${row.status}`) },
            { title: t('grants.sent'), render: (row) => momentText(row.sentAt) },
            {
              title: t('grants.settled'),
              render: (row) => (row.settledAt == null ? row.reason || '—' : momentText(row.settledAt)),
            },
          ]}
        />
      )}
      {recoveries.length > 0 && (
        <>
          <h4>{t('recovery.own')}</h4>
          <List
            rows={recoveries}
            rowKey={(row) => row.id}
            columns={[
              { title: t('column.status'), render: (row) => t(`enum.GrantRecoveryState.${row.state}`) },
              { title: t('recovery.asked'), align: 'right', render: (row) => <Amount value={row.amount} /> },
              {
                title: t('field.instalments'),
                render: ({ instalments }) =>
                  instalments.map(({ dueOn, amount }) => <div key={dueOn}>{`${dueOn} ${moneyText(amount)}`}</div>),
              },
              { title: t('recovery.received'), align: 'right', render: (row) => <Amount value={row.received} /> },
              {
                title: t('field.reason'),
                render: ({ history: steps }) => steps.map(({ at, reason }) => <div key={at}>{reason}</div>),
              },
            ]}
          />
        </>
      )}
    </div>
  );
}
