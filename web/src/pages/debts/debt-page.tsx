import { Button, Descriptions } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { Amount } from '../../components/amount.js';
import { Part } from '../../components/part.js';
import { graphql } from '../../generated/index.js';
import { PageQuery } from '../../graph/page-query.js';
import { moneyText } from '../../values/money.js';
import { DebtAccount } from './debt-account.js';
import { DebtMoves } from './debt-moves.js';

const Debt = graphql(/* GraphQL */ `
  query Debt($id: ID!) {
    departments(level: CITY) {
      code
      name
    }
    arrear(id: $id) {
      ...DebtMoves
      ...DebtAccount
      subject
      contractNumber
      contractSignedOn
      deliveredOn
      isCleared
      daysOverdue
      debtor {
        name
      }
      debtorEnterprise {
        name
      }
      enterprise {
        uscc
        name
      }
      term {
        dueOn
        isProvisional
        source
      }
      principal {
        amount
      }
      paidAmount {
        amount
      }
      outstandingAmount {
        amount
      }
      disputedAmount {
        amount
      }
      costsOutstandingAmount {
        amount
      }
      totalOutstandingAmount {
        amount
      }
      lateInterest {
        days
        source
        isCertain
        amount {
          amount
        }
        paidAmount {
          amount
        }
        outstandingAmount {
          amount
        }
      }
      plan {
        no
        isBehind
        nextDueOn
        plannedAmount {
          amount
        }
        paidAmount {
          amount
        }
        dueByNow {
          amount
        }
      }
      withdrawal {
        reason
      }
    }
  }
`);

/** One debt: what is owed, by whom, its interest account, its plan, and what may be done with it. */
export function Component(): ReactNode {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  return (
    <PageQuery query={Debt} variables={{ id }}>
      {({ arrear: debt, departments }) => (
        <>
          <h1>{debt?.subject ?? id}</h1>
          <Part
            id="debt"
            title={id}
            place={['arrear']}
            extra={
              <Button className="no-print" onClick={() => print()}>
                {t('page.print')}
              </Button>
            }
          >
            {debt == null ? (
              t('debt.none')
            ) : (
              <>
                {debt.withdrawal != null && (
                  <p role="status">{t('debt.withdrawn', { reason: debt.withdrawal.reason })}</p>
                )}
                {debt.plan?.isBehind === true && (
                  <p role="status" className="late">
                    {t('debt.behind', {
                      due: moneyText(debt.plan.dueByNow),
                      paid: moneyText(debt.plan.paidAmount),
                    })}
                  </p>
                )}
                <Descriptions
                  size="small"
                  column={{ xs: 1, sm: 2, lg: 3 }}
                  items={[
                    [t('debt.debtor'), debt.debtorEnterprise?.name ?? debt.debtor.name ?? '—'],
                    [
                      t('column.enterprise'),
                      <Link key="creditor" to={`/standing/${debt.enterprise.uscc}`}>
                        {debt.enterprise.name ?? debt.enterprise.uscc}
                      </Link>,
                    ],
                    [t('debt.contract'), `${debt.contractNumber} (${debt.contractSignedOn})`],
                    [t('debt.delivered'), debt.deliveredOn],
                    [
                      t('column.due'),
                      debt.term == null
                        ? '—'
                        : [
                            debt.term.dueOn,
                            debt.daysOverdue > 0 ? t('due.days', { count: debt.daysOverdue }) : '',
                            debt.term.isProvisional ? t('debt.provisional') : '',
                          ].join(' '),
                    ],
                    [t('debt.basis'), debt.term?.source ?? '—'],
                    [t('column.principal'), <Amount key="principal" value={debt.principal} />],
                    [t('column.paid'), <Amount key="paid" value={debt.paidAmount} />],
                    [t('debt.outstanding'), <Amount key="outstanding" value={debt.outstandingAmount} />],
                    [t('debt.disputed'), <Amount key="disputed" value={debt.disputedAmount} />],
                    [
                      t('debt.interest'),
                      debt.lateInterest == null
                        ? '—'
                        : t('debt.interestOf', {
                            amount: moneyText(debt.lateInterest.amount),
                            paid: moneyText(debt.lateInterest.paidAmount),
                            left: moneyText(debt.lateInterest.outstandingAmount),
                            days: debt.lateInterest.days,
                          }),
                    ],
                    [
                      t('debt.interestBasis'),
                      debt.lateInterest == null
                        ? '—'
                        : `${debt.lateInterest.source}${debt.lateInterest.isCertain ? '' : t('debt.uncertain')}`,
                    ],
                    [t('debt.costsLeft'), <Amount key="costs" value={debt.costsOutstandingAmount} />],
                    [t('debt.inAll'), <Amount key="all" value={debt.totalOutstandingAmount} />],
                    [
                      t('debt.plan'),
                      debt.plan == null
                        ? t('debt.noPlan')
                        : t('debt.planOf', {
                            no: debt.plan.no,
                            amount: moneyText(debt.plan.plannedAmount),
                            next: debt.plan.nextDueOn ?? '—',
                          }),
                    ],
                  ].map(([label, children], at) => ({ key: at, label, children }))}
                />
              </>
            )}
          </Part>
          {debt != null && (
            <>
              <Part id="moves" title={t('debt.moves')} place={['arrear', 'legalMoves']}>
                <DebtMoves of={debt} departments={departments ?? []} />
              </Part>
              <Part id="account" title={t('debt.account')} place={['arrear', 'payments']}>
                <DebtAccount of={debt} />
              </Part>
            </>
          )}
        </>
      )}
    </PageQuery>
  );
}
