import { Select } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useSession } from '../../app/session.js';
import { useMay } from '../../app/use-may.js';
import { Amount } from '../../components/amount.js';
import { List } from '../../components/list.js';
import { Paging, useAfters } from '../../components/paging.js';
import { Part } from '../../components/part.js';
import { graphql } from '../../generated/index.js';
import { PageQuery } from '../../graph/page-query.js';
import { dayInShanghai } from '../../values/days.js';
import { RecordInspection, RecordPlan } from './inspection-forms.js';

const YEARS = 5;

const Inspections = graphql(/* GraphQL */ `
  query Inspections(
    $year: Int!
    $isFlagged: Boolean
    $department: ID
    $inspectionsAfter: String
    $penaltiesAfter: String
    $isOfficial: Boolean!
  ) {
    inspections(
      filter: { year: $year, isFlagged: $isFlagged, department: $department }
      first: 50
      after: $inspectionsAfter
    ) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        inspectedOn
        kind
        noticeNumber
        matter
        result
        resultText
        flags
        enterprise {
          uscc
          name
        }
        department {
          name
        }
        jointWith {
          name
        }
      }
    }
    penalties(first: 50, after: $penaltiesAfter) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        decisionNumber
        reason
        basis
        decidedOn
        publicUntil
        fine {
          amount
        }
        enterprise {
          name
        }
        department {
          name
        }
      }
    }
    inspectionPlans(year: $year, department: $department) @include(if: $isOfficial) {
      id
      name
      matter
      publishedOn
      cap
      department {
        name
      }
    }
    inspectionFrequency(year: $year, first: 20) @include(if: $isOfficial) {
      enterprise {
        uscc
        name
      }
      count
      departments
      flagged
    }
  }
`);

/**
 * 涉企检查: the inspections of a year with what is irregular about each, the plans that they rest on, and which
 * enterprises were inspected most. An enterprise finds those of itself, an officer those of the own department.
 */
