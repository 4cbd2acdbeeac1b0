import { Button, Checkbox, Select, Space } from 'antd';
import { useState, type ReactNode } from 'react';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { useSession } from '../../app/session.js';
import { Amount, ShownAmount } from '../../components/amount.js';
import { List } from '../../components/list.js';
import { Paging, useAfters } from '../../components/paging.js';
import { Part } from '../../components/part.js';
import type { ResultOf } from '@graphql-typed-document-node/core';
import { graphql, readFragment, type FragmentType } from '../../generated/index.js';
import type { GrantMove, GrantStatus } from '../../generated/graphql.js';
import { PageQuery } from '../../graph/page-query.js';
import { AdvanceTogether } from './advance-together.js';
import { GrantDecisions } from './grant-decisions.js';
import { IdentifyGrants } from './identify-grants.js';
import { Recoveries } from './recoveries.js';

const GrantRow = graphql(/* GraphQL */ `
  fragment GrantRow on Grant {
    id
    status
    period
    publicUntil
    legalMoves
    policy {
      id
      title
    }
    enterprise {
      uscc
      name
    }
    suspension {
      doubts {
        code
      }
    }
    bar {
      reason
    }
    amount {
      amount
    }
    formerlyShown {
      amount
    }
    paid {
      amount
    }
    ...GrantDecisions
  }
`);

const GrantWork = graphql(/* GraphQL */ `
  query GrantWork(
    $department: ID
    $issuers: [ID!]
    $status: [GrantStatus!]
    $grantsAfter: String
    $recoveriesAfter: String
    $identifyAfter: String
  ) {
    grants(filter: { department: $department, status: $status }, first: 50, after: $grantsAfter) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        ...GrantRow
      }
    }
    grantRecoveries(first: 50, after: $recoveriesAfter) {
      ...Recoveries
    }
    policies(
      filter: { exemptFromApplication: true, open: true, issuers: $issuers }
      first: 200
      after: $identifyAfter
    ) {
      ...ExemptPolicies
    }
  }
`);

/** The states in which somebody has to do something. */
const WAITING: readonly GrantStatus[] = [
  'IDENTIFIED',
  'NOTIFIED',
  'CONFIRMED',
  'PUBLICISED',
  'APPROVED',
  'PAYING',
  'SUSPENDED',
  'RETURNED',
];

/** The others, which one looks up. */
const OTHERS: readonly GrantStatus[] = ['HANDED_OVER', 'PAID', 'CLOSED', 'WITHDRAWN'];

/** 免申即享办理: a department's grants by state, advanced one by one or many at once. */
export function Component(): ReactNode {
  const { t } = useTranslation();
  const { session } = useSession();
  const [search, setSearch] = useSearchParams();
  const after = useAfters('grants', 'recoveries', 'identify');
  const status = [...WAITING, ...OTHERS].find((one) => one === search.get('status'));
  return (
    <>
      <h1>{t('menu./grants')}</h1>
      <Select
        className="no-print"
        aria-label={t('column.status')}
        value={status ?? ''}
        style={{ minWidth: 160 }}
        onChange={(wanted) => setSearch(wanted === '' ? {} : { status: wanted })}
        options={[
          { value: '', label: t('grantWork.all') },
          ...[...WAITING, ...OTHERS].map((value) => ({ value, label: t(`enum.GrantStatus.${value}`) })),
        ]}
      />
      <PageQuery
        query={GrantWork}
        variables={{
          department: session?.department ?? null,
          issuers: [session?.department ?? ''],
          status: status === undefined ? [...WAITING] : [status],
          ...after,
        }}
      >
        {({ grants, grantRecoveries, policies }) => (
          <>
            <Part id="grants" title={t('grantWork.waiting')} place={['grants']}>
              {grants != null && (
                <>
                  <Grants
                    key={`${status ?? ''} ${after.grantsAfter ?? ''}`}
                    rows={grants.nodes}
                    total={grants.totalCount}
                  />
                  <Paging list="grants" pageInfo={grants.pageInfo} />
                </>
              )}
            </Part>
            <Part id="recoveries" title={t('recovery.title')} place={['grantRecoveries']}>
              {grantRecoveries != null && <Recoveries of={grantRecoveries} />}
            </Part>
            <Part id="identify" title={t('identify.title')} place={['policies']} className="no-print">
              {policies != null && <IdentifyGrants of={policies} />}
            </Part>
          </>
        )}
      </PageQuery>
    </>
  );
}

/** What stands in the way of a grant: the doubts that suspended it, or what the register says while it goes on. */
function barsOf(t: TFunction, { suspension, bar }: ResultOf<typeof GrantRow>): readonly string[] {
  if (suspension != null) return [...new Set(suspension.doubts.map(({ code }) => t(`enum.GrantDoubtCode.${code}`)))];
  return bar == null ? [] : [t(`enum.PolicyMatchBarReason.${bar.reason}`)];
}

function Grants({ rows, total }: { rows: readonly FragmentType<typeof GrantRow>[]; total: number }): ReactNode {
  const { t } = useTranslation();
  const grants = rows.map((row) => readFragment(GrantRow, row));
  const [chosen, choose] = useState<ReadonlySet<string>>(new Set());
  const [search] = useSearchParams();
  const [opened, open] = useState(search.get('grant') ?? undefined);
  const selected = grants.filter(({ id }) => chosen.has(id));
  const moves = [...new Set<GrantMove>(selected.flatMap(({ legalMoves }) => legalMoves))];
  const shown = grants.find(({ id }) => id === opened);
  const toggle = (id: string): void => {
    const after = new Set(chosen);
    if (!after.delete(id)) after.add(id);
    choose(after);
  };
  return (
    <>
      <Space className="no-print">
        <Button onClick={() => choose(new Set(grants.map(({ id }) => id)))}>{t('grantWork.chooseAll')}</Button>
        <Button disabled={chosen.size === 0} onClick={() => choose(new Set())}>
          {t('grantWork.chooseNone')}
        </Button>
      </Space>
      <List
        rows={grants}
        total={total}
        rowKey={(row) => row.id}
        columns={[
          {
            title: t('grantWork.chosen'),
            render: (row) => (
              <Checkbox
                checked={chosen.has(row.id)}
                onChange={() => toggle(row.id)}
                aria-label={t('grantWork.choose', { enterprise: row.enterprise.name ?? row.enterprise.uscc })}
              />
            ),
          },
          {
            title: t('column.policy'),
            render: (row) => <Link to={`/policies/${row.policy.id}`}>{row.policy.title}</Link>,
          },
          { title: t('column.enterprise'), render: (row) => row.enterprise.name ?? row.enterprise.uscc },
          { title: t('column.period'), dataIndex: 'period' },
          { title: t('column.status'), render: (row) => t(`enum.GrantStatus.${row.status}`) },
          {
            title: t('match.bar'),
            render: (row) => barsOf(t, row).join('；') || '—',
          },
          { title: t('column.publicUntil'), render: (row) => row.publicUntil ?? '—' },
          {
            title: t('column.granted'),
            align: 'right',
            render: (row) => <ShownAmount value={row.amount} formerlyShown={row.formerlyShown} />,
          },
          { title: t('column.paid'), align: 'right', render: (row) => <Amount value={row.paid} /> },
          {
            title: t('column.action'),
            render: (row) => <Button onClick={() => open(row.id)}>{t('grantWork.open')}</Button>,
          },
        ]}
      />
      <AdvanceTogether grants={selected} moves={moves} onDone={() => choose(new Set())} />
      {shown !== undefined && <GrantDecisions key={shown.id} of={shown} />}
    </>
  );
}
