import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { List } from '../../components/list.js';
import { Part } from '../../components/part.js';
import { graphql, readFragment, type FragmentType } from '../../generated/index.js';
import { PageQuery } from '../../graph/page-query.js';
import { momentText } from '../../values/days.js';

const SourceRow = graphql(/* GraphQL */ `
  fragment SourceRow on ConnectorSource {
    name
    target
    keeper
    schedule
    nextRunAt
    lastDoneAt
    isSilent
    openRefusals
    faults
    lastRun {
      state
      startedAt
      counts {
        read
        new
        changed
        unchanged
        refused
      }
      failure
    }
  }
`);

const Connectors = graphql(/* GraphQL */ `
  query Connectors {
    enterprises: enterpriseConnectors {
      ...SourceRow
    }
    cases: caseConnectors {
      ...SourceRow
    }
    policies: policyConnectors {
      ...SourceRow
    }
    credit: creditConnectors {
      ...SourceRow
    }
  }
`);

/** Which systems deliver to the hub, what their last run did, and which are silent or have rows to correct. */
export function Component(): ReactNode {
  const { t } = useTranslation();
  return (
    <PageQuery query={Connectors} variables={{}}>
      {(data) => (
        <>
          <h1>{t('menu./connectors')}</h1>
          {(['enterprises', 'cases', 'policies', 'credit'] as const).map((subgraph) => (
            <Part key={subgraph} id={subgraph} title={t(`connectors.${subgraph}`)} place={[subgraph]}>
              <Sources subgraph={subgraph} of={data[subgraph] ?? []} />
            </Part>
          ))}
        </>
      )}
    </PageQuery>
  );
}

function Sources({ subgraph, of }: { subgraph: string; of: readonly FragmentType<typeof SourceRow>[] }): ReactNode {
  const { t } = useTranslation();
  return (
    <List
      rows={of.map((row) => readFragment(SourceRow, row))}
      rowKey={(row) => row.name}
      columns={[
        {
          title: t('connectors.source'),
          render: (row) => (
            <>
              <Link to={`/connectors/${subgraph}/${row.name}`}>{row.name}</Link>
              {row.faults.map((fault) => (
                <div key={fault} className="late">
                  {fault}
                </div>
              ))}
            </>
          ),
        },
        { title: t('connectors.target'), dataIndex: 'target' },
        { title: t('connectors.keeper'), dataIndex: 'keeper' },
        {
          title: t('connectors.lastRun'),
          render: ({ lastRun }) =>
            lastRun == null
              ? '—'
              : `${momentText(lastRun.startedAt)} ${t(`enum.ConnectorRunState.${lastRun.state}`)} ${lastRun.failure ?? ''}`,
        },
        {
          title: t('connectors.counts'),
          render: ({ lastRun }) => (lastRun == null ? '—' : t('connectors.countsOf', { ...lastRun.counts })),
        },
        {
          title: t('connectors.lastDone'),
          render: (row) => (
            <span className={row.isSilent ? 'late' : undefined}>
              {row.lastDoneAt == null ? '—' : momentText(row.lastDoneAt)}
              {row.isSilent && ` ${t('connectors.silent')}`}
            </span>
          ),
        },
        {
          title: t('connectors.next'),
          render: (row) => (row.nextRunAt == null ? (row.schedule ?? '—') : momentText(row.nextRunAt)),
        },
        {
          title: t('connectors.refusals'),
          align: 'right',
          render: (row) => <span className={row.openRefusals > 0 ? 'late' : undefined}>{row.openRefusals}</span>,
        },
      ]}
    />
  );
}
