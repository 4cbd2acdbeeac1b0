import { Button, Space } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CommandForm } from '../../components/command-form.js';
import type { CommitmentMove, ConditionStatus } from '../../generated/graphql.js';
import { graphql, readFragment, type FragmentType } from '../../generated/index.js';
import { useAskAgain } from '../../graph/page-query.js';
import { moneyText } from '../../values/money.js';
import { PROMISE_COMMANDS } from './commitment-commands.js';

const CommitmentMovesFragment = graphql(/* GraphQL */ `
  fragment CommitmentMoves on Commitment {
    id
    version
    legalMoves
    milestones {
      total
    }
    conditions {
      no
      text
    }
    entries {
      seq
      kind
      effectiveOn
      isReversible
      amount {
        amount
      }
    }
  }
`);

/** What an assessment can find; a condition that waits for one is not assessed. */
const ASSESSED: readonly ConditionStatus[] = ['MET', 'NOT_MET'];

/** What may be done with the promise now, as the graph says; a move opens its form. */
export function CommitmentMoves({
  of,
  departments,
}: {
  of: FragmentType<typeof CommitmentMovesFragment>;
  departments: readonly { readonly code: string; readonly name?: string | null }[];
}): ReactNode {
  const { t } = useTranslation();
  const { id, version, legalMoves, milestones, conditions, entries } = readFragment(CommitmentMovesFragment, of);
  const [chosen, setChosen] = useState<CommitmentMove | undefined>();
  const [done, setDone] = useState<CommitmentMove | undefined>();
  const askAgain = useAskAgain();
  const command = chosen === undefined ? undefined : PROMISE_COMMANDS[chosen];
  const choices = {
    isMoney: milestones == null,
    departments: departments.map(({ code, name }) => ({ value: code, label: name ?? code })),
    entries: entries
      .filter(({ isReversible }) => isReversible)
      .map(({ seq, kind, effectiveOn, amount }) => ({
        value: seq,
        label: [
          String(seq),
          t(`enum.LedgerEntryKind.${kind}`),
          effectiveOn,
          ...(amount == null ? [] : [moneyText(amount)]),
        ].join(' · '),
      })),
    conditions: conditions.map(({ no, text }) => ({ value: no, label: text })),
    statuses: ASSESSED.map((status) => ({ value: status, label: t(`enum.ConditionStatus.${status}`) })),
  };
  return (
    <>
      {legalMoves.length === 0 && <p>{t('commitment.noMoves')}</p>}
      <Space wrap className="no-print">
        {legalMoves.map((move) => (
          <Button
            key={move}
            type={move === chosen ? 'primary' : 'default'}
            aria-expanded={move === chosen}
            onClick={() => {
              setChosen(move === chosen ? undefined : move);
              setDone(undefined);
            }}
          >
            {t(`enum.CommitmentMove.${move}`)}
          </Button>
        ))}
      </Space>
      {chosen !== undefined && command !== undefined && (
        <CommandForm
          key={chosen}
          command={command.document}
          fixed={{ commitment: id, expectedVersion: version }}
          fields={command.fields(choices)}
          submit={t('case.do', { move: t(`enum.CommitmentMove.${chosen}`) })}
          onDone={() => {
            setChosen(undefined);
            setDone(chosen);
            askAgain();
          }}
        />
      )}
      <p role="status" className="note">
        {done !== undefined && t('case.done', { move: t(`enum.CommitmentMove.${done}`) })}
      </p>
    </>
  );
}
