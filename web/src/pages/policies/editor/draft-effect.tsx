import { Spin } from 'antd';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { Amount } from '../../../components/amount.js';
import { Figure } from '../../../components/figure.js';
import { List } from '../../../components/list.js';
import { ProblemAlert } from '../../../components/problem-alert.js';
import { graphql, readFragment, type FragmentType } from '../../../generated/index.js';
import { problemsOf } from '../../../graph/problems.js';
import { moneyText } from '../../../values/money.js';
import type { PolicyContent } from './policy-content.js';

const DraftEffectFragment = graphql(/* GraphQL */ `
  fragment DraftEffect on PolicyPreview {
    enterprises
    eligible
    undetermined
    barred
    cost {
      amount
    }
    overBudget {
      amount
    }
    funnel {
      text
      before
      refused
      unknown
      after
    }
    byDistrict {
      key
      eligible
      cost {
        amount
      }
    }
    comparison {
      version
      gaining
      losing
      costDifference {
        amount
      }
      gainers {
        uscc
        name
      }
      losers {
        uscc
        name
      }
    }
  }
`);

const DraftEffectQuery = graphql(/* GraphQL */ `
  query DraftEffectOf($draft: JSON!) {
    previewPolicy(input: { draft: $draft }) {
      ...DraftEffect
    }
  }
`);

/** A pause in typing after which the graph is asked. */
const PAUSE_MS = 300;

/** Whom the policy that is being written would reach, what it would cost, and who gains and loses by the change. */
export function DraftEffect({
  draft,
  published,
  nameOf,
}: {
  draft: PolicyContent;
  /** The effect of what the page was opened with, shown until something is changed; null where it is to be asked. */
  published: FragmentType<typeof DraftEffectFragment> | null | undefined;
  nameOf: (region: string) => string;
}): ReactNode {
  const { t } = useTranslation();
  const [opened] = useState(draft);
  const [asked, ask] = useState(draft);
  useEffect(() => {
    const later = setTimeout(() => ask(draft), PAUSE_MS);
    return () => clearTimeout(later);
  }, [draft]);
  const isUnchanged = published != null && JSON.stringify(asked) === JSON.stringify(opened);
  const [{ data, error, fetching }] = useQuery({
    query: DraftEffectQuery,
    variables: { draft: asked },
    pause: isUnchanged,
  });
  const [problem] = isUnchanged ? [] : problemsOf(error);
  const effect = readFragment(DraftEffectFragment, isUnchanged ? published : data?.previewPolicy);
  if (problem !== undefined) return <ProblemAlert problem={problem} />;
  if (effect == null) return <Spin />;
  const { comparison } = effect;
  return (
    <div aria-busy={fetching} aria-live="polite">
      <div className="figures">
        <Figure title={t('enum.MatchOutcome.ELIGIBLE')} value={`${effect.eligible} / ${effect.enterprises}`} />
        <Figure title={t('enum.MatchOutcome.UNDETERMINED')} value={String(effect.undetermined)} />
        <Figure title={t('policy.cost')} value={moneyText(effect.cost)} />
        {effect.overBudget != null && <Figure title={t('policy.overBudget')} value={moneyText(effect.overBudget)} />}
        {comparison != null && (
          <>
            <Figure title={t('editor.gaining')} value={String(comparison.gaining)} />
            <Figure title={t('editor.losing')} value={String(comparison.losing)} />
            <Figure title={t('editor.difference')} value={moneyText(comparison.costDifference)} />
          </>
        )}
      </div>
      {comparison != null && (comparison.gainers.length > 0 || comparison.losers.length > 0) && (
        <List
          rows={[
            ...comparison.gainers.map((one) => ({ ...one, change: t('editor.gaining') })),
            ...comparison.losers.map((one) => ({ ...one, change: t('editor.losing') })),
          ]}
          rowKey={(row) => row.uscc}
          columns={[
            { title: t('column.enterprise'), render: (row) => row.name ?? row.uscc },
            { title: t('editor.change'), dataIndex: 'change' },
          ]}
        />
      )}
      <h3>{t('policy.funnel')}</h3>
      <List
        rows={effect.funnel}
        rowKey={(row) => `${row.text} ${row.before}`}
        columns={[
          { title: t('policy.criterion'), dataIndex: 'text' },
          { title: t('policy.before'), align: 'right', dataIndex: 'before' },
          { title: t('policy.refused'), align: 'right', dataIndex: 'refused' },
          { title: t('policy.unknown'), align: 'right', dataIndex: 'unknown' },
          { title: t('policy.after'), align: 'right', dataIndex: 'after' },
        ]}
      />
      <h3>{t('policy.byDistrict')}</h3>
      <List
        rows={effect.byDistrict}
        rowKey={(row) => row.key}
        columns={[
          { title: t('field.region'), render: (row) => nameOf(row.key) },
          { title: t('enum.MatchOutcome.ELIGIBLE'), align: 'right', dataIndex: 'eligible' },
          { title: t('policy.cost'), align: 'right', render: (row) => <Amount value={row.cost} /> },
        ]}
      />
    </div>
  );
}
