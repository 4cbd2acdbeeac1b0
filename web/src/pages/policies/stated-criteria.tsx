import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql, readFragment, type FragmentType } from '../../generated/index.js';
import { conditionsOf, valueText } from './editor/policy-content.js';

export const StatedCriterion = graphql(/* GraphQL */ `
  fragment StatedCriterion on Criterion {
    text
    fact
    year
    operator
    value
    source
  }
`);

/** Groups nest deeper than a query can ask for: without `criteria` is what lies in one that was not asked. */
type Stated = FragmentType<typeof StatedCriterion> & { readonly criteria?: readonly Stated[] };

/** A fact of the vocabulary with the attributes that items of a collection have. */
export interface Vocabulary {
  readonly name: string;
  readonly attributes: readonly {
    readonly name: string;
    readonly label: string;
    readonly meaning: string;
    readonly unit: string;
  }[];
}

/** What a policy asks: its words, which year's figure counts, and what one item of a collection must meet. */
export function StatedCriteria({
  of,
  vocabulary,
}: {
  of: readonly Stated[];
  vocabulary: readonly Vocabulary[];
}): ReactNode {
  return (
    <ul className="criteria">
      {of.map((criterion, at) => (
        <StatedLine key={at} of={criterion} vocabulary={vocabulary} />
      ))}
    </ul>
  );
}

function StatedLine({ of, vocabulary }: { of: Stated; vocabulary: readonly Vocabulary[] }): ReactNode {
  const { t, i18n } = useTranslation();
  const { text, fact, year, operator, value, source } = readFragment(StatedCriterion, of);
  const yearText =
    year == null
      ? null
      : year === 'PREVIOUS' || year === 'CURRENT'
        ? t(`criterion.year.${year}`)
        : t('criterion.year.one', { year });
  const facts = [yearText, source == null ? null : t('criterion.source', { source })].filter((part) => part !== null);
  const attributes = vocabulary.find(({ name }) => name === fact)?.attributes ?? [];
  const conditions = operator === 'HAS' ? conditionsOf(value) : [];
  return (
    <li>
      {text}
      {facts.length > 0 && <span className="note">{facts.join(' · ')}</span>}
      {conditions.length > 0 && (
        <ul className="criteria" aria-label={t('criterion.oneItem')}>
          {conditions.map((condition, at) => {
            const attribute = attributes.find(({ name }) => name === condition.attribute);
            const label = i18n.language === 'en' ? attribute?.meaning : attribute?.label;
            return (
              <li key={at}>
                {label ?? condition.attribute} {t(`editor.operators.${condition.op}`)} {valueText(condition.value)}
                {attribute?.unit}
              </li>
            );
          })}
        </ul>
      )}
      {of.criteria !== undefined && of.criteria.length > 0 && (
        <StatedCriteria of={of.criteria} vocabulary={vocabulary} />
      )}
      {of.criteria === undefined && fact == null && <span className="note">{t('criterion.deeper')}</span>}
    </li>
  );
}
