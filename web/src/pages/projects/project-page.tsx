import { Button, Descriptions } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useSession } from '../../app/session.js';
import { Amount } from '../../components/amount.js';
import { List } from '../../components/list.js';
import { Moves, useMoves, type MoveForm } from '../../components/moves.js';
import { Part } from '../../components/part.js';
import type { ApprovalOutcome, FindingCategory, ProjectFault } from '../../generated/graphql.js';
import { graphql, readFragment, type FragmentType } from '../../generated/index.js';
import { PageQuery } from '../../graph/page-query.js';
import { momentText } from '../../values/days.js';
import { ApprovalDue } from './approval-due.js';
import { APPROVAL_MOVES, PROJECT_MOVES, TASK_MOVES, type ProjectChoices } from './project-commands.js';
import { departmentOptions } from '../../components/choices.js';

const LifeFragment = graphql(/* GraphQL */ `
  fragment ProjectLifeShown on ProjectLife {
    version
    legalMoves
    steps {
      step
      firstPlannedOn
      plannedOn
      completedOn
      note
      daysLate
    }
    approvals {
      number
      step
      matter
      receivedAt
      outcome
      decidedAt
      note
      barredSince
      legalMoves
      owner {
        name
      }
      ...ApprovalDue
    }
    tasks {
      number
      step
      matter
      dueOn
      doneOn
      note
      isLate
      legalMoves
      official {
        name
      }
    }
    blocks {
      step
      fault
      title
      reportedOn
      caseNumber
      solvedOn
      department {
        name
      }
    }
    inspections @include(if: $isOfficial) {
      number
      inspectedOn
      finding
      measure
      dueOn
      office {
        name
      }
    }
  }
`);

const ProjectPage = graphql(/* GraphQL */ `
  query ProjectPage($id: ID!, $isOfficial: Boolean!) {
    project(id: $id) {
      id
      name
      stage
      track
      signedOn
      region {
        name
      }
      leadDepartment {
        name
      }
      enterprise {
        uscc
        name
      }
      investment {
        amount
      }
      steward {
        name
        post
      }
      life {
        ...ProjectLifeShown
      }
    }
    departments(level: CITY) @include(if: $isOfficial) {
      code
      name
    }
  }
`);

const FAULTS = ['ENTERPRISE', 'DEPARTMENT', 'HIGHER_LEVEL', 'NOBODY'] as const satisfies readonly ProjectFault[];
const OUTCOMES = ['GRANTED', 'GRANTED_ON_PLEDGE', 'REFUSED'] as const satisfies readonly ApprovalOutcome[];
const CATEGORIES = [
  'FINANCE',
  'LABOUR',
  'LAND_AND_CONSTRUCTION',
  'LOGISTICS',
  'TAX_AND_FEES',
  'PERMITS_AND_SERVICES',
  'MARKET_AND_SALES',
  'POLICY_DELIVERY',
  'LAW_ENFORCEMENT',
] as const satisfies readonly FindingCategory[];

