import type { ResultOf } from '@graphql-typed-document-node/core';
import { Collapse, Skeleton, Tag } from 'antd';
import { lazy, Suspense, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Amount } from '../../components/amount.js';
import { Criteria } from '../../components/criteria.js';
import { Paging } from '../../components/paging.js';
import { graphql, readFragment, type FragmentType } from '../../generated/index.js';

const Application = lazy(() => import('./application.js'));

const MatchesFragment = graphql(/* GraphQL */ `
  fragment Matches on PolicyMatchConnection {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      outcome
      referenceDate
      policy {
        id
        title
        titleEn
        issuerName
        exemptFromApplication
        validTo
        interpretation
        benefit {
          text
        }
      }
      amount {
        amount
      }
      amountUnknown
      atMost {
        amount
      }
      isBudgetShort
      application {
        ...OpenApplication
      }
      missingFacts {
        name
        label
        meaning
        source
      }
      criteria {
        ...CriterionShown
        criteria {
          ...CriterionShown
        }
      }
    }
  }
`);

const COLOURS = { ELIGIBLE: 'green', UNDETERMINED: 'blue', NOT_ELIGIBLE: 'default' } as const;

/** Policies that the enterprise can have or might have, each with its reasons criterion by criterion. */
export function Matches({ of }: { of: FragmentType<typeof MatchesFragment> }): ReactNode {
  const { t, i18n } = useTranslation();
  const { nodes, totalCount, pageInfo } = readFragment(MatchesFragment, of);
  return (
    <>
      <Collapse
        items={nodes.map((match) => ({
          key: match.policy.id,
          label: i18n.language === 'en' && match.policy.titleEn !== '' ? match.policy.titleEn : match.policy.title,
          extra: (
            <>
              {match.policy.exemptFromApplication && <Tag color="blue">{t('match.exempt')}</Tag>}
              <Tag color={COLOURS[match.outcome]}>{t(`enum.MatchOutcome.${match.outcome}`)}</Tag>
            </>
          ),
          children: <Match of={match} />,
        }))}
      />
      {totalCount > nodes.length && (
        <p className="note">{t('list.shown', { shown: nodes.length, total: totalCount })}</p>
      )}
      <Paging list="matches" pageInfo={pageInfo} />
    </>
  );
}

/** One policy with its reasons: what it comes to and by which rule, what is not known and who provides it, applying. */
function Match({ of }: { of: ResultOf<typeof MatchesFragment>['nodes'][number] }): ReactNode {
  const { t, i18n } = useTranslation();
  const { policy, amount, amountUnknown, atMost, isBudgetShort, missingFacts, criteria, referenceDate } = of;
  return (
    <>
      <p>
        {t('match.amount')}{' '}
        {amountUnknown == null ? <Amount value={amount} /> : t(`enum.AmountUnknown.${amountUnknown}`)}
        {atMost != null && (
          <>
            {' '}
            {t('match.atMost')} <Amount value={atMost} />
          </>
        )}
      </p>
      <p className="pre-line">
        {t('match.rule')} {policy.benefit.text}
      </p>
      {isBudgetShort && <p className="late">{t('match.budgetShort')}</p>}
      <p className="note">
        {policy.issuerName} · {t('match.asOf', { day: referenceDate })}
        {policy.validTo != null && ` · ${t('match.until', { day: policy.validTo })}`}
      </p>
      <Criteria of={criteria} />
      {missingFacts.length > 0 && (
        <>
          <h3>{t('match.missing')}</h3>
          <ul>
            {missingFacts.map((fact) => (
              <li key={fact.name}>
                {i18n.language === 'en' ? fact.meaning : fact.label}{' '}
                <span className="note">{t('match.source', { source: fact.source })}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      {policy.interpretation !== '' && <p className="pre-line">{policy.interpretation}</p>}
      {of.application != null && (
        <Suspense fallback={<Skeleton active />}>
          <Application policy={policy.id} of={of.application} />
        </Suspense>
      )}
      <p>
        <Link to={`/policies/${policy.id}`}>{t('match.ask')}</Link>
      </p>
    </>
  );
}