export function Component(): ReactNode {
  const { t } = useTranslation();
  const { session } = useSession();
  const [search, setSearch] = useSearchParams();
  const after = useAfters('inspections', 'penalties');
  const thisYear = Number(dayInShanghai().slice(0, 4));
  const year = Number(search.get('year') ?? thisYear);
  const isFlagged = search.has('flagged') ? true : null;
  const isOfficial = session?.role !== 'ENTERPRISE';
  const mayRecord = useMay('recordInspection');
  const department = session?.role === 'OFFICER' ? session.department : null;
  const choose = (name: string, value: string | undefined): void =>
    setSearch((before) => {
      const wanted = new URLSearchParams(before);
      wanted.delete('inspectionsAfter');
      if (value === undefined) wanted.delete(name);
      else wanted.set(name, value);
      return wanted;
    });
  return (
    <>
      <h1>{t('menu./inspections')}</h1>
      <div className="no-print">
        <Select
          aria-label={t('inspection.year')}
          value={year}
          options={Array.from({ length: YEARS }, (_, at) => ({ value: thisYear - at, label: String(thisYear - at) }))}
          onChange={(wanted) => choose('year', String(wanted))}
        />{' '}
        <Select
          aria-label={t('inspection.which')}
          value={isFlagged === true ? 'flagged' : 'all'}
          options={['all', 'flagged'].map((value) => ({ value, label: t(`inspection.${value}`) }))}
          onChange={(wanted) => choose('flagged', wanted === 'flagged' ? 'true' : undefined)}
        />
      </div>
      <PageQuery query={Inspections} variables={{ year, isFlagged, department, isOfficial, ...after }}>
        {({ inspections, penalties, inspectionPlans, inspectionFrequency }) => (
          <>
            <Part id="inspections" title={t('inspection.list', { year })} place={['inspections']}>
              <List
                rows={inspections?.nodes ?? []}
                total={inspections?.totalCount}
                rowKey={({ id }) => id}
                columns={[
                  {
                    title: t('column.day'),
                    render: ({ inspectedOn, kind }) => `${inspectedOn} ${t(`enum.InspectionKind.${kind}`)}`,
                  },
                  {
                    title: t('column.enterprise'),
                    render: ({ enterprise }) => `${enterprise.name ?? '—'} ${enterprise.uscc}`,
                  },
                  {
                    title: t('column.department'),
                    render: ({ department: by, jointWith }) =>
                      [by, ...jointWith].map(({ name }) => name ?? '—').join(t('list.separator')),
                  },
                  { title: t('inspection.notice'), render: ({ noticeNumber, matter }) => `${noticeNumber} ${matter}` },
                  {
                    title: t('inspection.result'),
                    render: ({ result, resultText }) => `${t(`enum.InspectionResult.${result}`)}: ${resultText}`,
                  },
                  {
                    title: t('inspection.flags'),
                    render: ({ flags }) =>
                      flags.length === 0 ? (
                        '—'
                      ) : (
                        <strong>
                          {flags.map((flag) => t(`enum.InspectionFlag.${flag}`)).join(t('list.separator'))}
                        </strong>
                      ),
                  },
                ]}
              />
              {inspections != null && <Paging list="inspections" pageInfo={inspections.pageInfo} />}
            </Part>
            <Part id="penalties" title={t('inspection.penalties')} place={['penalties']}>
              <List
                rows={penalties?.nodes ?? []}
                total={penalties?.totalCount}
                rowKey={({ id }) => id}
                columns={[
                  { title: t('column.day'), dataIndex: 'decidedOn' },
                  { title: t('column.enterprise'), render: ({ enterprise }) => enterprise.name ?? '—' },
                  { title: t('column.department'), render: ({ department: by }) => by.name ?? '—' },
                  {
                    title: t('column.subject'),
                    render: ({ decisionNumber, reason, basis }) => `${decisionNumber} ${reason} (${basis})`,
                  },
                  { title: t('field.fine'), align: 'right', render: ({ fine }) => <Amount value={fine} /> },
                  { title: t('field.publicUntil'), render: ({ publicUntil }) => publicUntil ?? '—' },
                ]}
              />
              {penalties != null && <Paging list="penalties" pageInfo={penalties.pageInfo} />}
            </Part>
            {isOfficial && (
              <>
                <Part id="frequency" title={t('inspection.frequency')} place={['inspectionFrequency']}>
                  <List
                    rows={inspectionFrequency ?? []}
                    rowKey={({ enterprise }) => enterprise.uscc}
                    columns={[
                      {
                        title: t('column.enterprise'),
                        render: ({ enterprise }) => `${enterprise.name ?? '—'} ${enterprise.uscc}`,
                      },
                      { title: t('inspection.count'), dataIndex: 'count', align: 'right' },
                      { title: t('inspection.departments'), dataIndex: 'departments', align: 'right' },
                      { title: t('inspection.flagged'), dataIndex: 'flagged', align: 'right' },
                    ]}
                  />
                </Part>
                <Part id="plans" title={t('inspection.plans')} place={['inspectionPlans']}>
                  <List
                    rows={inspectionPlans ?? []}
                    rowKey={({ id }) => id}
                    columns={[
                      { title: t('column.department'), render: ({ department: by }) => by.name ?? '—' },
                      { title: t('inspection.plan'), render: ({ name, matter }) => `${name}: ${matter}` },
                      {
                        title: t('inspection.publishedOn'),
                        render: ({ publishedOn }) => publishedOn ?? t('inspection.notPublished'),
                      },
                      { title: t('inspection.cap'), render: ({ cap }) => cap ?? t('inspection.noCap'), align: 'right' },
                    ]}
                  />
                </Part>
              </>
            )}
            {mayRecord && (
              <>
                <Part id="record" title={t('inspection.record')} place={['inspectionPlans']}>
                  <RecordInspection plans={inspectionPlans ?? []} />
                </Part>
                <Part id="record-plan" title={t('inspection.recordPlan')} place={['inspectionPlans']}>
                  <RecordPlan year={year} />
                </Part>
              </>
            )}
          </>
        )}
      </PageQuery>
    </>
  );
}
