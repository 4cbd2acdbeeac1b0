import { Button, Space } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import type { Field } from '../../components/command-field.js';
import { CommandForm } from '../../components/command-form.js';
import type { CaseMove } from '../../generated/graphql.js';
import { graphql, readFragment, type FragmentType } from '../../generated/index.js';
import { wordsOf } from '../../graph/problems.js';
import { CASE_COMMANDS } from './case-commands.js';
import { CaseSuggestion } from './case-suggestion.js';
import type { Choices, MoveField } from './move-command.js';

const CaseMovesFragment = graphql(/* GraphQL */ `
  fragment CaseMoves on Case {
    caseNumber
    version
    legalMoves
    blockedMoves {
      move
      message
      messageZh
    }
    assisting {
      code
      name
    }
    referrals @include(if: $withReferrals) {
      id
      reason
      outcome
    }
    suggestion @include(if: $withSuggestion) {
      ...CaseSuggestion
    }
  }
`);

/** What may be done with the case now, as the graph says; a move opens its form. */
export function CaseMoves({
  of,
  departments,
  onDone,
}: {
  of: FragmentType<typeof CaseMovesFragment>;
  departments: readonly { readonly code: string; readonly name?: string | null }[];
  /** Told which move the graph has acknowledged, and with undefined that another one is begun. */
  onDone: (move: CaseMove | undefined) => void;
}): ReactNode {
  const { t, i18n } = useTranslation();
  const { caseNumber, version, legalMoves, blockedMoves, assisting, referrals, suggestion } = readFragment(
    CaseMovesFragment,
    of,
  );
  const barred = blockedMoves.filter(({ move }) => CASE_COMMANDS[move] !== undefined);
  const [search] = useSearchParams();
  // A list from which the assignment was begun names the department.
  const wanted = legalMoves.includes('ASSIGNED')
    ? departments.find(({ code }) => code === search.get('assign'))?.code
    : undefined;
  const [lead, setLead] = useState(wanted);
  const [chosen, setChosen] = useState<CaseMove | undefined>(wanted === undefined ? undefined : 'ASSIGNED');
  const command = chosen === undefined ? undefined : CASE_COMMANDS[chosen];
  const fields = (command?.fields ?? []).map((field) => formField(field));

  function formField({ choices, columns, ...field }: MoveField): Field {
    return {
      ...field,
      ...(choices === undefined ? {} : { options: optionsOf(choices) }),
      ...(columns === undefined ? {} : { columns: columns.map((column) => formField(column)) }),
    };
  }

  function optionsOf(choices: Choices): { value: string; label: string }[] {
    switch (choices) {
      case 'departments':
      case 'assisting':
        return (choices === 'assisting' ? assisting : departments).map(({ code, name }) => ({
          value: code,
          label: name ?? code,
        }));
      case 'referrals':
      case 'cleared':
        return (referrals ?? [])
          .filter(({ outcome }) => (choices === 'cleared' ? outcome === 'CLEARED' : outcome == null))
          .map(({ id, reason }) => ({ value: id, label: reason }));
      default: {
        const [type, ...values] = choices;
        const words = t(`enum.${type}`, { returnObjects: true }) as Readonly<Record<string, string>>;
        return (values.length > 0 ? values : Object.keys(words)).map((value) => ({
          value,
          label: words[value] ?? value,
        }));
      }
    }
  }

  return (
    <>
      {legalMoves.length === 0 && <p>{t('case.noMoves')}</p>}
      {suggestion != null && legalMoves.includes('ASSIGNED') && (
        <CaseSuggestion
          of={suggestion}
          onChoose={(department) => {
            setLead(department);
            setChosen('ASSIGNED');
            onDone(undefined);
          }}
        />
      )}
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
                setLead(undefined);
                onDone(undefined);
              }}
            >
              {t(`enum.CaseMove.${move}`)}
            </Button>
          ))}
      </Space>
      {chosen !== undefined && command !== undefined && (
        <CommandForm
          key={`${chosen} ${lead ?? ''}`}
          initial={{ lead }}
          command={command.document}
          fixed={{ caseNumber, expectedVersion: version }}
          fields={fields}
          submit={t('case.do', { move: t(`enum.CaseMove.${chosen}`) })}
          onDone={() => {
            setChosen(undefined);
            onDone(chosen);
          }}
        />
      )}
      {barred.length > 0 && (
        <details className="no-print" data-shown="blocked">
          <summary>{t('case.blocked', { count: barred.length })}</summary>
          <ul>
            {barred.map(({ move, ...words }) => (
              <li key={move}>
                <Button disabled size="small" aria-describedby={`blocked-${move}`}>
                  {t(`enum.CaseMove.${move}`)}
                </Button>{' '}
                <span id={`blocked-${move}`}>{wordsOf(words, i18n.language)}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
