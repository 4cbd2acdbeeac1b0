import { Schema, type ClientSession, type Connection } from 'mongoose';
import { GRADES, type DepartmentGrades, type Tally } from '../../domain/appraisal/appraisal.js';

/** An enterprise that is asked. Says whether it answered, and nothing of what or when. */
interface AskedEnterprise {
  appraisal: string;
  uscc: string;
  hasAnswered: boolean;
}

/** How often a department got each pair of grades: process 1 with result 1 to 5, then process 2, and so on. */
interface DepartmentTally {
  appraisal: string;
  department: string;
  counts: number[];
}

const required = true;
const askedSchema = new Schema<AskedEnterprise>(
  {
    appraisal: { type: String, required },
    uscc: { type: String, required },
    hasAnswered: { type: Boolean, required },
  },
  { collection: 'appraisal_sample', versionKey: false, strict: 'throw', id: false },
);
askedSchema.index({ appraisal: 1, uscc: 1 }, { unique: true });
askedSchema.index({ uscc: 1, hasAnswered: 1 });

const tallySchema = new Schema<DepartmentTally>(
  {
    appraisal: { type: String, required },
    department: { type: String, required },
    counts: { type: [Number], required },
  },
  { collection: 'appraisal_tallies', versionKey: false, strict: 'throw', id: false },
);
tallySchema.index({ appraisal: 1, department: 1 }, { unique: true });

const placeOf = ({ process, result }: Pick<DepartmentGrades, 'process' | 'result'>): number =>
  (process - 1) * GRADES.length + result - 1;

export type BlindAnswerStore = ReturnType<typeof blindAnswerStore>;

/**
 * Who was asked, and apart from it what was answered. Answers are not kept one by one but counted at once, in counters
 * that are there before the first one: there is no identifier, no order and no time by which an answer could be given
 * back to an enterprise.
 */
export function blindAnswerStore(db: Connection) {
  const asked = db.model('AppraisalSample', askedSchema);
  const tallies = db.model('AppraisalTally', tallySchema);
  return {
    /** Prepares a round: whom it asks, and the counters of its departments. */
    prepare: async (
      appraisal: string,
      { usccs, departments }: { readonly usccs: readonly string[]; readonly departments: readonly string[] },
      session: ClientSession,
    ): Promise<void> => {
      const counts = GRADES.flatMap(() => GRADES.map(() => 0));
      await tallies.collection.insertMany(
        departments.map((department) => ({ appraisal, department, counts })),
        { session },
      );
      if (usccs.length > 0)
        await asked.collection.insertMany(
          usccs.map((uscc) => ({ appraisal, uscc, hasAnswered: false })),
          { session, ordered: false },
        );
    },
    /** Marks an enterprise as one that has answered; whether it had before, or null for one that was not asked. */
    markAnswered: async (appraisal: string, uscc: string, session: ClientSession): Promise<boolean | null> => {
      const before = await asked.collection.findOneAndUpdate(
        { appraisal, uscc },
        { $set: { hasAnswered: true } },
        { session, returnDocument: 'before' },
      );
      return before === null ? null : before['hasAnswered'] === true;
    },
    count: async (appraisal: string, grades: readonly DepartmentGrades[], session: ClientSession): Promise<void> => {
      await tallies.collection.bulkWrite(
        grades.map(({ department, process, result }) => ({
          updateOne: {
            filter: { appraisal, department },
            update: { $inc: { [`counts.${placeOf({ process, result })}`]: 1 } },
          },
        })),
        { session },
      );
    },
    talliesOf: async (appraisal: string, session: ClientSession): Promise<Tally[]> =>
      (await tallies.find({ appraisal }, { _id: 0 }, { session }).lean<DepartmentTally[]>()).flatMap(
        ({ department, counts }) =>
          GRADES.flatMap((process) =>
            GRADES.map((result) => ({ department, process, result, count: counts[placeOf({ process, result })] ?? 0 })),
          ),
      ),
    /** How many enterprises a round asks, and how many of them have answered. */
    participation: async (
      appraisal: string,
      session?: ClientSession,
    ): Promise<{ readonly asked: number; readonly answered: number }> => {
      const options = session === undefined ? {} : { session };
      return {
        asked: await asked.countDocuments({ appraisal }, options),
        answered: await asked.countDocuments({ appraisal, hasAnswered: true }, options),
      };
    },
    /** Rounds that ask an enterprise and have no answer of it. */
    unansweredBy: async (uscc: string): Promise<string[]> => asked.distinct('appraisal', { uscc, hasAnswered: false }),
    /** Codes of the enterprises in operation by size, in order. */
    library: async (): Promise<Map<string, string[]>> => {
      const bySize = new Map<string, string[]>();
      const cursor = db
        .collection<{ uscc: string; scale: string; status: string }>('enterprises')
        .find({ status: 'IN_OPERATION' }, { projection: { _id: 0, uscc: 1, scale: 1 } })
        .sort({ uscc: 1 });
      for await (const { uscc, scale } of cursor) {
        const size = bySize.get(scale);
        if (size === undefined) bySize.set(scale, [uscc]);
        else size.push(uscc);
      }
      return bySize;
    },
  };
}
