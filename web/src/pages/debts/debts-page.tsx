import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { useSession } from '../../app/session.js';
import { Amount } from '../../components/amount.js';
import { Figure } from '../../components/figure.js';
import { List } from '../../components/list.js';
import { Paging, useAfter } from '../../components/paging.js';
import { Part } from '../../components/part.js';
import { graphql, readFragment, type FragmentType } from '../../generated/index.js';
import { PageQuery } from '../../graph/page-query.js';
import { dayInShanghai } from '../../values/days.js';
import { moneyText } from '../../values/money.js';

const DebtListFragment = graphql(/* GraphQL */ `
  fragment DebtList on ArrearConnection {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    outstandingAmount {
      amount
    }
    nodes {
      id
      subject
      contractNumber
      daysOverdue
      term {
        dueOn
      }
      debtor {
        name
      }
      enterprise {
        name
      }
      totalOutstandingAmount {
        amount
      }
      disputedAmount {
        amount
      }
    }
  }
`);

const Debts = graphql(/* GraphQL */ `
  query Debts(
    $department: ID!
    $uscc: ID!
    $ofDepartment: Boolean!
    $ofEnterprise: Boolean!
    $ofCity: Boolean!
    $from: Date!
    $to: Date!
    $debtsAfter: String
  ) {
    department(code: $department) @include(if: $ofDepartment) {
      name
      arrears(first: 20, after: $debtsAfter) {
        ...DebtList
      }
    }
    enterprise(uscc: $uscc) @include(if: $ofEnterprise) {
      name
      arrears(first: 20, after: $debtsAfter) {
        ...DebtList
      }
    }
    arrearsReport(from: $from, to: $to) @include(if: $ofCity) {
      departments {
        department {
          code
          name
        }
        principal {
          amount
        }
        outstandingAmount {
          amount
        }
        overdueAmount {
          amount
        }
        disputedAmount {
          amount
        }
        lateInterestOutstandingAmount {
          amount
        }
      }
    }
  }
`);

/** A page of debts, what was delivered first comes first. */
function DebtList({ of }: { of: FragmentType<typeof DebtListFragment> }): ReactNode {
  const { t } = useTranslation();
  const { nodes, totalCount, pageInfo, outstandingAmount } = readFragment(DebtListFragment, of);
  return (
    <>
      <div className="figures">
        <Figure
          title={t('debt.outstanding')}
          value={moneyText(outstandingAmount)}
          note={t('debt.count', { count: totalCount })}
        />
      </div>
      <List
        rows={nodes}
        total={totalCount}
        rowKey={(row) => row.id}
        columns={[
          { title: t('column.subject'), render: (row) => <Link to={`/debts/${row.id}`}>{row.subject}</Link> },
          { title: t('debt.contract'), dataIndex: 'contractNumber' },
          { title: t('debt.debtor'), render: (row) => row.debtor.name ?? '—' },
          { title: t('column.enterprise'), render: (row) => row.enterprise.name ?? '—' },
          {
            title: t('column.due'),
            render: (row) => (
              <span className={row.daysOverdue > 0 ? 'late' : undefined}>
                {row.term?.dueOn ?? '—'} {row.daysOverdue > 0 && t('due.days', { count: row.daysOverdue })}
              </span>
            ),
          },
          { title: t('debt.disputed'), align: 'right', render: (row) => <Amount value={row.disputedAmount} /> },
          { title: t('debt.inAll'), align: 'right', render: (row) => <Amount value={row.totalOutstandingAmount} /> },
        ]}
      />
      <Paging list="debts" pageInfo={pageInfo} />
    </>
  );
}

/** 账款: what is owed to enterprises: its own, a department's, or all departments with their sums. */
export function Component(): ReactNode {
  const { t } = useTranslation();
  const { session } = useSession();
  const [search] = useSearchParams();
  const debtsAfter = useAfter('debts');
  const ofEnterprise = session?.role === 'ENTERPRISE';
  const department = search.get('department') ?? (session?.role === 'OFFICER' ? session.department : undefined);
  const ofDepartment = !ofEnterprise && department !== undefined;
  const today = dayInShanghai();
  const variables = {
    department: department ?? '',
    uscc: session?.uscc ?? '',
    ...{ ofDepartment, ofEnterprise, ofCity: !ofEnterprise && !ofDepartment },
    ...{ from: `${today.slice(0, 4)}-01-01`, to: today, debtsAfter },
  };
  return (
    <>
      <h1>{t('menu./debts')}</h1>
      <PageQuery query={Debts} variables={variables}>
        {({ department: debtor, enterprise: creditor, arrearsReport }) => {
          const arrears = (ofEnterprise ? creditor : debtor)?.arrears;
          const owner = ofEnterprise ? creditor?.name : debtor?.name;
          return variables.ofCity ? (
            <Part id="departments" title={t('debt.byDepartment')} place={['arrearsReport']}>
              <List
                rows={arrearsReport?.departments ?? []}
                rowKey={(row) => row.department.code}
                columns={[
                  {
                    title: t('column.department'),
                    render: (row) => (
                      <Link to={`/debts?department=${encodeURIComponent(row.department.code)}`}>
                        {row.department.name ?? row.department.code}
                      </Link>
                    ),
                  },
                  { title: t('column.principal'), align: 'right', render: (row) => <Amount value={row.principal} /> },
                  {
                    title: t('debt.outstanding'),
                    align: 'right',
                    render: (row) => <Amount value={row.outstandingAmount} />,
                  },
                  {
                    title: t('column.overdueAmount'),
                    align: 'right',
                    render: (row) => <Amount value={row.overdueAmount} />,
                  },
                  {
                    title: t('debt.disputed'),
                    align: 'right',
                    render: (row) => <Amount value={row.disputedAmount} />,
                  },
                  {
                    title: t('debt.interestLeft'),
                    align: 'right',
                    render: (row) => <Amount value={row.lateInterestOutstandingAmount} />,
                  },
                ]}
              />
            </Part>
          ) : (
            <Part
              id="debts"
              title={owner ?? t('debt.list')}
              place={[ofEnterprise ? 'enterprise' : 'department', 'arrears']}
            >
              {arrears != null && <DebtList of={arrears} />}
            </Part>
          );
        }}
      </PageQuery>
    </>
  );
}