/** One investment project: its steps, approvals with their last moment, tasks, blocks, and what may be done now. */
export function Component(): ReactNode {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const { session } = useSession();
  const isOfficial = session?.role !== 'ENTERPRISE';
  return (
    <PageQuery query={ProjectPage} variables={{ id, isOfficial }}>
      {({ project, departments }) => (
        <>
          <h1>{project?.name ?? id}</h1>
          <Part
            id="project"
            title={id}
            place={['project']}
            extra={
              <Button className="no-print" onClick={() => print()}>
                {t('page.print')}
              </Button>
            }
          >
            {project == null ? (
              t('project.none')
            ) : (
              <Descriptions
                size="small"
                column={{ xs: 1, sm: 2, lg: 3 }}
                items={[
                  [
                    t('column.enterprise'),
                    isOfficial && project.enterprise != null ? (
                      <Link key="enterprise" to={`/standing/${project.enterprise.uscc}`}>
                        {project.enterprise.name ?? project.enterprise.uscc}
                      </Link>
                    ) : (
                      (project.enterprise?.name ?? '—')
                    ),
                  ],
                  [t('column.status'), project.stage == null ? '—' : t(`enum.ProjectStage.${project.stage}`)],
                  [t('field.track'), project.track == null ? '—' : t(`enum.ProjectTrack.${project.track}`)],
                  [t('column.region'), project.region?.name ?? '—'],
                  [t('project.lead'), project.leadDepartment?.name ?? '—'],
                  [
                    t('project.steward'),
                    project.steward == null ? '—' : `${project.steward.name} ${project.steward.post}`,
                  ],
                  [t('project.signedOn'), project.signedOn ?? '—'],
                  [t('project.investment'), <Amount key="investment" value={project.investment} />],
                ].map(([label, children], at) => ({ key: at, label, children }))}
              />
            )}
          </Part>
          {project?.life != null && (
            <Life
              id={id}
              of={project.life}
              departments={departmentOptions(departments ?? [])}
              isOfficial={isOfficial}
            />
          )}
        </>
      )}
    </PageQuery>
  );
}

