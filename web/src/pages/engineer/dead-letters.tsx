import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { List } from '../../components/list.js';
import { Paging } from '../../components/paging.js';
import { ProblemAlert } from '../../components/problem-alert.js';
import { graphql, readFragment, type FragmentType } from '../../generated/index.js';
import { useAskAgain } from '../../graph/page-query.js';
import { useCommand, type CommandDocument, type RefusablePayload } from '../../graph/use-command.js';
import { momentText } from '../../values/days.js';
import type { Subgraph } from './subgraphs.js';

const DeadLettersFragment = graphql(/* GraphQL */ `
  fragment DeadLetters on DeadLetterConnection {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      id
      receiver
      eventType
      subject
      attempts
      replays
      lastReplayedBy
      lastStatus
      lastError
      deadAt
    }
  }
`);

/** How deliveries are sent again, by the department whose events they are. */
const REPLAYS: Readonly<
  Record<Subgraph, CommandDocument<RefusablePayload & { readonly replayedCount?: number | null }>>
> = {
  enterprises: graphql(/* GraphQL */ `
    mutation ReplayEnterpriseDeadLetters($input: ReplayDeadLettersInput!) {
      change: replayEnterpriseDeadLetters(input: $input) {
        replayedCount
        refusal {
          code
          message
          path
          details
        }
      }
    }
  `),
  cases: graphql(/* GraphQL */ `
    mutation ReplayCaseDeadLetters($input: ReplayDeadLettersInput!) {
      change: replayCaseDeadLetters(input: $input) {
        replayedCount
        refusal {
          code
          message
          path
          details
        }
      }
    }
  `),
  policies: graphql(/* GraphQL */ `
    mutation ReplayPolicyDeadLetters($input: ReplayDeadLettersInput!) {
      change: replayPolicyDeadLetters(input: $input) {
        replayedCount
        refusal {
          code
          message
          path
          details
        }
      }
    }
  `),
  credit: graphql(/* GraphQL */ `
    mutation ReplayCreditDeadLetters($input: ReplayDeadLettersInput!) {
      change: replayCreditDeadLetters(input: $input) {
        replayedCount
        refusal {
          code
          message
          path
          details
        }
      }
    }
  `),
};

/** Deliveries of a department's events that were given up: sent again one by one, or all that are shown. */
export function DeadLetters({
  subgraph,
  of,
}: {
  subgraph: Subgraph;
  of: FragmentType<typeof DeadLettersFragment>;
}): ReactNode {
  const { t } = useTranslation();
  const { nodes, totalCount, pageInfo } = readFragment(DeadLettersFragment, of);
  const askAgain = useAskAgain();
  const { run, isRunning, problem } = useCommand(REPLAYS[subgraph]);
  const [sent, setSent] = useState<number | undefined>();
  const replay = async (ids: readonly string[]): Promise<void> => {
    setSent(undefined);
    const payload = await run({ deadLetters: ids });
    if (payload !== undefined) setSent(payload.replayedCount ?? 0);
    askAgain();
  };
  return (
    <>
      <List
        rows={nodes}
        total={totalCount}
        rowKey={({ id }) => id}
        columns={[
          { title: t('letters.deadAt'), render: ({ deadAt }) => momentText(deadAt) },
          { title: t('letters.receiver'), dataIndex: 'receiver' },
          { title: t('letters.event'), dataIndex: 'eventType' },
          { title: t('letters.subject'), dataIndex: 'subject' },
          { title: t('letters.attempts'), align: 'right', dataIndex: 'attempts' },
          {
            title: t('letters.replays'),
            render: ({ replays, lastReplayedBy }) =>
              [String(replays), lastReplayedBy].filter((part) => part != null).join(' · '),
          },
          {
            title: t('field.reason'),
            render: ({ lastError, lastStatus }) => [lastStatus, lastError].filter((part) => part != null).join(' · '),
          },
          {
            title: t('letters.replay'),
            render: ({ id, eventType, subject }) => (
              <Button
                loading={isRunning}
                aria-label={t('letters.replayOne', { eventType, subject })}
                onClick={() => void replay([id])}
              >
                {t('letters.replay')}
              </Button>
            ),
          },
        ]}
      />
      <Paging list={subgraph} pageInfo={pageInfo} />
      {nodes.length > 1 && (
        <Button className="no-print" loading={isRunning} onClick={() => void replay(nodes.map(({ id }) => id))}>
          {t('letters.replayAll', { count: nodes.length })}
        </Button>
      )}
      {problem !== undefined && <ProblemAlert problem={problem} />}
      <p role="status" className="note">
        {sent !== undefined && t('letters.sent', { count: sent })}
      </p>
    </>
  );
}
