import { Schema, type ClientSession, type Connection } from 'mongoose';

/** A special supervisor (特约监督员): somebody from outside whom the city invites to follow how cases are handled. */
export interface SpecialSupervisorRecord {
  readonly id: string;
  readonly name: string;
  /** Where he or she comes from: a chamber, the people's congress, an enterprise. */
  readonly organisation: string;
  readonly appointedOn: string;
  /** Last day of the term. */
  readonly until: string;
  readonly endedOn: string | null;
  readonly endReason: string | null;
  readonly appointedBy: string;
}

/** A clearing notice (澄清正名): that an official was referred, and that nothing was found against him or her. */
export interface ClearingNoticeRecord {
  readonly id: string;
  readonly text: string;
  readonly department: string;
  /** Whom it is for: the officers of the department, or everybody. */
  readonly scope: 'DEPARTMENT' | 'PUBLIC';
  readonly issuedOn: string;
  readonly issuedBy: string;
  readonly caseNumber: string;
  readonly referralId: string;
}

const required = true;
const supervisors = new Schema(
  {
    id: { type: String, required },
    name: { type: String, required },
    organisation: { type: String, required },
    appointedOn: { type: String, required },
    until: { type: String, required },
    endedOn: { type: String, default: null },
    endReason: { type: String, default: null },
    appointedBy: { type: String, required },
  },
  { collection: 'special_supervisors', versionKey: false, strict: 'throw', id: false },
);
supervisors.index({ id: 1 }, { unique: true });
supervisors.index({ appointedOn: -1, id: -1 });

const notices = new Schema(
  {
    id: { type: String, required },
    text: { type: String, required },
    department: { type: String, required },
    scope: { type: String, required },
    issuedOn: { type: String, required },
    issuedBy: { type: String, required },
    caseNumber: { type: String, required },
    referralId: { type: String, required },
  },
  { collection: 'clearing_notices', versionKey: false, strict: 'throw', id: false },
);
notices.index({ referralId: 1 }, { unique: true });
notices.index({ scope: 1, department: 1, issuedOn: -1, id: -1 });

export type OversightRegister = ReturnType<typeof oversightRegister>;

/** The special supervisors, and the clearing notices. */
export function oversightRegister(db: Connection) {
  const supervisor = db.model('SpecialSupervisor', supervisors);
  const notice = db.model('ClearingNotice', notices);
  const plain = { _id: 0 } as const;
  return {
    supervisor: async (id: string, session?: ClientSession): Promise<SpecialSupervisorRecord | null> =>
      supervisor.findOne({ id }, plain, { session: session ?? null }).lean<SpecialSupervisorRecord | null>(),
    /** The latest appointed first; `activeOn` leaves out those whose term has ended. */
    supervisors: async (activeOn: string | undefined, limit: number): Promise<SpecialSupervisorRecord[]> =>
      supervisor
        .find(activeOn === undefined ? {} : { endedOn: null, until: { $gte: activeOn } }, plain)
        .sort({ appointedOn: -1, id: -1 })
        .limit(limit)
        .lean<SpecialSupervisorRecord[]>(),
    appoint: async (record: SpecialSupervisorRecord, session: ClientSession): Promise<void> => {
      await supervisor.collection.insertOne({ ...record }, { session });
    },
    /** Ends a term; false when it has ended. */
    end: async (id: string, on: string, reason: string, session: ClientSession): Promise<boolean> =>
      (await supervisor.updateOne({ id, endedOn: null }, { $set: { endedOn: on, endReason: reason } }, { session }))
        .matchedCount === 1,
    addNotice: async (record: ClearingNoticeRecord, session: ClientSession): Promise<void> => {
      await notice.collection.insertOne({ ...record }, { session });
    },
    /** Notices, the latest first: all, or the public ones and those for a department. */
    notices: async (
      readableBy: { readonly all: true } | { readonly all: false; readonly department: string | undefined },
      limit: number,
    ): Promise<ClearingNoticeRecord[]> =>
      notice
        .find(
          readableBy.all
            ? {}
            : {
                $or: [
                  { scope: 'PUBLIC' },
                  ...(readableBy.department === undefined ? [] : [{ department: readableBy.department }]),
                ],
              },
          plain,
        )
        .sort({ issuedOn: -1, id: -1 })
        .limit(limit)
        .lean<ClearingNoticeRecord[]>(),
  };
}
