import { Card } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { CommandForm } from '../../components/command-form.js';
import type { CaseCategory, CaseKind } from '../../generated/graphql.js';
import { graphql } from '../../generated/index.js';
import { PageQuery } from '../../graph/page-query.js';

const AppealChoices = graphql(/* GraphQL */ `
  query AppealChoices {
    regions {
      code
      name
    }
  }
`);

const SubmitAppeal = graphql(/* GraphQL */ `
  mutation SubmitAppeal($input: SubmitCaseInput!) {
    change: submitCase(input: $input) {
      case {
        caseNumber
      }
      refusal {
        code
        message
        path
        details
      }
    }
  }
`);

const KINDS: readonly CaseKind[] = ['APPEAL', 'COMPLAINT', 'REPORT', 'SUGGESTION'];
const CATEGORIES: readonly CaseCategory[] = [
  'FINANCE',
  'LABOUR',
  'LAND_AND_CONSTRUCTION',
  'LOGISTICS',
  'TAX_AND_FEES',
  'PERMITS_AND_SERVICES',
  'MARKET_AND_SALES',
  'POLICY_DELIVERY',
  'LAW_ENFORCEMENT',
];

/** An enterprise brings an appeal. */
export function Component(): ReactNode {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const choices = (type: string, values: readonly string[]): { value: string; label: string }[] =>
    values.map((value) => ({ value, label: t(`enum.${type}.${value}`) }));
  return (
    <PageQuery query={AppealChoices} variables={{}}>
      {({ regions }) => (
        <>
          <h1>{t('menu./appeals/new')}</h1>
          <Card>
            <CommandForm
              command={SubmitAppeal}
              fixed={{}}
              submit={t('appeal.submit')}
              onDone={(payload) => void navigate(`/cases/${payload.case?.caseNumber ?? ''}`)}
              fields={[
                { name: 'kind', kind: 'choice', options: choices('CaseKind', KINDS) },
                { name: 'category', kind: 'choice', options: choices('CaseCategory', CATEGORIES) },
                { name: 'title', kind: 'line' },
                { name: 'text', kind: 'text' },
                {
                  name: 'region',
                  kind: 'choice',
                  options: (regions ?? []).map(({ code, name }) => ({ value: code, label: name })),
                },
                { name: 'attachments', kind: 'lines', isOptional: true },
                { name: 'contactName', kind: 'line', isOptional: true },
                { name: 'contactPhone', kind: 'line', isOptional: true },
                { name: 'anonymous', kind: 'yesNo', isOptional: true },
              ]}
            />
          </Card>
        </>
      )}
    </PageQuery>
  );
}
