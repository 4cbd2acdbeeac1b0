import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../app/use-may.js';
import { List } from '../../components/list.js';
import { Part } from '../../components/part.js';
import { graphql } from '../../generated/index.js';
import { PageQuery } from '../../graph/page-query.js';
import { Supervisors } from './supervisors.js';
import { NextStep, RecordCheck } from './unit-check-forms.js';

const UnitChecks = graphql(/* GraphQL */ `
  query UnitChecks($withDepartments: Boolean!) {
    undercoverChecks(first: 50) {
      id
      version
      manner
      place
      visitedOn
      status
      rectifyBy
      isOverdue
      legalMoves
      department {
        name
      }
      items {
        aspect
        isInOrder
        finding
      }
      rectifications {
        report
        reportedOn
        note
        judgedOn
      }
    }
    specialSupervisors @include(if: $withDepartments) {
      ...SupervisorShown
    }
    departments @include(if: $withDepartments) {
      code
      name
    }
  }
`);

/** 明察暗访: checks of units, what was found, and what came of it; for a department those of its own. */
export function Component(): ReactNode {
  const { t } = useTranslation();
  const mayRecord = useMay('recordUndercoverCheck');
  const maySupervise = useMay('appointSpecialSupervisor');
  return (
    <PageQuery query={UnitChecks} variables={{ withDepartments: mayRecord }}>
      {({ undercoverChecks, specialSupervisors, departments }) => (
        <>
          <h1>{t('menu./unit-checks')}</h1>
          <Part id="checks" title={t('unitCheck.list')} place={['undercoverChecks']}>
            <List
              rows={undercoverChecks ?? []}
              rowKey={({ id }) => id}
              columns={[
                {
                  title: t('column.day'),
                  render: ({ visitedOn, manner }) => `${visitedOn} ${t(`enum.CheckManner.${manner}`)}`,
                },
                {
                  title: t('column.department'),
                  render: ({ department, place }) => `${department.name ?? '—'} · ${place}`,
                },
                {
                  title: t('unitCheck.findings'),
                  render: ({ items }) => (
                    <ul>
                      {items
                        .filter(({ isInOrder }) => !isInOrder)
                        .map(({ aspect, finding }) => (
                          <li key={aspect}>
                            {t(`enum.CheckAspect.${aspect}`)}: {finding}
                          </li>
                        ))}
                    </ul>
                  ),
                },
                {
                  title: t('unitCheck.rectifications'),
                  render: ({ rectifications }) => (
                    <ul>
                      {rectifications.map(({ report, reportedOn, note, judgedOn }) => (
                        <li key={reportedOn + report}>
                          {reportedOn} {report} {judgedOn == null ? '' : `(${judgedOn} ${note ?? ''})`}
                        </li>
                      ))}
                    </ul>
                  ),
                },
                {
                  title: t('column.status'),
                  render: ({ status, rectifyBy, isOverdue }) => (
                    <>
                      {t(`enum.UndercoverCheckStatus.${status}`)} {rectifyBy}{' '}
                      {isOverdue && <strong>{t('column.overdue')}</strong>}
                    </>
                  ),
                },
                {
                  title: t('column.action'),
                  render: (check) => check.legalMoves.map((move) => <NextStep key={move} of={check} move={move} />),
                },
              ]}
            />
          </Part>
          {mayRecord && (
            <Part id="record" title={t('unitCheck.record')} place={['departments']}>
              <RecordCheck departments={departments ?? []} />
            </Part>
          )}
          {maySupervise && (
            <Part id="supervisors" title={t('supervisor.title')} place={['specialSupervisors']}>
              <Supervisors of={specialSupervisors ?? []} />
            </Part>
          )}
        </>
      )}
    </PageQuery>
  );
}
