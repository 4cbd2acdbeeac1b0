import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../app/session.js';
import { useMay } from '../../app/use-may.js';
import { departmentOptions } from '../../components/choices.js';
import { Figure, RateFigure } from '../../components/figure.js';
import { List } from '../../components/list.js';
import { Moves, useMoves, type MoveForm } from '../../components/moves.js';
import { Paging, useAfter } from '../../components/paging.js';
import { Part } from '../../components/part.js';
import { graphql, readFragment, type FragmentType } from '../../generated/index.js';
import { PageQuery } from '../../graph/page-query.js';
import { ENTER_TASK, SET_INDICATOR, TASK_MOVES } from './task-commands.js';

const TasksFragment = graphql(/* GraphQL */ `
  fragment KeyTasksShown on KeyTaskConnection {
    totalCount
    nodes {
      id
      version
      title
      dueOn
      state
      isOverdue
      struckOffOn
      legalMoves
      indicator {
        code
        name
      }
      owner {
        name
      }
      finding {
        source
        text
      }
      progress {
        on
        percent
        note
      }
      decisions {
        on
        isStruckOff
        note
      }
    }
  }
`);

const Tasks = graphql(/* GraphQL */ `
  query KeyTasks($owner: ID, $after: String, $mayEnter: Boolean!) {
    keyTaskReport {
      on
      all {
        overdue
        struckOff {
          numerator
          denominator
          rate
        }
        inTime {
          numerator
          denominator
          rate
        }
      }
      byOwner {
        owner {
          code
          name
        }
        figures {
          overdue
          struckOff {
            numerator
            denominator
          }
          inTime {
            numerator
            denominator
          }
        }
      }
    }
    keyTasks(filter: { owner: $owner }, first: 50, after: $after) {
      pageInfo {
        hasNextPage
        endCursor
      }
      ...KeyTasksShown
    }
    indicators {
      code
      name
      leadDepartment {
        name
      }
      chief {
        name
      }
      below {
        code
        name
      }
    }
    departments(level: CITY) @include(if: $mayEnter) {
      code
      name
    }
  }
`);

/** 重点任务: the year's tasks and measures against what third parties found, who owes them, who answers for what. */
export function Component(): ReactNode {
  const { t } = useTranslation();
  const { session } = useSession();
  const after = useAfter('tasks');
  const mayEnter = useMay('enterKeyTask');
  const owner = session?.role === 'OFFICER' ? session.department : null;
  return (
    <>
      <h1>{t('menu./tasks')}</h1>
      <PageQuery query={Tasks} variables={{ owner, after, mayEnter }}>
        {({ keyTaskReport, keyTasks, indicators, departments }) => (
          <>
            <Part id="report" title={t('task.report')} place={['keyTaskReport']}>
              <div className="figures">
                <RateFigure title={t('task.struckOff')} value={keyTaskReport?.all.struckOff} />
                <RateFigure title={t('task.inTime')} value={keyTaskReport?.all.inTime} />
                <Figure title={t('task.overdue')} value={String(keyTaskReport?.all.overdue ?? '—')} />
              </div>
            </Part>
            <Part id="tasks" title={t('task.list')} place={['keyTasks']}>
              {keyTasks != null && (
                <>
                  <KeyTasks of={keyTasks} />
                  <Paging list="tasks" pageInfo={keyTasks.pageInfo} />
                </>
              )}
            </Part>
            <Part id="owners" title={t('task.byOwner')} place={['keyTaskReport']}>
              <List
                rows={keyTaskReport?.byOwner ?? []}
                rowKey={(row) => row.owner.code}
                columns={[
                  { title: t('column.department'), render: (row) => row.owner.name ?? row.owner.code },
                  {
                    title: t('task.struckOff'),
                    align: 'right',
                    render: ({ figures: { struckOff } }) => `${struckOff.numerator} / ${struckOff.denominator}`,
                  },
                  {
                    title: t('task.inTime'),
                    align: 'right',
                    render: ({ figures: { inTime } }) => `${inTime.numerator} / ${inTime.denominator}`,
                  },
                  { title: t('task.overdue'), align: 'right', render: ({ figures }) => String(figures.overdue) },
                ]}
              />
            </Part>
            {mayEnter && (
              <Part id="new-task" title={t('case.moves')} place={['departments']} className="no-print">
                <Moves
                  of={[
                    {
                      ...{ row: 'new', move: 'TASK', command: ENTER_TASK, label: t('task.enter') },
                      fields: [
                        { name: 'title', kind: 'line' },
                        {
                          name: 'indicator',
                          kind: 'choice',
                          options: (indicators ?? []).flatMap((one) =>
                            [one, ...one.below].map(({ code, name }) => ({ value: code, label: `${code} ${name}` })),
                          ),
                        },
                        {
                          name: 'owner',
                          kind: 'choice',
                          options: departmentOptions(departments ?? []),
                          label: 'taskOwner',
                        },
                        { name: 'dueOn', kind: 'date' },
                        {
                          name: 'finding',
                          kind: 'group',
                          label: 'thirdParty',
                          isOptional: true,
                          columns: [
                            { name: 'source', kind: 'line' },
                            { name: 'text', kind: 'text' },
                            { name: 'foundOn', kind: 'date' },
                          ],
                        },
                      ],
                    },
                    {
                      ...{ row: 'new', move: 'INDICATOR', command: SET_INDICATOR, label: t('task.setIndicator') },
                      fields: [
                        { name: 'code', kind: 'line', label: 'indicatorCode' },
                        { name: 'name', kind: 'line' },
                        { name: 'leadDepartment', kind: 'choice', options: departmentOptions(departments ?? []) },
                        { name: 'chief', kind: 'official', isOptional: true },
                      ],
                    },
                  ]}
                />
              </Part>
            )}
            <Part id="indicators" title={t('task.indicators')} place={['indicators']}>
              <List
                rows={indicators ?? []}
                rowKey={({ code }) => code}
                columns={[
                  { title: t('column.number'), dataIndex: 'code' },
                  { title: t('field.indicator'), dataIndex: 'name' },
                  { title: t('project.lead'), render: (row) => row.leadDepartment.name ?? '—' },
                  { title: t('field.chief'), render: (row) => row.chief?.name ?? '—' },
                  {
                    title: t('task.below'),
                    render: (row) =>
                      row.below.map(({ code, name }) => `${code} ${name}`).join(t('list.separator')) || '—',
                  },
                ]}
              />
            </Part>
          </>
        )}
      </PageQuery>
    </>
  );
}

