import { Select } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { useSession } from '../../app/session.js';
import { useMay } from '../../app/use-may.js';
import { Amount } from '../../components/amount.js';
import { List } from '../../components/list.js';
import { Paging, useAfters } from '../../components/paging.js';
import { Part } from '../../components/part.js';
import { graphql } from '../../generated/index.js';
import { PageQuery } from '../../graph/page-query.js';
import { Leads, RegisterLead } from './leads.js';
import { Schedule } from './schedule.js';

const Projects = graphql(/* GraphQL */ `
  query Projects(
    $filter: ProjectFilter
    $projectsAfter: String
    $leadsAfter: String
    $isOfficial: Boolean!
    $maySchedule: Boolean!
  ) {
    projects(filter: $filter, first: 50, after: $projectsAfter) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        name
        stage
        track
        signedOn
        investment {
          amount
        }
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
      }
    }
    projectLeads(first: 50, after: $leadsAfter) @include(if: $isOfficial) {
      ...Leads
    }
    departments(level: CITY) @include(if: $isOfficial) {
      code
      name
    }
    regions @include(if: $isOfficial) {
      code
      name
    }
    projectSchedule(level: CITY_QUARTERLY) @include(if: $maySchedule) {
      ...Schedule
    }
  }
`);

/** 投资项目: those of an enterprise, or of the city; what is talked about, and the scheduling meeting's list. */
export function Component(): ReactNode {
  const { t } = useTranslation();
  const { session } = useSession();
  const [search, setSearch] = useSearchParams();
  const after = useAfters('projects', 'leads');
  const isOfficial = session?.role !== 'ENTERPRISE';
  const own = session?.role === 'OFFICER' ? session.department : undefined;
  const which = search.get('which') ?? (own === undefined ? 'all' : 'own');
  const filter = which === 'own' ? { leadDepartment: own } : {};
  const [mayRegister, maySchedule] = [useMay('registerProjectLead'), useMay('projectSchedule')];
  return (
    <>
      <h1>{t('menu./projects')}</h1>
      {own !== undefined && (
        <Select
          className="no-print"
          aria-label={t('project.which')}
          value={which}
          options={['own', 'all'].map((value) => ({ value, label: t(`project.${value}`) }))}
          onChange={(wanted) => setSearch({ which: wanted })}
        />
      )}
      <PageQuery query={Projects} variables={{ filter, isOfficial, maySchedule, ...after }}>
        {({ projects, projectLeads, departments, regions, projectSchedule }) => (
          <>
            {maySchedule && (
              <Part id="schedule" title={t('project.schedule')} place={['projectSchedule']}>
                {projectSchedule != null && <Schedule of={projectSchedule} />}
              </Part>
            )}
            <Part id="projects" title={t('project.signed')} place={['projects']}>
              <List
                rows={projects?.nodes ?? []}
                total={projects?.totalCount}
                rowKey={(row) => row.id}
                columns={[
                  {
                    title: t('project.one'),
                    render: (row) => <Link to={`/projects/${row.id}`}>{row.name ?? row.id}</Link>,
                  },
                  { title: t('column.enterprise'), render: (row) => row.enterprise?.name ?? '—' },
                  { title: t('column.region'), render: (row) => row.region?.name ?? '—' },
                  { title: t('project.lead'), render: (row) => row.leadDepartment?.name ?? '—' },
                  {
                    title: t('column.status'),
                    render: (row) => (row.stage == null ? '—' : t(`enum.ProjectStage.${row.stage}`)),
                  },
                  {
                    title: t('field.track'),
                    render: (row) => (row.track == null ? '—' : t(`enum.ProjectTrack.${row.track}`)),
                  },
                  { title: t('project.signedOn'), render: (row) => row.signedOn ?? '—' },
                  {
                    title: t('project.investment'),
                    align: 'right',
                    render: (row) => <Amount value={row.investment} />,
                  },
                ]}
              />
              {projects != null && <Paging list="projects" pageInfo={projects.pageInfo} />}
            </Part>
            {isOfficial && (
              <Part id="leads" title={t('project.leads')} place={['projectLeads']}>
                {projectLeads != null && <Leads of={projectLeads} departments={departments ?? []} />}
              </Part>
            )}
            {mayRegister && (
              <Part id="register-lead" title={t('project.register')} place={['departments']} className="no-print">
                <RegisterLead departments={departments ?? []} regions={regions ?? []} own={own} />
              </Part>
            )}
          </>
        )}
      </PageQuery>
    </>
  );
}
