import { keysetFilter, keysetSort, pagePerParent, type ParentPage } from '@zhitong/kit/mongo';
import { Schema, type ClientSession, type Connection } from 'mongoose';
import {
  MOST_OPEN_QUESTIONS,
  type QuestionFacts,
  type QuestionMove,
  type QuestionsSeen,
  type QuestionStatus,
} from '../domain/questions/policy-question.js';
import { LATEST_QUESTION_FIRST } from '../list-orders.js';

/** A question of an enterprise about a policy, as it stands. */
export interface PolicyQuestionRecord extends QuestionFacts {
  /** Version of the policy that was shown when it was asked. */
  readonly policyVersion: number;
  readonly askedBy: string;
  readonly answeredBy: string | null;
  readonly updatedAt: Date;
}

/** One change of a question with what was said; events are only ever added. */
export interface QuestionEventRecord {
  readonly questionId: string;
  readonly version: number;
  readonly move: QuestionMove | 'ASK';
  /** The question, the answer or the reason as it was written. */
  readonly text: string;
  /** The reviewed question of a publication, whose answer `text` is; null otherwise. */
  readonly publicQuestion: string | null;
  readonly at: Date;
  readonly by: string;
}

/** Questions of one policy by where they stand. */
export interface QuestionCounts {
  readonly asked: number;
  readonly answered: number;
  readonly declined: number;
  readonly published: number;
}

export interface QuestionConditions {
  readonly policyId?: string | undefined;
  readonly department?: string | undefined;
  readonly status?: readonly QuestionStatus[] | undefined;
}

interface OpenCount {
  readonly uscc: string;
  readonly open: number;
}

const required = true;
const schema = new Schema<PolicyQuestionRecord>(
  {
    id: { type: String, required },
    policyId: { type: String, required },
    policyVersion: { type: Number, required },
    department: { type: String, required },
    uscc: { type: String, required },
    text: { type: String, required },
    answer: { type: String, default: null },
    declinedBecause: { type: String, default: null },
    status: { type: String, required },
    published: { type: Schema.Types.Mixed, default: null } as never,
    askedAt: { type: Date, required },
    askedBy: { type: String, required },
    answeredAt: { type: Date, default: null },
    answeredBy: { type: String, default: null },
    version: { type: Number, required, min: 1 },
    updatedAt: { type: Date, required },
  },
  { collection: 'policyQuestions', versionKey: false, strict: 'throw', id: false },
);
schema.index({ id: 1 }, { unique: true });
schema.index({ policyId: 1, askedAt: -1, id: -1 });
schema.index({ uscc: 1, askedAt: -1, id: -1 });
schema.index({ askedAt: -1, id: -1 });
schema.index({ department: 1, askedAt: -1, id: -1 });
schema.index({ department: 1, status: 1, askedAt: -1, id: -1 });

const eventSchema = new Schema<QuestionEventRecord>(
  {
    questionId: { type: String, required },
    version: { type: Number, required, min: 1 },
    move: { type: String, required },
    text: { type: String, required },
    publicQuestion: { type: String, default: null },
    at: { type: Date, required },
    by: { type: String, required },
  },
  { collection: 'policyQuestionEvents', versionKey: false, strict: 'throw' },
);
eventSchema.index({ questionId: 1, version: 1 }, { unique: true }); // one history, without two events in one place

const countSchema = new Schema<OpenCount>(
  { uscc: { type: String, required }, open: { type: Number, required, min: 0, max: MOST_OPEN_QUESTIONS } },
  { collection: 'policyQuestionCounts', versionKey: false, strict: 'throw' },
);
countSchema.index({ uscc: 1 }, { unique: true });

interface QuestionPage {
  readonly limit: number;
  readonly position: Parameters<typeof keysetFilter>[1];
  readonly backwards: boolean;
}

export type PolicyQuestionStore = ReturnType<typeof policyQuestionStore>;

