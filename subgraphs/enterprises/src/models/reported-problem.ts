import { Schema, type ClientSession, type Connection } from 'mongoose';
import type { CaseStep, ProblemOrigin } from '../domain/problems/reported-problem.js';
import type { FindingCategory } from '../domain/visits/finding.js';

/** A problem of an enterprise that an official came upon, with what its case went through. */
export interface ReportedProblemRecord {
  id: string;
  origin: ProblemOrigin;
  /** The visit or the project. */
  originId: string;
  uscc: string;
  category: FindingCategory;
  title: string;
  text: string;
  /** District, six digits of GB/T 2260. */
  region: string;
  /** Account of who reported it. */
  reportedBy: string;
  /** Code of that person's department. */
  department: string;
  reportedAt: Date;
  /** Null until the cases department has taken it. */
  caseNumber: string | null;
  steps: readonly CaseStep[];
}

const required = true;
const schema = new Schema<ReportedProblemRecord>(
  {
    id: { type: String, required },
    origin: { type: String, required },
    originId: { type: String, required },
    uscc: { type: String, required },
    category: { type: String, required },
    title: { type: String, required },
    text: { type: String, required },
    region: { type: String, required },
    reportedBy: { type: String, required },
    department: { type: String, required },
    reportedAt: { type: Date, required },
    caseNumber: { type: String, default: null },
    steps: { type: Schema.Types.Mixed, required } as never,
  },
  { collection: 'reported_problems', versionKey: false, strict: 'throw', id: false, minimize: false },
);
schema.index({ id: 1 }, { unique: true });
schema.index({ origin: 1, originId: 1, reportedAt: 1 });
schema.index({ caseNumber: 1 });
schema.index({ uscc: 1 });

const PLAIN = { _id: 0 } as const;

export type ReportedProblemStore = ReturnType<typeof reportedProblemStore>;

/** The problems that officials came upon. */
export function reportedProblemStore(db: Connection) {
  const model = db.model('ReportedProblem', schema);
  return {
    insert: async (record: ReportedProblemRecord, session: ClientSession): Promise<void> => {
      await model.collection.insertOne({ ...record }, { session });
    },
    byId: async (id: string, session: ClientSession): Promise<ReportedProblemRecord | null> =>
      model.findOne({ id }, PLAIN, { session }).lean<ReportedProblemRecord | null>(),
    byCase: async (caseNumber: string, session: ClientSession): Promise<ReportedProblemRecord | null> =>
      model.findOne({ caseNumber }, PLAIN, { session }).lean<ReportedProblemRecord | null>(),
    /** Of each visit or project its problems, oldest first. */
    ofOrigins: async (
      originIds: readonly string[],
      { origin }: { readonly origin: ProblemOrigin },
    ): Promise<Map<string, ReportedProblemRecord[]>> => {
      const found = await model
        .find({ origin, originId: { $in: [...originIds] } }, PLAIN)
        .sort({ reportedAt: 1, id: 1 })
        .lean<ReportedProblemRecord[]>();
      const problems = new Map<string, ReportedProblemRecord[]>();
      for (const problem of found) problems.set(problem.originId, [...(problems.get(problem.originId) ?? []), problem]);
      return problems;
    },
    setCase: async (
      id: string,
      { caseNumber, steps }: Pick<ReportedProblemRecord, 'caseNumber' | 'steps'>,
      session: ClientSession,
    ): Promise<void> => {
      await model.collection.updateOne({ id }, { $set: { caseNumber, steps: [...steps] } }, { session });
    },
  };
}
