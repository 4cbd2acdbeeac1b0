import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { CaseList } from '../../components/case-list.js';
import { useAfter } from '../../components/paging.js';
import { Part } from '../../components/part.js';
import { useDay } from '../../components/period.js';
import type { CaseFigureName, CaseGrouping } from '../../generated/graphql.js';
import { graphql } from '../../generated/index.js';
import { PageQuery } from '../../graph/page-query.js';
import { dayInShanghai, firstOfYear } from '../../values/days.js';

const CasesBehind = graphql(/* GraphQL */ `
  query CasesBehind($filter: CaseFilter!, $first: Int!, $after: String) {
    cases(filter: $filter, first: $first, after: $after) {
      totalCount
      countedTimes
      ...CaseList
    }
  }
`);

/** The figures that a page shows, as the graph names them. */
const FIGURES = [
  'RECEIVED',
  'ASSIGNED',
  'RESOLVED',
  'OVERDUE',
  'RESPONSE',
  'ON_TIME',
  'RESOLUTION',
  'SATISFACTION',
] as const satisfies readonly CaseFigureName[];
const GROUPINGS = ['DEPARTMENT', 'REGION'] as const satisfies readonly CaseGrouping[];

/** The cases behind a figure of a period, as far as the reader may see them. */
export function Component(): ReactNode {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const today = dayInShanghai();
  const [from] = useDay('from', firstOfYear(today));
  const [to] = useDay('to', today);
  const after = useAfter('cases');
  const figure = FIGURES.find((name) => name === search.get('figure')) ?? 'RECEIVED';
  const groupBy = GROUPINGS.find((name) => name === search.get('groupBy'));
  const met = search.get('met') === 'true';
  const filter = {
    counted: {
      ...{ figure, from, to },
      ...(met ? { met } : {}),
      ...(groupBy === undefined ? {} : { groupBy, key: search.get('key') ?? '' }),
    },
  };
  return (
    <>
      <h1>{t('figureCases.title', { figure: t(`enum.CaseFigureName.${figure}`) })}</h1>
      <PageQuery query={CasesBehind} variables={{ filter, first: 50, after }}>
        {({ cases: found }) => (
          <Part id="cases" title={t('figureCases.period', { from, to })} place={['cases']}>
            {found != null && (
              <>
                <p className="note" data-count={found.countedTimes ?? undefined}>
                  {t('figureCases.counted', { cases: found.totalCount, times: found.countedTimes ?? '—' })}
                </p>
                <CaseList of={found} list="cases" asked={{ filter }} />
              </>
            )}
          </Part>
        )}
      </PageQuery>
    </>
  );
}
