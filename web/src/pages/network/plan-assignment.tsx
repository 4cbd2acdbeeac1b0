import { Button, Form, Select } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CommandForm } from '../../components/command-form.js';
import { Figure } from '../../components/figure.js';
import { List } from '../../components/list.js';
import { Paging, useAfter, useBeginning } from '../../components/paging.js';
import type { AssignmentRuleInput, ServiceRole } from '../../generated/graphql.js';
import { graphql } from '../../generated/index.js';
import { PageQuery } from '../../graph/page-query.js';
import { APPLY_PLAN } from './network-commands.js';

const Plan = graphql(/* GraphQL */ `
  query AssignmentPlan($rule: AssignmentRuleInput!, $after: String) {
    planAssignment(rule: $rule) {
      digest
      considered
      kept
      officers
      assigned
      replaced
      leastLoad
      mostLoad
      unplaced {
        reason
        count
      }
      assignments(first: 50, after: $after) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        nodes {
          uscc
          loadAfter
          qualified
          enterprise {
            name
          }
          official {
            name
            post
          }
        }
      }
    }
  }
`);

/** Roles that a plan can fill. */
const PLANNED = [
  'STEWARD',
  'PROJECT_SECRETARY',
  'LEADER',
  'EMPLOYMENT_SPECIALIST',
] as const satisfies readonly ServiceRole[];

/** Who would look after whom by a rule: looked at first, then carried out as it was seen. */
export function PlanAssignment({
  regions,
  departments,
}: {
  regions: readonly { readonly code: string; readonly name: string }[];
  departments: readonly { readonly value: string | number; readonly label: string }[];
}): ReactNode {
  const { t } = useTranslation();
  const after = useAfter('assignments');
  const begin = useBeginning('assignments');
  const [rule, setRule] = useState<AssignmentRuleInput | undefined>();
  const [done, setDone] = useState<number | undefined>();
  return (
    <>
      <Form<AssignmentRuleInput>
        layout="vertical"
        initialValues={{ role: 'STEWARD', regions: [], departments: [], replaces: false }}
        onFinish={(values) => {
          setDone(undefined);
          begin();
          setRule({ ...values });
        }}
      >
        <Form.Item name="role" label={t('field.role')}>
          <Select options={PLANNED.map((value) => ({ value, label: t(`enum.ServiceRole.${value}`) }))} />
        </Form.Item>
        <Form.Item name="regions" label={t('field.regions')}>
          <Select
            mode="multiple"
            showSearch={{ optionFilterProp: 'label' }}
            options={regions.map(({ code, name }) => ({ value: code, label: name }))}
          />
        </Form.Item>
        <Form.Item name="departments" label={t('network.ofDepartments')}>
          <Select
            mode="multiple"
            showSearch={{ optionFilterProp: 'label' }}
            options={departments.map((one) => ({ ...one }))}
          />
        </Form.Item>
        <Form.Item name="replaces" label={t('network.replaces')}>
          <Select
            options={[
              { value: false, label: t('form.no') },
              { value: true, label: t('form.yes') },
            ]}
          />
        </Form.Item>
        <Button htmlType="submit">{t('network.preview')}</Button>
      </Form>
      {rule !== undefined && (
        <PageQuery query={Plan} variables={{ rule, after }}>
          {({ planAssignment: plan }) =>
            plan != null && (
              <div data-plan>
                <div className="figures">
                  <Figure title={t('network.considered')} value={String(plan.considered)} />
                  <Figure title={t('network.kept')} value={String(plan.kept)} />
                  <Figure title={t('network.assigned')} value={String(plan.assigned)} />
                  <Figure title={t('network.replaced')} value={String(plan.replaced)} />
                  {plan.unplaced.map(({ reason, count }) => (
                    <Figure key={reason} title={t(`enum.UnplacedReason.${reason}`)} value={String(count)} />
                  ))}
                </div>
                <List
                  rows={plan.assignments?.nodes ?? []}
                  total={plan.assignments?.totalCount}
                  rowKey={({ uscc }) => uscc}
                  columns={[
                    { title: t('column.enterprise'), render: ({ uscc, enterprise }) => enterprise.name ?? uscc },
                    { title: t('network.who'), render: ({ official }) => `${official.name} · ${official.post}` },
                    { title: t('network.loadAfter'), align: 'right', render: ({ loadAfter }) => String(loadAfter) },
                    { title: t('field.reason'), render: ({ qualified }) => t('network.leastOf', { count: qualified }) },
                  ]}
                />
                {plan.assignments != null && <Paging list="assignments" pageInfo={plan.assignments.pageInfo} />}
                {plan.assigned > 0 && (
                  <CommandForm
                    key={plan.digest}
                    command={APPLY_PLAN}
                    fixed={{ rule, digest: plan.digest }}
                    fields={[]}
                    submit={t('network.apply')}
                    onDone={({ applied }) => {
                      setRule(undefined);
                      setDone(applied?.assigned ?? 0);
                    }}
                  />
                )}
              </div>
            )
          }
        </PageQuery>
      )}
      <p role="status" className="note">
        {done !== undefined && t('network.applied', { count: done })}
      </p>
    </>
  );
}
