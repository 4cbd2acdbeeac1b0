import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ShownAmount } from '../../components/amount.js';
import { CommandForm } from '../../components/command-form.js';
import { List } from '../../components/list.js';
import { Paging } from '../../components/paging.js';
import { graphql, readFragment, type FragmentType } from '../../generated/index.js';

const PolicyNoticesFragment = graphql(/* GraphQL */ `
  fragment PolicyNotices on PublicNoticeConnection {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      grant
      from
      until
      enterprise {
        uscc
        name
      }
      amount {
        amount
      }
      formerlyShown {
        amount
      }
    }
  }
`);

const ObjectToGrant = graphql(/* GraphQL */ `
  mutation ObjectToGrant($input: ObjectToGrantInput!) {
    change: objectToGrant(input: $input) {
      objection
      refusal {
        code
        message
        path
        details
      }
    }
  }
`);

/**
 * Who is shown in public today as getting the benefit, how much, and how much was shown before [公示]; whoever may object
 * does so here [公示异议].
 */
export function PolicyNotices({
  of,
  mayObject,
}: {
  of: FragmentType<typeof PolicyNoticesFragment>;
  mayObject: boolean;
}): ReactNode {
  const { t } = useTranslation();
  const { nodes, totalCount, pageInfo } = readFragment(PolicyNoticesFragment, of);
  const [chosen, choose] = useState<string | undefined>();
  const [raised, setRaised] = useState<string | undefined>();
  const nameOf = (wanted: string | undefined): string | undefined => {
    const enterprise = nodes.find(({ grant }) => grant === wanted)?.enterprise;
    return enterprise?.name ?? enterprise?.uscc;
  };
  return (
    <>
      <List
        rows={nodes}
        total={totalCount}
        rowKey={(row) => row.grant}
        columns={[
          { title: t('column.enterprise'), render: (row) => row.enterprise.name ?? row.enterprise.uscc },
          { title: t('column.publicFrom'), render: (row) => row.from ?? '—' },
          { title: t('column.publicUntil'), dataIndex: 'until' },
          {
            title: t('column.granted'),
            align: 'right',
            render: (row) => <ShownAmount value={row.amount} formerlyShown={row.formerlyShown} />,
          },
          ...(mayObject
            ? [
                {
                  title: t('column.action'),
                  render: ({ grant }: { readonly grant: string }) => (
                    <Button
                      className="no-print"
                      aria-expanded={grant === chosen}
                      onClick={() => {
                        choose(grant === chosen ? undefined : grant);
                        setRaised(undefined);
                      }}
                    >
                      {t('notice.object')}
                    </Button>
                  ),
                },
              ]
            : []),
        ]}
      />
      <Paging list="notices" pageInfo={pageInfo} />
      {chosen !== undefined && (
        <CommandForm
          key={chosen}
          command={ObjectToGrant}
          fixed={{ grant: chosen }}
          fields={[{ name: 'text', kind: 'text', label: 'objection' }]}
          submit={t('notice.raise', { enterprise: nameOf(chosen) })}
          onDone={() => {
            setRaised(chosen);
            choose(undefined);
          }}
        />
      )}
      <p role="status" className="note">
        {raised !== undefined && t('notice.raised', { enterprise: nameOf(raised) })}
      </p>
    </>
  );
}
