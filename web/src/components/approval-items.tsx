import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApprovalItemMove } from '../generated/graphql.js';
import { graphql, readFragment, type FragmentType } from '../generated/index.js';
import type { CommandDocument, RefusablePayload } from '../graph/use-command.js';
import { dayInShanghai } from '../values/days.js';
import type { Field } from './command-field.js';
import { List } from './list.js';
import { Paging } from './paging.js';
import { useMoves, type MoveForm } from './moves.js';

const ApprovalItemsFragment = graphql(/* GraphQL */ `
  fragment ApprovalItems on ApprovalItemConnection {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      id
      permit
      cause
      deadline
      daysOverdue
      state
      legalMoves
      enterprise {
        uscc
        name
      }
      department {
        name
      }
      events {
        kind
        on
        text
      }
    }
  }
`);

/** The form of each move of an item. */
const MOVES: Readonly<
  Record<
    ApprovalItemMove,
    {
      readonly command: CommandDocument<RefusablePayload>;
      readonly fields: readonly Field[];
      readonly initial?: () => Record<string, unknown>;
    }
  >
> = {
  SUBMIT: {
    command: graphql(/* GraphQL */ `
      mutation SubmitApprovalItem($input: SubmitApprovalItemInput!) {
        change: submitApprovalItem(input: $input) {
          refusal {
            code
            message
            path
            details
          }
        }
      }
    `),
    fields: [
      { name: 'on', kind: 'date', label: 'submittedOn' },
      { name: 'evidence', kind: 'text', label: 'proof' },
    ],
    initial: () => ({ on: dayInShanghai() }),
  },
  ANSWER: {
    command: graphql(/* GraphQL */ `
      mutation AnswerApprovalItem($input: AnswerApprovalItemInput!) {
        change: answerApprovalItem(input: $input) {
          refusal {
            code
            message
            path
            details
          }
        }
      }
    `),
    fields: [
      { name: 'confirmed', kind: 'yesNo' },
      { name: 'remark', kind: 'text', isOptional: true, label: 'missingRemark' },
    ],
  },
};

/** 台账: permits that were not completed through no fault of the enterprise, each with what may be done about it. */
export function ApprovalItems({
  of,
  list,
}: {
  of: FragmentType<typeof ApprovalItemsFragment>;
  /** Its name in the address. */
  list: string;
}): ReactNode {
  const { t } = useTranslation();
  const { nodes, totalCount, pageInfo } = readFragment(ApprovalItemsFragment, of);
  const { buttons, form } = useMoves(
    nodes.flatMap(({ id, legalMoves }) =>
      legalMoves.map((move): MoveForm => {
        const { command, fields, initial } = MOVES[move];
        return {
          ...{ row: id, move, command, fields, fixed: { item: id } },
          label: t(`enum.ApprovalItemMove.${move}`),
          ...(initial === undefined ? {} : { initial: initial() }),
        };
      }),
    ),
  );
  return (
    <>
      <List
        rows={nodes}
        total={totalCount}
        rowKey={(row) => row.id}
        columns={[
          {
            title: t('column.due'),
            render: ({ deadline, daysOverdue }) => (
              <span className={daysOverdue > 0 ? 'late' : undefined}>
                {deadline} {daysOverdue > 0 && t('due.days', { count: daysOverdue })}
              </span>
            ),
          },
          { title: t('column.subject'), render: ({ permit, cause }) => `${permit}: ${cause}` },
          { title: t('column.enterprise'), render: ({ enterprise }) => enterprise.name ?? enterprise.uscc },
          { title: t('column.department'), render: ({ department }) => department.name ?? '—' },
          {
            title: t('column.status'),
            render: ({ state, events }) =>
              [t(`enum.ApprovalState.${state}`), events.at(-1)?.on ?? '', events.at(-1)?.text ?? '']
                .filter((part) => part !== '')
                .join(' · '),
          },
          { title: t('column.action'), render: ({ id }) => buttons(id) },
        ]}
      />
      <Paging list={list} pageInfo={pageInfo} />
      {form}
    </>
  );
}
