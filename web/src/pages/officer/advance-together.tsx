import { Alert, Button, Input, Select, Space } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { List } from '../../components/list.js';
import { ProblemAlert } from '../../components/problem-alert.js';
import { graphql } from '../../generated/index.js';
import type { GrantMove } from '../../generated/graphql.js';
import { useAskAgain } from '../../graph/page-query.js';
import { chineseOf, wordsOf } from '../../graph/problems.js';
import { useCommand } from '../../graph/use-command.js';

const AdvanceGrants = graphql(/* GraphQL */ `
  mutation AdvanceGrants($input: AdvanceGrantsInput!) {
    change: advanceGrants(input: $input) {
      grants {
        id
        status
        legalMoves
      }
      notMoved {
        grant
        code
        message
        details
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

interface Chosen {
  readonly id: string;
  readonly legalMoves: readonly GrantMove[];
  readonly enterprise: { readonly uscc: string; readonly name?: string | null };
}

interface Outcome {
  readonly moved: number;
  readonly notMoved: readonly { readonly grant: string; readonly message: string; readonly details?: unknown }[];
}

/**
 * One move over many grants. Which of them the graph would not move now stands there before the button is pressed, by
 * their legal moves; which it did not move, and why, afterwards.
 */
export function AdvanceTogether({
  grants,
  moves,
  onDone,
}: {
  grants: readonly Chosen[];
  moves: readonly GrantMove[];
  onDone: () => void;
}): ReactNode {
  const { t, i18n } = useTranslation();
  const askAgain = useAskAgain();
  const { isRunning, problem, run } = useCommand(AdvanceGrants);
  const [move, chooseMove] = useState<GrantMove | undefined>();
  const [note, setNote] = useState('');
  const [outcome, setOutcome] = useState<Outcome | undefined>();
  const nameOf = (id: string): string => {
    const { name, uscc } = grants.find((one) => one.id === id)?.enterprise ?? { uscc: id };
    return name ?? uscc;
  };
  const stays = move === undefined ? [] : grants.filter(({ legalMoves }) => !legalMoves.includes(move));
  const goes = move === undefined ? [] : grants.filter(({ legalMoves }) => legalMoves.includes(move));
  const advance = async (): Promise<void> => {
    const payload = await run({ grants: goes.map(({ id }) => id), move, ...(note === '' ? {} : { note }) });
    if (payload === undefined) return;
    const notMoved = payload.notMoved ?? [];
    setOutcome({ moved: payload.grants?.length ?? 0, notMoved });
    askAgain();
    if (notMoved.length === 0) onDone();
  };
  return (
    <div data-part="advance" className="no-print">
      {grants.length > 0 && (
        <>
          <h3>{t('grantWork.together', { count: grants.length })}</h3>
          <Space wrap>
            <Select
              aria-label={t('column.action')}
              style={{ minWidth: 160 }}
              value={move}
              onChange={chooseMove}
              options={moves.map((value) => ({ value, label: t(`enum.GrantMove.${value}`) }))}
            />
            <Input
              aria-label={t('field.note')}
              placeholder={t('field.note')}
              value={note}
              onChange={({ target }) => setNote(target.value)}
            />
            <Button type="primary" disabled={goes.length === 0} loading={isRunning} onClick={() => void advance()}>
              {t('grantWork.advance', { count: goes.length })}
            </Button>
          </Space>
        </>
      )}
      {stays.length > 0 && (
        <Alert
          type="warning"
          title={t('grantWork.stay', {
            count: stays.length,
            who: stays.map(({ id }) => nameOf(id)).join(t('list.separator')),
          })}
        />
      )}
      {problem !== undefined && <ProblemAlert problem={problem} />}
      {outcome !== undefined && (
        <>
          <p role="status">{t('grantWork.moved', { count: outcome.moved })}</p>
          {outcome.notMoved.length > 0 && (
            <List
              rows={outcome.notMoved}
              rowKey={(row) => row.grant}
              columns={[
                { title: t('column.enterprise'), render: (row) => nameOf(row.grant) },
                {
                  title: t('grantWork.why'),
                  render: ({ message, details }) => wordsOf({ message, messageZh: chineseOf(details) }, i18n.language),
                },
              ]}
            />
          )}
        </>
      )}
    </div>
  );
}
