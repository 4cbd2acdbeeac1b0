import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Figure, RateFigure } from '../../components/figure.js';
import { graphql, readFragment, type FragmentType } from '../../generated/index.js';
import { moneyText } from '../../values/money.js';

const StatisticsFragment = graphql(/* GraphQL */ `
  fragment PolicyFigures on PolicyStatistics {
    suppressedBelow
    eligible
    undetermined
    grantedEnterprises
    paidEnterprises
    applications
    questions
    openQuestions
    granted {
      amount
    }
    paid {
      amount
    }
    paidOfGranted {
      numerator
      denominator
      rate
    }
    answeredOfAsked {
      numerator
      denominator
      rate
    }
  }
`);

/** What became of a policy: whom it reaches, what was granted and paid, what was asked. */
export function PolicyStatistics({ of }: { of: FragmentType<typeof StatisticsFragment> }): ReactNode {
  const { t } = useTranslation();
  const shown = readFragment(StatisticsFragment, of);
  const { suppressedBelow, granted, paid, paidOfGranted, answeredOfAsked } = shown;
  return (
    <>
      <div className="figures">
        {(
          [
            'eligible',
            'undetermined',
            'grantedEnterprises',
            'paidEnterprises',
            'applications',
            'questions',
            'openQuestions',
          ] as const
        ).map((name) => (
          <Figure key={name} title={t(`statistics.${name}`)} value={String(shown[name] ?? '—')} />
        ))}
        <Figure title={t('statistics.granted')} value={granted == null ? '—' : moneyText(granted)} />
        <Figure title={t('statistics.paid')} value={paid == null ? '—' : moneyText(paid)} />
        <RateFigure title={t('statistics.paidOfGranted')} value={paidOfGranted} />
        <RateFigure title={t('statistics.answeredOfAsked')} value={answeredOfAsked} />
      </div>
      {suppressedBelow != null && <p className="note">{t('statistics.suppressed', { below: suppressedBelow })}</p>}
    </>
  );
}
