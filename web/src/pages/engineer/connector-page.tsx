import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { List } from '../../components/list.js';
import { Paging, useAfters } from '../../components/paging.js';
import { Part } from '../../components/part.js';
import { graphql, readFragment, type FragmentType } from '../../generated/index.js';
import { PageQuery } from '../../graph/page-query.js';
import { momentText } from '../../values/days.js';
import { RefusedRows } from './refused-rows.js';
import { SUBGRAPHS, type Subgraph } from './subgraphs.js';

const SourcePage = graphql(/* GraphQL */ `
  fragment SourcePage on ConnectorSource {
    name
    runs(first: 20, after: $runsAfter) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        state
        startedAt
        finishedAt
        counts {
          read
          new
          changed
          unchanged
          refused
        }
        conflicts
        notes
        differences
        failure
      }
    }
    refusals(first: 50, after: $refusalsAfter) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        ...RefusedRow
      }
    }
  }
`);

const Connector = graphql(/* GraphQL */ `
  query Connector(
    $refusalsAfter: String
    $runsAfter: String
    $enterprises: Boolean!
    $cases: Boolean!
    $policies: Boolean!
    $credit: Boolean!
  ) {
    enterprises: enterpriseConnectors @include(if: $enterprises) {
      name
      ...SourcePage
    }
    cases: caseConnectors @include(if: $cases) {
      name
      ...SourcePage
    }
    policies: policyConnectors @include(if: $policies) {
      name
      ...SourcePage
    }
    credit: creditConnectors @include(if: $credit) {
      name
      ...SourcePage
    }
  }
`);

/** One delivering system: its runs, and each row that was refused with its line and why. */
export function Component(): ReactNode {
  const { subgraph = '', name = '' } = useParams();
  const after = useAfters('refusals', 'runs');
  const asked = Object.fromEntries(SUBGRAPHS.map((one) => [one, one === subgraph])) as Record<Subgraph, boolean>;
  return (
    <PageQuery query={Connector} variables={{ ...after, ...asked }}>
      {(data) => {
        const source = data[subgraph as Subgraph]?.find((one) => one.name === name);
        return (
          <>
            <h1>{name}</h1>
            {source === undefined ? (
              <Unknown subgraph={subgraph} />
            ) : (
              <Source place={subgraph as Subgraph} of={source} />
            )}
          </>
        );
      }}
    </PageQuery>
  );
}

function Unknown({ subgraph }: { subgraph: string }): ReactNode {
  const { t } = useTranslation();
  return (
    <Part id="runs" title={t('connectors.runs')} place={[subgraph]}>
      {t('connectors.none')}
    </Part>
  );
}

function Source({ place, of }: { place: Subgraph; of: FragmentType<typeof SourcePage> }): ReactNode {
  const { t } = useTranslation();
  const { runs, refusals } = readFragment(SourcePage, of);
  return (
    <>
      <Part id="refusals" title={t('connectors.refusals')} place={[place]}>
        <RefusedRows subgraph={place} of={refusals?.nodes ?? []} total={refusals?.totalCount} />
        {refusals != null && <Paging list="refusals" pageInfo={refusals.pageInfo} />}
      </Part>
      <Part id="runs" title={t('connectors.runs')} place={[place]}>
        <List
          rows={runs?.nodes ?? []}
          total={runs?.totalCount}
          rowKey={(row) => row.id}
          columns={[
            { title: t('connectors.started'), render: (row) => momentText(row.startedAt) },
            {
              title: t('connectors.finished'),
              render: (row) => (row.finishedAt == null ? '—' : momentText(row.finishedAt)),
            },
            { title: t('column.status'), render: (row) => t(`enum.ConnectorRunState.${row.state}`) },
            { title: t('connectors.counts'), render: (row) => t('connectors.countsOf', { ...row.counts }) },
            { title: t('connectors.conflicts'), align: 'right', dataIndex: 'conflicts' },
            {
              title: t('field.note'),
              render: (row) => (
                <span className="pre-line">
                  {[row.failure, ...row.differences, ...row.notes].filter(Boolean).join('\n')}
                </span>
              ),
            },
          ]}
        />
        {runs != null && <Paging list="runs" pageInfo={runs.pageInfo} />}
      </Part>
    </>
  );
}
