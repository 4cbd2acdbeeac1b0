import { Input } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { useSession } from '../../app/session.js';
import { useMay } from '../../app/use-may.js';
import { departmentOptions } from '../../components/choices.js';
import { Directory } from './directory.js';
import { List } from '../../components/list.js';
import { Moves } from '../../components/moves.js';
import { Paging, useAfter } from '../../components/paging.js';
import { Part } from '../../components/part.js';
import type { DirectLineKind } from '../../generated/graphql.js';
import { graphql } from '../../generated/index.js';
import { PageQuery } from '../../graph/page-query.js';
import { SET_LINE } from './network-commands.js';
import { PlanAssignment } from './plan-assignment.js';
import { Roster } from './roster.js';

const Network = graphql(/* GraphQL */ `
  query Network(
    $text: String!
    $isSearch: Boolean!
    $department: ID
    $withChoices: Boolean!
    $unservedAfter: String
    $officersAfter: String
    $foundAfter: String
  ) {
    searchEnterprises(text: $text, first: 20, after: $foundAfter) @include(if: $isSearch) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        uscc
        name
        region {
          name
        }
        steward {
          name
        }
      }
    }
    unserved: enterprises(filter: { withoutRole: STEWARD, status: [IN_OPERATION] }, first: 20, after: $unservedAfter) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        uscc
        name
        region {
          name
        }
        isAboveDesignatedSize
      }
    }
    serviceOfficers(filter: { department: $department }, first: 50, after: $officersAfter) {
      pageInfo {
        hasNextPage
        endCursor
      }
      ...Roster
    }
    whomToCall @include(if: $withChoices) {
      ...DirectoryEntryShown
    }
    regions @include(if: $withChoices) {
      code
      name
    }
    departments(level: CITY) @include(if: $withChoices) {
      code
      name
    }
  }
`);

const LEAST_SEARCHED = 2;
const LINES = [
  'HOTLINE_12345',
  'COMMERCE_FEDERATION_LINE',
  'PORTAL',
  'SECRETARY',
  'MAYOR',
  'SERVICE_CENTRE',
  'DEPARTMENT',
  'PARK',
  'AGENT',
  'SUPERVISION',
] as const satisfies readonly DirectLineKind[];

/** 服务网络: enterprises found by name, those without a steward, the roster, and who would look after whom by a rule. */
export function Component(): ReactNode {
  const { t } = useTranslation();
  const { session } = useSession();
  const [search, setSearch] = useSearchParams();
  const [unservedAfter, officersAfter] = [useAfter('unserved'), useAfter('officers')];
  const text = search.get('find') ?? '';
  const mayPlan = useMay('planAssignment');
  const maySetLines = useMay('setDirectLine');
  const mayEnter = useMay('enterServiceOfficers');
  const department = session?.role === 'OFFICER' ? session.department : null;
  return (
    <>
      <h1>{t('menu./network')}</h1>
      <Input.Search
        className="no-print"
        aria-label={t('network.find')}
        placeholder={t('network.find')}
        defaultValue={text}
        style={{ maxWidth: 420 }}
        enterButton={t('network.search')}
        onSearch={(wanted) => setSearch(wanted.trim() === '' ? {} : { find: wanted.trim() })}
      />
      <PageQuery
        query={Network}
        variables={{
          ...{ text, isSearch: text.length >= LEAST_SEARCHED },
          ...{ department, unservedAfter, officersAfter },
          withChoices: mayPlan || maySetLines || mayEnter,
        }}
      >
        {({ searchEnterprises, unserved, serviceOfficers, regions, departments, whomToCall }) => (
          <>
            {text !== '' && (
              <Part id="found" title={t('network.found', { text })} place={['searchEnterprises']}>
                <List
                  rows={searchEnterprises?.nodes ?? []}
                  total={searchEnterprises?.totalCount}
                  rowKey={({ uscc }) => uscc}
                  columns={[
                    {
                      title: t('column.enterprise'),
                      render: ({ uscc, name }) => <Link to={`/network/${uscc}`}>{name ?? uscc}</Link>,
                    },
                    { title: t('column.region'), render: ({ region }) => region?.name ?? '—' },
                    { title: t('enum.ServiceRole.STEWARD'), render: ({ steward }) => steward?.name ?? '—' },
                    {
                      title: t('standing.title'),
                      render: ({ uscc }) => <Link to={`/standing/${uscc}`}>{t('network.standing')}</Link>,
                    },
                  ]}
                />
                {searchEnterprises != null && <Paging list="found" pageInfo={searchEnterprises.pageInfo} />}
              </Part>
            )}
            <Part id="unserved" title={t('network.unserved')} place={['unserved']}>
              <List
                rows={unserved?.nodes ?? []}
                total={unserved?.totalCount}
                rowKey={({ uscc }) => uscc}
                columns={[
                  {
                    title: t('column.enterprise'),
                    render: ({ uscc, name }) => <Link to={`/network/${uscc}`}>{name ?? uscc}</Link>,
                  },
                  { title: t('column.region'), render: ({ region }) => region?.name ?? '—' },
                  {
                    title: t('service.aboveSize'),
                    render: ({ isAboveDesignatedSize }) => t(isAboveDesignatedSize === true ? 'form.yes' : 'form.no'),
                  },
                ]}
              />
              {unserved != null && <Paging list="unserved" pageInfo={unserved.pageInfo} />}
            </Part>
            {mayPlan && (
              <Part id="plan" title={t('network.plan')} place={['regions']} className="no-print">
                <PlanAssignment regions={regions ?? []} departments={departmentOptions(departments ?? [])} />
              </Part>
            )}
            <Part id="roster" title={t('network.roster')} place={['serviceOfficers']}>
              {serviceOfficers != null && (
                <>
                  <Roster of={serviceOfficers} regions={regions ?? []} mayEnter={mayEnter} />
                  <Paging list="officers" pageInfo={serviceOfficers.pageInfo} />
                </>
              )}
            </Part>
            {maySetLines && (
              <Part id="lines" title={t('directory.title')} place={['whomToCall']}>
                <Directory of={whomToCall ?? []} />
                <Moves
                  of={[
                    {
                      ...{ row: 'lines', move: 'SET', command: SET_LINE, label: t('directory.set') },
                      initial: { isActive: true },
                      fields: [
                        { name: 'id', kind: 'line', label: 'lineId' },
                        {
                          name: 'kind',
                          kind: 'choice',
                          options: LINES.map((value) => ({ value, label: t(`enum.DirectLineKind.${value}`) })),
                        },
                        { name: 'name', kind: 'line' },
                        { name: 'department', kind: 'choice', options: departmentOptions(departments ?? []) },
                        { name: 'reach', kind: 'line' },
                        {
                          name: 'region',
                          kind: 'choice',
                          isOptional: true,
                          options: (regions ?? []).map(({ code, name }) => ({ value: code, label: name })),
                        },
                        { name: 'matters', kind: 'lines', isOptional: true, label: 'lineMatters' },
                        { name: 'isActive', kind: 'yesNo' },
                      ],
                    },
                  ]}
                />
              </Part>
            )}
          </>
        )}
      </PageQuery>
    </>
  );
}
