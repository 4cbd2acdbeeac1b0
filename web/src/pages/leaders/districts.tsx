import { Skeleton } from 'antd';
import { lazy, Suspense, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, type To } from 'react-router';
import { Amount } from '../../components/amount.js';
import type { CasesBehind } from '../../components/cases-behind.js';
import { RateParts } from '../../components/figure.js';
import { List } from '../../components/list.js';
import type { DivisionLevel } from '../../generated/graphql.js';
import type { RateValue } from '../../values/ratio.js';
import type { PromisesFigure } from './promises-behind.js';

const DistrictMap = lazy(() => import('./district-map.js'));

interface Division {
  readonly code: string;
  readonly name: string;
  readonly level: DivisionLevel;
  readonly seat?: { readonly longitude: number; readonly latitude: number } | null;
}

/** Promises of one district, as the ledger's audit counts them. */
interface DistrictPromises {
  readonly districtCode?: string | null;
  readonly promisedCount: number;
  readonly count: number;
  readonly overdueCount: number;
  readonly overdueAmount: { readonly amount: string };
}

type Rate = 'response' | 'resolution' | 'satisfaction';
type Parts = Pick<RateValue, 'numerator' | 'denominator'>;
const RATES = [
  ['response', 'RESPONSE'],
  ['resolution', 'RESOLUTION'],
  ['satisfaction', 'SATISFACTION'],
] as const;

interface DistrictCases {
  readonly key: string;
  readonly figures?: ({ readonly received?: number | null } & Readonly<Partial<Record<Rate, Parts | null>>>) | null;
}

/**
 * The districts of the city: what was promised there and is overdue, and how the cases of there are resolved, on a map
 * and as a list. Either part may be missing where its department does not answer.
 */
export function Districts({
  divisions,
  promises,
  cases,
  listOf,
  casesOf,
}: {
  divisions: readonly Division[];
  promises: readonly DistrictPromises[] | undefined;
  cases: readonly DistrictCases[] | undefined;
  /** Where the promises of a district behind a figure are listed. */
  listOf: (figure: PromisesFigure, district: string) => To;
  /** Where the cases behind a figure are. */
  casesOf: CasesBehind;
}): ReactNode {
  const { t } = useTranslation();
  const districts = divisions
    .filter(({ level }) => level === 'COUNTY')
    .map(({ code, name, seat }) => ({
      code,
      name,
      seat,
      promised: promises?.find(({ districtCode }) => districtCode === code),
      figures: cases?.find(({ key }) => key === code)?.figures,
    }));
  return (
    <>
      <Suspense fallback={<Skeleton active />}>
        <DistrictMap
          districts={districts.flatMap(({ name, seat, promised }) =>
            seat == null ? [] : [{ name, ...seat, unkept: promised?.count ?? 0, overdue: promised?.overdueCount ?? 0 }],
          )}
        />
      </Suspense>
      <List
        rows={districts}
        rowKey={({ code }) => code}
        columns={[
          { title: t('column.region'), dataIndex: 'name' },
          {
            title: t('leaders.kept'),
            align: 'right',
            render: ({ code, promised }) =>
              promised === undefined ? (
                '—'
              ) : (
                <Link
                  to={listOf('kept', code)}
                >{`${promised.promisedCount - promised.count} / ${promised.promisedCount}`}</Link>
              ),
          },
          {
            title: t('leaders.overdue'),
            align: 'right',
            render: ({ code, promised }) =>
              promised === undefined ? '—' : <Link to={listOf('overdue', code)}>{promised.overdueCount}</Link>,
          },
          {
            title: t('column.overdueAmount'),
            align: 'right',
            render: ({ promised }) => (promised === undefined ? '—' : <Amount value={promised.overdueAmount} />),
          },
          {
            title: t('column.cases'),
            align: 'right',
            render: ({ code, figures }) => {
              const behind = casesOf.list('RECEIVED', { groupBy: 'REGION', key: code });
              if (figures?.received == null || behind === undefined) return figures?.received ?? '—';
              return <Link to={behind}>{figures.received}</Link>;
            },
          },
          ...RATES.map(([rate, figure]) => ({
            title: t(`rate.${rate}`),
            align: 'right' as const,
            render: ({ code, figures }: { code: string; figures: DistrictCases['figures'] | undefined }) => (
              <RateParts value={figures?.[rate]} lists={casesOf.rate(figure, { groupBy: 'REGION', key: code })} />
            ),
          })),
        ]}
      />
    </>
  );
}
