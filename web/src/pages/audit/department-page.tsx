import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { CommitmentRows } from '../../components/commitment-list.js';
import { Paging, useAfter } from '../../components/paging.js';
import { Part } from '../../components/part.js';
import { useDay } from '../../components/period.js';
import { graphql } from '../../generated/index.js';
import { PageQuery } from '../../graph/page-query.js';
import { dayInShanghai } from '../../values/days.js';

const AuditOfDepartment = graphql(/* GraphQL */ `
  query AuditOfDepartment($department: ID!, $asOf: Date!, $knownOn: Date, $after: String) {
    department(code: $department) {
      name
    }
    auditWorklist(asOf: $asOf, knownOn: $knownOn, filter: { department: $department }, first: 100, after: $after) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        commitment {
          ...CommitmentRow
        }
      }
    }
  }
`);

/** The promises of one department that were not kept on the day, the worst risk first. */
export function Component(): ReactNode {
  const { t } = useTranslation();
  const { department = '' } = useParams();
  const [asOf] = useDay('asOf', dayInShanghai());
  const [knownOn] = useDay('knownOn', '');
  const after = useAfter('worklist');
  return (
    <PageQuery
      query={AuditOfDepartment}
      variables={{ department, asOf, knownOn: knownOn === '' ? null : knownOn, after }}
    >
      {({ department: shown, auditWorklist }) => (
        <>
          <h1>{shown?.name ?? department}</h1>
          <Part id="worklist" title={t('audit.worklist', { asOf })} place={['auditWorklist']}>
            {auditWorklist != null && (
              <>
                <CommitmentRows
                  rows={auditWorklist.nodes.map(({ commitment }) => commitment)}
                  total={auditWorklist.totalCount}
                />
                <Paging list="worklist" pageInfo={auditWorklist.pageInfo} />
              </>
            )}
          </Part>
        </>
      )}
    </PageQuery>
  );
}
