import { Input, Tag } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { useSession } from '../../app/session.js';
import { List } from '../../components/list.js';
import { Paging, useAfter } from '../../components/paging.js';
import { Part } from '../../components/part.js';
import { graphql } from '../../generated/index.js';
import { PageQuery } from '../../graph/page-query.js';
import { Subscriptions } from './subscriptions.js';

const Policies = graphql(/* GraphQL */ `
  query Policies($text: String, $after: String, $uscc: ID!, $isEnterprise: Boolean!) {
    enterprise(uscc: $uscc) @include(if: $isEnterprise) {
      ...Subscriptions
    }
    regions @include(if: $isEnterprise) {
      code
      name
    }
    departments @include(if: $isEnterprise) {
      code
      name
    }
    policies(text: $text, first: 50, after: $after) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        title
        issuerName
        exemptFromApplication
        isOpen
        validTo
        statistics {
          eligible
          undetermined
        }
      }
    }
  }
`);

/** The published policies, to search and to look into, and for an enterprise the topics that it is told of. */
export function Component(): ReactNode {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const text = search.get('text') ?? '';
  const after = useAfter('policies');
  const { session } = useSession();
  const isEnterprise = session?.role === 'ENTERPRISE';
  return (
    <>
      <h1>{t('menu./policies')}</h1>
      <Input.Search
        defaultValue={text}
        aria-label={t('policies.search')}
        placeholder={t('policies.search')}
        onSearch={(wanted) => setSearch(wanted === '' ? {} : { text: wanted })}
      />
      <PageQuery
        query={Policies}
        variables={{ text: text === '' ? null : text, after, uscc: session?.uscc ?? '', isEnterprise }}
      >
        {({ policies, enterprise, regions, departments }) => (
          <>
            <Part id="policies" title={t('policies.published')} place={['policies']}>
              <List
                rows={policies?.nodes ?? []}
                total={policies?.totalCount}
                rowKey={(row) => row.id}
                columns={[
                  { title: t('column.policy'), render: (row) => <Link to={`/policies/${row.id}`}>{row.title}</Link> },
                  { title: t('column.issuer'), dataIndex: 'issuerName' },
                  { title: t('column.validTo'), render: (row) => row.validTo ?? '—' },
                  {
                    title: t('column.kind'),
                    render: (row) => (
                      <>
                        {row.exemptFromApplication && <Tag color="blue">{t('match.exempt')}</Tag>}
                        {!row.isOpen && <Tag>{t('policies.closed')}</Tag>}
                      </>
                    ),
                  },
                  {
                    title: t('enum.MatchOutcome.ELIGIBLE'),
                    align: 'right',
                    render: (row) => row.statistics.eligible ?? '—',
                  },
                  {
                    title: t('enum.MatchOutcome.UNDETERMINED'),
                    align: 'right',
                    render: (row) => row.statistics.undetermined ?? '—',
                  },
                ]}
              />
              {policies != null && <Paging list="policies" pageInfo={policies.pageInfo} />}
            </Part>
            {isEnterprise && (
              <Part id="subscriptions" title={t('subscription.title')} place={['enterprise', 'policySubscriptions']}>
                {enterprise != null && (
                  <Subscriptions of={enterprise} regions={regions ?? []} departments={departments ?? []} />
                )}
              </Part>
            )}
          </>
        )}
      </PageQuery>
    </>
  );
}
