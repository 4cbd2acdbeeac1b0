import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { List } from '../../components/list.js';
import { Moves, useMoves, type MoveForm } from '../../components/moves.js';
import type { ServiceClass, ServiceTeam } from '../../generated/graphql.js';
import { graphql, readFragment, type FragmentType } from '../../generated/index.js';
import { ENTER_OFFICERS, HAND_OVER } from './network-commands.js';
import { SERVICE_ROLES } from './roles.js';

const RosterFragment = graphql(/* GraphQL */ `
  fragment Roster on ServiceOfficerConnection {
    totalCount
    nodes {
      roles
      capacity
      leftOn
      legalMoves
      load
      regions {
        name
      }
      official {
        id
        name
        post
        department {
          name
        }
      }
    }
  }
`);

const CLASSES = [
  'OVER_100_MILLION',
  'ABOVE_DESIGNATED_SIZE',
  'SMALL_AND_MICRO',
] as const satisfies readonly ServiceClass[];
const TEAMS = [
  'AGRICULTURE',
  'INDUSTRY',
  'CONSTRUCTION_AND_REAL_ESTATE',
  'SERVICES',
] as const satisfies readonly ServiceTeam[];

/** The roster: who looks after enterprises, of how many; whoever leaves hands all over, whoever comes is entered. */
export function Roster({
  of,
  regions,
  mayEnter,
}: {
  of: FragmentType<typeof RosterFragment>;
  regions: readonly { readonly code: string; readonly name: string }[];
  mayEnter: boolean;
}): ReactNode {
  const { t } = useTranslation();
  const { nodes, totalCount } = readFragment(RosterFragment, of);
  const { buttons, form } = useMoves(
    nodes.flatMap(({ official: { id }, legalMoves }) =>
      legalMoves.map((move): MoveForm => ({
        ...{ row: id, move, command: HAND_OVER, fixed: { official: id }, label: t(`enum.ServiceOfficerMove.${move}`) },
        fields: [
          { name: 'successor', kind: 'official', isOptional: true, label: 'takesOver' },
          { name: 'reason', kind: 'text' },
        ],
      })),
    ),
  );
  return (
    <>
      <List
        rows={nodes}
        total={totalCount}
        rowKey={({ official }) => official.id}
        columns={[
          {
            title: t('network.who'),
            render: ({ official: { id, name, post } }) => (
              <Link to={`/visits?official=${encodeURIComponent(id)}`}>{`${name} · ${post}`}</Link>
            ),
          },
          { title: t('column.number'), render: ({ official }) => official.id },
          { title: t('column.department'), render: ({ official }) => official.department.name ?? '—' },
          {
            title: t('field.roles'),
            render: ({ roles }) => roles.map((role) => t(`enum.ServiceRole.${role}`)).join(t('list.separator')),
          },
          {
            title: t('column.region'),
            render: (row) => row.regions.map(({ name }) => name).join(t('list.separator')) || t('network.everywhere'),
          },
          {
            title: t('network.load'),
            align: 'right',
            render: ({ load, capacity }) => (capacity == null ? String(load) : `${String(load)} / ${String(capacity)}`),
          },
          { title: t('column.status'), render: ({ leftOn }) => leftOn ?? t('network.serving') },
          { title: t('column.action'), render: ({ official }) => buttons(official.id) },
        ]}
      />
      {form}
      {mayEnter && (
        <Moves
          of={[
            {
              ...{ row: 'new', move: 'ENTER', command: ENTER_OFFICERS, label: t('network.enter') },
              fields: [
                { name: 'official', kind: 'line', label: 'staffNumber' },
                {
                  name: 'roles',
                  kind: 'choices',
                  options: SERVICE_ROLES.map((value) => ({ value, label: t(`enum.ServiceRole.${value}`) })),
                },
                {
                  name: 'classes',
                  kind: 'choices',
                  isOptional: true,
                  options: CLASSES.map((value) => ({ value, label: t(`enum.ServiceClass.${value}`) })),
                },
                {
                  name: 'teams',
                  kind: 'choices',
                  isOptional: true,
                  options: TEAMS.map((value) => ({ value, label: t(`enum.ServiceTeam.${value}`) })),
                },
                {
                  name: 'regions',
                  kind: 'choices',
                  isOptional: true,
                  options: regions.map(({ code, name }) => ({ value: code, label: name })),
                },
                { name: 'capacity', kind: 'number', isOptional: true },
              ],
              shape: (values) => ({ officers: [filledOf(values)] }),
            },
          ]}
        />
      )}
    </>
  );
}

const filledOf = (values: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value != null && value !== ''));
