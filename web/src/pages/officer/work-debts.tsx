import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Amount } from '../../components/amount.js';
import { CommandForm } from '../../components/command-form.js';
import { List } from '../../components/list.js';
import { Paging } from '../../components/paging.js';
import { graphql, readFragment, type FragmentType } from '../../generated/index.js';
import { useAskAgain } from '../../graph/page-query.js';

const RepaymentsFragment = graphql(/* GraphQL */ `
  fragment Repayments on ArrearConnection {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      id
      subject
      daysOverdue
      enterprise {
        name
      }
      outstandingAmount {
        amount
      }
      plan {
        nextDueOn
        isBehind
      }
    }
  }
`);

const ReferralFragment = graphql(/* GraphQL */ `
  fragment ReferralToAnswer on AuditMatter {
    id
    text
    respondBy
    isOverdue
    commitment {
      id
      title
    }
  }
`);

const RespondToReferral = graphql(/* GraphQL */ `
  mutation RespondToReferral($input: RespondToReferralInput!) {
    change: respondToReferral(input: $input) {
      matter {
        id
        response {
          text
        }
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

/** Debts of the department to enterprises, with what its repayment plan wants next. */
export function Repayments({ of }: { of: FragmentType<typeof RepaymentsFragment> }): ReactNode {
  const { t } = useTranslation();
  const { nodes, totalCount, pageInfo } = readFragment(RepaymentsFragment, of);
  return (
    <>
      <List
        rows={nodes}
        total={totalCount}
        rowKey={(row) => row.id}
        columns={[
          {
            title: t('work.nextRepayment'),
            render: ({ plan, daysOverdue }) => (
              <span className={plan?.isBehind === true || daysOverdue > 0 ? 'late' : undefined}>
                {plan?.nextDueOn ?? t('work.noPlan')} {daysOverdue > 0 && t('due.days', { count: daysOverdue })}
              </span>
            ),
          },
          { title: t('column.subject'), render: (row) => <Link to={`/debts/${row.id}`}>{row.subject}</Link> },
          { title: t('column.enterprise'), render: (row) => row.enterprise.name ?? '—' },
          { title: t('column.outstanding'), align: 'right', render: (row) => <Amount value={row.outstandingAmount} /> },
        ]}
      />
      <Paging list="repayments" pageInfo={pageInfo} />
    </>
  );
}

/** What auditors referred to the department, to be answered in its place. */
export function ReferralsToAnswer({ of }: { of: readonly FragmentType<typeof ReferralFragment>[] }): ReactNode {
  const { t } = useTranslation();
  const [opened, open] = useState<string | undefined>();
  const askAgain = useAskAgain();
  const referrals = of.map((one) => readFragment(ReferralFragment, one));
  const answered = referrals.find(({ id }) => id === opened);
  return (
    <>
      <List
        rows={referrals}
        rowKey={(row) => row.id}
        columns={[
          {
            title: t('column.due'),
            render: (row) => <span className={row.isOverdue ? 'late' : undefined}>{row.respondBy ?? '—'}</span>,
          },
          { title: t('work.referral'), render: (row) => <span className="pre-line">{row.text}</span> },
          {
            title: t('column.promise'),
            render: ({ commitment }) =>
              commitment == null ? '—' : <Link to={`/commitments/${commitment.id}`}>{commitment.title}</Link>,
          },
          {
            title: t('column.action'),
            render: (row) => <Button onClick={() => open(row.id)}>{t('work.answerReferral')}</Button>,
          },
        ]}
      />
      {answered !== undefined && (
        <CommandForm
          key={answered.id}
          command={RespondToReferral}
          fixed={{ referral: answered.id }}
          fields={[{ name: 'text', kind: 'text', label: 'answer' }]}
          submit={t('work.sendAnswer')}
          onDone={() => {
            open(undefined);
            askAgain();
          }}
        />
      )}
    </>
  );
}
