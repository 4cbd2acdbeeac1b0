import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { CaseList, type CasesAsked } from '../../components/case-list.js';
import { List } from '../../components/list.js';
import { Paging, useAfters } from '../../components/paging.js';
import { Part } from '../../components/part.js';
import type { CaseOrder } from '../../generated/graphql.js';
import { graphql } from '../../generated/index.js';
import { PageQuery } from '../../graph/page-query.js';
import { dayInShanghai, firstOfYear } from '../../values/days.js';
import { Suggested } from './suggested-assignment.js';

const Triage = graphql(/* GraphQL */ `
  query Triage(
    $from: Date!
    $to: Date!
    $triage: CaseFilter!
    $late: CaseFilter!
    $order: CaseOrder!
    $triageAfter: String
    $overdueAfter: String
    $supervisionsAfter: String
  ) {
    toTriage: cases(filter: $triage, orderBy: $order, first: 20, after: $triageAfter) {
      ...CaseList
      nodes {
        caseNumber
        ...SuggestedAssignment
      }
    }
    overdue: cases(filter: $late, orderBy: $order, first: 20, after: $overdueAfter) {
      ...CaseList
    }
    supervisions(filter: { running: true }, first: 20, after: $supervisionsAfter) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        caseNumber
        number
        instruction
        dueOn
        isOverdue
        report
      }
    }
    meetingsDue {
      kind
      from
      to
      isMissed
    }
    commonIssues(from: $from, to: $to, first: 10) {
      category
      words
      count
      enterprises
      growth
    }
  }
`);

const ORDER: CaseOrder = { field: 'DUE_ON', direction: 'ASC' };
const TO_TRIAGE: CasesAsked = { filter: { status: ['RECEIVED', 'RETURNED', 'AWAITING_RULING'] }, orderBy: ORDER };
const OVERDUE: CasesAsked = { filter: { open: true, overdue: true }, orderBy: ORDER };

/** 营商办: what is to be assigned, what is overdue, which meetings are due, and what many ask for. */
export function Component(): ReactNode {
  const { t } = useTranslation();
  const today = dayInShanghai();
  const after = useAfters('triage', 'overdue', 'supervisions');
  return (
    <PageQuery
      query={Triage}
      variables={{
        ...{ from: firstOfYear(today), to: today, ...after },
        ...{ triage: TO_TRIAGE.filter, late: OVERDUE.filter, order: ORDER },
      }}
    >
      {({ toTriage, overdue, supervisions, meetingsDue, commonIssues }) => (
        <>
          <h1>{t('menu./triage')}</h1>
          <Part id="to-triage" title={t('triage.toTriage')} place={['toTriage']}>
            {toTriage != null && (
              <CaseList
                of={toTriage}
                list="triage"
                asked={TO_TRIAGE}
                more={[
                  {
                    title: t('suggestion.column'),
                    render: ({ caseNumber }) => {
                      const suggested = toTriage.nodes.find((node) => node.caseNumber === caseNumber);
                      return suggested === undefined ? '—' : <Suggested of={suggested} />;
                    },
                  },
                ]}
              />
            )}
          </Part>
          <Part id="overdue" title={t('triage.overdue')} place={['overdue']}>
            {overdue != null && <CaseList of={overdue} list="overdue" asked={OVERDUE} />}
          </Part>
          <Part id="supervisions" title={t('triage.supervisions')} place={['supervisions']}>
            <List
              rows={supervisions?.nodes ?? []}
              total={supervisions?.totalCount}
              rowKey={(row) => `${row.caseNumber} ${String(row.number)}`}
              columns={[
                {
                  title: t('column.due'),
                  render: (row) => <span className={row.isOverdue ? 'late' : undefined}>{row.dueOn}</span>,
                },
                {
                  title: t('column.number'),
                  render: (row) => <Link to={`/cases/${row.caseNumber}`}>{row.caseNumber}</Link>,
                },
                { title: t('field.instruction'), dataIndex: 'instruction' },
                { title: t('triage.report'), render: (row) => row.report ?? '—' },
              ]}
            />
            {supervisions != null && <Paging list="supervisions" pageInfo={supervisions.pageInfo} />}
          </Part>
          <Part id="meetings" title={t('triage.meetings')} place={['meetingsDue']}>
            <List
              rows={meetingsDue ?? []}
              rowKey={(row) => `${row.kind} ${row.from}`}
              columns={[
                { title: t('column.meeting'), render: (row) => t(`enum.MeetingKind.${row.kind}`) },
                { title: t('column.period'), render: (row) => `${row.from} – ${row.to}` },
                {
                  title: t('column.status'),
                  render: (row) =>
                    row.isMissed ? <span className="late">{t('triage.missed')}</span> : t('triage.due'),
                },
              ]}
            />
          </Part>
          <Part id="common-issues" title={t('triage.commonIssues')} place={['commonIssues']}>
            <List
              rows={commonIssues ?? []}
              rowKey={(row) => `${row.category} ${row.words.join(' ')}`}
              columns={[
                { title: t('field.category'), render: (row) => t(`enum.CaseCategory.${row.category}`) },
                { title: t('column.words'), render: (row) => row.words.join(' · ') },
                { title: t('column.cases'), dataIndex: 'count' },
                { title: t('column.enterprises'), dataIndex: 'enterprises' },
                { title: t('column.growth'), dataIndex: 'growth' },
              ]}
            />
          </Part>
        </>
      )}
    </PageQuery>
  );
}