/** Questions about policies with everything that was ever said. */
export function policyQuestionStore(db: Connection) {
  const model = db.model('PolicyQuestion', schema);
  const events = db.model('PolicyQuestionEvent', eventSchema);
  const counts = db.model('PolicyQuestionCount', countSchema);
  const perParent = async (
    parentField: 'policyId' | 'uscc',
    parents: readonly string[],
    match: Record<string, unknown>,
    page: Partial<QuestionPage>,
  ): Promise<Map<string, ParentPage<PolicyQuestionRecord>>> =>
    pagePerParent<PolicyQuestionRecord>({
      connection: db,
      collection: model.collection.name,
      parentField,
      parents,
      match,
      sort: LATEST_QUESTION_FIRST,
      limit: page.limit,
      position: page.position,
      backwards: page.backwards ?? false,
    });
  const filterOf = ({ policyId, department, status }: QuestionConditions): Record<string, unknown> => ({
    ...(policyId === undefined ? {} : { policyId }),
    ...(department === undefined ? {} : { department }),
    ...(status === undefined ? {} : { status: { $in: [...status] } }),
  });
  return {
    byId: async (ids: readonly string[], session: ClientSession | null = null): Promise<PolicyQuestionRecord[]> =>
      model
        .find({ id: { $in: [...ids] } }, { _id: 0 })
        .session(session)
        .lean<PolicyQuestionRecord[]>(),

    list: async (
      conditions: QuestionConditions,
      { limit, position, backwards }: QuestionPage,
    ): Promise<PolicyQuestionRecord[]> =>
      model
        .find({ $and: [filterOf(conditions), keysetFilter(LATEST_QUESTION_FIRST, position, backwards)] }, { _id: 0 })
        .sort(keysetSort(LATEST_QUESTION_FIRST, backwards))
        .limit(limit + 1)
        .lean<PolicyQuestionRecord[]>(),

    count: async (conditions: QuestionConditions): Promise<number> => model.countDocuments(filterOf(conditions)),

    /** Of each of many policies the page that a caller sees, with one command. */
    perPolicy: async (
      policyIds: readonly string[],
      { seen, ...page }: Partial<QuestionPage> & { seen: QuestionsSeen },
    ) => perParent('policyId', policyIds, seenFilter(seen), page),

    perEnterprise: async (usccs: readonly string[], page: Partial<QuestionPage>) => perParent('uscc', usccs, {}, page),

    history: async (ids: readonly string[]): Promise<Map<string, QuestionEventRecord[]>> => {
      const found = await events
        .find({ questionId: { $in: [...ids] } }, { _id: 0 })
        .sort({ questionId: 1, version: 1 })
        .lean<QuestionEventRecord[]>();
      return new Map(ids.map((id) => [id, found.filter(({ questionId }) => questionId === id)]));
    },

    /**
     * Makes sure that an enterprise's open questions are counted; before the transaction that asks, so that two first
     * questions meet in it.
     */
    ensureCount: async (uscc: string): Promise<void> => {
      await counts.updateOne({ uscc }, { $setOnInsert: { open: 0 } }, { upsert: true });
    },

    /** Counts one more open question of an enterprise; false when it has as many as it may. */
    countOpen: async (uscc: string, session: ClientSession): Promise<boolean> =>
      (await counts.updateOne({ uscc, open: { $lt: MOST_OPEN_QUESTIONS } }, { $inc: { open: 1 } }, { session }))
        .modifiedCount === 1,

    /** The open question of an enterprise about a policy with the same text; null when there is none. */
    sameOpen: async (
      { uscc, policyId, text }: Pick<PolicyQuestionRecord, 'uscc' | 'policyId' | 'text'>,
      session: ClientSession,
    ): Promise<PolicyQuestionRecord | null> =>
      model.findOne({ uscc, policyId, status: 'OPEN', text }, { _id: 0 }).session(session).lean<PolicyQuestionRecord>(),

    insert: async (record: PolicyQuestionRecord, session: ClientSession): Promise<void> => {
      await model.create([record], { session });
      await events.create(
        [
          {
            questionId: record.id,
            version: record.version,
            move: 'ASK',
            text: record.text,
            publicQuestion: null,
            at: record.askedAt,
            by: record.askedBy,
          },
        ],
        { session },
      );
    },

    /** Puts a question in with a history of its own; for imports. */
    putHistory: async (
      record: PolicyQuestionRecord,
      history: readonly QuestionEventRecord[],
      session: ClientSession,
    ): Promise<void> => {
      await model.create([record], { session });
      await events.insertMany([...history], { session });
    },

    /**
     * Writes a change that was decided on `version`, with its place in the history; false when somebody wrote in
     * between.
     */
    change: async (
      { id, uscc, version, status }: PolicyQuestionRecord,
      set: Partial<PolicyQuestionRecord>,
      event: Omit<QuestionEventRecord, 'questionId' | 'version'>,
      session: ClientSession,
    ): Promise<boolean> => {
      const { modifiedCount } = await model.updateOne(
        { id, version },
        { $set: { ...set, version: version + 1, updatedAt: event.at } },
        { session },
      );
      if (modifiedCount !== 1) return false;
      await events.create([{ questionId: id, version: version + 1, ...event }], { session });
      if (status === 'OPEN' && set.status !== undefined && set.status !== 'OPEN')
        await counts.updateOne({ uscc }, { $inc: { open: -1 } }, { session });
      return true;
    },

    /** Counts of many policies with one command. */
    countsOf: async (policyIds: readonly string[]): Promise<Map<string, QuestionCounts>> => {
      const standing = (status: QuestionStatus) => ({
        $sum: { $cond: { if: { $eq: ['$status', status] }, then: 1, else: 0 } },
      });
      const rows = await model.aggregate<QuestionCounts & { _id: string }>([
        { $match: { policyId: { $in: [...policyIds] } } },
        {
          $group: {
            _id: '$policyId',
            asked: { $sum: 1 },
            answered: standing('ANSWERED'),
            declined: standing('DECLINED'),
            published: {
              $sum: { $cond: { if: { $eq: [{ $ifNull: ['$published', null] }, null] }, then: 0, else: 1 } },
            },
          },
        },
      ]);
      return new Map(rows.map(({ _id, ...found }) => [_id, found]));
    },
  };
}

function seenFilter(seen: QuestionsSeen): Record<string, unknown> {
  switch (seen.kind) {
    case 'all':
      return {};
    case 'department':
      return { $or: [{ published: { $ne: null } }, { department: seen.department }] };
    case 'enterprise':
      return { $or: [{ published: { $ne: null } }, { uscc: seen.uscc }] };
    case 'published':
      return { published: { $ne: null } };
  }
}
