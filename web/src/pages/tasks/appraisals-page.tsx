import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../app/use-may.js';
import { List } from '../../components/list.js';
import { Moves, useMoves, type MoveForm } from '../../components/moves.js';
import { Part } from '../../components/part.js';
import { graphql, readFragment, type FragmentType } from '../../generated/index.js';
import { PageQuery } from '../../graph/page-query.js';
import { percentText } from '../../values/ratio.js';
import { PlanAppraisal } from './plan-appraisal.js';
import { ANSWER_APPRAISAL, APPRAISAL_MOVES } from './task-commands.js';

const AppraisalFragment = graphql(/* GraphQL */ `
  fragment AppraisalShown on Appraisal {
    id
    title
    committedOn
    drawnOn
    opensOn
    closesOn
    publishedOn
    seedHash
    seed
    populationDigest
    legalMoves
    strata {
      scale
      size
      population
      drawn
    }
    answered {
      numerator
      denominator
    }
    results {
      rank
      isDoubleDrop
      holdsFlag
      department {
        code
        name
      }
      process {
        numerator
        denominator
        rate
      }
      result {
        numerator
        denominator
        rate
      }
    }
    measures {
      causes
      measures
      dueOn
      department {
        code
        name
      }
    }
  }
`);

const Appraisals = graphql(/* GraphQL */ `
  query Appraisals($mayAnswer: Boolean!, $mayPlan: Boolean!) {
    appraisals {
      id
      ...AppraisalShown
    }
    appraisalsToAnswer @include(if: $mayAnswer) {
      id
      title
      closesOn
      departments {
        code
        name
      }
    }
    departments(level: CITY) @include(if: $mayPlan) {
      code
      name
    }
  }
`);

/** 企业评议部门: rounds in which sampled enterprises grade departments, answered here by those that are asked. */
export function Component(): ReactNode {
  const { t } = useTranslation();
  const [mayAnswer, mayPlan] = [useMay('answerAppraisal'), useMay('planAppraisal')];
  return (
    <>
      <h1>{t('menu./appraisals')}</h1>
      <PageQuery query={Appraisals} variables={{ mayAnswer, mayPlan }}>
        {({ appraisals, appraisalsToAnswer, departments }) => (
          <>
            {mayAnswer && (
              <Part id="to-answer" title={t('appraisal.toAnswer')} place={['appraisalsToAnswer']}>
                <ToAnswer of={appraisalsToAnswer ?? []} />
              </Part>
            )}
            {mayPlan && (
              <Part id="plan" title={t('appraisal.plan')} place={['departments']} className="no-print">
                <PlanAppraisal departments={departments ?? []} />
              </Part>
            )}
            {(appraisals ?? []).map((round) => (
              <Round key={round.id} of={round} />
            ))}
            {appraisals?.length === 0 && <p>{t('list.empty')}</p>}
          </>
        )}
      </PageQuery>
    </>
  );
}

/** Rounds that ask the reader's enterprise; what it says is counted and not kept with its name. */
function ToAnswer({
  of,
}: {
  of: readonly {
    readonly id: string;
    readonly title: string;
    readonly closesOn: string;
    readonly departments: readonly { readonly code: string; readonly name?: string | null }[];
  }[];
}): ReactNode {
  const { t } = useTranslation();
  const { buttons, form } = useMoves(
    of.map(({ id, departments }): MoveForm => ({
      ...{ row: id, move: 'ANSWER', command: ANSWER_APPRAISAL, fixed: { appraisal: id }, label: t('appraisal.answer') },
      fields: [
        {
          name: 'grades',
          kind: 'rows',
          columns: [
            {
              name: 'department',
              kind: 'choice',
              options: departments.map(({ code, name }) => ({ value: code, label: name ?? code })),
            },
            { name: 'process', kind: 'grade' },
            { name: 'result', kind: 'grade' },
          ],
        },
      ],
    })),
  );
  return (
    <>
      <List
        rows={of}
        rowKey={({ id }) => id}
        columns={[
          { title: t('column.subject'), dataIndex: 'title' },
          { title: t('column.due'), dataIndex: 'closesOn' },
          { title: t('column.action'), render: ({ id }) => buttons(id) },
        ]}
      />
      {form}
    </>
  );
}

const rateText = (rate: { readonly rate?: string | null } | null | undefined): string =>
  rate?.rate == null ? '—' : percentText(rate.rate);

/** One round: its sample that can be drawn again, its results, what departments say of a double drop. */
function Round({ of }: { of: FragmentType<typeof AppraisalFragment> }): ReactNode {
  const { t } = useTranslation();
  const round = readFragment(AppraisalFragment, of);
  const { id, title, opensOn, closesOn, answered, results, measures, strata } = round;
  return (
    <Part id={`round-${id}`} title={`${title} ${opensOn} – ${closesOn}`} place={['appraisals']}>
      <p className="note">
        {[
          t('appraisal.committed', { day: round.committedOn }),
          t('appraisal.drawn', { day: round.drawnOn ?? '—' }),
          t('appraisal.published', { day: round.publishedOn ?? '—' }),
          answered == null ? '' : t('appraisal.answered', { ...answered }),
        ]
          .filter((part) => part !== '')
          .join(' · ')}
      </p>
      <details>
        <summary>{t('appraisal.repeat')}</summary>
        <p className="hash">{`${t('spotCheck.seedHash')}: ${round.seedHash}`}</p>
        <p className="hash">{`${t('spotCheck.seed')}: ${round.seed ?? '—'}`}</p>
        <p className="hash">{`${t('spotCheck.population')}: ${round.populationDigest ?? '—'}`}</p>
        <ul>
          {strata.map(({ scale, size, population, drawn }) => (
            <li key={scale}>
              {t('appraisal.stratum', {
                ...{ scale: t(`enum.EnterpriseScale.${scale}`), size },
                ...{ population: population ?? '—', drawn: drawn ?? '—' },
              })}
            </li>
          ))}
        </ul>
      </details>
      {results != null && (
        <List
          rows={results}
          rowKey={(row) => row.department.code}
          columns={[
            { title: t('column.rank'), align: 'right', render: (row) => String(row.rank ?? '—') },
            { title: t('column.department'), render: (row) => row.department.name ?? row.department.code },
            { title: t('field.process'), align: 'right', render: (row) => rateText(row.process) },
            { title: t('field.result'), align: 'right', render: (row) => rateText(row.result) },
            {
              title: t('ranking.flag'),
              render: ({ holdsFlag, isDoubleDrop }) =>
                [holdsFlag ? t('ranking.flag') : '', isDoubleDrop === true ? t('ranking.doubleDrop') : '']
                  .filter((part) => part !== '')
                  .join(t('list.separator')) || '—',
            },
          ]}
        />
      )}
      {measures.length > 0 && (
        <ul>
          {measures.map(({ department, causes, measures: taken, dueOn }) => (
            <li key={department.code}>{`${department.name ?? department.code}: ${causes} ${taken} (${dueOn})`}</li>
          ))}
        </ul>
      )}
      <Moves
        of={round.legalMoves.map((move): MoveForm => ({
          ...{ row: id, move, ...APPRAISAL_MOVES[move], fixed: { appraisal: id } },
          label: t(`enum.AppraisalMove.${move}`),
        }))}
      />
    </Part>
  );
}
