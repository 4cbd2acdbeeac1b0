import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../app/session.js';
import { Criteria } from '../../components/criteria.js';
import { List } from '../../components/list.js';
import { Paging, useAfters } from '../../components/paging.js';
import { Part } from '../../components/part.js';
import { graphql } from '../../generated/index.js';
import { PageQuery } from '../../graph/page-query.js';
import { moneyText } from '../../values/money.js';
import { basisPointsText } from '../../values/ratio.js';
import { FinancingNeeds } from './financing-needs.js';

const Financing = graphql(/* GraphQL */ `
  query Financing($uscc: ID!, $loansAfter: String, $barredAfter: String, $needsAfter: String) {
    enterprise(uscc: $uscc) {
      matchedLoanProducts(first: 20, after: $loansAfter, outcomes: [ELIGIBLE, UNDETERMINED]) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        nodes {
          outcome
          product {
            id
            name
            bank
            kind
            termMonths
            yearlyRateBasisPoints
            minimumAmount {
              amount
            }
            maximumAmount {
              amount
            }
          }
          criteria {
            ...CriterionShown
            criteria {
              ...CriterionShown
            }
          }
        }
      }
      barred: matchedLoanProducts(first: 20, after: $barredAfter, onlyBarred: true) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        nodes {
          product {
            id
            name
            bank
          }
          bar {
            reason
          }
        }
      }
    }
    financingNeeds(first: 20, after: $needsAfter) {
      ...FinancingNeeds
    }
  }
`);

/** 融资对接: loan products that fit the enterprise, with the reasons, what it needs, and which bank may read it. */
export function Component(): ReactNode {
  const { t } = useTranslation();
  const { session } = useSession();
  const after = useAfters('loans', 'barred', 'needs');
  return (
    <PageQuery query={Financing} variables={{ uscc: session?.uscc ?? '', ...after }}>
      {({ enterprise, financingNeeds }) => {
        const loans = enterprise?.matchedLoanProducts;
        const products = (loans?.nodes ?? []).map(({ product }) => product);
        const barred = enterprise?.barred;
        return (
          <>
            <h1>{t('menu./financing')}</h1>
            <Part id="needs" title={t('financing.needs')} place={['financingNeeds']}>
              {financingNeeds != null && <FinancingNeeds of={financingNeeds} products={products} />}
            </Part>
            <Part id="loans" title={t('financing.loans')} place={['enterprise', 'matchedLoanProducts']}>
              <List
                rows={loans?.nodes ?? []}
                total={loans?.totalCount}
                rowKey={({ product }) => product.id}
                columns={[
                  { title: t('financing.product'), render: ({ product }) => `${product.bank} ${product.name}` },
                  { title: t('field.kind'), render: ({ product }) => t(`enum.LoanKind.${product.kind}`) },
                  {
                    title: t('column.amount'),
                    align: 'right',
                    render: ({ product }) =>
                      `${moneyText(product.minimumAmount)} – ${moneyText(product.maximumAmount)}`,
                  },
                  {
                    title: t('financing.rate'),
                    align: 'right',
                    render: ({ product }) => basisPointsText(product.yearlyRateBasisPoints),
                  },
                  {
                    title: t('financing.term'),
                    align: 'right',
                    render: ({ product }) => t('financing.months', { count: product.termMonths }),
                  },
                  { title: t('column.status'), render: (row) => t(`enum.MatchOutcome.${row.outcome}`) },
                  { title: t('financing.reasons'), render: (row) => <Criteria of={row.criteria} /> },
                ]}
              />
              {loans != null && <Paging list="loans" pageInfo={loans.pageInfo} />}
            </Part>
            {barred != null && barred.totalCount > 0 && (
              <Part id="barred-loans" title={t('financing.barred')} place={['enterprise', 'barred']}>
                <List
                  rows={barred.nodes}
                  total={barred.totalCount}
                  rowKey={({ product }) => product.id}
                  columns={[
                    { title: t('financing.product'), render: ({ product }) => `${product.bank} ${product.name}` },
                    {
                      title: t('match.bar'),
                      render: ({ bar }) => (bar == null ? '—' : t(`enum.PolicyMatchBarReason.${bar.reason}`)),
                    },
                  ]}
                />
                <Paging list="barred" pageInfo={barred.pageInfo} />
              </Part>
            )}
          </>
        );
      }}
    </PageQuery>
  );
}
