import { Button, Descriptions } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { useSession } from '../../app/session.js';
import { Amount } from '../../components/amount.js';
import { List } from '../../components/list.js';
import { Part } from '../../components/part.js';
import { graphql } from '../../generated/index.js';
import { PageQuery } from '../../graph/page-query.js';
import { AuditMatters } from './audit-matters.js';
import { CommitmentMoves } from './commitment-moves.js';
import { LedgerProofShown } from './ledger-proof.js';
import { Ledger } from './ledger.js';

const CommitmentQuery = graphql(/* GraphQL */ `
  query CommitmentPage($id: ID!, $withMatters: Boolean!) {
    departments(level: CITY) @include(if: $withMatters) {
      code
      name
    }
    commitment(id: $id) {
      ...CommitmentMoves
      ...AuditMatters
      id
      title
      kind
      state
      promisedOn
      dueOn
      daysOverdue
      deliverable
      promisor {
        name
      }
      originalPromisor {
        name
      }
      enterprise {
        uscc
        name
      }
      official {
        name
        post
      }
      document {
        number
        date
        digest
      }
      promisedAmount {
        amount
      }
      fulfilledAmount {
        amount
      }
      outstandingAmount {
        amount
      }
      instalments {
        no
        dueOn
        isSettled
        daysOverdue
        amount {
          amount
        }
        settledAmount {
          amount
        }
      }
      conditions {
        no
        text
        status
      }
      entries {
        ...LedgerEntryShown
      }
      proof {
        ...LedgerProofShown
      }
    }
  }
`);

/** One promise of the government: who owes what to whom, by which document, and its ledger with its proof. */
export function Component(): ReactNode {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const { session } = useSession();
  // Auditors write them; an officer reads what was referred to the department.
  const isAuditor = session?.role === 'AUDITOR';
  const withMatters = isAuditor || session?.role === 'OFFICER';
  return (
    <PageQuery query={CommitmentQuery} variables={{ id, withMatters }}>
      {({ commitment, departments }) => (
        <>
          <h1>{commitment?.title ?? id}</h1>
          <Part
            id="commitment"
            title={id}
            place={['commitment']}
            extra={
              <Button className="no-print" onClick={() => print()}>
                {t('page.print')}
              </Button>
            }
          >
            {commitment == null ? (
              t('commitment.none')
            ) : (
              <Descriptions
                size="small"
                column={{ xs: 1, sm: 2, lg: 3 }}
                items={[
                  [t('column.status'), t(`enum.CommitmentState.${commitment.state}`)],
                  [t('field.kind'), t(`enum.CommitmentKind.${commitment.kind}`)],
                  [t('column.promisor'), commitment.promisor.name],
                  [t('commitment.original'), commitment.originalPromisor.name],
                  [t('column.enterprise'), commitment.enterprise.name ?? commitment.enterprise.uscc],
                  [t('commitment.official'), `${commitment.official.name} ${commitment.official.post}`],
                  [t('commitment.promisedOn'), commitment.promisedOn],
                  [
                    t('column.due'),
                    commitment.daysOverdue > 0
                      ? `${commitment.dueOn ?? '—'} ${t('due.days', { count: commitment.daysOverdue })}`
                      : (commitment.dueOn ?? '—'),
                  ],
                  [
                    t('commitment.document'),
                    commitment.document == null
                      ? t('commitment.noDocument')
                      : `${commitment.document.number} (${commitment.document.date})`,
                  ],
                  [
                    t('commitment.digest'),
                    <span key="digest" className="hash">
                      {commitment.document?.digest ?? '—'}
                    </span>,
                  ],
                  [
                    t('column.promised'),
                    commitment.deliverable ?? <Amount key="promised" value={commitment.promisedAmount} />,
                  ],
                  [t('column.paid'), <Amount key="paid" value={commitment.fulfilledAmount} />],
                  [t('column.outstanding'), <Amount key="outstanding" value={commitment.outstandingAmount} />],
                ].map(([label, children], at) => ({ key: at, label, children }))}
              />
            )}
          </Part>
          {commitment != null && (
            <>
              {session?.role === 'OFFICER' && (
                <Part id="moves" title={t('case.moves')} place={['commitment', 'legalMoves']}>
                  <CommitmentMoves of={commitment} departments={departments ?? []} />
                </Part>
              )}
              {withMatters && (
                <Part id="matters" title={t('matters.title')} place={['commitment', 'auditMatters']}>
                  <AuditMatters of={commitment} departments={departments ?? []} isAuditor={isAuditor} />
                </Part>
              )}
              <Part id="instalments" title={t('commitment.instalments')} place={['commitment', 'instalments']}>
                <List
                  rows={commitment.instalments}
                  rowKey={(row) => String(row.no)}
                  columns={[
                    { title: t('commitment.no'), dataIndex: 'no' },
                    {
                      title: t('column.due'),
                      render: ({ dueOn, daysOverdue }) => (
                        <span className={daysOverdue > 0 ? 'late' : undefined}>
                          {dueOn} {daysOverdue > 0 && t('due.days', { count: daysOverdue })}
                        </span>
                      ),
                    },
                    { title: t('column.amount'), align: 'right', render: (row) => <Amount value={row.amount} /> },
                    { title: t('column.paid'), align: 'right', render: (row) => <Amount value={row.settledAmount} /> },
                    {
                      title: t('column.status'),
                      render: ({ isSettled }) => t(isSettled ? 'commitment.settled' : 'commitment.open'),
                    },
                  ]}
                />
                {commitment.conditions.length > 0 && (
                  <ul>
                    {commitment.conditions.map(({ no, text, status }) => (
                      <li key={no}>
                        {text} <span className="note">{t(`enum.ConditionStatus.${status}`)}</span>
                      </li>
                    ))}
                  </ul>
                )}
              </Part>
              <Part id="ledger" title={t('commitment.ledger')} place={['commitment', 'entries']}>
                <Ledger commitmentId={commitment.id} of={commitment.entries} />
              </Part>
              <Part id="proof" title={t('proof.title')} place={['commitment', 'proof']}>
                {commitment.proof == null ? (
                  t('proof.none')
                ) : (
                  <LedgerProofShown commitmentId={commitment.id} of={commitment.proof} />
                )}
              </Part>
            </>
          )}
        </>
      )}
    </PageQuery>
  );
}
