import { Schema, type ClientSession, type Connection } from 'mongoose';
import { keysOfTopic, MOST_TOPICS, type Topic } from '../domain/subscriptions/topic.js';

/** A topic with the moment from which on an enterprise is notified of it. */
export interface SubscribedTopic extends Topic {
  readonly since: Date;
}

/**
 * An enterprise with all its topics. One document, so that two requests at once cannot exceed the limit or double a
 * topic.
 */
export interface PolicySubscriberRecord {
  readonly uscc: string;
  readonly topics: readonly SubscribedTopic[];
  /** Keys of all its topics, under which it is found when a policy touches one of them. */
  readonly keys: readonly string[];
  /** Grows with each change; a change names the version that it was decided on. */
  readonly version: number;
}

const required = true;
const topicSchema = new Schema<SubscribedTopic>(
  { kind: { type: String, required }, value: { type: String, required }, since: { type: Date, required } },
  { _id: false },
);
const schema = new Schema<PolicySubscriberRecord>(
  {
    uscc: { type: String, required },
    topics: {
      type: [topicSchema],
      required,
      validate: (topics: readonly unknown[]) => topics.length <= MOST_TOPICS,
    } as never,
    keys: { type: [String], required } as never,
    version: { type: Number, required },
  },
  { collection: 'policySubscribers', versionKey: false, strict: 'throw' },
);
schema.index({ uscc: 1 }, { unique: true });
schema.index({ keys: 1, uscc: 1 }); // whom a policy concerns, enterprise by enterprise

export type PolicySubscriberStore = ReturnType<typeof policySubscriberStore>;

/** Enterprises that subscribed to topics. */
export function policySubscriberStore(db: Connection) {
  const model = db.model('PolicySubscriber', schema);
  return {
    byUscc: async (usccs: readonly string[], session: ClientSession | null = null): Promise<PolicySubscriberRecord[]> =>
      model
        .find({ uscc: { $in: [...usccs] } }, { _id: 0 })
        .session(session)
        .lean<PolicySubscriberRecord[]>(),

    /**
     * Makes sure that there is a document for an enterprise; before the transaction that changes it, so that two first
     * subscriptions meet in it.
     */
    ensure: async (uscc: string): Promise<void> => {
      await model.updateOne({ uscc }, { $setOnInsert: { topics: [], keys: [], version: 0 } }, { upsert: true });
    },

    /** Puts topics in place of those that an enterprise had; false when somebody else changed them in between. */
    replace: async (
      { uscc, version }: Pick<PolicySubscriberRecord, 'uscc' | 'version'>,
      topics: readonly SubscribedTopic[],
      session: ClientSession,
    ): Promise<boolean> => {
      const keys = [...new Set(topics.flatMap(keysOfTopic))].sort();
      return (
        (
          await model.updateOne(
            { uscc, version },
            { $set: { topics: [...topics], keys, version: version + 1 } },
            { session, runValidators: true },
          )
        ).modifiedCount === 1
      );
    },

    /** The next enterprises, in the order of their codes, with a topic under one of the keys. */
    withKeys: async (
      keys: readonly string[],
      { after, limit }: { after: string; limit: number },
      session: ClientSession,
    ): Promise<PolicySubscriberRecord[]> =>
      model
        .find({ keys: { $in: [...keys] }, uscc: { $gt: after } }, { _id: 0 })
        .sort({ uscc: 1 })
        .limit(limit)
        .session(session)
        .lean<PolicySubscriberRecord[]>(),

    count: async (): Promise<number> => model.countDocuments({ version: { $gt: 0 } }),
  };
}