/** What a project has gone through, and the forms of what may be done now. */
function Life({
  id,
  of,
  departments,
  isOfficial,
}: {
  id: string;
  of: FragmentType<typeof LifeFragment>;
  isOfficial: boolean;
} & Pick<ProjectChoices, 'departments'>): ReactNode {
  const { t } = useTranslation();
  const { version, legalMoves, steps, approvals, tasks, blocks, inspections } = readFragment(LifeFragment, of);
  const choices: ProjectChoices = {
    departments,
    steps: steps
      .filter(({ completedOn }) => completedOn == null)
      .map(({ step }) => ({ value: step, label: t(`enum.ProjectStep.${step}`) })),
    faults: FAULTS.map((value) => ({ value, label: t(`enum.ProjectFault.${value}`) })),
    categories: CATEGORIES.map((value) => ({ value, label: t(`enum.CaseCategory.${value}`) })),
    outcomes: OUTCOMES.map((value) => ({ value, label: t(`enum.ApprovalOutcome.${value}`) })),
  };
  const seen = { project: id, expectedVersion: version };
  const ofApprovals = useMoves(
    approvals.flatMap(({ number, legalMoves: moves }) =>
      moves.map((move): MoveForm => {
        const { command, fields } = APPROVAL_MOVES[move];
        return {
          ...{ row: String(number), move, command, fields: fields(choices) },
          label: t(`enum.ProjectApprovalMove.${move}`),
          fixed: { ...seen, approval: number },
        };
      }),
    ),
  );
  const ofTasks = useMoves(
    tasks.flatMap(({ number, legalMoves: moves }) =>
      moves.map((move): MoveForm => {
        const { command, fields } = TASK_MOVES[move];
        return {
          ...{ row: String(number), move, command, fields: fields(choices) },
          label: t(`enum.ProjectTaskMove.${move}`),
          fixed: { ...seen, task: number },
        };
      }),
    ),
  );
  const place = ['project', 'life'];
  return (
    <>
      {isOfficial && (
        <Part id="moves" title={t('case.moves')} place={place}>
          <Moves
            none={t('project.noMoves')}
            of={legalMoves.map((move) => {
              const { command, fields } = PROJECT_MOVES[move];
              return {
                ...{ row: id, move, command, fields: fields(choices), fixed: seen },
                label: t(`enum.ProjectMove.${move}`),
              };
            })}
          />
        </Part>
      )}
      <Part id="approvals" title={t('project.approvals')} place={place}>
        <List
          rows={approvals}
          rowKey={({ number }) => String(number)}
          columns={[
            { title: t('column.subject'), dataIndex: 'matter' },
            { title: t('field.step'), render: ({ step }) => t(`enum.ProjectStep.${step}`) },
            { title: t('field.owner'), render: ({ owner }) => owner.name ?? '—' },
            { title: t('field.receivedAt'), render: ({ receivedAt }) => momentText(receivedAt) },
            { title: t('column.due'), render: (row) => <ApprovalDue of={row} /> },
            {
              title: t('project.decision'),
              render: ({ outcome, decidedAt, note, barredSince }) => (
                <>
                  {outcome == null
                    ? t('project.undecided')
                    : [t(`enum.ApprovalOutcome.${outcome}`), decidedAt == null ? '' : momentText(decidedAt), note ?? '']
                        .filter((part) => part !== '')
                        .join(' · ')}
                  {barredSince != null && <p className="late">{t('project.barred', { day: barredSince })}</p>}
                </>
              ),
            },
            { title: t('column.action'), render: ({ number }) => ofApprovals.buttons(String(number)) },
          ]}
        />
        {ofApprovals.form}
      </Part>
      <Part id="steps" title={t('project.steps')} place={place}>
        <List
          rows={steps}
          rowKey={({ step }) => step}
          columns={[
            { title: t('field.step'), render: ({ step }) => t(`enum.ProjectStep.${step}`) },
            { title: t('project.firstPlanned'), render: ({ firstPlannedOn }) => firstPlannedOn ?? '—' },
            { title: t('field.plannedOn'), render: ({ plannedOn }) => plannedOn ?? '—' },
            { title: t('field.completedOn'), render: ({ completedOn }) => completedOn ?? '—' },
            {
              title: t('column.late'),
              render: ({ daysLate }) =>
                daysLate === 0 ? '—' : <span className="late">{t('due.days', { count: daysLate })}</span>,
            },
            { title: t('field.note'), render: ({ note }) => note ?? '—' },
          ]}
        />
      </Part>
      <Part id="tasks" title={t('project.tasks')} place={place}>
        <List
          rows={tasks}
          rowKey={({ number }) => String(number)}
          columns={[
            { title: t('column.subject'), dataIndex: 'matter' },
            { title: t('field.step'), render: ({ step }) => t(`enum.ProjectStep.${step}`) },
            { title: t('field.agent'), render: ({ official }) => official?.name ?? '—' },
            {
              title: t('column.due'),
              render: ({ dueOn, isLate }) => <span className={isLate ? 'late' : undefined}>{dueOn}</span>,
            },
            { title: t('project.doneOn'), render: ({ doneOn, note }) => [doneOn ?? '—', note ?? ''].join(' ') },
            { title: t('column.action'), render: ({ number }) => ofTasks.buttons(String(number)) },
          ]}
        />
        {ofTasks.form}
      </Part>
      <Part id="blocks" title={t('project.blocks')} place={place}>
        <List
          rows={blocks}
          rowKey={({ title, reportedOn }) => `${title} ${reportedOn}`}
          columns={[
            {
              title: t('column.subject'),
              render: ({ title, caseNumber }) =>
                caseNumber == null ? title : <Link to={`/cases/${caseNumber}`}>{title}</Link>,
            },
            { title: t('field.step'), render: ({ step }) => t(`enum.ProjectStep.${step}`) },
            {
              title: t('field.fault'),
              render: ({ fault, department }) => department?.name ?? t(`enum.ProjectFault.${fault}`),
            },
            { title: t('column.day'), dataIndex: 'reportedOn' },
            { title: t('project.solvedOn'), render: ({ solvedOn }) => solvedOn ?? '—' },
          ]}
        />
      </Part>
      {isOfficial && (
        <Part id="inspections" title={t('project.inspections')} place={[...place, 'inspections']}>
          <List
            rows={inspections ?? []}
            rowKey={({ number }) => String(number)}
            columns={[
              { title: t('column.day'), dataIndex: 'inspectedOn' },
              { title: t('field.office'), render: ({ office }) => office.name ?? '—' },
              { title: t('field.inspectionFinding'), dataIndex: 'finding' },
              { title: t('field.inspectionMeasure'), render: ({ measure }) => measure ?? '—' },
              { title: t('column.due'), render: ({ dueOn }) => dueOn ?? '—' },
            ]}
          />
        </Part>
      )}
    </>
  );
}
