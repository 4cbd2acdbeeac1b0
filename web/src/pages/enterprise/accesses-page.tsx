import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../app/session.js';
import { List } from '../../components/list.js';
import { Paging, useAfters } from '../../components/paging.js';
import { Part } from '../../components/part.js';
import { graphql, readFragment, type FragmentType } from '../../generated/index.js';
import { PageQuery } from '../../graph/page-query.js';
import { momentText } from '../../values/days.js';

const AccessesFragment = graphql(/* GraphQL */ `
  fragment Accesses on DataAccessConnection {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      id
      at
      role
      datum
      purpose
      department {
        name
      }
      enterprise {
        name
      }
    }
  }
`);

const Accesses = graphql(/* GraphQL */ `
  query Accesses($ofRegisterAfter: String, $ofCasesAfter: String, $ofCreditAfter: String, $ofPoliciesAfter: String) {
    ofRegister: enterpriseDataAccesses(first: 50, after: $ofRegisterAfter) {
      ...Accesses
    }
    ofCases: caseDataAccesses(first: 50, after: $ofCasesAfter) {
      ...Accesses
    }
    ofCredit: creditDataAccesses(first: 50, after: $ofCreditAfter) {
      ...Accesses
    }
    ofPolicies: policyDataAccesses(first: 50, after: $ofPoliciesAfter) {
      ...Accesses
    }
  }
`);

const BOOKS = ['ofRegister', 'ofCases', 'ofCredit', 'ofPolicies'] as const;

/** 信息查询留痕: who of other departments read personal data, what, when and what for. */
export function Component(): ReactNode {
  const { t } = useTranslation();
  const after = useAfters(...BOOKS);
  const isEnterprise = useSession().session?.role === 'ENTERPRISE';
  return (
    <>
      <h1>{t('menu./accesses')}</h1>
      <p className="note">{t(isEnterprise ? 'access.aboutYou' : 'access.about')}</p>
      <PageQuery query={Accesses} variables={after}>
        {(data) =>
          BOOKS.map((book) => {
            const of = data[book];
            return (
              <Part key={book} id={book} title={t(`access.${book}`)} place={[book]}>
                {of != null && <AccessList of={of} list={book} />}
              </Part>
            );
          })
        }
      </PageQuery>
    </>
  );
}

function AccessList({ of, list }: { of: FragmentType<typeof AccessesFragment>; list: string }): ReactNode {
  const { t } = useTranslation();
  const { nodes, totalCount, pageInfo } = readFragment(AccessesFragment, of);
  return (
    <>
      <List
        rows={nodes}
        total={totalCount}
        rowKey={({ id }) => id}
        columns={[
          { title: t('column.day'), render: ({ at }) => momentText(at) },
          {
            title: t('column.department'),
            render: ({ department, role }) => department?.name ?? t(`enum.Role.${role}`),
          },
          { title: t('column.enterprise'), render: ({ enterprise }) => enterprise?.name ?? '—' },
          { title: t('access.datum'), dataIndex: 'datum' },
          { title: t('field.purpose'), dataIndex: 'purpose' },
        ]}
      />
      <Paging list={list} pageInfo={pageInfo} />
    </>
  );
}
