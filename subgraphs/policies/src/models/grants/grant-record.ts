import { Schema } from 'mongoose';
import type { Heir } from '../../domain/grant/succession.js';
import { GRANT_STATUSES, type GrantMove, type GrantState, type GrantStatus } from '../../domain/grant/grant.js';

/** A grant: one enterprise's benefit under one policy and period. Money in fen. */
export interface GrantRecord extends GrantState {
  readonly id: string;
  readonly policyId: string;
  readonly policyVersion: number;
  /** Department that pays. */
  readonly department: string;
  readonly uscc: string;
  /** District of the enterprise when it was identified. */
  readonly regionCode: string;
  /** `ALL` for a benefit that is had once, else the year. */
  readonly period: string;
  readonly amountFen: number;
  readonly paidFen: number;
  /** What was asked back of it and came, the sum of its receipts; left out while nothing did. */
  readonly recoveredFen?: number;
  readonly publicityDays: number;
  /** What a benefit that is not paid is worth, in fen; null where nobody can say; left out for money. */
  readonly valueFen?: number | null;
  /** An officer has decided on the amount; left out while none did. */
  readonly isAmountDecided?: boolean;
  /** What was due by the facts when an officer decided on another amount, in fen; null where nobody knew. */
  readonly dueWhenDecidedFen?: number | null;
  /** Who goes on from the enterprise that it was given to, and for whom it counts; left out where nobody does. */
  readonly heirs?: readonly Heir[];
  /** Doubts that an officer has decided on and that still hold, by `doubtKey`; left out while there were none. */
  readonly decided?: readonly string[];
  /** The confirmed account; null before it is confirmed. */
  readonly account: { readonly holder: string; readonly bank: string; readonly number: string } | null;
  /** Grows with each change; a change names the version that it was decided on. */
  readonly version: number;
  readonly identifiedAt: Date;
  readonly updatedAt: Date;
}

/** Where a grant lies in the order of their making. */
export type GrantPosition = Pick<GrantRecord, 'id' | 'identifiedAt'>;

/** What was granted and paid under one policy. Amounts in fen; each enterprise is counted once. */
export interface GrantSums {
  readonly granted: number;
  readonly grantedFen: number;
  readonly paid: number;
  readonly paidFen: number;
}

/** One change of a grant, kept for good. */
export interface GrantEventRecord {
  readonly grantId: string;
  readonly version: number;
  readonly move: GrantMove | 'IDENTIFY';
  readonly status: GrantStatus;
  readonly at: Date;
  readonly by: string;
  readonly note: string;
  /** The amount until then, where the change is one of the amount. */
  readonly formerAmountFen?: number;
}

const required = true;
/** Grants as they are stored, with the indexes that their reads need. */
export const grantSchema = new Schema<GrantRecord>(
  {
    id: { type: String, required },
    policyId: { type: String, required },
    policyVersion: { type: Number, required },
    department: { type: String, required },
    uscc: { type: String, required },
    regionCode: { type: String, required },
    period: { type: String, required },
    amountFen: { type: Number, required, min: 0 },
    paidFen: { type: Number, required, min: 0 },
    recoveredFen: { type: Number, min: 0 },
    instalmentsFen: { type: [Number], required } as never,
    settled: { type: Number, required, min: 0 },
    returned: { type: [Number], default: [] } as never,
    accountInDoubt: { type: Boolean, default: false },
    publicityDays: { type: Number, required, min: 0 },
    publicUntil: { type: String, default: null },
    formerlyShownFen: Number,
    reserved: { type: Boolean, required },
    life: String,
    valueFen: Number,
    isAmountDecided: Boolean,
    dueWhenDecidedFen: Number,
    decided: { type: [String], default: undefined } as never,
    heirs: { type: [Schema.Types.Mixed], default: undefined } as never,
    suspension: { type: Schema.Types.Mixed, default: null } as never,
    account: { type: Schema.Types.Mixed, default: null } as never,
    status: { type: String, required },
    version: { type: Number, required, min: 1 },
    identifiedAt: { type: Date, required },
    updatedAt: { type: Date, required },
  },
  { collection: 'grants', versionKey: false, strict: 'throw' },
);
grantSchema.index({ id: 1 }, { unique: true });
// Nobody has one benefit twice; what was withdrawn is not had, unless a part of it was paid, see `wasHad`.
grantSchema.index(
  { policyId: 1, uscc: 1, period: 1 },
  {
    unique: true,
    name: 'hadOnce',
    partialFilterExpression: { status: { $in: GRANT_STATUSES.filter((status) => status !== 'WITHDRAWN') } },
  },
);
grantSchema.index({ uscc: 1, identifiedAt: -1, id: -1 });
grantSchema.index({ 'heirs.uscc': 1 }, { sparse: true }); // what counts for a successor
grantSchema.index({ identifiedAt: -1, id: -1 });
grantSchema.index({ policyId: 1, identifiedAt: -1, id: -1 });
grantSchema.index({ department: 1, identifiedAt: -1, id: -1 });
grantSchema.index({ status: 1, identifiedAt: -1, id: -1 });
grantSchema.index({ status: 1, publicUntil: 1, id: 1 }); // what is shown in public
grantSchema.index({ 'account.number': 1, uscc: 1 }); // who is paid to one account
grantSchema.index({ policyId: 1, status: 1, uscc: 1, amountFen: 1, paidFen: 1 }); // sums of a policy, read from the index

/** Changes of grants as they are stored; one is never changed. */
export const grantEventSchema = new Schema<GrantEventRecord>(
  {
    grantId: { type: String, required },
    version: { type: Number, required },
    move: { type: String, required },
    status: { type: String, required },
    at: { type: Date, required },
    by: { type: String, required },
    note: { type: String, default: '' },
    formerAmountFen: Number,
  },
  { collection: 'grantEvents', versionKey: false, strict: 'throw' },
);
grantEventSchema.index({ grantId: 1, version: 1 }, { unique: true });

/** One record for each enterprise that may hold grants, on which two transactions that decide for it collide. */
export const grantHolderSchema = new Schema<{ uscc: string; decisions: number }>(
  { uscc: { type: String, required }, decisions: { type: Number, required } },
  { collection: 'grantHolders', versionKey: false, strict: 'throw' },
);
grantHolderSchema.index({ uscc: 1 }, { unique: true });
