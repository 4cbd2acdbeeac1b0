import { Tag } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql, readFragment, type FragmentType } from '../generated/index.js';

export const CriterionShown = graphql(/* GraphQL */ `
  fragment CriterionShown on CriterionResult {
    text
    outcome
    expected
    actual
    source
    asOf
    year
  }
`);

type Shown = FragmentType<typeof CriterionShown> & { readonly criteria?: readonly Shown[] };

const COLOURS = { MET: 'green', NOT_MET: 'red', UNKNOWN: 'blue' } as const;

/** Reasons criterion by criterion: what is asked, what is recorded, whose record it is, and what follows. */
export function Criteria({ of }: { of: readonly Shown[] }): ReactNode {
  return (
    <ul className="criteria">
      {of.map((criterion, at) => (
        <Criterion key={at} of={criterion} />
      ))}
    </ul>
  );
}

function Criterion({ of }: { of: Shown }): ReactNode {
  const { t } = useTranslation();
  const { text, outcome, expected, actual, source, asOf, year } = readFragment(CriterionShown, of);
  const facts = [
    expected !== '' && t('criterion.expected', { expected }),
    actual != null && t('criterion.actual', { actual }),
    year != null && t('criterion.ofYear', { year }),
    source != null && t('criterion.source', { source }),
    asOf,
  ].filter((part) => part !== false && part != null);
  return (
    <li>
      <Tag color={COLOURS[outcome]}>{t(`enum.CriterionOutcome.${outcome}`)}</Tag>
      {text}
      {facts.length > 0 && <span className="note">{facts.join(' · ')}</span>}
      {of.criteria !== undefined && of.criteria.length > 0 && <Criteria of={of.criteria} />}
    </li>
  );
}
