import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { List } from '../../components/list.js';
import { Paging } from '../../components/paging.js';
import { graphql, readFragment, type FragmentType } from '../../generated/index.js';

const BarredMatchesFragment = graphql(/* GraphQL */ `
  fragment BarredMatches on PolicyMatchConnection {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      policy {
        id
        title
        titleEn
      }
      bar {
        reason
        policy {
          id
          title
          titleEn
        }
      }
    }
  }
`);

/** Policies whose conditions the enterprise meets and of which it has nothing all the same, each with the reason. */
export function BarredMatches({ of }: { of: FragmentType<typeof BarredMatchesFragment> }): ReactNode {
  const { t, i18n } = useTranslation();
  const { nodes, totalCount, pageInfo } = readFragment(BarredMatchesFragment, of);
  const titleOf = ({ title, titleEn }: { title: string; titleEn: string }): string =>
    i18n.language === 'en' && titleEn !== '' ? titleEn : title;
  return (
    <>
      <List
        rows={nodes}
        total={totalCount}
        rowKey={({ policy }) => policy.id}
        columns={[
          {
            title: t('column.policy'),
            render: ({ policy }) => <Link to={`/policies/${policy.id}`}>{titleOf(policy)}</Link>,
          },
          {
            title: t('match.bar'),
            render: ({ policy, bar }) =>
              bar == null ? (
                '—'
              ) : (
                <>
                  {t(`enum.PolicyMatchBarReason.${bar.reason}`)}
                  {bar.policy != null && bar.policy.id !== policy.id && (
                    <div>
                      <Link to={`/policies/${bar.policy.id}`}>{titleOf(bar.policy)}</Link>
                    </div>
                  )}
                </>
              ),
          },
        ]}
      />
      <Paging list="barred" pageInfo={pageInfo} />
    </>
  );
}
