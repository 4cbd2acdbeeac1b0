import { refuse, type CommandOutcome, type CommandRunner } from '@zhitong/kit/commands';
import type { ClientSession } from 'mongoose';
import { MOST_TOPICS, normalTopic, topicProblem, type Topic } from '../domain/subscriptions/topic.js';
import { honoursNamed } from '../domain/subscriptions/policy-topics.js';
import { factDefinition } from '../domain/facts/facts.js';
import { said } from '../domain/refusal-words.js';
import type { PolicySubscriberRecord, SubscribedTopic } from '../models/policy-subscriber.js';
import type { PolicyShelf } from '../memory/policy-shelf.js';
import type { Stores } from '../stores.js';
import type { DatedCommand } from './dated-command.js';

export type SubscriptionCommands = ReturnType<typeof subscriptionCommands>;

/** The writes of an enterprise that wants to be notified of policies [订阅]. */
export function subscriptionCommands({
  runner,
  stores,
  shelf,
}: {
  runner: CommandRunner;
  stores: Pick<Stores, 'subscribers' | 'notifications'>;
  shelf: PolicyShelf;
}) {
  const { subscribers, notifications } = stores;

  const known = () => {
    const policies = shelf.all().map(({ content }) => content);
    return {
      honours: new Set([...(factDefinition('honours')?.values ?? []), ...policies.flatMap(honoursNamed)]),
      issuers: new Set(policies.flatMap(({ issuerCode }) => issuerCode ?? [])),
    };
  };

  /** Reads an enterprise's topics, lets `decide` change them and writes them in one transaction. */
  const change = async (
    name: string,
    command: DatedCommand & { uscc: string; topic: Topic },
    decide: (subscriber: PolicySubscriberRecord, topic: Topic) => readonly SubscribedTopic[],
  ): Promise<CommandOutcome<number>> => {
    const { uscc } = command;
    const topic = normalTopic(command.topic);
    await subscribers.ensure(uscc);
    return runner.run({ ...command, name, request: { uscc, ...topic } }, async (session: ClientSession) => {
      const [subscriber] = await subscribers.byUscc([uscc], session);
      if (subscriber === undefined) throw new Error(`The subscriptions of ${uscc} are gone.`);
      const topics = decide(subscriber, topic);
      if (!(await subscribers.replace(subscriber, topics, session)))
        return refuse('STALE_VERSION', said('SUBSCRIPTIONS_CHANGED'), [], {
          version: subscriber.version,
        });
      return topics.length;
    });
  };

  const same = (one: Topic, other: Topic): boolean => one.kind === other.kind && one.value === other.value;

  return {
    /** Subscribes an enterprise to a topic. Returns how many topics it has then. */
    subscribe: async (command: DatedCommand & { uscc: string; topic: Topic }): Promise<CommandOutcome<number>> =>
      change('subscribeToTopic', command, ({ topics }, topic) => {
        const problem = topicProblem(topic, known());
        if (problem !== null) return refuse('INVALID', problem, ['value'], { kind: topic.kind, value: topic.value });
        if (topics.some((one) => same(one, topic)))
          return refuse('DUPLICATE', said('SUBSCRIBED_ALREADY', { kind: topic.kind, value: topic.value }), ['value']);
        if (topics.length >= MOST_TOPICS)
          return refuse('CONFLICT', said('TOO_MANY_TOPICS', { most: MOST_TOPICS }), [], { topics: topics.length });
        return [...topics, { ...topic, since: command.now }];
      }),

    /** Takes a subscription back. Returns how many topics are left. */
    unsubscribe: async (command: DatedCommand & { uscc: string; topic: Topic }): Promise<CommandOutcome<number>> =>
      change('unsubscribeFromTopic', command, ({ topics }, topic) => {
        const left = topics.filter((one) => !same(one, topic));
        return left.length === topics.length
          ? refuse('INVALID', said('NOT_SUBSCRIBED', { kind: topic.kind, value: topic.value }), ['value'])
          : left;
      }),

    /** Marks notifications of an enterprise as read, all of them for null. Returns how many were unread. */
    markRead: async (
      command: DatedCommand & { uscc: string; ids: readonly string[] | null },
    ): Promise<CommandOutcome<number>> => {
      const { uscc, ids, now } = command;
      return runner.run({ ...command, name: 'markNotificationsRead', request: { uscc, ids } }, async (session) => {
        const done = await notifications.markRead({ uscc, ids, readAt: now }, session);
        if ('marked' in done) return done.marked;
        const { unknown } = done;
        return refuse('INVALID', said('NO_NOTIFICATION', { notification: unknown[0] }), ['notifications'], { unknown });
      });
    },
  };
}
