import type { ResultOf } from '@graphql-typed-document-node/core';
import { Button, Space } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { useSession } from '../../app/session.js';
import { List } from '../../components/list.js';
import { Paging, useAfters } from '../../components/paging.js';
import { Part } from '../../components/part.js';
import { OfficialSelect, officialOption } from '../../components/people/official-select.js';
import type { FindingMove } from '../../generated/graphql.js';
import { graphql } from '../../generated/index.js';
import { PageQuery, useAskAgain } from '../../graph/page-query.js';
import { MoveFinding, MoveVisit, NewVisit, type OfficersMove, type VisitChoices } from './visit-forms.js';

const Visits = graphql(/* GraphQL */ `
  query Visits(
    $department: ID!
    $official: ID
    $officialId: ID!
    $hasOfficial: Boolean!
    $servedAfter: String
    $findingsAfter: String
    $plannedAfter: String
    $heldAfter: String
  ) {
    chosen: official(id: $officialId) @include(if: $hasOfficial) {
      ...OfficialChoice
    }
    enterprises(filter: { steward: $official }, first: 50, after: $servedAfter) @include(if: $hasOfficial) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        uscc
        name
        lastVisitedOn
      }
    }
    planned: visits(
      filter: { department: $department, official: $official, state: [PLANNED] }
      first: 50
      after: $plannedAfter
    ) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        version
        kind
        plannedOn
        legalMoves
        campaign {
          name
        }
        officials {
          id
          name
        }
        enterprise {
          uscc
          name
        }
      }
    }
    held: visits(
      filter: { department: $department, official: $official, state: [HELD] }
      first: 20
      after: $heldAfter
    ) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        visitedOn
        met
        summary
        confirmation {
          tookPlace
        }
        officials {
          id
          name
        }
        enterprise {
          uscc
          name
        }
        findings {
          id
        }
      }
    }
    visitFindings(
      filter: { department: $department, state: [LISTED, SENT, IN_CASE] }
      first: 50
      after: $findingsAfter
    ) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        title
        state
        dueOn
        isOverdue
        service
        caseNumber
        legalMoves
        enterprise {
          uscc
          name
        }
      }
    }
    visitCampaigns {
      id
      name
    }
  }
`);

type Asked = ResultOf<typeof Visits>;

const nameOf = (enterprise: { readonly uscc: string; readonly name?: string | null } | null | undefined): string =>
  enterprise?.name ?? enterprise?.uscc ?? '—';
const namesOf = (officials: readonly { readonly name: string }[] | null | undefined, separator: string): string =>
  (officials ?? []).map(({ name }) => name).join(separator);

/** 走访服务: a department's service officers, whom each looks after, their visits, and what these found. */
export function Component(): ReactNode {
  const { t } = useTranslation();
  const { session } = useSession();
  const [search, setSearch] = useSearchParams();
  const after = useAfters('served', 'findings', 'planned', 'held');
  const official = search.get('official');
  return (
    <PageQuery
      query={Visits}
      variables={{
        department: session?.department ?? '',
        official,
        officialId: official ?? '',
        hasOfficial: official !== null,
        ...after,
      }}
    >
      {({ chosen, enterprises, planned, held, visitFindings, visitCampaigns }) => {
        const department = session?.department ?? '';
        const choices = { department, campaigns: visitCampaigns ?? [] };
        return (
          <>
            <h1>{t('menu./visits')}</h1>
            <Part id="served" title={t('visits.served')} place={['enterprises']}>
              <div className="no-print">
                <OfficialSelect
                  key={official ?? ''}
                  label={t('visits.official')}
                  department={department}
                  value={official}
                  known={chosen == null ? [] : [officialOption(chosen)]}
                  onChange={(wanted) => setSearch({ official: String(wanted) })}
                />
              </div>
              <Served of={enterprises ?? null} choices={choices} official={official} />
            </Part>
            <Part id="planned" title={t('visits.planned')} place={['planned']}>
              {planned != null && <Planned of={planned} />}
            </Part>
            <Part id="findings" title={t('visits.findings')} place={['visitFindings']}>
              {visitFindings != null && <Findings of={visitFindings} />}
            </Part>
            <Part id="held" title={t('visits.held')} place={['held']}>
              <List
                rows={held?.nodes ?? []}
                total={held?.totalCount}
                rowKey={(row) => row.id}
                columns={[
                  { title: t('column.day'), render: (row) => row.visitedOn ?? '—' },
                  { title: t('column.enterprise'), render: (row) => nameOf(row.enterprise) },
                  { title: t('field.officials'), render: (row) => namesOf(row.officials, t('list.separator')) },
                  { title: t('field.met'), render: (row) => row.met ?? '—' },
                  { title: t('field.summary'), render: (row) => row.summary ?? '—' },
                  { title: t('visits.found'), align: 'right', render: (row) => String(row.findings?.length ?? 0) },
                  {
                    title: t('visits.confirmation'),
                    render: ({ confirmation }) =>
                      confirmation == null ? '—' : t(confirmation.tookPlace ? 'form.yes' : 'form.no'),
                  },
                ]}
              />
              {held != null && <Paging list="held" pageInfo={held.pageInfo} />}
            </Part>
          </>
        );
      }}
    </PageQuery>
  );
}