/** Key tasks, each with its last report and decision, and what the graph lets the reader do. */
function KeyTasks({ of }: { of: FragmentType<typeof TasksFragment> }): ReactNode {
  const { t } = useTranslation();
  const { nodes, totalCount } = readFragment(TasksFragment, of);
  const { buttons, form } = useMoves(
    nodes.flatMap(({ id, version, legalMoves }) =>
      legalMoves.map((move): MoveForm => ({
        ...{ row: id, move, ...TASK_MOVES[move] },
        label: t(`enum.KeyTaskMove.${move}`),
        fixed: { task: id, expectedVersion: version },
      })),
    ),
  );
  return (
    <>
      <List
        rows={nodes}
        total={totalCount}
        rowKey={({ id }) => id}
        columns={[
          {
            title: t('column.subject'),
            render: ({ title, finding }) => (
              <>
                {title}
                {finding != null && <p className="note">{`${finding.source}: ${finding.text}`}</p>}
              </>
            ),
          },
          { title: t('field.indicator'), render: ({ indicator }) => `${indicator.code} ${indicator.name}` },
          { title: t('field.taskOwner'), render: ({ owner }) => owner.name ?? '—' },
          {
            title: t('column.due'),
            render: ({ dueOn, isOverdue }) => <span className={isOverdue ? 'late' : undefined}>{dueOn}</span>,
          },
          {
            title: t('column.status'),
            render: ({ state, struckOffOn }) => [t(`enum.KeyTaskState.${state}`), struckOffOn ?? ''].join(' '),
          },
          {
            title: t('task.progress'),
            render: ({ progress, decisions }) => {
              const [report, decision] = [progress.at(-1), decisions.at(-1)];
              return (
                <>
                  {report == null ? '—' : `${report.on} ${String(report.percent)}% ${report.note}`}
                  {decision != null && (
                    <p className="note">
                      {`${decision.on} ${t(decision.isStruckOff ? 'task.off' : 'task.back')} ${decision.note}`}
                    </p>
                  )}
                </>
              );
            },
          },
          { title: t('column.action'), render: ({ id }) => buttons(id) },
        ]}
      />
      {form}
    </>
  );
}
