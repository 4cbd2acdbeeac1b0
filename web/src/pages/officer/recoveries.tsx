import { Button, Space } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Amount } from '../../components/amount.js';
import type { Field } from '../../components/command-field.js';
import { CommandForm } from '../../components/command-form.js';
import { List } from '../../components/list.js';
import { Paging } from '../../components/paging.js';
import type { GrantRecoveryMove } from '../../generated/graphql.js';
import { graphql, readFragment, type FragmentType } from '../../generated/index.js';
import { useAskAgain } from '../../graph/page-query.js';
import type { CommandDocument, RefusablePayload } from '../../graph/use-command.js';
import { momentText } from '../../values/days.js';
import { moneyText } from '../../values/money.js';

const RecoveriesFragment = graphql(/* GraphQL */ `
  fragment Recoveries on GrantRecoveryConnection {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      id
      state
      legalMoves
      amount {
        amount
      }
      received {
        amount
      }
      overdue {
        amount
      }
      instalments {
        dueOn
        amount {
          amount
        }
      }
      receipts {
        reference
        receivedOn
        amount {
          amount
        }
      }
      history {
        kind
        at
        by
        reason
      }
      grant {
        policy {
          title
        }
        enterprise {
          uscc
          name
        }
      }
    }
  }
`);

const ProposeRecoveryCommand = graphql(/* GraphQL */ `
  mutation ProposeRecovery($input: ProposeRecoveryInput!) {
    change: proposeRecovery(input: $input) {
      grant {
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

const DecideRecoveryCommand = graphql(/* GraphQL */ `
  mutation DecideRecovery($input: DecideRecoveryInput!) {
    change: decideRecovery(input: $input) {
      grant {
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

const RecordRecoveryCommand = graphql(/* GraphQL */ `
  mutation RecordRecovery($input: RecordRecoveryInput!) {
    change: recordRecovery(input: $input) {
      grant {
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

interface RecoveryCommand {
  readonly document: CommandDocument<RefusablePayload>;
  readonly fixed: Readonly<Record<string, unknown>>;
  readonly fields: readonly Field[];
}

const decision = (wanted: string): RecoveryCommand => ({
  document: DecideRecoveryCommand,
  fixed: { decision: wanted },
  fields: [{ name: 'reason', kind: 'text' }],
});

/** The form of each move. */
const RECOVERY_COMMANDS: Readonly<Record<GrantRecoveryMove, RecoveryCommand>> = {
  DEMAND: decision('DEMAND'),
  REJECT: decision('REJECT'),
  WITHDRAW: decision('WITHDRAW'),
  RECORD: {
    document: RecordRecoveryCommand,
    fixed: {},
    fields: [
      { name: 'amount', kind: 'line' },
      { name: 'receivedOn', kind: 'date' },
      { name: 'reference', kind: 'line' },
    ],
  },
};

/** What the department asks back of grants, each with what the graph lets the reader do with it now. */
export function Recoveries({ of }: { of: FragmentType<typeof RecoveriesFragment> }): ReactNode {
  const { t } = useTranslation();
  const askAgain = useAskAgain();
  const { nodes, totalCount, pageInfo } = readFragment(RecoveriesFragment, of);
  const [chosen, choose] = useState<{ readonly id: string; readonly move: GrantRecoveryMove } | undefined>();
  const recovery = nodes.find(({ id, legalMoves }) => id === chosen?.id && legalMoves.includes(chosen.move));
  const command = chosen === undefined ? undefined : RECOVERY_COMMANDS[chosen.move];
  return (
    <>
      <List
        rows={nodes}
        total={totalCount}
        rowKey={(row) => row.id}
        columns={[
          { title: t('column.policy'), render: ({ grant }) => grant.policy.title },
          { title: t('column.enterprise'), render: ({ grant }) => grant.enterprise.name ?? grant.enterprise.uscc },
          { title: t('column.status'), render: (row) => t(`enum.GrantRecoveryState.${row.state}`) },
          { title: t('recovery.asked'), align: 'right', render: (row) => <Amount value={row.amount} /> },
          {
            title: t('field.instalments'),
            render: ({ instalments }) =>
              instalments.map(({ dueOn, amount }) => <div key={dueOn}>{`${dueOn} ${moneyText(amount)}`}</div>),
          },
          { title: t('recovery.received'), align: 'right', render: (row) => <Amount value={row.received} /> },
          { title: t('column.overdueAmount'), align: 'right', render: (row) => <Amount value={row.overdue} /> },
          {
            title: t('grantWork.history'),
            render: ({ history, receipts }) => (
              <>
                {history.map(({ kind, at, by, reason }) => (
                  <div key={at}>
                    {t(`enum.GrantRecoveryEventKind.${kind}`)} {reason}{' '}
                    <span className="note">{[momentText(at), by].filter(Boolean).join(' · ')}</span>
                  </div>
                ))}
                {receipts.map(({ reference, receivedOn, amount }) => (
                  <div key={reference}>{`${receivedOn} ${moneyText(amount)} ${reference}`}</div>
                ))}
              </>
            ),
          },
          {
            title: t('column.action'),
            render: ({ id, legalMoves }) => (
              <Space wrap className="no-print">
                {legalMoves.map((move) => (
                  <Button
                    key={move}
                    aria-expanded={id === chosen?.id && move === chosen.move}
                    onClick={() => choose(id === chosen?.id && move === chosen.move ? undefined : { id, move })}
                  >
                    {t(`enum.GrantRecoveryMove.${move}`)}
                  </Button>
                ))}
              </Space>
            ),
          },
        ]}
      />
      <Paging list="recoveries" pageInfo={pageInfo} />
      {chosen !== undefined && recovery !== undefined && command !== undefined && (
        <section aria-label={t(`enum.GrantRecoveryMove.${chosen.move}`)}>
          <h3>
            {[recovery.grant.enterprise.name ?? recovery.grant.enterprise.uscc, recovery.grant.policy.title].join(
              ' · ',
            )}
          </h3>
          <CommandForm
            key={`${chosen.id} ${chosen.move}`}
            command={command.document}
            fixed={{ recovery: chosen.id, ...command.fixed }}
            fields={command.fields}
            submit={t('case.do', { move: t(`enum.GrantRecoveryMove.${chosen.move}`) })}
            onDone={() => {
              choose(undefined);
              askAgain();
            }}
          />
        </section>
      )}
    </>
  );
}

/** Proposes to ask back what was paid of a grant; nothing is demanded before another officer decides so. */
export function ProposeRecovery({ grant, onDone }: { grant: string; onDone: () => void }): ReactNode {
  const { t } = useTranslation();
  return (
    <CommandForm
      command={ProposeRecoveryCommand}
      fixed={{ grant }}
      fields={[
        { name: 'reason', kind: 'text' },
        {
          name: 'instalments',
          kind: 'rows',
          columns: [
            { name: 'dueOn', kind: 'date' },
            { name: 'amount', kind: 'line' },
          ],
        },
      ]}
      submit={t('recovery.propose')}
      onDone={onDone}
    />
  );
}
