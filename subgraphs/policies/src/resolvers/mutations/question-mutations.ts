import { badUserInput, forbidden, requireRole, type Actor } from '@zhitong/kit';
import { idempotencyKeyArgument, payloadOf, type CommandOutcome, type RefusalPayload } from '@zhitong/kit/commands';
import { questionsSeenBy } from '../../domain/access.js';
import {
  ANSWER_TEXT,
  QUESTION_TEXT,
  questionView,
  textProblem,
  type QuestionView,
  type TextLimits,
} from '../../domain/questions/policy-question.js';
import { said } from '../../domain/refusal-words.js';
import type { Context } from '../../context.js';
import type { MutationResolvers } from '../../generated/resolvers-types.js';
import { contactOf } from './mutation-input.js';

export const askPolicyQuestion: NonNullable<MutationResolvers['askPolicyQuestion']> = async (
  _root,
  { input },
  context,
) => {
  const { actor, uscc } = contactOf(context.actor, 'askPolicyQuestion');
  const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
  const text = shownText(input.text, 'text', QUESTION_TEXT);
  return questionPayload(
    await context.questionCommands.ask({
      idempotencyKey,
      actor,
      now: context.clock.now(),
      uscc,
      policyId: input.policy,
      text,
    }),
    context,
  );
};

export const answerPolicyQuestion: NonNullable<MutationResolvers['answerPolicyQuestion']> = async (
  _root,
  { input },
  context,
) => {
  const officer = officerOf(context.actor, 'answerPolicyQuestion');
  const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
  const text = shownText(input.text, 'text', ANSWER_TEXT);
  return questionPayload(
    await context.questionCommands.answer({
      ...officer,
      idempotencyKey,
      now: context.clock.now(),
      questionId: input.question,
      expectedVersion: input.expectedVersion,
      text,
    }),
    context,
  );
};

export const declinePolicyQuestion: NonNullable<MutationResolvers['declinePolicyQuestion']> = async (
  _root,
  { input },
  context,
) => {
  const officer = officerOf(context.actor, 'declinePolicyQuestion');
  const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
  const reason = shownText(input.reason, 'reason', ANSWER_TEXT);
  return questionPayload(
    await context.questionCommands.decline({
      ...officer,
      idempotencyKey,
      now: context.clock.now(),
      questionId: input.question,
      expectedVersion: input.expectedVersion,
      reason,
    }),
    context,
  );
};

export const publishPolicyQuestion: NonNullable<MutationResolvers['publishPolicyQuestion']> = async (
  _root,
  { input },
  context,
) => {
  const officer = officerOf(context.actor, 'publishPolicyQuestion');
  const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
  const texts = {
    publicQuestion: shownText(input.publicQuestion, 'publicQuestion', QUESTION_TEXT),
    publicAnswer: shownText(input.publicAnswer, 'publicAnswer', ANSWER_TEXT),
  };
  return questionPayload(
    await context.questionCommands.publish({
      ...officer,
      idempotencyKey,
      now: context.clock.now(),
      questionId: input.question,
      expectedVersion: input.expectedVersion,
      ...texts,
    }),
    context,
  );
};

/** The officer and the department for which the officer acts. */
function officerOf(actor: Actor | null, operation: string): { readonly actor: Actor; readonly department: string } {
  requireRole(actor, ['OFFICER'], operation);
  if (actor.department === undefined) throw forbidden(said('NO_DEPARTMENT_IN_TOKEN', { operation }));
  return { actor, department: actor.department };
}

/** A text that others will read, trimmed; refused when it is too short or too long or holds what cannot be shown. */
function shownText(text: string, name: string, limits: TextLimits): string {
  const trimmed = text.replaceAll('\r\n', '\n').trim();
  const problem = textProblem(name, trimmed, limits);
  if (problem !== null) throw badUserInput(problem, ['input', name]);
  return trimmed;
}

/** A command's outcome as a payload with the question as the caller may see it now. */
async function questionPayload(
  outcome: CommandOutcome<string>,
  { stores, actor }: Context,
): Promise<{ question: QuestionView | null } | RefusalPayload> {
  return payloadOf(outcome, async (id) => {
    const [question] = await stores.questions.byId([id]);
    return { question: question === undefined ? null : questionView(question, questionsSeenBy(actor)) };
  });
}