/** The enterprises that an official looks after, each to be visited; and a visit to another one. */
function Served({
  of,
  choices,
  official,
}: {
  of: Asked['enterprises'] | null;
  choices: VisitChoices;
  official: string | null;
}): ReactNode {
  const { t } = useTranslation();
  const askAgain = useAskAgain();
  const [chosen, choose] = useState<{ readonly uscc: string; readonly move: 'PLAN' | 'RECORD' } | undefined>();
  const buttons = (uscc: string): ReactNode => (
    <Space wrap className="no-print">
      {(['PLAN', 'RECORD'] as const).map((move) => (
        <Button
          key={move}
          aria-expanded={chosen?.uscc === uscc && chosen.move === move}
          onClick={() => choose(chosen?.uscc === uscc && chosen.move === move ? undefined : { uscc, move })}
        >
          {t(move === 'PLAN' ? 'visits.plan' : 'visits.record')}
        </Button>
      ))}
    </Space>
  );
  return (
    <>
      {of != null && (
        <>
          <List
            rows={of.nodes}
            total={of.totalCount}
            rowKey={(row) => row.uscc}
            columns={[
              {
                title: t('column.enterprise'),
                render: (row) => <Link to={`/network/${row.uscc}`}>{nameOf(row)}</Link>,
              },
              { title: t('visits.lastVisited'), render: (row) => row.lastVisitedOn ?? t('visits.never') },
              { title: t('column.action'), render: (row) => buttons(row.uscc) },
            ]}
          />
          <Paging list="served" pageInfo={of.pageInfo} />
        </>
      )}
      <div>
        {t('visits.toAnother')} {buttons('')}
      </div>
      {chosen !== undefined && (
        <NewVisit
          key={`${chosen.uscc} ${chosen.move} ${official ?? ''}`}
          move={chosen.move}
          uscc={chosen.uscc}
          choices={choices}
          onDone={() => {
            choose(undefined);
            askAgain();
          }}
        />
      )}
    </>
  );
}

/** Visits to come, each with what the graph lets the reader do with it. */
function Planned({ of: { nodes, totalCount, pageInfo } }: { of: NonNullable<Asked['planned']> }): ReactNode {
  const { t } = useTranslation();
  const askAgain = useAskAgain();
  const [chosen, choose] = useState<{ readonly id: string; readonly move: OfficersMove } | undefined>();
  const visit = nodes.find(({ id }) => id === chosen?.id);
  const isChosen = (id: string, move: OfficersMove): boolean => chosen?.id === id && chosen.move === move;
  return (
    <>
      <List
        rows={nodes}
        total={totalCount}
        rowKey={(row) => row.id}
        columns={[
          { title: t('column.day'), render: (row) => row.plannedOn ?? '—' },
          { title: t('column.enterprise'), render: (row) => nameOf(row.enterprise) },
          { title: t('field.visitKind'), render: (row) => (row.kind == null ? '—' : t(`enum.VisitKind.${row.kind}`)) },
          { title: t('field.officials'), render: (row) => namesOf(row.officials, t('list.separator')) },
          { title: t('field.campaign'), render: (row) => row.campaign?.name ?? '—' },
          {
            title: t('column.action'),
            render: ({ id, legalMoves }) => (
              <Space wrap className="no-print">
                {(legalMoves ?? [])
                  .filter((move) => move !== 'CONFIRM')
                  .map((move) => (
                    <Button
                      key={move}
                      aria-expanded={isChosen(id, move)}
                      onClick={() => choose(isChosen(id, move) ? undefined : { id, move })}
                    >
                      {t(`enum.VisitMove.${move}`)}
                    </Button>
                  ))}
              </Space>
            ),
          },
        ]}
      />
      <Paging list="planned" pageInfo={pageInfo} />
      {chosen !== undefined && visit !== undefined && (
        <MoveVisit
          key={`${chosen.id} ${chosen.move}`}
          move={chosen.move}
          visit={visit.id}
          version={visit.version ?? 0}
          onDone={() => {
            choose(undefined);
            askAgain();
          }}
        />
      )}
    </>
  );
}

/** 服务清单: what visits found and is not settled; what became a case is followed there. */
function Findings({ of: { nodes, totalCount, pageInfo } }: { of: NonNullable<Asked['visitFindings']> }): ReactNode {
  const { t } = useTranslation();
  const askAgain = useAskAgain();
  const [chosen, choose] = useState<{ readonly id: string; readonly move: FindingMove } | undefined>();
  const isChosen = (id: string, move: FindingMove): boolean => chosen?.id === id && chosen.move === move;
  return (
    <>
      <List
        rows={nodes}
        total={totalCount}
        rowKey={(row) => row.id}
        columns={[
          {
            title: t('column.subject'),
            render: (row) =>
              row.caseNumber == null ? row.title : <Link to={`/cases/${row.caseNumber}`}>{row.title}</Link>,
          },
          { title: t('column.enterprise'), render: (row) => nameOf(row.enterprise) },
          { title: t('column.status'), render: (row) => t(`enum.FindingState.${row.state}`) },
          { title: t('field.service'), render: (row) => row.service ?? '—' },
          {
            title: t('column.due'),
            render: (row) => <span className={row.isOverdue ? 'late' : undefined}>{row.dueOn ?? '—'}</span>,
          },
          {
            title: t('column.action'),
            render: ({ id, legalMoves }) => (
              <Space wrap className="no-print">
                {legalMoves.map((move) => (
                  <Button
                    key={move}
                    aria-expanded={isChosen(id, move)}
                    onClick={() => choose(isChosen(id, move) ? undefined : { id, move })}
                  >
                    {t(`enum.FindingMove.${move}`)}
                  </Button>
                ))}
              </Space>
            ),
          },
        ]}
      />
      <Paging list="findings" pageInfo={pageInfo} />
      {chosen !== undefined && (
        <MoveFinding
          key={`${chosen.id} ${chosen.move}`}
          move={chosen.move}
          finding={chosen.id}
          onDone={() => {
            choose(undefined);
            askAgain();
          }}
        />
      )}
    </>
  );
}
