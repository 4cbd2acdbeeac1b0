import { Button, Space } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Field } from '../../components/command-field.js';
import { CommandForm } from '../../components/command-form.js';
import { Paging } from '../../components/paging.js';
import type { PolicyQuestionMove } from '../../generated/graphql.js';
import { graphql, readFragment, type FragmentType } from '../../generated/index.js';
import { useAskAgain } from '../../graph/page-query.js';
import type { CommandDocument, RefusablePayload } from '../../graph/use-command.js';
import { momentText } from '../../values/days.js';

const QuestionsFragment = graphql(/* GraphQL */ `
  fragment PolicyQuestions on PolicyQuestionConnection {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      id
      question
      answer
      declinedBecause
      status
      askedAt
      publishedAt
      version
      legalMoves
    }
  }
`);

const AskQuestion = graphql(/* GraphQL */ `
  mutation AskPolicyQuestion($input: AskPolicyQuestionInput!) {
    change: askPolicyQuestion(input: $input) {
      question {
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

const AnswerQuestion = graphql(/* GraphQL */ `
  mutation AnswerPolicyQuestion($input: AnswerPolicyQuestionInput!) {
    change: answerPolicyQuestion(input: $input) {
      question {
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

const DeclineQuestion = graphql(/* GraphQL */ `
  mutation DeclinePolicyQuestion($input: DeclinePolicyQuestionInput!) {
    change: declinePolicyQuestion(input: $input) {
      question {
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

const PublishQuestion = graphql(/* GraphQL */ `
  mutation PublishPolicyQuestion($input: PublishPolicyQuestionInput!) {
    change: publishPolicyQuestion(input: $input) {
      question {
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

interface QuestionCommand {
  readonly document: CommandDocument<RefusablePayload>;
  readonly fields: readonly Field[];
}

const ANSWER: QuestionCommand = {
  document: AnswerQuestion,
  fields: [{ name: 'text', kind: 'text', label: 'answer' }],
};

/** How each move of a question is made. */
const COMMANDS: Readonly<Record<PolicyQuestionMove, QuestionCommand>> = {
  ANSWER,
  CORRECT: ANSWER,
  DECLINE: { document: DeclineQuestion, fields: [{ name: 'reason', kind: 'text' }] },
  PUBLISH: {
    document: PublishQuestion,
    fields: [
      { name: 'publicQuestion', kind: 'text' },
      { name: 'publicAnswer', kind: 'text' },
    ],
  },
};

/** Questions about a policy with their answers; who may, asks another one or answers. */
export function PolicyQuestions({
  policy,
  mayAsk,
  of,
}: {
  policy: string;
  mayAsk: boolean;
  of: FragmentType<typeof QuestionsFragment>;
}): ReactNode {
  const { t } = useTranslation();
  const { nodes, totalCount, pageInfo } = readFragment(QuestionsFragment, of);
  const [chosen, choose] = useState<{ readonly id: string; readonly move: PolicyQuestionMove } | undefined>();
  const [asked, setAsked] = useState(0);
  const askAgain = useAskAgain();
  return (
    <>
      {nodes.length === 0 && <p className="note">{t('question.none')}</p>}
      {nodes.map(({ id, question, answer, declinedBecause, status, askedAt, publishedAt, version, legalMoves }) => (
        <div key={id} data-part="question">
          <p className="pre-line">
            <strong>{question}</strong>
          </p>
          <p className="note">
            {momentText(askedAt)} · {t(`enum.PolicyQuestionStatus.${status}`)}
            {publishedAt != null && ` · ${t('question.published')}`}
          </p>
          {answer != null && <p className="pre-line">{answer}</p>}
          {declinedBecause != null && <p className="pre-line">{declinedBecause}</p>}
          <Space className="no-print">
            {legalMoves.map((move) => (
              <Button
                key={move}
                aria-expanded={chosen?.id === id && chosen.move === move}
                onClick={() => choose({ id, move })}
              >
                {t(`enum.PolicyQuestionMove.${move}`)}
              </Button>
            ))}
          </Space>
          {chosen?.id === id && (
            <CommandForm
              key={chosen.move}
              command={COMMANDS[chosen.move].document}
              fixed={{ question: id, expectedVersion: version }}
              fields={COMMANDS[chosen.move].fields}
              initial={{ publicQuestion: question, publicAnswer: answer ?? undefined }}
              submit={t('question.do', { move: t(`enum.PolicyQuestionMove.${chosen.move}`) })}
              onDone={() => {
                choose(undefined);
                askAgain();
              }}
            />
          )}
        </div>
      ))}
      {totalCount > nodes.length && (
        <p className="note">{t('list.shown', { shown: nodes.length, total: totalCount })}</p>
      )}
      <Paging list="questions" pageInfo={pageInfo} />
      {mayAsk && (
        <CommandForm
          key={asked}
          command={AskQuestion}
          fixed={{ policy }}
          fields={[{ name: 'text', kind: 'text', label: 'question' }]}
          submit={t('question.ask')}
          onDone={() => {
            setAsked(asked + 1);
            askAgain();
          }}
        />
      )}
    </>
  );
}
