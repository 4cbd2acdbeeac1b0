import type { Collection } from 'mongodb';
import type { Connection } from 'mongoose';
import { ulid } from 'ulid';
import { isDuplicateKey } from '../mongo/duplicate-key.js';
import type { Timers } from './timers.js';

/** Who has a job's rounds to itself, and until when by the database's clock. */
interface LeaseRecord {
  readonly _id: string;
  readonly owner: string | null;
  readonly leasedUntil: Date;
}

/** The sole right to a job's round until it is released, or until it lapses because its holder died. */
export interface JobLease {
  /** True once another process may have the round: this one stopped for too long, or the database did. */
  isLost(): boolean;
  release(): Promise<void>;
}

/** Gives leases of jobs. */
export interface JobLeases {
  /** Null while another process has the job. */
  claim(name: string, leaseMs: number): Promise<JobLease | null>;
}

const LONG_AGO = new Date(0);
/** A lease is prolonged when this part of it is over, so that one prolongation that fails costs nothing. */
const PROLONG_AFTER = 1 / 3;

const until = (leaseMs: number) => ({ $add: ['$$NOW', leaseMs] });

/**
 * Leases in the department's own database, by its clock: processes on machines whose clocks differ agree on them. A
 * lease keeps two processes from doing the same work for nothing; what a round writes must be right all the same when
 * its lease has lapsed.
 */
export function jobLeases({ connection, timers }: { connection: Connection; timers: Timers }): JobLeases {
  const leases: Collection<LeaseRecord> = connection.collection<LeaseRecord>('job_leases');
  const take = async (name: string, owner: string, leaseMs: number): Promise<LeaseRecord | null> =>
    leases.findOneAndUpdate(
      { _id: name, $expr: { $lte: ['$leasedUntil', '$$NOW'] } },
      [{ $set: { owner, leasedUntil: until(leaseMs) } }],
      { returnDocument: 'after' },
    );
  return {
    claim: async (name, leaseMs) => {
      const owner = ulid();
      const taken =
        (await take(name, owner, leaseMs)) ?? ((await enter(leases, name)) ? await take(name, owner, leaseMs) : null);
      return taken === null ? null : heldLease({ leases, timers, leaseMs, name, owner });
    },
  };
}

/** Enters a job that was never leased. Answers false for one that is there already. */
async function enter(leases: Collection<LeaseRecord>, name: string): Promise<boolean> {
  try {
    const { upsertedCount } = await leases.updateOne(
      { _id: name },
      { $setOnInsert: { owner: null, leasedUntil: LONG_AGO } },
      { upsert: true },
    );
    return upsertedCount === 1;
  } catch (error) {
    if (isDuplicateKey(error)) return false;
    throw error;
  }
}

function heldLease({
  leases,
  timers,
  leaseMs,
  name,
  owner,
}: {
  leases: Collection<LeaseRecord>;
  timers: Timers;
  leaseMs: number;
  name: string;
  owner: string;
}): JobLease {
  let sureUntil = performance.now() + leaseMs;
  let isTaken = false;
  let isReleased = false;
  let prolonging: Promise<void> = Promise.resolve();
  const prolong = async (): Promise<void> => {
    const began = performance.now();
    try {
      const { matchedCount } = await leases.updateOne({ _id: name, owner }, [
        { $set: { leasedUntil: until(leaseMs) } },
      ]);
      if (matchedCount === 1) sureUntil = began + leaseMs;
      else isTaken = true;
    } catch {
      // The round meets the same fault, and says so; the lease counts as lost when it cannot be prolonged in time.
    }
    if (!isTaken && !isReleased) later();
  };
  let cancel: () => void;
  const later = (): void => {
    cancel = timers.after(leaseMs * PROLONG_AFTER, () => {
      prolonging = prolong();
    });
  };
  later();
  return {
    isLost: () => isTaken || performance.now() > sureUntil,
    release: async () => {
      isReleased = true;
      cancel();
      await prolonging;
      cancel();
      await leases.updateOne({ _id: name, owner }, { $set: { owner: null, leasedUntil: LONG_AGO } });
    },
  };
}
