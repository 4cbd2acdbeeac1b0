import { Button, Space } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams, type To } from 'react-router';
import { Amount } from '../../components/amount.js';
import { DownloadTable } from '../../components/download.js';
import { Figure, RateFigure } from '../../components/figure.js';
import { List } from '../../components/list.js';
import { Part } from '../../components/part.js';
import { DayChoice, useDay } from '../../components/period.js';
import { graphql } from '../../generated/index.js';
import { PageQuery } from '../../graph/page-query.js';
import { dayInShanghai } from '../../values/days.js';
import { moneyText } from '../../values/money.js';
import { AuditComparison } from './audit-comparison.js';

const Audit = graphql(/* GraphQL */ `
  query Audit($asOf: Date!, $knownOn: Date, $compareTo: Date!, $compares: Boolean!) {
    compared: commitmentAudit(asOf: $compareTo, groupBy: DEPARTMENT) @include(if: $compares) {
      ...ComparedAudit
    }
    commitmentAudit(asOf: $asOf, knownOn: $knownOn, groupBy: DEPARTMENT) {
      ...ComparedAudit
      asOf
      knownOn
      promisedCount
      count
      overdueCount
      undocumentedCount
      promisedAmount {
        amount
      }
      outstandingAmount {
        amount
      }
      overdueAmount {
        amount
      }
      onTime {
        numerator
        denominator
        rate
      }
      seal {
        no
        cutoff
        root
      }
      groups {
        key
        count
        overdueCount
        undocumentedCount
        department {
          code
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
`);

/** 审计: what the government had promised and not kept on a day, with what the ledger knew at the end of another. */
export function Component(): ReactNode {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const [asOf, chooseAsOf] = useDay('asOf', dayInShanghai());
  const [knownOn, chooseKnownOn] = useDay('knownOn', '');
  const [compareTo, chooseCompareTo] = useDay('compareTo', '');
  const listOf = (conditions: Readonly<Record<string, string>> = {}): To => {
    const wanted = new URLSearchParams(search);
    wanted.delete('compareTo');
    for (const [name, value] of Object.entries(conditions)) wanted.set(name, value);
    return { pathname: '/audit/worklist', search: wanted.toString() };
  };
  return (
    <>
      <h1>{t('menu./audit')}</h1>
      <Space wrap>
        <DayChoice name="asOf" day={asOf} choose={chooseAsOf} />
        <DayChoice name="knownOn" day={knownOn} choose={chooseKnownOn} />
        <DayChoice name="compareTo" day={compareTo} choose={chooseCompareTo} />
      </Space>
      <PageQuery
        query={Audit}
        variables={{
          asOf,
          knownOn: knownOn === '' ? null : knownOn,
          compareTo: compareTo === '' ? asOf : compareTo,
          compares: compareTo !== '',
        }}
      >
        {({ commitmentAudit: audit, compared }) => (
          <Part
            id="audit"
            title={t('audit.byDepartment')}
            place={['commitmentAudit']}
            extra={
              <Button className="no-print" onClick={() => print()}>
                {t('page.print')}
              </Button>
            }
          >
            {audit != null && (
              <>
                <p className="note">{t('audit.days', { asOf: audit.asOf, knownOn: audit.knownOn })}</p>
                <div className="figures">
                  <Figure
                    title={t('audit.promised')}
                    value={moneyText(audit.promisedAmount)}
                    note={t('audit.count', { count: audit.promisedCount })}
                  />
                  <Figure
                    title={t('audit.outstanding')}
                    value={moneyText(audit.outstandingAmount)}
                    to={listOf()}
                    note={t('audit.count', { count: audit.count })}
                  />
                  <Figure
                    title={t('audit.overdue')}
                    value={moneyText(audit.overdueAmount)}
                    to={listOf({ overdue: 'true' })}
                    note={t('audit.count', { count: audit.overdueCount })}
                  />
                  <Figure
                    title={t('audit.undocumented')}
                    value={String(audit.undocumentedCount)}
                    to={listOf({ undocumented: 'true' })}
                  />
                  <RateFigure title={t('rate.keptInTime')} value={audit.onTime} />
                </div>
                {audit.seal != null && (
                  <p className="note">
                    {t('audit.seal', { no: audit.seal.no })} <span className="hash">{audit.seal.root}</span>
                  </p>
                )}
                <DownloadTable
                  name={`audit-${audit.asOf}`}
                  rows={() => [
                    [
                      t('column.department'),
                      t('audit.unkept'),
                      t('column.overdue'),
                      t('audit.undocumented'),
                      t('column.outstanding'),
                      t('column.overdueAmount'),
                    ],
                    ...audit.groups.map((row) => [
                      row.department?.name ?? row.key,
                      row.count,
                      row.overdueCount,
                      row.undocumentedCount,
                      row.outstandingAmount.amount,
                      row.overdueAmount.amount,
                    ]),
                    [
                      t('audit.total'),
                      audit.count,
                      audit.overdueCount,
                      audit.undocumentedCount,
                      audit.outstandingAmount.amount,
                      audit.overdueAmount.amount,
                    ],
                  ]}
                />
                <List
                  rows={audit.groups}
                  rowKey={(row) => row.key}
                  columns={[
                    {
                      title: t('column.department'),
                      render: (row) => (
                        <Link to={{ pathname: `/audit/${row.key}`, search: search.toString() }}>
                          {row.department?.name ?? row.key}
                        </Link>
                      ),
                    },
                    { title: t('audit.unkept'), align: 'right', dataIndex: 'count' },
                    {
                      title: t('column.overdue'),
                      align: 'right',
                      render: ({ key, overdueCount }) => (
                        <Link to={listOf({ department: key, overdue: 'true' })}>{overdueCount}</Link>
                      ),
                    },
                    {
                      title: t('audit.undocumented'),
                      align: 'right',
                      render: ({ key, undocumentedCount }) => (
                        <Link to={listOf({ department: key, undocumented: 'true' })}>{undocumentedCount}</Link>
                      ),
                    },
                    {
                      title: t('column.outstanding'),
                      align: 'right',
                      render: (row) => <Amount value={row.outstandingAmount} />,
                    },
                    {
                      title: t('column.overdueAmount'),
                      align: 'right',
                      render: (row) => <Amount value={row.overdueAmount} />,
                    },
                  ]}
                />
                {compared != null && <AuditComparison now={audit} then={compared} />}
              </>
            )}
          </Part>
        )}
      </PageQuery>
    </>
  );
}
