import { badUserInput } from '@zhitong/kit';
import { idempotencyKeyArgument, payloadOf, type CommandOutcome } from '@zhitong/kit/commands';
import { noticeIdsArgument } from '@zhitong/kit/notices';
import { isDistrict, normalTopic } from '../../domain/subscriptions/topic.js';
import { said } from '../../domain/refusal-words.js';
import type { Context } from '../../context.js';
import type { MutationResolvers, PolicyTopicInput } from '../../generated/resolvers-types.js';
import { contactOf } from './mutation-input.js';

/** Far above every value that can be one; what is longer is not looked at. */
const MOST_VALUE = 200;

export const subscribeToTopic: NonNullable<MutationResolvers['subscribeToTopic']> = async (
  _root,
  { input },
  context,
) => {
  const contact = contactOf(context.actor, 'subscribeToTopic');
  const asked = topicOf(input);
  const { kind, value } = normalTopic(asked.topic);
  // What is no code at all is refused by the command, with its form.
  const district =
    kind === 'DISTRICT' && isDistrict(value) ? [{ kind: 'area' as const, code: value, path: ['value'] }] : [];
  const unknown = async () => context.register.faultsOf(district);
  return topicsPayload(
    await context.subscriptionCommands.subscribe({ ...contact, ...asked, unknown, now: context.clock.now() }),
    contact.uscc,
    context,
  );
};

export const unsubscribeFromTopic: NonNullable<MutationResolvers['unsubscribeFromTopic']> = async (
  _root,
  { input },
  context,
) => {
  const contact = contactOf(context.actor, 'unsubscribeFromTopic');
  return topicsPayload(
    await context.subscriptionCommands.unsubscribe({ ...contact, ...topicOf(input), now: context.clock.now() }),
    contact.uscc,
    context,
  );
};

function topicOf({ idempotencyKey, kind, value }: PolicyTopicInput) {
  if (value.length > MOST_VALUE)
    throw badUserInput(said('TOPIC_TOO_LONG', { length: value.length, most: MOST_VALUE }), ['input', 'value']);
  return { idempotencyKey: idempotencyKeyArgument(idempotencyKey), topic: { kind, value } };
}

/** A command's outcome as a payload with the enterprise's topics as they stand now. */
const topicsPayload = async (outcome: CommandOutcome<number>, uscc: string, { stores }: Context) =>
  payloadOf(outcome, async () => {
    const [subscriber] = await stores.subscribers.byUscc([uscc]);
    return { subscriptions: [...(subscriber?.topics ?? [])] };
  });

export const markNotificationsRead: NonNullable<MutationResolvers['markNotificationsRead']> = async (
  _root,
  { input },
  { actor: caller, clock, stores, subscriptionCommands },
) => {
  const { actor, uscc } = contactOf(caller, 'markNotificationsRead');
  const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
  const ids = noticeIdsArgument(input.notifications, 'notifications');
  const outcome = await subscriptionCommands.markRead({ idempotencyKey, actor, now: clock.now(), uscc, ids });
  return payloadOf(outcome, async (result) => ({
    marked: result,
    unreadCount: await stores.notifications.countUnread(uscc),
  }));
};
