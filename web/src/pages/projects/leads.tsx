import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Amount } from '../../components/amount.js';
import { CommandForm } from '../../components/command-form.js';
import { List } from '../../components/list.js';
import { Paging } from '../../components/paging.js';
import { useMoves, type MoveForm } from '../../components/moves.js';
import type {
  AdmissionAspect,
  AdmissionDecision,
  AdmissionOpinionKind,
  ProjectTrack,
} from '../../generated/graphql.js';
import { graphql, readFragment, type FragmentType } from '../../generated/index.js';
import { useAskAgain } from '../../graph/page-query.js';
import { LEAD_MOVES, REGISTER_LEAD } from './project-commands.js';
import { departmentOptions } from '../../components/choices.js';

const LeadsFragment = graphql(/* GraphQL */ `
  fragment Leads on ProjectLeadConnection {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      id
      version
      name
      investor
      summary
      registeredOn
      state
      legalMoves
      region {
        name
      }
      leadDepartment {
        name
      }
      investment {
        amount
      }
      meetings {
        heldOn
        decision
      }
      project {
        id
      }
    }
  }
`);

interface Department {
  readonly code: string;
  readonly name?: string | null;
}

const ASPECTS = ['PLANNING', 'PARK_POSITIONING', 'INDUSTRY_POLICY'] as const satisfies readonly AdmissionAspect[];
const OPINIONS = ['FOR', 'WITH_CONDITIONS', 'AGAINST'] as const satisfies readonly AdmissionOpinionKind[];
const DECISIONS = ['ADMITTED', 'REFUSED', 'ADJOURNED'] as const satisfies readonly AdmissionDecision[];
const TRACKS = ['PLATFORM', 'KEY'] as const satisfies readonly ProjectTrack[];

/** 招商线索: projects that are talked about, each with what the graph lets the reader do with it. */
export function Leads({
  of,
  departments,
}: {
  of: FragmentType<typeof LeadsFragment>;
  departments: readonly Department[];
}): ReactNode {
  const { t } = useTranslation();
  const { nodes, totalCount, pageInfo } = readFragment(LeadsFragment, of);
  const choices = {
    departments: departmentOptions(departments),
    aspects: ASPECTS.map((value) => ({ value, label: t(`enum.AdmissionAspect.${value}`) })),
    opinions: OPINIONS.map((value) => ({ value, label: t(`enum.AdmissionOpinionKind.${value}`) })),
    decisions: DECISIONS.map((value) => ({ value, label: t(`enum.AdmissionDecision.${value}`) })),
    tracks: TRACKS.map((value) => ({ value, label: t(`enum.ProjectTrack.${value}`) })),
  };
  const { buttons, form } = useMoves(
    nodes.flatMap(({ id, version, legalMoves }) =>
      legalMoves.map((move): MoveForm => {
        const { command, fields } = LEAD_MOVES[move];
        return {
          ...{ row: id, move, command, fields: fields(choices) },
          label: t(`enum.ProjectLeadMove.${move}`),
          fixed: { lead: id, expectedVersion: version },
        };
      }),
    ),
  );
  return (
    <>
      <List
        rows={nodes}
        total={totalCount}
        rowKey={(row) => row.id}
        columns={[
          {
            title: t('project.one'),
            render: ({ name, project }) =>
              project == null ? name : <Link to={`/projects/${project.id}`}>{name}</Link>,
          },
          { title: t('field.investor'), dataIndex: 'investor' },
          { title: t('field.leadSummary'), dataIndex: 'summary' },
          { title: t('column.region'), render: (row) => row.region.name },
          { title: t('project.lead'), render: (row) => row.leadDepartment.name ?? '—' },
          { title: t('project.investment'), align: 'right', render: (row) => <Amount value={row.investment} /> },
          { title: t('column.status'), render: (row) => t(`enum.ProjectLeadState.${row.state}`) },
          {
            title: t('column.meeting'),
            render: ({ meetings }) =>
              meetings
                .map(({ heldOn, decision }) => `${heldOn} ${t(`enum.AdmissionDecision.${decision}`)}`)
                .join(t('list.separator')) || '—',
          },
          { title: t('column.action'), render: ({ id }) => buttons(id) },
        ]}
      />
      <Paging list="leads" pageInfo={pageInfo} />
      {form}
    </>
  );
}

/** Registers a project that is talked about with an investor. */
export function RegisterLead({
  departments,
  regions,
  own,
}: {
  departments: readonly Department[];
  regions: readonly { readonly code: string; readonly name: string }[];
  own: string | undefined;
}): ReactNode {
  const { t } = useTranslation();
  const askAgain = useAskAgain();
  const [round, setRound] = useState(0);
  return (
    <CommandForm
      key={round}
      command={REGISTER_LEAD}
      fixed={{}}
      initial={{ leadDepartment: own }}
      fields={[
        { name: 'name', kind: 'line' },
        { name: 'investor', kind: 'line' },
        {
          name: 'region',
          kind: 'choice',
          options: regions.map(({ code, name }) => ({ value: code, label: name })),
        },
        { name: 'leadDepartment', kind: 'choice', options: departmentOptions(departments) },
        { name: 'investment', kind: 'line' },
        { name: 'summary', kind: 'text', label: 'leadSummary' },
      ]}
      submit={t('project.register')}
      onDone={() => {
        setRound(round + 1);
        askAgain();
      }}
    />
  );
}
