import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from 'urql';
import { CommandForm } from '../../components/command-form.js';
import { Figure } from '../../components/figure.js';
import { Paging } from '../../components/paging.js';
import { ProblemAlert } from '../../components/problem-alert.js';
import { graphql, readFragment, type FragmentType } from '../../generated/index.js';
import { useAskAgain } from '../../graph/page-query.js';
import { problemsOf } from '../../graph/problems.js';

const ExemptFragment = graphql(/* GraphQL */ `
  fragment ExemptPolicies on PolicyConnection {
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      id
      title
    }
  }
`);

const OutcomeFragment = graphql(/* GraphQL */ `
  fragment Identified on IdentifiedGrants {
    identified
    alreadyGranted
    excluded
    deregistered
    notInForce
    withoutAmount
    failed
  }
`);

const PreviewQuery = graphql(/* GraphQL */ `
  query PreviewIdentification($policy: ID!) {
    previewIdentification(policy: $policy) {
      outcome {
        ...Identified
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

const IdentifyCommand = graphql(/* GraphQL */ `
  mutation IdentifyGrants($input: IdentifyGrantsInput!) {
    change: identifyGrants(input: $input) {
      outcome {
        ...Identified
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

/**
 * Finds who gets a policy without applying. At the first press it tells for how many a grant would be made and who
 * would be passed over for which reason; at the second the grants are made.
 */
export function IdentifyGrants({ of }: { of: FragmentType<typeof ExemptFragment> }): ReactNode {
  const { t } = useTranslation();
  const askAgain = useAskAgain();
  const client = useClient();
  const { nodes, pageInfo } = readFragment(ExemptFragment, of);
  const [round, setRound] = useState(0);
  const [outcome, setOutcome] = useState<FragmentType<typeof OutcomeFragment> | undefined>();
  const preview = async ({ policy }: Readonly<Record<string, unknown>>): Promise<ReactNode> => {
    setOutcome(undefined);
    const { data, error } = await client
      .query(PreviewQuery, { policy: String(policy) }, { requestPolicy: 'network-only' })
      .toPromise();
    const [problem] = problemsOf(error);
    if (problem?.code === 'UNAUTHENTICATED') return undefined;
    if (problem !== undefined) return <ProblemAlert problem={problem} />;
    const { outcome: wouldBe, refusal } = data?.previewIdentification ?? {};
    // What would be refused is refused by the command, beside its field.
    if (refusal != null || wouldBe == null) return null;
    return (
      <>
        <h3>{t('identify.wouldBe')}</h3>
        <Identified of={wouldBe} />
      </>
    );
  };
  return (
    <>
      <CommandForm
        key={round}
        command={IdentifyCommand}
        fixed={{}}
        fields={[
          {
            name: 'policy',
            kind: 'choice',
            label: 'exemptPolicy',
            options: nodes.map(({ id, title }) => ({ value: id, label: title })),
          },
        ]}
        check={preview}
        submit={t('identify.submit')}
        onDone={(payload) => {
          setOutcome(payload.outcome ?? undefined);
          setRound(round + 1);
          askAgain();
        }}
      />
      <Paging list="identify" pageInfo={pageInfo} />
      {outcome !== undefined && (
        <div role="status">
          <h3>{t('identify.done')}</h3>
          <Identified of={outcome} />
        </div>
      )}
    </>
  );
}

const COUNTS = [
  'identified',
  'alreadyGranted',
  'excluded',
  'deregistered',
  'withoutAmount',
  'notInForce',
  'failed',
] as const;

/** For how many a grant is made, and how many are passed over, by the reason. */
function Identified({ of }: { of: FragmentType<typeof OutcomeFragment> }): ReactNode {
  const { t } = useTranslation();
  const counts = readFragment(OutcomeFragment, of);
  return (
    <div className="figures">
      {COUNTS.map((name) => (
        <Figure key={name} title={t(`identify.${name}`)} value={String(counts[name])} />
      ))}
    </div>
  );
}
