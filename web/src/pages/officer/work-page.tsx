import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../app/session.js';
import { CaseList } from '../../components/case-list.js';
import { CommitmentList } from '../../components/commitment-list.js';
import { Figure } from '../../components/figure.js';
import { List } from '../../components/list.js';
import { useAfter } from '../../components/paging.js';
import { Part } from '../../components/part.js';
import { graphql } from '../../generated/index.js';
import { PageQuery } from '../../graph/page-query.js';

const Work = graphql(/* GraphQL */ `
  query Work($department: ID!, $casesAfter: String, $commitmentsAfter: String) {
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
    cases(filter: { open: true, handler: $department }, orderBy: { field: DUE_ON }, first: 50, after: $casesAfter) {
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
    approvalItems(filter: { department: $department, state: [OPEN] }, first: 20) {
      totalCount
      nodes {
        id
        permit
        deadline
        enterprise {
          name
        }
      }
    }
  }
`);

/** 经办: a department's work, what runs out next first. */
export function Component(): ReactNode {
  const { t } = useTranslation();
  const { session } = useSession();
  const [casesAfter, commitmentsAfter] = [useAfter('cases'), useAfter('commitments')];
  return (
    <PageQuery query={Work} variables={{ department: session?.department ?? '', casesAfter, commitmentsAfter }}>
      {({ department, cases, commitments, approvalItems }) => (
        <>
          <h1>{department?.name ?? session?.name}</h1>
          <Part id="caseload" title={t('work.caseload')} place={['department', 'caseload']}>
            <div className="figures">
              {(['open', 'overdue', 'notAccepted', 'waiting', 'escalated'] as const).map((name) => (
                <Figure key={name} title={t(`work.${name}`)} value={String(department?.caseload?.[name] ?? '—')} />
              ))}
            </div>
          </Part>
          <Part id="cases" title={t('work.cases')} place={['cases']}>
            {cases != null && <CaseList of={cases} list="cases" />}
          </Part>
          <Part id="commitments" title={t('work.commitments')} place={['commitments']}>
            {commitments != null && <CommitmentList of={commitments} list="commitments" />}
          </Part>
          <Part id="approvals" title={t('work.approvals')} place={['approvalItems']}>
            <List
              rows={approvalItems?.nodes ?? []}
              total={approvalItems?.totalCount}
              rowKey={(row) => row.id}
              columns={[
                { title: t('column.due'), dataIndex: 'deadline' },
                { title: t('column.subject'), dataIndex: 'permit' },
                { title: t('column.enterprise'), render: (row) => row.enterprise.name ?? '—' },
              ]}
            />
          </Part>
        </>
      )}
    </PageQuery>
  );
}
