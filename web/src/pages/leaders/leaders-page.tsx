import { Skeleton, Space } from 'antd';
import { lazy, Suspense, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Amount } from '../../components/amount.js';
import { Figure, RateFigure } from '../../components/figure.js';
import { List } from '../../components/list.js';
import { Part } from '../../components/part.js';
import { useCasesBehind } from '../../components/cases-behind.js';
import { DayChoice, useDay } from '../../components/period.js';
import { graphql } from '../../generated/index.js';
import { PageQuery } from '../../graph/page-query.js';
import { dayInShanghai, firstOfYear } from '../../values/days.js';
import { moneyText } from '../../values/money.js';
import { Districts } from './districts.js';
import { promisesBehind } from './promises-behind.js';
import { KeptFresh, WallSwitch } from './wall-screen.js';

const Leaders = graphql(/* GraphQL */ `
  query Leaders($from: Date!, $to: Date!) {
    caseStatistics(from: $from, to: $to) {
      total {
        response {
          numerator
          denominator
          rate
        }
        resolution {
          numerator
          denominator
          rate
        }
        satisfaction {
          numerator
          denominator
          rate
        }
      }
    }
    commitmentAudit(asOf: $to, groupBy: DEPARTMENT) {
      promisedCount
      count
      overdueCount
      onTime {
        numerator
        denominator
        rate
      }
      outstandingAmount {
        amount
      }
      overdueAmount {
        amount
      }
      groups {
        key
        promisedCount
        count
        overdueCount
        department {
          name
        }
        overdueAmount {
          amount
        }
      }
    }
    promisesByDistrict: commitmentAudit(asOf: $to, groupBy: DISTRICT) {
      groups {
        districtCode
        promisedCount
        count
        overdueCount
        overdueAmount {
          amount
        }
      }
    }
    casesByDistrict: caseStatistics(from: $from, to: $to, groupBy: REGION) {
      groups {
        key
        figures {
          received
          response {
            numerator
            denominator
          }
          resolution {
            numerator
            denominator
          }
          satisfaction {
            numerator
            denominator
          }
        }
      }
    }
    cityDivisions {
      code
      name
      level
      seat {
        longitude
        latitude
      }
    }
    fundsReport(from: $from, to: $to, groupBy: POLICY) {
      paid {
        amount
      }
      enterprises
      groups {
        key
        enterprises
        policy {
          title
        }
        paid {
          amount
        }
      }
    }
    arrearsReport(from: $from, to: $to) {
      departments {
        count
        clearedCount
        department {
          code
          name
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
      }
    }
  }
`);

const PromisesChart = lazy(() => import('./promises-chart.js'));

/** 驾驶舱: three rates with what they are made of, promises kept and owed, money paid, arrears. */
export function Component(): ReactNode {
  const { t } = useTranslation();
  const today = dayInShanghai();
  const [from, chooseFrom] = useDay('from', firstOfYear(today));
  const [to, chooseTo] = useDay('to', today);
  const promises = promisesBehind(to);
  const cases = useCasesBehind(from, to);
  return (
    <>
      <h1>{t('menu./leaders')}</h1>
      <Space wrap>
        <DayChoice name="from" day={from} choose={chooseFrom} />
        <DayChoice name="to" day={to} choose={chooseTo} />
        <WallSwitch />
      </Space>
      <PageQuery query={Leaders} variables={{ from, to }}>
        {({
          caseStatistics,
          commitmentAudit: audit,
          promisesByDistrict,
          casesByDistrict,
          cityDivisions,
          fundsReport,
          arrearsReport,
        }) => (
          <>
            <KeptFresh />
            <Part id="rates" title={t('leaders.rates')} place={['caseStatistics']}>
              <div className="figures">
                <RateFigure
                  title={t('rate.response')}
                  value={caseStatistics?.total?.response}
                  lists={cases.rate('RESPONSE')}
                />
                <RateFigure
                  title={t('rate.resolution')}
                  value={caseStatistics?.total?.resolution}
                  lists={cases.rate('RESOLUTION')}
                />
                <RateFigure
                  title={t('rate.satisfaction')}
                  value={caseStatistics?.total?.satisfaction}
                  lists={cases.rate('SATISFACTION')}
                />
              </div>
            </Part>
            <Part id="promises" title={t('leaders.promises')} place={['commitmentAudit']}>
              {audit != null && (
                <>
                  <div className="figures">
                    <Figure
                      title={t('promises.promised')}
                      value={String(audit.promisedCount)}
                      to={promises('promised')}
                    />
                    <Figure
                      title={t('leaders.kept')}
                      value={`${audit.promisedCount - audit.count} / ${audit.promisedCount}`}
                      to={promises('kept')}
                    />
                    <Figure
                      title={t('audit.outstanding')}
                      value={moneyText(audit.outstandingAmount)}
                      to={promises('unkept')}
                      note={t('audit.count', { count: audit.count })}
                    />
                    <Figure
                      title={t('audit.overdue')}
                      value={moneyText(audit.overdueAmount)}
                      to={promises('overdue')}
                      note={t('audit.count', { count: audit.overdueCount })}
                    />
                    <RateFigure title={t('rate.keptInTime')} value={audit.onTime} to={promises('fallenDue')} />
                  </div>
                  <Suspense fallback={<Skeleton active />}>
                    <PromisesChart
                      departments={audit.groups.map(({ key, department, promisedCount, count, overdueCount }) => ({
                        name: department?.name ?? key,
                        kept: promisedCount - count,
                        owed: count - overdueCount,
                        overdue: overdueCount,
                      }))}
                    />
                  </Suspense>
                </>
              )}
            </Part>
            <Part id="districts" title={t('leaders.districts')} place={['cityDivisions']}>
              <Districts
                divisions={cityDivisions ?? []}
                promises={promisesByDistrict?.groups}
                listOf={promises}
                cases={casesByDistrict?.groups}
                casesOf={cases}
              />
            </Part>
            <Part id="funds" title={t('leaders.funds')} place={['fundsReport']}>
              <List
                rows={fundsReport?.groups ?? []}
                rowKey={(row) => row.key}
                columns={[
                  {
                    title: t('column.policy'),
                    render: (row) => <Link to={`/policies/${row.key}`}>{row.policy?.title ?? row.key}</Link>,
                  },
                  { title: t('column.enterprises'), align: 'right', render: (row) => row.enterprises ?? '—' },
                  { title: t('column.paid'), align: 'right', render: (row) => <Amount value={row.paid} /> },
                ]}
              />
            </Part>
            <Part id="arrears" title={t('leaders.arrears')} place={['arrearsReport']}>
              <List
                rows={arrearsReport?.departments ?? []}
                rowKey={(row) => row.department.code}
                columns={[
                  { title: t('column.department'), render: (row) => row.department.name },
                  {
                    title: t('leaders.cleared'),
                    align: 'right',
                    render: (row) => `${row.clearedCount} / ${row.count}`,
                  },
                  { title: t('column.principal'), align: 'right', render: (row) => <Amount value={row.principal} /> },
                  { title: t('column.paid'), align: 'right', render: (row) => <Amount value={row.paidAmount} /> },
                  {
                    title: t('column.outstanding'),
                    align: 'right',
                    render: (row) => <Amount value={row.outstandingAmount} />,
                  },
                ]}
              />
            </Part>
          </>
        )}
      </PageQuery>
    </>
  );
}
