import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Figure, RateFigure } from '../../components/figure.js';
import { List } from '../../components/list.js';
import { graphql, readFragment, type FragmentType } from '../../generated/index.js';

const ScheduleFragment = graphql(/* GraphQL */ `
  fragment Schedule on ProjectSchedule {
    from
    to
    projects
    late
    totalSteps
    inTime {
      numerator
      denominator
      rate
    }
    steps {
      project {
        id
        name
      }
      state {
        step
        plannedOn
        daysLate
        unexplainedDays
        delays {
          fault
          days
          department {
            name
          }
        }
      }
    }
  }
`);

/** 项目调度: the steps that are planned for the quarter and those left over, each with its delay and through whom. */
export function Schedule({ of }: { of: FragmentType<typeof ScheduleFragment> }): ReactNode {
  const { t } = useTranslation();
  const { from, to, projects, late, totalSteps, inTime, steps } = readFragment(ScheduleFragment, of);
  return (
    <>
      <p className="note">{`${from} – ${to}`}</p>
      <div className="figures">
        <RateFigure title={t('project.inTime')} value={inTime} />
        <Figure title={t('project.late')} value={String(late)} />
        <Figure title={t('project.scheduled')} value={String(projects)} />
      </div>
      <List
        rows={steps}
        total={totalSteps}
        rowKey={({ project, state }) => `${project.id} ${state.step}`}
        columns={[
          {
            title: t('project.one'),
            render: ({ project }) => <Link to={`/projects/${project.id}`}>{project.name ?? project.id}</Link>,
          },
          { title: t('field.step'), render: ({ state }) => t(`enum.ProjectStep.${state.step}`) },
          { title: t('field.plannedOn'), render: ({ state }) => state.plannedOn ?? '—' },
          {
            title: t('column.late'),
            render: ({ state: { daysLate } }) =>
              daysLate === 0 ? '—' : <span className="late">{t('due.days', { count: daysLate })}</span>,
          },
          {
            title: t('project.delays'),
            render: ({ state: { delays } }) =>
              delays
                .map(({ fault, days, department }) =>
                  t('project.delay', { by: department?.name ?? t(`enum.ProjectFault.${fault}`), days }),
                )
                .join(t('list.separator')) || '—',
          },
        ]}
      />
    </>
  );
}
