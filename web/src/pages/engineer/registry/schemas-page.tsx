import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { Provider } from 'urql';
import { List } from '../../../components/list.js';
import { Part } from '../../../components/part.js';
import { graphql } from '../../../generated/registry/index.js';
import { PageQuery } from '../../../graph/page-query.js';
import { momentText } from '../../../values/days.js';
import { registryClient } from './client.js';
import { SchemaCheckForm } from './schema-check.js';

const DAYS = 30;
const FILTERS = ['DEPRECATED_IN_USE', 'UNUSED', 'ALL'] as const;
/** More than that nobody reads on a page; the command line has all. */
const MOST_FIELDS = 200;

const Schemas = graphql(/* GraphQL */ `
  query Schemas {
    currentGraph {
      number
      departments {
        department
        owner
        publication {
          number
          at
          reason
          author {
            sub
          }
        }
      }
    }
    publications(first: 20) {
      number
      department
      kind
      at
      reason
      forced
      author {
        sub
      }
      changes {
        id
        severity
        message
      }
    }
    drafts {
      name
      base
      reason
      fault
      expiresAt
    }
    dependants {
      department
      coordinate
      name
    }
  }
`);

const FieldUses = graphql(/* GraphQL */ `
  query FieldUses($department: String!, $days: Int!, $show: FieldUseFilter!) {
    fieldUses(department: $department, days: $days, show: $show) {
      coordinate
      deprecated
      uses {
        client
        version
        count
        last
        contact
      }
    }
  }
`);

/** Which schemas are published, what each publication changed, what stands on fields, and who uses them. */
export function Component(): ReactNode {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const chosen = search.get('department');
  return (
    <Provider value={registryClient}>
      <PageQuery query={Schemas} variables={{}}>
        {({ currentGraph: { number, departments }, publications, drafts, dependants }) => (
          <>
            <h1>{t('menu./schemas')}</h1>
            <Part id="published" title={t('schemas.published', { number })} place={['currentGraph']}>
              <List
                rows={departments}
                rowKey={({ department }) => department}
                columns={[
                  {
                    title: t('schemas.department'),
                    render: ({ department }) => <Link to={`/schemas?department=${department}`}>{department}</Link>,
                  },
                  { title: t('schemas.owner'), render: ({ owner }) => owner ?? t('schemas.administrators') },
                  { title: t('schemas.publication'), render: ({ publication }) => publication.number },
                  { title: t('schemas.at'), render: ({ publication }) => momentText(publication.at) },
                  { title: t('schemas.author'), render: ({ publication }) => publication.author.sub },
                  { title: t('schemas.reason'), render: ({ publication }) => publication.reason },
                ]}
              />
            </Part>
            {chosen !== null && <Uses department={chosen} />}
            <Part id="check" title={t('schemas.checkTitle')} place={['currentGraph']}>
              <SchemaCheckForm departments={departments} />
            </Part>
            <Part id="publications" title={t('schemas.latest')} place={['publications']}>
              <List
                rows={publications}
                rowKey={(row) => String(row.number)}
                columns={[
                  { title: t('schemas.publication'), dataIndex: 'number' },
                  { title: t('schemas.department'), dataIndex: 'department' },
                  {
                    title: t('schemas.kind'),
                    render: (row) => (
                      <span className={row.forced ? 'late' : undefined}>
                        {t(`schemas.kinds.${row.kind}`)} {row.forced && t('schemas.forced')}
                      </span>
                    ),
                  },
                  { title: t('schemas.at'), render: (row) => momentText(row.at) },
                  { title: t('schemas.author'), render: (row) => row.author.sub },
                  { title: t('schemas.reason'), dataIndex: 'reason' },
                  {
                    title: t('schemas.changes'),
                    render: (row) => (
                      <ul>
                        {row.changes.slice(0, 5).map(({ id, severity, message }) => (
                          <li key={id} className={severity === 'BREAKING' ? 'late' : undefined}>
                            {message}
                          </li>
                        ))}
                        {row.changes.length > 5 && <li>{t('schemas.more', { count: row.changes.length - 5 })}</li>}
                      </ul>
                    ),
                  },
                ]}
              />
            </Part>
            <Part id="drafts" title={t('schemas.drafts')} place={['drafts']}>
              <List
                rows={drafts}
                rowKey={({ name }) => name}
                columns={[
                  { title: t('schemas.draft'), dataIndex: 'name' },
                  { title: t('schemas.publication'), dataIndex: 'base' },
                  { title: t('schemas.reason'), dataIndex: 'reason' },
                  { title: t('schemas.fault'), render: ({ fault }) => fault ?? '—' },
                  { title: t('schemas.until'), render: ({ expiresAt }) => momentText(expiresAt) },
                ]}
              />
            </Part>
            <Part id="dependants" title={t('schemas.dependants')} place={['dependants']}>
              <List
                rows={dependants.slice(0, MOST_FIELDS)}
                rowKey={({ department, coordinate, name }) => `${department} ${coordinate} ${name}`}
                total={dependants.length}
                columns={[
                  { title: t('schemas.department'), dataIndex: 'department' },
                  { title: t('schemas.coordinate'), dataIndex: 'coordinate' },
                  { title: t('schemas.dependant'), dataIndex: 'name' },
                ]}
              />
            </Part>
          </>
        )}
      </PageQuery>
    </Provider>
  );
}

function Uses({ department }: { department: string }): ReactNode {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const show = FILTERS.find((filter) => filter === search.get('show')) ?? 'DEPRECATED_IN_USE';
  return (
    <PageQuery query={FieldUses} variables={{ department, days: DAYS, show }}>
      {({ fieldUses }) => (
        <Part
          id="uses"
          title={t('schemas.uses', { department, days: DAYS })}
          place={['fieldUses']}
          extra={FILTERS.map((filter) => (
            <Link
              key={filter}
              to={`/schemas?department=${department}&show=${filter}`}
              aria-current={filter === show ? 'true' : undefined}
              className="choice"
            >
              {t(`schemas.shows.${filter}`)}{' '}
            </Link>
          ))}
        >
          <List
            rows={fieldUses.slice(0, MOST_FIELDS)}
            rowKey={({ coordinate }) => coordinate}
            total={fieldUses.length}
            columns={[
              { title: t('schemas.coordinate'), dataIndex: 'coordinate' },
              { title: t('schemas.deprecated'), render: ({ deprecated }) => deprecated ?? '—' },
              {
                title: t('schemas.users'),
                render: ({ uses }) =>
                  uses.length === 0 ? (
                    t('schemas.nobody')
                  ) : (
                    <ul>
                      {uses.slice(0, 5).map(({ client, version, count, last, contact }) => (
                        <li key={`${client} ${version}`}>
                          {t('schemas.user', { client, version, count, last })} {contact}
                        </li>
                      ))}
                    </ul>
                  ),
              },
            ]}
          />
        </Part>
      )}
    </PageQuery>
  );
}
