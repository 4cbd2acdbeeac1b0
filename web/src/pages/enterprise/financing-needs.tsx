import { Button, Space } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CommandForm } from '../../components/command-form.js';
import { List } from '../../components/list.js';
import { Paging } from '../../components/paging.js';
import { graphql, readFragment, type FragmentType } from '../../generated/index.js';
import { useAskAgain } from '../../graph/page-query.js';
import { moneyText } from '../../values/money.js';

const FinancingNeedsFragment = graphql(/* GraphQL */ `
  fragment FinancingNeeds on FinancingNeedConnection {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      id
      purpose
      termMonths
      latestDay
      state
      legalMoves
      amount {
        amount
      }
      consents {
        given
        product {
          id
          name
          bank
        }
      }
    }
  }
`);

const StateNeed = graphql(/* GraphQL */ `
  mutation StateNeed($input: StateFinancingNeedInput!) {
    change: stateFinancingNeed(input: $input) {
      need {
        id
      }
      refusal {
        code
        message
        path
        details
      }
    }
  }
`);

const GiveConsent = graphql(/* GraphQL */ `
  mutation GiveConsent($input: FinancingConsentInput!) {
    change: giveFinancingConsent(input: $input) {
      need {
        id
        consents {
          given
        }
      }
      refusal {
        code
        message
        path
        details
      }
    }
  }
`);

const WithdrawConsent = graphql(/* GraphQL */ `
  mutation WithdrawConsent($input: FinancingConsentInput!) {
    change: withdrawFinancingConsent(input: $input) {
      need {
        id
        consents {
          given
        }
      }
      refusal {
        code
        message
        path
        details
      }
    }
  }
`);

const WithdrawNeed = graphql(/* GraphQL */ `
  mutation WithdrawNeed($input: WithdrawFinancingNeedInput!) {
    change: withdrawFinancingNeed(input: $input) {
      need {
        id
        consents {
          given
        }
      }
      refusal {
        code
        message
        path
        details
      }
    }
  }
`);

/** The command of each move; what it means stands in `financing.means`. */
const COMMANDS = { GIVE_CONSENT: GiveConsent, WITHDRAW_CONSENT: WithdrawConsent, WITHDRAW: WithdrawNeed } as const;

interface Product {
  readonly id: string;
  readonly name: string;
  readonly bank: string;
}

/**
 * What the enterprise needs money for, and the banks that it lets know who it is; a consent is taken back at any time.
 */
export function FinancingNeeds({
  of,
  products,
}: {
  of: FragmentType<typeof FinancingNeedsFragment>;
  products: readonly Product[];
}): ReactNode {
  const { t } = useTranslation();
  const { nodes, totalCount, pageInfo } = readFragment(FinancingNeedsFragment, of);
  const [isStating, setStating] = useState(false);
  const askAgain = useAskAgain();
  const [changed, setChanged] = useState<{ need: string; command: keyof typeof COMMANDS } | undefined>();
  const need = nodes.find(({ id }) => id === changed?.need);
  const given = need?.consents.filter((one) => one.given).map(({ product }) => product) ?? [];
  const choices =
    changed?.command === 'GIVE_CONSENT' ? products.filter(({ id }) => !given.some((one) => one.id === id)) : given;
  return (
    <>
      <List
        rows={nodes}
        total={totalCount}
        rowKey={(row) => row.id}
        columns={[
          { title: t('field.purpose'), dataIndex: 'purpose' },
          { title: t('column.amount'), align: 'right', render: (row) => moneyText(row.amount) },
          {
            title: t('financing.term'),
            align: 'right',
            render: (row) => t('financing.months', { count: row.termMonths }),
          },
          { title: t('field.latestDay'), dataIndex: 'latestDay' },
          { title: t('column.status'), render: (row) => t(`enum.FinancingNeedState.${row.state}`) },
          {
            title: t('financing.consents'),
            render: ({ consents }) =>
              consents
                .filter((one) => one.given)
                .map(({ product }) => `${product.bank} ${product.name}`)
                .join(t('list.separator')) || t('financing.noConsent'),
          },
          {
            title: t('column.action'),
            render: (row) => (
              <Space wrap className="no-print">
                {row.legalMoves
                  .filter((move) => move !== 'GIVE_CONSENT' || products.length > 0)
                  .map((move) => (
                    <Button key={move} onClick={() => setChanged({ need: row.id, command: move })}>
                      {t(`enum.FinancingNeedMove.${move}`)}
                    </Button>
                  ))}
              </Space>
            ),
          },
        ]}
      />
      <Paging list="needs" pageInfo={pageInfo} />
      {changed !== undefined && (
        <>
          <p>{t(`financing.means.${changed.command}`)}</p>
          <CommandForm
            key={`${changed.need} ${changed.command}`}
            command={COMMANDS[changed.command]}
            fixed={{ need: changed.need }}
            fields={
              changed.command === 'WITHDRAW'
                ? []
                : [
                    {
                      name: 'product',
                      kind: 'choice',
                      options: choices.map(({ id, bank, name }) => ({ value: id, label: `${bank} ${name}` })),
                    },
                  ]
            }
            submit={t(`enum.FinancingNeedMove.${changed.command}`)}
            onDone={() => {
              setChanged(undefined);
              askAgain();
            }}
          />
        </>
      )}
      <Button className="no-print" aria-expanded={isStating} onClick={() => setStating(!isStating)}>
        {t('financing.state')}
      </Button>
      {isStating && (
        <CommandForm
          command={StateNeed}
          fixed={{}}
          fields={[
            { name: 'amount', kind: 'line' },
            { name: 'purpose', kind: 'text' },
            { name: 'termMonths', kind: 'number' },
            { name: 'latestDay', kind: 'date' },
          ]}
          submit={t('financing.state')}
          onDone={() => {
            setStating(false);
            askAgain();
          }}
        />
      )}
    </>
  );
}
