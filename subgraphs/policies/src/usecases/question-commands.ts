import { randomUUID } from 'node:crypto';
import { refuse, type CommandOutcome, type CommandRunner } from '@zhitong/kit/commands';
import type { Outbox } from '@zhitong/kit/outbox';
import type { ClientSession } from 'mongoose';
import { legalQuestionMoves, MOST_OPEN_QUESTIONS, type QuestionMove } from '../domain/questions/policy-question.js';
import { FOUND_IN_CHINESE, namedIn } from '../domain/questions/public-text.js';
import { said } from '../domain/refusal-words.js';
import type { PolicyQuestionRecord, QuestionEventRecord } from '../models/policy-question.js';
import type { PolicyShelf } from '../memory/policy-shelf.js';
import type { Stores } from '../stores.js';
import type { DatedCommand } from './dated-command.js';

/** What an officer commands about one question, decided on the version that the officer has read. */
interface OnQuestion extends DatedCommand {
  readonly questionId: string;
  readonly expectedVersion: number;
  /** Department of the officer. */
  readonly department: string;
}

type EventType = 'answered' | 'corrected' | 'declined' | 'published';

export type QuestionCommands = ReturnType<typeof questionCommands>;

/** The writes of questions and answers about policies [政策问答]; whatever is said stays in the history. */
export function questionCommands({
  runner,
  stores,
  shelf,
  outbox,
}: {
  runner: CommandRunner;
  stores: Pick<Stores, 'questions' | 'facts'>;
  shelf: PolicyShelf;
  outbox: Outbox;
}) {
  const { questions, facts } = stores;

  /** The question in the version that the officer has read, if the move is possible now. */
  const readFor = async (
    { questionId, expectedVersion, department }: OnQuestion,
    moves: readonly QuestionMove[],
    session: ClientSession,
  ): Promise<PolicyQuestionRecord> => {
    const [question] = await questions.byId([questionId], session);
    if (question?.department !== department)
      return refuse('INVALID', said('NO_QUESTION', { question: questionId }), ['question']);
    if (question.version !== expectedVersion)
      return refuse('STALE_VERSION', said('QUESTION_IN_VERSION', { question: questionId, version: question.version }), [
        'expectedVersion',
      ]);
    const legal = legalQuestionMoves(question.status);
    return moves.some((move) => legal.includes(move))
      ? question
      : refuse(
          'ILLEGAL_STATE',
          said('QUESTION_IN_STATUS', { question: questionId, status: question.status }),
          ['question'],
          {
            legalMoves: legal,
          },
        );
  };

  const write = async (
    question: PolicyQuestionRecord,
    set: Partial<PolicyQuestionRecord>,
    event: Omit<QuestionEventRecord, 'questionId' | 'version'>,
    type: EventType,
    session: ClientSession,
  ): Promise<string> => {
    const { id, policyId, department, uscc } = question;
    if (!(await questions.change(question, set, event, session)))
      return refuse('STALE_VERSION', said('QUESTION_CHANGED', { question: id }), ['expectedVersion']);
    // A publication is for everybody and names nobody; the rest is for the enterprise that asked.
    await outbox.append(
      [
        {
          type: `cn.zhitong.policy-question.${type}`,
          subject: id,
          data: { question: id, policy: policyId, department, ...(type === 'published' ? {} : { uscc }) },
        },
      ],
      { session },
    );
    return id;
  };

  return {
    /** Asks the department that issued a policy. Returns the question's id. */
    ask: async (
      command: DatedCommand & { uscc: string; policyId: string; text: string },
    ): Promise<CommandOutcome<string>> => {
      const {
        uscc,
        policyId,
        text,
        actor: { sub },
        now,
      } = command;
      const policy = shelf.byId(policyId);
      await questions.ensureCount(uscc);
      return runner.run(
        { ...command, name: 'askPolicyQuestion', request: { uscc, policyId, text } },
        async (session) => {
          if (policy === null)
            return refuse('INVALID', said('NO_POLICY_PUBLISHED', { policy: JSON.stringify(policyId.slice(0, 64)) }), [
              'policy',
            ]);
          const department = policy.content.issuerCode;
          if (department === null)
            return refuse(
              'ILLEGAL_STATE',
              said('NOBODY_ANSWERS', { policy: policyId, issuer: policy.content.issuerName }),
              ['policy'],
            );
          // Counted first: two questions of one enterprise at once meet here, and one of them waits for the other.
          const counted = await questions.countOpen(uscc, session);
          const same = await questions.sameOpen({ uscc, policyId, text }, session);
          if (same !== null) return refuse('DUPLICATE', said('ASKED_ALREADY', { question: same.id }), ['text']);
          if (!counted) return refuse('CONFLICT', said('TOO_MANY_QUESTIONS', { most: MOST_OPEN_QUESTIONS }), []);
          const id = `Q-${randomUUID()}`;
          await questions.insert(
            {
              id,
              policyId,
              policyVersion: policy.record.version,
              department,
              uscc,
              text,
              answer: null,
              declinedBecause: null,
              status: 'OPEN',
              published: null,
              askedAt: now,
              askedBy: sub,
              answeredAt: null,
              answeredBy: null,
              version: 1,
              updatedAt: now,
            },
            session,
          );
          await outbox.append(
            [
              {
                type: 'cn.zhitong.policy-question.asked',
                subject: id,
                data: { question: id, policy: policyId, department, uscc },
              },
            ],
            { session },
          );
          return id;
        },
      );
    },

    /**
     * Answers a question, or corrects its answer: a publication is taken back then, because it says what is not the
     * answer any more.
     */
    answer: async (command: OnQuestion & { text: string }): Promise<CommandOutcome<string>> => {
      const {
        questionId,
        expectedVersion,
        text,
        actor: { sub },
        now,
      } = command;
      return runner.run(
        { ...command, name: 'answerPolicyQuestion', request: { questionId, expectedVersion, text } },
        async (session) => {
          const question = await readFor(command, ['ANSWER', 'CORRECT'], session);
          if (question.answer === text) return refuse('DUPLICATE', said('SAME_ANSWER'), ['text']);
          const corrected = question.status === 'ANSWERED';
          const event = {
            move: corrected ? 'CORRECT' : 'ANSWER',
            text,
            publicQuestion: null,
            at: now,
            by: sub,
          } as const;
          return write(
            question,
            { status: 'ANSWERED', answer: text, answeredAt: now, answeredBy: sub, published: null },
            event,
            corrected ? 'corrected' : 'answered',
            session,
          );
        },
      );
    },

    /** Declines a question with a reason. */
    decline: async (command: OnQuestion & { reason: string }): Promise<CommandOutcome<string>> => {
      const {
        questionId,
        expectedVersion,
        reason,
        actor: { sub },
        now,
      } = command;
      return runner.run(
        { ...command, name: 'declinePolicyQuestion', request: { questionId, expectedVersion, reason } },
        async (session) => {
          const question = await readFor(command, ['DECLINE'], session);
          return write(
            question,
            { status: 'DECLINED', declinedBecause: reason },
            { move: 'DECLINE', text: reason, publicQuestion: null, at: now, by: sub },
            'declined',
            session,
          );
        },
      );
    },

    /** Shows reviewed texts of an answered question to everybody; by another officer than the one who answered. */
    publish: async (
      command: OnQuestion & { publicQuestion: string; publicAnswer: string },
    ): Promise<CommandOutcome<string>> => {
      const {
        questionId,
        expectedVersion,
        publicQuestion,
        publicAnswer,
        actor: { sub },
        now,
      } = command;
      return runner.run(
        {
          ...command,
          name: 'publishPolicyQuestion',
          request: { questionId, expectedVersion, publicQuestion, publicAnswer },
        },
        async (session) => {
          const question = await readFor(command, ['PUBLISH'], session);
          if (question.answeredBy === sub) return refuse('CONFLICT', said('ANSWERED_YOURSELF'), ['question']);
          const [held] = await facts.byUscc([question.uscc], session);
          const enterprise = { uscc: question.uscc, name: held?.name ?? '' };
          for (const [name, text] of [
            ['publicQuestion', publicQuestion],
            ['publicAnswer', publicAnswer],
          ] as const) {
            const found = namedIn(text, enterprise);
            if (found.length > 0)
              return refuse(
                'INVALID',
                said('NAMES_SOMEBODY', {
                  field: name,
                  what: found.join(' and '),
                  whatInChinese: found.map((what) => FOUND_IN_CHINESE[what] ?? what).join('、'),
                }),
                [name],
                { found },
              );
          }
          const published = { question: publicQuestion, answer: publicAnswer, at: now, by: sub };
          return write(
            question,
            { published },
            { move: 'PUBLISH', text: publicAnswer, publicQuestion, at: now, by: sub },
            'published',
            session,
          );
        },
      );
    },
  };
}
