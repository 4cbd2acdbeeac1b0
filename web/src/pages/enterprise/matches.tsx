import { Collapse, Tag } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Amount } from '../../components/amount.js';
import { Criteria } from '../../components/criteria.js';
import { graphql, readFragment, type FragmentType } from '../../generated/index.js';

const MatchesFragment = graphql(/* GraphQL */ `
  fragment Matches on PolicyMatchConnection {
    totalCount
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
      }
      amount {
        amount
      }
      amountUnknown
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
  const { nodes, totalCount } = readFragment(MatchesFragment, of);
  return (
    <>
      <Collapse
        items={nodes.map(({ outcome, policy, amount, amountUnknown, missingFacts, criteria, referenceDate }) => ({
          key: policy.id,
          label: i18n.language === 'en' && policy.titleEn !== '' ? policy.titleEn : policy.title,
          extra: (
            <>
              {policy.exemptFromApplication && <Tag color="blue">{t('match.exempt')}</Tag>}
              <Tag color={COLOURS[outcome]}>{t(`enum.MatchOutcome.${outcome}`)}</Tag>
            </>
          ),
          children: (
            <>
              <p>
                {t('match.amount')}{' '}
                {amountUnknown == null ? <Amount value={amount} /> : t(`enum.AmountUnknown.${amountUnknown}`)}
              </p>
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
                        {fact.label}: {fact.meaning}{' '}
                        <span className="note">{t('match.source', { source: fact.source })}</span>
                      </li>
                    ))}
                  </ul>
                </>
              )}
              {policy.interpretation !== '' && <p className="pre-line">{policy.interpretation}</p>}
            </>
          ),
        }))}
      />
      {totalCount > nodes.length && (
        <p className="note">{t('list.shown', { shown: nodes.length, total: totalCount })}</p>
      )}
    </>
  );
}
