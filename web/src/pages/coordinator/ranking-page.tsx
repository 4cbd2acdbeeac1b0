import { Space, Tag } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, type To } from 'react-router';
import { useSession } from '../../app/session.js';
import { useCasesBehind } from '../../components/cases-behind.js';
import { Figure, RateFigure, RateParts } from '../../components/figure.js';
import { List } from '../../components/list.js';
import { Part } from '../../components/part.js';
import { DayChoice, useDay } from '../../components/period.js';
import { graphql } from '../../generated/index.js';
import { PageQuery } from '../../graph/page-query.js';
import { dayInShanghai, firstOfYear } from '../../values/days.js';

const Ranking = graphql(/* GraphQL */ `
  query Ranking($from: Date!, $to: Date!, $isOfficial: Boolean!) {
    departmentRanking(from: $from, to: $to) {
      from
      to
      departments {
        score
        rank
        holdsFlag
        department {
          code
          name
          scorecard(from: $from, to: $to) @include(if: $isOfficial) {
            isDoubleDrop
            before {
              score
              rank
            }
          }
        }
      }
    }
    caseStatistics(from: $from, to: $to, groupBy: DEPARTMENT) {
      awaitedMonths
      total {
        received
        resolved
        overdue
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
      groups {
        key
        figures {
          assigned
          resolved
          overdue
          response {
            numerator
            denominator
          }
          resolution {
            numerator
            denominator
          }
          onTime {
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
  }
`);

/** The rates of a department that are shown, and how the graph names them. */
const RATES = [
  ['response', 'RESPONSE'],
  ['onTime', 'ON_TIME'],
  ['resolution', 'RESOLUTION'],
  ['satisfaction', 'SATISFACTION'],
] as const;

/** The departments' places in a period, with the moving flag, and the figures that they rest on. */
export function Component(): ReactNode {
  const { t } = useTranslation();
  const { session } = useSession();
  const today = dayInShanghai();
  const [from, chooseFrom] = useDay('from', firstOfYear(today));
  const [to, chooseTo] = useDay('to', today);
  const cases = useCasesBehind(from, to);
  return (
    <>
      <h1>{t('menu./ranking')}</h1>
      <Space wrap>
        <DayChoice name="from" day={from} choose={chooseFrom} />
        <DayChoice name="to" day={to} choose={chooseTo} />
      </Space>
      <PageQuery query={Ranking} variables={{ from, to, isOfficial: session?.role !== 'ENTERPRISE' }}>
        {({ departmentRanking, caseStatistics }) => {
          const total = caseStatistics?.total;
          const figures = new Map(caseStatistics?.groups.map((group) => [group.key, group.figures]));
          const ofDepartment = (key: string) => ({ groupBy: 'DEPARTMENT', key }) as const;
          return (
            <>
              <Part id="figures" title={t('ranking.figures')} place={['caseStatistics']}>
                {caseStatistics != null && caseStatistics.awaitedMonths.length > 0 && (
                  <p className="note">{t('ranking.awaited', { months: caseStatistics.awaitedMonths.join(', ') })}</p>
                )}
                <div className="figures">
                  <Figure
                    title={t('ranking.received')}
                    value={total == null ? '—' : String(total.received)}
                    {...linked(cases.list('RECEIVED'))}
                  />
                  <Figure
                    title={t('ranking.resolved')}
                    value={total == null ? '—' : String(total.resolved)}
                    {...linked(cases.list('RESOLVED'))}
                  />
                  <RateFigure title={t('rate.response')} value={total?.response} lists={cases.rate('RESPONSE')} />
                  <RateFigure title={t('rate.resolution')} value={total?.resolution} lists={cases.rate('RESOLUTION')} />
                  <RateFigure
                    title={t('rate.satisfaction')}
                    value={total?.satisfaction}
                    lists={cases.rate('SATISFACTION')}
                  />
                </div>
              </Part>
              <Part id="ranking" title={t('ranking.places')} place={['departmentRanking']}>
                <List
                  rows={departmentRanking?.departments ?? []}
                  rowKey={(row) => row.department.code}
                  columns={[
                    { title: t('column.rank'), render: (row) => row.rank ?? '—' },
                    {
                      title: t('column.department'),
                      render: (row) => (
                        <>
                          {row.department.name} {row.holdsFlag && <Tag color="red">{t('ranking.flag')}</Tag>}
                        </>
                      ),
                    },
                    { title: t('column.score'), align: 'right', render: (row) => row.score ?? '—' },
                    {
                      title: t('ranking.before'),
                      align: 'right',
                      render: ({ department: { scorecard } }) => {
                        const before = scorecard?.before;
                        if (before?.score == null) return '—';
                        return t('ranking.beforeOf', { score: before.score, rank: before.rank ?? '—' });
                      },
                    },
                    {
                      title: t('ranking.trend'),
                      render: ({ rank, department: { scorecard } }) => {
                        const drop = scorecard?.isDoubleDrop === true && (
                          <Tag color="red">{t('ranking.doubleDrop')}</Tag>
                        );
                        return (
                          <>
                            {t(`ranking.trends.${trendOf(rank, scorecard?.before.rank)}`)} {drop}
                          </>
                        );
                      },
                    },
                    ...RATES.map(([rate, figure]) => ({
                      title: t(`rate.${rate}`),
                      align: 'right' as const,
                      render: ({ department: { code } }: { department: { code: string } }) => (
                        <RateParts value={figures.get(code)?.[rate]} lists={cases.rate(figure, ofDepartment(code))} />
                      ),
                    })),
                    {
                      title: t('column.overdue'),
                      align: 'right',
                      render: ({ department: { code } }) => {
                        const overdue = figures.get(code)?.overdue;
                        const behind = cases.list('OVERDUE', ofDepartment(code));
                        return overdue == null || behind === undefined ? (
                          (overdue ?? '—')
                        ) : (
                          <Link to={behind}>{overdue}</Link>
                        );
                      },
                    },
                  ]}
                />
              </Part>
            </>
          );
        }}
      </PageQuery>
    </>
  );
}

const linked = (to: To | undefined): { to?: To } => (to === undefined ? {} : { to });

/** Whether a place is better than the one before; a smaller number is a better place. */
function trendOf(now: number | null | undefined, before: number | null | undefined): 'none' | 'up' | 'down' | 'same' {
  if (now == null || before == null) return 'none';
  if (now === before) return 'same';
  return now < before ? 'up' : 'down';
}
