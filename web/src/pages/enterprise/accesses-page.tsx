import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../app/session.js';
import { List } from '../../components/list.js';
import { Part } from '../../components/part.js';
import { graphql, readFragment, type FragmentType } from '../../generated/index.js';
import { PageQuery } from '../../graph/page-query.js';
import { momentText } from '../../values/days.js';

const AccessesFragment = graphql(/* GraphQL */ `
  fragment Accesses on DataAccessConnection {
    totalCount
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
  query Accesses {
    ofRegister: enterpriseDataAccesses(first: 50) {
      ...Accesses
    }
    ofCases: caseDataAccesses(first: 50) {
      ...Accesses
    }
    ofCredit: creditDataAccesses(first: 50) {
      ...Accesses
    }
    ofPolicies: policyDataAccesses(first: 50) {
      ...Accesses
    }
  }
`);

const BOOKS = ['ofRegister', 'ofCases', 'ofCredit', 'ofPolicies'] as const;

/** 信息查询留痕: who of other departments read personal data, what, when and what for. */
export function Component(): ReactNode {
  const { t } = useTranslation();
  const isEnterprise = useSession().session?.role === 'ENTERPRISE';
  return (
    <>
      <h1>{t('menu./accesses')}</h1>
      <p className="note">{t(isEnterprise ? 'access.aboutYou' : 'access.about')}</p>
      <PageQuery query={Accesses} variables={{}}>
        {(data) =>
          BOOKS.map((book) => {
            const of = data[book];
            return (
              <Part key={book} id={book} title={t(`access.${book}`)} place={[book]}>
                {of != null && <AccessList of={of} />}
              </Part>
            );
          })
        }
      </PageQuery>
    </>
  );
}

function AccessList({ of }: { of: FragmentType<typeof AccessesFragment> }): ReactNode {
  const { t } = useTranslation();
  const { nodes, totalCount } = readFragment(AccessesFragment, of);
  return (
    <List
      rows={nodes}
      total={totalCount}
      rowKey={({ id }) => id}
      columns={[
        { title: t('column.day'), render: ({ at }) => momentText(at) },
        { title: t('column.department'), render: ({ department, role }) => department?.name ?? t(`enum.Role.${role}`) },
        { title: t('column.enterprise'), render: ({ enterprise }) => enterprise?.name ?? '—' },
        { title: t('access.datum'), dataIndex: 'datum' },
        { title: t('field.purpose'), dataIndex: 'purpose' },
      ]}
    />
  );
}
