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

const Promises = graphql(/* GraphQL */ `
  query Promises($asOf: Date!, $filter: AuditedCommitmentFilter!, $first: Int!, $after: String) {
    auditedCommitments(asOf: $asOf, filter: $filter, first: $first, after: $after) {
      totalCount
      onTime {
        numerator
        denominator
      }
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        title
        state
        promisedOn
        dueOn
        daysOverdue
        promisor {
          name
        }
        enterprise {
          name
        }
        promisedAmount {
          amount
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
`);

/** The figures of an audit that a list is behind, as the address names them. */
const FIGURES = ['promised', 'kept', 'unkept', 'overdue', 'late', 'fallenDue'] as const;
const CONDITIONS: Readonly<Record<(typeof FIGURES)[number], Readonly<Record<string, boolean>>>> = {
  promised: {},
  kept: { kept: true },
  unkept: { kept: false },
  overdue: { overdue: true },
  late: { late: true },
  fallenDue: { fallenDue: true },
};

/** The promises behind a figure of the leaders, as it stood on the day of the figure. */
export function Component(): ReactNode {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const [asOf] = useDay('asOf', dayInShanghai());
  const after = useAfter('promises');
  const figure = FIGURES.find((name) => name === search.get('figure')) ?? 'promised';
  const [department, districtCode] = [search.get('department'), search.get('district')];
  const filter = {
    ...CONDITIONS[figure],
    ...(department === null ? {} : { department }),
    ...(districtCode === null ? {} : { districtCode }),
  };
  return (
    <>
      <h1>{t(`promises.${figure}`)}</h1>
      <PageQuery query={Promises} variables={{ asOf, filter, first: 100, after }}>
        {({ auditedCommitments: found }) => (
          <Part id="promises" title={t('promises.asOf', { asOf })} place={['auditedCommitments']}>
            {found != null && (
              <>
                <p className="note" data-count={found.totalCount}>
                  {t('audit.count', { count: found.totalCount })}
                </p>
                {(figure === 'fallenDue' || figure === 'late') && found.onTime != null && (
                  <p className="note" data-instalments={`${found.onTime.numerator} / ${found.onTime.denominator}`}>
                    {t('promises.instalments', { inTime: found.onTime.numerator, fallenDue: found.onTime.denominator })}
                  </p>
                )}
                <DownloadList
                  name={`promises-${figure}-${asOf}`}
                  query={Promises}
                  variables={{ asOf, filter }}
                  total={found.totalCount}
                  pageOf={(page) => page.auditedCommitments}
                  head={[
                    t('column.number'),
                    t('column.promise'),
                    t('column.promisor'),
                    t('column.enterprise'),
                    t('commitment.promisedOn'),
                    t('column.due'),
                    t('column.promised'),
                    t('column.outstanding'),
                    t('column.overdueAmount'),
                  ]}
                  row={(one) => [
                    one.id,
                    one.title,
                    one.promisor.name ?? '',
                    one.enterprise.name ?? '',
                    one.promisedOn,
                    one.dueOn ?? '',
                    one.promisedAmount?.amount ?? '',
                    one.outstandingAmount?.amount ?? '',
                    one.overdueAmount?.amount ?? '',
                  ]}
                />
                <List
                  rows={found.nodes}
                  total={found.totalCount}
                  rowKey={({ id }) => id}
                  columns={[
                    {
                      title: t('column.promise'),
                      render: ({ id, title }) => <Link to={`/commitments/${id}`}>{title}</Link>,
                    },
                    { title: t('column.promisor'), render: ({ promisor }) => promisor.name ?? '—' },
                    { title: t('column.enterprise'), render: ({ enterprise }) => enterprise.name ?? '—' },
                    { title: t('column.status'), render: ({ state }) => t(`enum.CommitmentState.${state}`) },
                    { title: t('commitment.promisedOn'), dataIndex: 'promisedOn' },
                    {
                      title: t('column.due'),
                      render: ({ dueOn, daysOverdue }) => (
                        <span className={daysOverdue > 0 ? 'late' : undefined}>
                          {dueOn ?? '—'} {daysOverdue > 0 && t('due.days', { count: daysOverdue })}
                        </span>
                      ),
                    },
                    {
                      title: t('column.promised'),
                      align: 'right',
                      render: ({ promisedAmount }) => <Amount value={promisedAmount} />,
                    },
                    {
                      title: t('column.outstanding'),
                      align: 'right',
                      render: ({ outstandingAmount }) => <Amount value={outstandingAmount} />,
                    },
                  ]}
                />
                <Paging list="promises" pageInfo={found.pageInfo} />
              </>
            )}
          </Part>
        )}
      </PageQuery>
    </>
  );
}
