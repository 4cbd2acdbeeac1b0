import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useSession } from '../../app/session.js';
import { useMay } from '../../app/use-may.js';
import { Amount } from '../../components/amount.js';
import { Figure } from '../../components/figure.js';
import { List } from '../../components/list.js';
import { Moves } from '../../components/moves.js';
import { useAfters } from '../../components/paging.js';
import { Part } from '../../components/part.js';
import { graphql } from '../../generated/index.js';
import { PageQuery } from '../../graph/page-query.js';
import { moneyText } from '../../values/money.js';
import { PolicyNotices } from './policy-notices.js';
import { PolicyQuestions } from './policy-questions.js';
import { PolicyStatistics } from './policy-statistics.js';
import { StatedCriteria } from './stated-criteria.js';

const PolicyQuery = graphql(/* GraphQL */ `
  query PolicyPage($id: ID!, $isOfficial: Boolean!, $questionsAfter: String, $noticesAfter: String) {
    policy(id: $id) {
      legalMoves
      title
      version
      issuerName
      legalBasis
      interpretation
      statistics {
        ...PolicyFigures
      }
      questions(first: 20, after: $questionsAfter) {
        ...PolicyQuestions
      }
      benefit {
        text
      }
      criteria {
        ...StatedCriterion
        criteria {
          ...StatedCriterion
          criteria {
            ...StatedCriterion
          }
        }
      }
    }
    factVocabulary {
      name
      attributes {
        name
        label
        meaning
        unit
      }
    }
    previewPolicy(input: { policy: $id }) @include(if: $isOfficial) {
      referenceDate
      enterprises
      eligible
      undetermined
      notEligible
      amountUnknown
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
        aloneRefuses
      }
      missingFacts {
        enterprises
        fact {
          name
          label
          source
        }
      }
      byDistrict {
        key
        eligible
        cost {
          amount
        }
      }
    }
    regions {
      code
      name
    }
    publicNotices(policy: $id, first: 50, after: $noticesAfter) {
      ...PolicyNotices
    }
  }
`);

const WithdrawPolicy = graphql(/* GraphQL */ `
  mutation WithdrawPolicy($input: WithdrawPolicyInput!) {
    change: withdrawPolicy(input: $input) {
      refusal {
        code
        message
        path
        details
      }
    }
  }
`);

/** One policy: whom it reaches today, what each criterion cuts, what it costs and where. */
export function Component(): ReactNode {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const { session } = useSession();
  const after = useAfters('questions', 'notices');
  const [mayAsk, mayObject] = [useMay('askPolicyQuestion'), useMay('objectToGrant')];
  return (
    <PageQuery query={PolicyQuery} variables={{ id, isOfficial: session?.role !== 'ENTERPRISE', ...after }}>
      {({ policy, previewPolicy: preview, factVocabulary, regions, publicNotices }) => {
        const nameOf = new Map(regions?.map(({ code, name }) => [code, name]));
        return (
          <>
            <h1>{policy?.title ?? id}</h1>
            <Part id="policy" title={t('policy.about')} place={['policy']}>
              <p className="note">
                {policy?.issuerName} · {t('policy.version', { version: policy?.version })}
              </p>
              <p className="pre-line">{policy?.benefit.text}</p>
              <p className="pre-line">{policy?.legalBasis}</p>
              <p className="pre-line">{policy?.interpretation}</p>
              {policy?.legalMoves.includes('CHANGE') === true && (
                <Link className="no-print" to={`/policies/${id}/edit`}>
                  {t('editor.open')}
                </Link>
              )}
              {policy?.legalMoves.includes('WITHDRAW') === true && (
                <Moves
                  of={[
                    {
                      ...{ row: id, move: 'WITHDRAW', command: WithdrawPolicy, label: t('policy.withdraw') },
                      fixed: { policy: id, version: policy.version },
                      fields: [{ name: 'reason', kind: 'text' }],
                    },
                  ]}
                />
              )}
            </Part>
            <Part id="criteria" title={t('editor.criteria')} place={['policy']}>
              <StatedCriteria of={policy?.criteria ?? []} vocabulary={factVocabulary ?? []} />
            </Part>
            <Part id="notices" title={t('policy.notices')} place={['publicNotices']}>
              {publicNotices != null && <PolicyNotices of={publicNotices} mayObject={mayObject} />}
            </Part>
            <Part id="statistics" title={t('statistics.title')} place={['policy', 'statistics']}>
              {policy?.statistics != null && <PolicyStatistics of={policy.statistics} />}
            </Part>
            <Part id="questions" title={t('question.title')} place={['policy', 'questions']}>
              {policy?.questions != null && <PolicyQuestions policy={id} mayAsk={mayAsk} of={policy.questions} />}
            </Part>
            {session?.role !== 'ENTERPRISE' && (
              <Part id="reach" title={t('policy.reach')} place={['previewPolicy']}>
                {preview != null && (
                  <>
                    <div className="figures">
                      <Figure
                        title={t('enum.MatchOutcome.ELIGIBLE')}
                        value={`${preview.eligible} / ${preview.enterprises}`}
                      />
                      <Figure title={t('enum.MatchOutcome.UNDETERMINED')} value={String(preview.undetermined)} />
                      <Figure
                        title={t('policy.cost')}
                        value={moneyText(preview.cost)}
                        note={t('policy.amountUnknown', { count: preview.amountUnknown })}
                      />
                      {preview.overBudget != null && (
                        <Figure title={t('policy.overBudget')} value={moneyText(preview.overBudget)} />
                      )}
                    </div>
                    <h3>{t('policy.funnel')}</h3>
                    <List
                      rows={preview.funnel}
                      rowKey={(row) => `${row.text} ${row.before}`}
                      columns={[
                        { title: t('policy.criterion'), dataIndex: 'text' },
                        { title: t('policy.before'), align: 'right', dataIndex: 'before' },
                        { title: t('policy.refused'), align: 'right', dataIndex: 'refused' },
                        { title: t('policy.unknown'), align: 'right', dataIndex: 'unknown' },
                        { title: t('policy.after'), align: 'right', dataIndex: 'after' },
                      ]}
                    />
                    <h3>{t('policy.missing')}</h3>
                    <List
                      rows={preview.missingFacts}
                      rowKey={(row) => row.fact.name}
                      columns={[
                        { title: t('policy.fact'), render: (row) => row.fact.label },
                        { title: t('policy.source'), render: (row) => row.fact.source },
                        { title: t('column.enterprises'), align: 'right', dataIndex: 'enterprises' },
                      ]}
                    />
                    <h3>{t('policy.byDistrict')}</h3>
                    <List
                      rows={preview.byDistrict}
                      rowKey={(row) => row.key}
                      columns={[
                        { title: t('field.region'), render: (row) => nameOf.get(row.key) ?? row.key },
                        { title: t('enum.MatchOutcome.ELIGIBLE'), align: 'right', dataIndex: 'eligible' },
                        { title: t('policy.cost'), align: 'right', render: (row) => <Amount value={row.cost} /> },
                      ]}
                    />
                  </>
                )}
              </Part>
            )}
          </>
        );
      }}
    </PageQuery>
  );
}
