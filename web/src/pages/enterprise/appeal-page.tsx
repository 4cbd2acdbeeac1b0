import { Card } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { useClient } from 'urql';
import { CommandForm } from '../../components/command-form.js';
import type { CaseCategory, CaseKind, CaseStatus } from '../../generated/graphql.js';
import { graphql } from '../../generated/index.js';
import { PageQuery } from '../../graph/page-query.js';
import { problemsOf } from '../../graph/problems.js';

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

const AlikeBefore = graphql(/* GraphQL */ `
  query AlikeBefore($title: String!, $text: String!) {
    casesAlike(title: $title, text: $text) {
      case {
        caseNumber
        title
        status
        receivedOn
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
  const client = useClient();
  const alikeBefore = async ({ title, text }: Readonly<Record<string, unknown>>): Promise<ReactNode> => {
    const variables = { title: String(title), text: String(text) };
    const { data, error } = await client.query(AlikeBefore, variables).toPromise();
    if (problemsOf(error).some(({ code }) => code === 'UNAUTHENTICATED')) return undefined;
    // A look for earlier ones that fails otherwise keeps nobody from an appeal.
    const found = data?.casesAlike ?? [];
    return found.length === 0 ? null : <Alike of={found.map((one) => one.case)} />;
  };
  return (
    <PageQuery query={AppealChoices} variables={{}}>
      {({ regions }) => (
        <>
          <h1>{t('menu./appeals/new')}</h1>
          <Card data-part="appeal">
            <CommandForm
              command={SubmitAppeal}
              fixed={{}}
              submit={t('appeal.submit')}
              check={alikeBefore}
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
                { name: 'files', kind: 'files', note: 'filesNote', isOptional: true },
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

/** Earlier appeals that may be about the same, to be followed in place of a new one. */
function Alike({
  of,
}: {
  of: readonly {
    readonly caseNumber: string;
    readonly title: string;
    readonly status: CaseStatus;
    readonly receivedOn: string;
  }[];
}): ReactNode {
  const { t } = useTranslation();
  return (
    <div data-part="alike">
      {t('appeal.alike')}
      <ul>
        {of.map(({ caseNumber, title, status, receivedOn }) => (
          <li key={caseNumber}>
            {/* In a window of its own, with this one's session: what is written here stays. */}
            <Link to={`/cases/${caseNumber}`} target="_blank" rel="opener">
              {title}
            </Link>{' '}
            <span className="note">
              {receivedOn} · {t(`enum.CaseStatus.${status}`)}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
