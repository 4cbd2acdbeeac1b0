import { Button, Space } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Field } from '../../components/command-field.js';
import { CommandForm } from '../../components/command-form.js';
import type { ArrearMove } from '../../generated/graphql.js';
import { graphql, readFragment, type FragmentType } from '../../generated/index.js';
import { useAskAgain } from '../../graph/page-query.js';
import { moneyText } from '../../values/money.js';
import { DEBT_COMMANDS, type DebtChoices, type DebtField } from './debt-commands.js';

const DebtMovesFragment = graphql(/* GraphQL */ `
  fragment DebtMoves on Arrear {
    id
    version
    legalMoves
    plans {
      no
      state
    }
    payments(includeReversed: true) {
      no
      reversal {
        reason
      }
      paidOn
      amount {
        amount
      }
    }
    costs(includeReversed: true) {
      no
      reversal {
        reason
      }
      subject
      amount {
        amount
      }
    }
    settledDisputes(includeReversed: true) {
      no
      reversal {
        reason
      }
      settledOn
    }
    transfers(includeReversed: true) {
      no
      reversal {
        reason
      }
      effectiveOn
      to {
        name
      }
    }
  }
`);

const standing = <Entry extends { readonly reversal?: object | null }>(entries: readonly Entry[]): Entry[] =>
  entries.filter(({ reversal }) => reversal == null);

/** What may be done with the debt now, as the graph says; a move opens its form. */
export function DebtMoves({
  of,
  departments,
}: {
  of: FragmentType<typeof DebtMovesFragment>;
  departments: readonly { readonly code: string; readonly name?: string | null }[];
}): ReactNode {
  const { t } = useTranslation();
  const debt = readFragment(DebtMovesFragment, of);
  const [chosen, setChosen] = useState<ArrearMove | undefined>();
  const [done, setDone] = useState<ArrearMove | undefined>();
  const askAgain = useAskAgain();
  const command = chosen === undefined ? undefined : DEBT_COMMANDS[chosen];
  const proposed = debt.plans.find(({ state }) => state === 'PROPOSED')?.no;

  const numbered = (no: number, ...words: string[]): { value: number; label: string } => ({
    value: no,
    label: [String(no), ...words].join(' · '),
  });
  /** Of settlements and transfers the latest alone can be reversed. */
  function optionsOf(choices: DebtChoices): { value: string | number; label: string }[] {
    switch (choices) {
      case 'departments':
        return departments.map(({ code, name }) => ({ value: code, label: name ?? code }));
      case 'payments':
        return standing(debt.payments).map(({ no, paidOn, amount }) => numbered(no, paidOn, moneyText(amount)));
      case 'costs':
        return standing(debt.costs).map(({ no, subject, amount }) => numbered(no, subject, moneyText(amount)));
      case 'settlements':
        return standing(debt.settledDisputes)
          .slice(-1)
          .map(({ no, settledOn }) => numbered(no, settledOn));
      case 'transfers':
        return standing(debt.transfers)
          .slice(-1)
          .map(({ no, effectiveOn, to }) => numbered(no, effectiveOn, to.name ?? ''));
    }
  }
  const formField = ({ choices, columns, ...field }: DebtField): Field => ({
    ...field,
    ...(choices === undefined ? {} : { options: optionsOf(choices) }),
    ...(columns === undefined ? {} : { columns: columns.map((column) => formField(column)) }),
  });

  return (
    <>
      {debt.legalMoves.length === 0 && <p>{t('debt.noMoves')}</p>}
      <Space wrap className="no-print">
        {debt.legalMoves.map((move) => (
          <Button
            key={move}
            type={move === chosen ? 'primary' : 'default'}
            aria-expanded={move === chosen}
            onClick={() => {
              setChosen(move === chosen ? undefined : move);
              setDone(undefined);
            }}
          >
            {t(`enum.ArrearMove.${move}`)}
          </Button>
        ))}
      </Space>
      {chosen !== undefined && command !== undefined && (
        <CommandForm
          key={chosen}
          command={command.document}
          fixed={{ arrear: debt.id, expectedVersion: debt.version, ...command.fixed?.(proposed) }}
          fields={command.fields.map(formField)}
          submit={t('case.do', { move: t(`enum.ArrearMove.${chosen}`) })}
          onDone={() => {
            setChosen(undefined);
            setDone(chosen);
            askAgain();
          }}
        />
      )}
      <p role="status" className="note">
        {done !== undefined && t('case.done', { move: t(`enum.ArrearMove.${done}`) })}
      </p>
    </>
  );
}
