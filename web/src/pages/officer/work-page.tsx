import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useSession } from '../../app/session.js';
import { ApprovalItems } from '../../components/approval-items.js';
import { CaseList } from '../../components/case-list.js';
import { CommitmentList } from '../../components/commitment-list.js';
import { Figure } from '../../components/figure.js';
import { List } from '../../components/list.js';
import { Paging, useAfters } from '../../components/paging.js';
import { Part } from '../../components/part.js';
import { graphql } from '../../generated/index.js';
import { PageQuery } from '../../graph/page-query.js';
import { momentText } from '../../values/days.js';
import { ApprovalsToDecide } from '../projects/approvals-to-decide.js';
import { ReferralsToAnswer, Repayments } from './work-debts.js';
import { ObjectionsToDecide, OverdueRecoveries } from './work-grants.js';

const Work = graphql(/* GraphQL */ `
  query Work(
    $department: ID!
    $cases: CaseFilter!
    $casesOrder: CaseOrder!
    $waiting: CaseFilter!
    $casesAfter: String
    $waitingAfter: String
    $commitmentsAfter: String
    $repaymentsAfter: String
    $objectionsAfter: String
    $recoveriesAfter: String
    $questionsAfter: String
    $approvalsAfter: String
  ) {
    department(code: $department) {
      name
      caseload {
        open
        overdue
        waiting
        notAccepted
        escalated
      }
    }
    repayments: department(code: $department) {
      arrears(first: 20, after: $repaymentsAfter) {
        ...Repayments
      }
    }
    approvalsToDecide {
      ...ApprovalToDecide
    }
    referralsToAnswer {
      ...ReferralToAnswer
    }
    objected: grants(filter: { department: $department, openObjection: true }, first: 20, after: $objectionsAfter) {
      ...Objected
    }
    grantRecoveries(overdueOnly: true, first: 20, after: $recoveriesAfter) {
      ...OverdueRecoveries
    }
    policyQuestions(filter: { status: [OPEN] }, first: 20, after: $questionsAfter) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        question
        askedAt
        policy {
          id
          title
        }
      }
    }
    cases(filter: $cases, orderBy: $casesOrder, first: 50, after: $casesAfter) {
      ...CaseList
    }
    waiting: cases(filter: $waiting, first: 20, after: $waitingAfter) {
      ...CaseList
    }
    commitments(
      filter: { promisor: $department, state: [OUTSTANDING] }
      orderBy: { field: DUE_ON, direction: ASC }
      first: 20
      after: $commitmentsAfter
    ) {
      ...CommitmentList
    }
    approvalItems(filter: { department: $department, state: [OPEN, SUBMITTED] }, first: 20, after: $approvalsAfter) {
      ...ApprovalItems
    }
  }
`);

const BY_DUE_DAY = { field: 'DUE_ON', direction: 'ASC' } as const;

/** 经办: a department's work, what runs out next first. */
export function Component(): ReactNode {
  const { t } = useTranslation();
  const { session } = useSession();
  const after = useAfters(
    'cases',
    'waiting',
    'commitments',
    'repayments',
    'objections',
    'recoveries',
    'questions',
    'approvals',
  );
  const department = session?.department ?? '';
  const open = { open: true, handler: department };
  const asked = { filter: { ...open, hasRunningClock: true }, orderBy: BY_DUE_DAY };
  const waiting = { filter: { ...open, hasRunningClock: false } };
  return (
    <PageQuery
      query={Work}
      variables={{ department, cases: asked.filter, casesOrder: asked.orderBy, waiting: waiting.filter, ...after }}
    >
      {({ department: own, cases, commitments, approvalItems, ...rest }) => (
        <>
          <h1>{own?.name ?? session?.name}</h1>
          <Part id="caseload" title={t('work.caseload')} place={['department', 'caseload']}>
            <div className="figures">
              {(['open', 'overdue', 'notAccepted', 'waiting', 'escalated'] as const).map((name) => (
                <Figure key={name} title={t(`work.${name}`)} value={String(own?.caseload?.[name] ?? '—')} />
              ))}
            </div>
          </Part>
          <Part id="cases" title={t('work.cases')} place={['cases']}>
            {cases != null && <CaseList of={cases} list="cases" asked={asked} />}
          </Part>
          <Part id="waiting" title={t('work.waitingCases')} place={['waiting']}>
            {rest.waiting != null && <CaseList of={rest.waiting} list="waiting" asked={waiting} />}
          </Part>
          <Part id="project-approvals" title={t('work.projectApprovals')} place={['approvalsToDecide']}>
            <ApprovalsToDecide of={rest.approvalsToDecide ?? []} />
          </Part>
          <Part id="commitments" title={t('work.commitments')} place={['commitments']}>
            {commitments != null && <CommitmentList of={commitments} list="commitments" />}
          </Part>
          <Part id="referrals" title={t('work.referrals')} place={['referralsToAnswer']}>
            <ReferralsToAnswer of={rest.referralsToAnswer ?? []} />
          </Part>
          <Part id="objections" title={t('work.objections')} place={['objected']}>
            {rest.objected != null && <ObjectionsToDecide of={rest.objected} />}
          </Part>
          <Part id="repayments" title={t('work.repayments')} place={['repayments', 'arrears']}>
            {rest.repayments?.arrears != null && <Repayments of={rest.repayments.arrears} />}
          </Part>
          <Part id="recoveries" title={t('work.recoveries')} place={['grantRecoveries']}>
            {rest.grantRecoveries != null && <OverdueRecoveries of={rest.grantRecoveries} />}
          </Part>
          <Part id="questions" title={t('work.questions')} place={['policyQuestions']}>
            <List
              rows={rest.policyQuestions?.nodes ?? []}
              total={rest.policyQuestions?.totalCount}
              rowKey={(row) => row.id}
              columns={[
                { title: t('work.askedAt'), render: (row) => momentText(row.askedAt) },
                {
                  title: t('work.question'),
                  render: ({ question, policy }) =>
                    policy == null ? question : <Link to={`/policies/${policy.id}`}>{question}</Link>,
                },
                { title: t('column.policy'), render: ({ policy }) => policy?.title ?? '—' },
              ]}
            />
            {rest.policyQuestions != null && <Paging list="questions" pageInfo={rest.policyQuestions.pageInfo} />}
          </Part>
          <Part id="approvals" title={t('work.approvals')} place={['approvalItems']}>
            {approvalItems != null && <ApprovalItems of={approvalItems} list="approvals" />}
          </Part>
        </>
      )}
    </PageQuery>
  );
}
