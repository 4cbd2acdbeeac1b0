import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { departmentOptions } from '../../components/choices.js';
import { List } from '../../components/list.js';
import { Moves, useMoves, type MoveForm } from '../../components/moves.js';
import { Part } from '../../components/part.js';
import type { ServiceRole } from '../../generated/graphql.js';
import { graphql, readFragment, type FragmentType } from '../../generated/index.js';
import { PageQuery } from '../../graph/page-query.js';
import { ASSIGN_ROLE, ASSIGN_STEWARD, END_ROLE } from './network-commands.js';

const LinksFragment = graphql(/* GraphQL */ `
  fragment Links on ServiceLink {
    id
    role
    from
    until
    basis
    reason
    endReason
    legalMoves
    official {
      name
      post
    }
    department {
      name
    }
  }
`);

const Served = graphql(/* GraphQL */ `
  query Served($uscc: ID!) {
    enterprise(uscc: $uscc) {
      uscc
      name
      version
      lastVisitedOn
      assignableRoles
      region {
        name
      }
      serviceNetwork {
        ...Links
      }
      serviceHistory {
        id
        ...Links
      }
    }
    departments(level: CITY) {
      code
      name
    }
  }
`);

/** 一户企业的服务网络: who looks after an enterprise, who did, and naming and ending them. */
export function Component(): ReactNode {
  const { t } = useTranslation();
  const { uscc = '' } = useParams();
  return (
    <PageQuery query={Served} variables={{ uscc }}>
      {({ enterprise, departments }) => (
        <>
          <h1>{enterprise?.name ?? uscc}</h1>
          <p className="note">
            {[
              uscc,
              enterprise?.region?.name,
              t('network.lastVisited', { day: enterprise?.lastVisitedOn ?? t('visits.never') }),
            ]
              .filter(Boolean)
              .join(' · ')}
          </p>
          <Part id="links" title={t('network.now')} place={['enterprise', 'serviceNetwork']}>
            <Links of={enterprise?.serviceNetwork ?? []} />
          </Part>
          {enterprise != null && (
            <Part id="name" title={t('network.name')} place={['enterprise', 'version']} className="no-print">
              <Naming
                uscc={uscc}
                version={enterprise.version ?? 0}
                departments={departmentOptions(departments ?? [])}
                roles={enterprise.assignableRoles ?? []}
              />
            </Part>
          )}
          <Part id="history" title={t('network.history')} place={['enterprise', 'serviceHistory']}>
            <List
              rows={(enterprise?.serviceHistory ?? []).map((link) => readFragment(LinksFragment, link))}
              rowKey={({ id }) => id}
              columns={[
                { title: t('field.role'), render: ({ role }) => t(`enum.ServiceRole.${role}`) },
                {
                  title: t('network.who'),
                  render: ({ official, department }) => official?.name ?? department?.name ?? '—',
                },
                { title: t('field.from'), render: ({ from }) => from ?? '—' },
                { title: t('network.until'), render: ({ until }) => until ?? '—' },
                { title: t('field.reason'), render: ({ reason, endReason }) => endReason ?? reason ?? '—' },
              ]}
            />
          </Part>
        </>
      )}
    </PageQuery>
  );
}

/** Who looks after it now, each with what the graph lets the reader do. */
function Links({ of }: { of: readonly FragmentType<typeof LinksFragment>[] }): ReactNode {
  const { t } = useTranslation();
  const links = of.map((one) => readFragment(LinksFragment, one));
  const { buttons, form } = useMoves(
    links.flatMap(({ id, legalMoves }) =>
      legalMoves.map((move): MoveForm => ({
        ...{ row: id, move, command: END_ROLE, fixed: { link: id } },
        label: t(`enum.ServiceLinkMove.${move}`),
        fields: [{ name: 'reason', kind: 'text' }],
      })),
    ),
  );
  return (
    <>
      <List
        rows={links}
        rowKey={({ id }) => id}
        columns={[
          { title: t('field.role'), render: ({ role }) => t(`enum.ServiceRole.${role}`) },
          {
            title: t('network.who'),
            render: ({ official }) => (official == null ? '—' : `${official.name} · ${official.post}`),
          },
          { title: t('column.department'), render: ({ department }) => department?.name ?? '—' },
          { title: t('field.from'), render: ({ from }) => from ?? '—' },
          { title: t('network.basis'), render: ({ basis }) => t(`enum.ServiceLinkBasis.${basis}`) },
          { title: t('field.reason'), render: ({ reason }) => reason ?? '—' },
          { title: t('column.action'), render: ({ id }) => buttons(id) },
        ]}
      />
      {form}
    </>
  );
}

/** Names a steward, or whoever fills another role; the enterprise's present one gives way. */
function Naming({
  uscc,
  version,
  departments,
  roles,
}: {
  uscc: string;
  version: number;
  departments: ReturnType<typeof departmentOptions>;
  /** What the graph lets the reader name somebody for. */
  roles: readonly ServiceRole[];
}): ReactNode {
  const { t } = useTranslation();
  const fixed = { uscc, expectedVersion: version };
  const others = roles.filter((role) => role !== 'STEWARD');
  const steward: MoveForm = {
    ...{ row: uscc, move: 'STEWARD', command: ASSIGN_STEWARD, fixed, label: t('network.assignSteward') },
    fields: [{ name: 'official', kind: 'official' }],
  };
  const role: MoveForm = {
    ...{ row: uscc, move: 'ROLE', command: ASSIGN_ROLE, fixed, label: t('network.assignRole') },
    fields: [
      {
        name: 'role',
        kind: 'choice',
        options: others.map((value) => ({ value, label: t(`enum.ServiceRole.${value}`) })),
      },
      { name: 'official', kind: 'official', isOptional: true },
      { name: 'department', kind: 'choice', options: departments, isOptional: true, label: 'supportingUnit' },
      { name: 'reason', kind: 'line', isOptional: true },
    ],
  };
  return <Moves of={[...(roles.includes('STEWARD') ? [steward] : []), ...(others.length > 0 ? [role] : [])]} />;
}
