import { insertMissing } from '@zhitong/kit/mongo';
import { Schema, type ClientSession, type Connection } from 'mongoose';

/** What one enterprise reported for a month (用工监测). The newest revision of a month counts. */
export interface LabourReportRecord {
  readonly uscc: string;
  /** YYYY-MM. */
  readonly month: string;
  readonly revision: number;
  readonly employees: number;
  /** Posts that nobody could be found for. */
  readonly shortage: number;
  readonly recordedBy: string;
}

/** A job fair (招聘会) with its figures. */
export interface JobFairRecord {
  readonly id: string;
  readonly name: string;
  readonly heldOn: string;
  readonly departmentCode: string;
  readonly enterprises: number;
  readonly posts: number;
  readonly hired: number;
}

/** Sums over enterprises that are monitored. */
export interface LabourMonth {
  readonly month: string;
  /** Reported for the month, of all that reported for a month of the year until then with so many staff. */
  readonly enterprises: number;
  readonly employees: number;
  readonly shortage: number;
  readonly short: number;
}

/** From how many persons on an enterprise is monitored (Xianning: firms with 50 and more staff). */
export const MONITORED_FROM = 50;

const required = true;
const number = { type: Number, required, min: 0 };
const options = { versionKey: false, strict: 'throw', id: false } as const;
const reports = new Schema<LabourReportRecord>(
  {
    uscc: { type: String, required },
    month: { type: String, required },
    revision: number,
    employees: number,
    shortage: number,
    recordedBy: { type: String, required },
  },
  { ...options, collection: 'labour_reports' },
);
reports.index({ uscc: 1, month: -1, revision: -1 }, { unique: true });
reports.index({ month: 1, uscc: 1, revision: -1 });
const fairs = new Schema<JobFairRecord>(
  {
    id: { type: String, required },
    name: { type: String, required },
    heldOn: { type: String, required },
    departmentCode: { type: String, required },
    enterprises: number,
    posts: number,
    hired: number,
  },
  { ...options, collection: 'job_fairs' },
);
fairs.index({ id: 1 }, { unique: true });
fairs.index({ heldOn: -1, id: -1 });

export type LabourStore = ReturnType<typeof labourStore>;

/** Monitoring of labour, and job fairs. */
export function labourStore(db: Connection) {
  const report = db.model('LabourReport', reports);
  const fair = db.model('JobFair', fairs);
  const plain = { _id: 0 } as const;
  return {
    /** The months of an enterprise, latest first, each in its newest revision. */
    series: async (uscc: string, months: number): Promise<LabourReportRecord[]> => {
      const found = await report.find({ uscc }, plain).sort({ month: -1, revision: -1 }).lean<LabourReportRecord[]>();
      return found.filter(({ month }, at) => found[at - 1]?.month !== month).slice(0, months);
    },
    newestRevision: async (uscc: string, month: string, session: ClientSession): Promise<number> =>
      (
        await report
          .findOne({ uscc, month }, { _id: 0, revision: 1 }, { session })
          .sort({ revision: -1 })
          .lean<Pick<LabourReportRecord, 'revision'>>()
      )?.revision ?? 0,
    insertReport: async (record: LabourReportRecord, session: ClientSession): Promise<void> => {
      await report.collection.insertOne({ ...record }, { session });
    },
    /** Sums by month over enterprises with so many staff, each in the newest revision. */
    months: async (from: string, to: string, least: number): Promise<LabourMonth[]> =>
      report.aggregate<LabourMonth>([
        { $match: { month: { $gte: from, $lte: to } } },
        { $sort: { month: 1, uscc: 1, revision: -1 } },
        {
          $group: {
            _id: { month: '$month', uscc: '$uscc' },
            employees: { $first: '$employees' },
            shortage: { $first: '$shortage' },
          },
        },
        { $match: { employees: { $gte: least } } },
        {
          $group: {
            _id: '$_id.month',
            enterprises: { $sum: 1 },
            employees: { $sum: '$employees' },
            shortage: { $sum: '$shortage' },
            short: { $sum: { $cond: [{ $gt: ['$shortage', 0] }, 1, 0] } },
          },
        },
        { $project: { _id: 0, month: '$_id', enterprises: 1, employees: 1, shortage: 1, short: 1 } },
        { $sort: { month: 1 } },
      ]),
    insertFair: async (record: JobFairRecord, session: ClientSession): Promise<void> => {
      await fair.collection.insertOne({ ...record }, { session });
    },
    fairById: async (id: string): Promise<JobFairRecord | null> =>
      fair.findOne({ id }, plain).lean<JobFairRecord | null>(),
    fairs: async (from: string, to: string): Promise<JobFairRecord[]> =>
      fair
        .find({ heldOn: { $gte: from, $lte: to } }, plain)
        .sort({ heldOn: -1, id: -1 })
        .lean<JobFairRecord[]>(),
    /** Puts records in unless they are there; for the demo's load, which can be run again and changes nobody's work. */
    addMissing: async (reported: readonly LabourReportRecord[], held: readonly JobFairRecord[]): Promise<void> => {
      await insertMissing(report.collection, reported);
      await insertMissing(fair.collection, held);
    },
  };
}
