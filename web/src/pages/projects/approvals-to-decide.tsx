import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { List } from '../../components/list.js';
import { graphql, readFragment, type FragmentType } from '../../generated/index.js';
import { ApprovalDue } from './approval-due.js';

const ApprovalToDecideFragment = graphql(/* GraphQL */ `
  fragment ApprovalToDecide on ApprovalToDecide {
    project {
      id
      name
      enterprise {
        name
      }
    }
    approval {
      number
      step
      matter
      ...ApprovalDue
    }
  }
`);

/** 待办审批事项: what the department has to decide for investment projects; decided on the project's page. */
export function ApprovalsToDecide({ of }: { of: readonly FragmentType<typeof ApprovalToDecideFragment>[] }): ReactNode {
  const { t } = useTranslation();
  return (
    <List
      rows={of.map((one) => readFragment(ApprovalToDecideFragment, one))}
      rowKey={({ project, approval }) => `${project.id} ${String(approval.number)}`}
      columns={[
        { title: t('column.due'), render: ({ approval }) => <ApprovalDue of={approval} /> },
        {
          title: t('column.subject'),
          render: ({ project, approval }) => <Link to={`/projects/${project.id}`}>{approval.matter}</Link>,
        },
        { title: t('field.step'), render: ({ approval }) => t(`enum.ProjectStep.${approval.step}`) },
        { title: t('project.one'), render: ({ project }) => project.name ?? project.id },
        { title: t('column.enterprise'), render: ({ project }) => project.enterprise?.name ?? '—' },
      ]}
    />
  );
}
