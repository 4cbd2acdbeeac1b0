import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { Amount } from '../../components/amount.js';
import { DownloadList } from '../../components/download.js';
import { List } from '../../components/list.js';
import { Paging, useAfter } from '../../components/paging.js';
import { Part } from '../../components/part.js';
import { useDay } from '../../components/period.js';
import { graphql } from '../../generated/index.js';
import { PageQuery } from '../../graph/page-query.js';
import { dayInShanghai } from '../../values/days.js';

const AuditWorklist = graphql(/* GraphQL */ `
  query AuditWorklist($asOf: Date!, $knownOn: Date, $filter: AuditWorklistFilter!, $first: Int!, $after: String) {
    auditWorklist(asOf: $asOf, knownOn: $knownOn, filter: $filter, first: $first, after: $after) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        risk {
          score
          amount
          age
          document
          department
        }
        commitment {
          id
          title
          dueOn
          daysOverdue
          promisor {
            name
          }
          enterprise {
            name
          }
          outstandingAmount {
            amount
          }
          overdueAmount {
            amount
          }
        }
      }
    }
  }
`);

/** The promises behind a figure of the audit, as the address chooses them, the worst risk first. */
export function Component(): ReactNode {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const [asOf] = useDay('asOf', dayInShanghai());
  const [knownOn] = useDay('knownOn', '');
  const after = useAfter('worklist');
  const department = search.get('department');
  const filter = {
    ...(department === null ? {} : { department }),
    ...(search.has('overdue') ? { daysOverdueAtLeast: 1 } : {}),
    ...(search.has('undocumented') ? { documented: false } : {}),
  };
  const asked = { asOf, knownOn: knownOn === '' ? null : knownOn, filter };
  const which = search.has('overdue') ? 'overdue' : search.has('undocumented') ? 'undocumented' : 'all';
  return (
    <>
      <h1>{t('audit.listOf', { which: t(`audit.which.${which}`) })}</h1>
      <PageQuery query={AuditWorklist} variables={{ ...asked, first: 100, after }}>
        {({ auditWorklist }) => (
          <Part id="worklist" title={t('audit.worklist', { asOf })} place={['auditWorklist']}>
            {auditWorklist != null && (
              <>
                <DownloadList
                  name={`audit-worklist-${asOf}`}
                  query={AuditWorklist}
                  variables={asked}
                  total={auditWorklist.totalCount}
                  pageOf={(page) => page.auditWorklist}
                  head={[
                    t('column.number'),
                    t('column.promise'),
                    t('column.promisor'),
                    t('column.enterprise'),
                    t('column.due'),
                    t('column.outstanding'),
                    t('column.overdueAmount'),
                    t('audit.risk'),
                  ]}
                  row={({ commitment, risk }) => [
                    commitment.id,
                    commitment.title,
                    commitment.promisor.name ?? '',
                    commitment.enterprise.name ?? '',
                    commitment.dueOn ?? '',
                    commitment.outstandingAmount?.amount ?? '',
                    commitment.overdueAmount?.amount ?? '',
                    risk.score,
                  ]}
                />
                <List
                  rows={auditWorklist.nodes}
                  total={auditWorklist.totalCount}
                  rowKey={({ commitment }) => commitment.id}
                  columns={[
                    {
                      title: t('audit.risk'),
                      align: 'right',
                      render: ({ risk: { score, ...parts } }) => (
                        <>
                          <strong>{score}</strong> <span className="note">{t('audit.riskOf', parts)}</span>
                        </>
                      ),
                    },
                    {
                      title: t('column.promise'),
                      render: ({ commitment }) => <Link to={`/commitments/${commitment.id}`}>{commitment.title}</Link>,
                    },
                    { title: t('column.promisor'), render: ({ commitment }) => commitment.promisor.name ?? '—' },
                    { title: t('column.enterprise'), render: ({ commitment }) => commitment.enterprise.name ?? '—' },
                    {
                      title: t('column.due'),
                      render: ({ commitment: { dueOn, daysOverdue } }) => (
                        <span className={daysOverdue > 0 ? 'late' : undefined}>
                          {dueOn ?? '—'} {daysOverdue > 0 && t('due.days', { count: daysOverdue })}
                        </span>
                      ),
                    },
                    {
                      title: t('column.outstanding'),
                      align: 'right',
                      render: ({ commitment }) => <Amount value={commitment.outstandingAmount} />,
                    },
                    {
                      title: t('column.overdueAmount'),
                      align: 'right',
                      render: ({ commitment }) => <Amount value={commitment.overdueAmount} />,
                    },
                  ]}
                />
                <Paging list="worklist" pageInfo={auditWorklist.pageInfo} />
              </>
            )}
          </Part>
        )}
      </PageQuery>
    </>
  );
}
