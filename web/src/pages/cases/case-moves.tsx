import { Button, Space } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CommandForm, type Field } from '../../components/command-form.js';
import type { CaseMove } from '../../generated/graphql.js';
import { graphql, readFragment, type FragmentType } from '../../generated/index.js';
import { CASE_COMMANDS } from './case-commands.js';

const CaseMovesFragment = graphql(/* GraphQL */ `
  fragment CaseMoves on Case {
    caseNumber
    version
    legalMoves
    referrals @include(if: $withReferrals) {
      id
      reason
      outcome
    }
  }
`);

/** What may be done with the case now, as the graph says; a move opens its form. */
export function CaseMoves({
  of,
  departments,
}: {
  of: FragmentType<typeof CaseMovesFragment>;
  departments: readonly { readonly code: string; readonly name?: string | null }[];
}): ReactNode {
  const { t } = useTranslation();
  const { caseNumber, version, legalMoves, referrals } = readFragment(CaseMovesFragment, of);
  const [chosen, setChosen] = useState<CaseMove | undefined>();
  const [done, setDone] = useState<CaseMove | undefined>();
  const command = chosen === undefined ? undefined : CASE_COMMANDS[chosen];
  const fields = (command?.fields ?? []).map((field): Field => {
    if (field.choices === undefined) return field;
    return { ...field, options: optionsOf(field.choices) };
  });

  function optionsOf(choices: string | readonly string[]): { value: string; label: string }[] {
    if (choices === 'departments') return departments.map(({ code, name }) => ({ value: code, label: name ?? code }));
    if (choices === 'referrals')
      return (referrals ?? []).flatMap(({ id, reason, outcome }) =>
        outcome == null ? [{ value: id, label: reason }] : [],
      );
    const [type = '', ...values] = choices;
    return values.map((value) => ({ value, label: t(`enum.${type}.${value}`) }));
  }

  return (
    <>
      {legalMoves.length === 0 && <p>{t('case.noMoves')}</p>}
      <Space wrap className="no-print">
        {legalMoves
          .filter((move) => CASE_COMMANDS[move] !== undefined)
          .map((move) => (
            <Button
              key={move}
              type={move === chosen ? 'primary' : 'default'}
              aria-expanded={move === chosen}
              onClick={() => {
                setChosen(move === chosen ? undefined : move);
                setDone(undefined);
              }}
            >
              {t(`enum.CaseMove.${move}`)}
            </Button>
          ))}
      </Space>
      {chosen !== undefined && command !== undefined && (
        <CommandForm
          key={chosen}
          command={command.document}
          fixed={{ caseNumber, expectedVersion: version }}
          fields={fields}
          submit={t('case.do', { move: t(`enum.CaseMove.${chosen}`) })}
          onDone={() => {
            setChosen(undefined);
            setDone(chosen);
          }}
        />
      )}
      <p role="status" className="note">
        {done !== undefined && t('case.done', { move: t(`enum.CaseMove.${done}`) })}
      </p>
    </>
  );
}
