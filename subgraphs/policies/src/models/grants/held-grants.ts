import { findAtOnce } from '@zhitong/kit/mongo';
import type { ClientSession, Connection, Model } from 'mongoose';
import { byEnterprise, hadFenOf, type HeldBenefit, type StandingBenefit } from '../../domain/grant/held-benefit.js';
import { forHolders, passesOn, type Heir, type Predecessor } from '../../domain/grant/succession.js';
import type { GrantRecord } from './grant-record.js';

type GivenGrant = Pick<GrantRecord, 'id' | 'uscc' | 'status' | 'amountFen' | 'paidFen' | 'recoveredFen'>;
type Held = HeldBenefit & Pick<GrantRecord, 'heirs'>;
type HeldAndPaid = Held & Pick<GrantRecord, 'amountFen' | 'paidFen' | 'recoveredFen' | 'life' | 'status'>;
/** Under which policy an enterprise holds something, itself or by succession. */
type Holding = Pick<HeldBenefit, 'uscc' | 'policyId' | 'period'>;
type InheritedBenefit = HeldBenefit & { readonly id: string; readonly paidFen: number; readonly isInherited: boolean };

const standing = ({
  amountFen,
  paidFen,
  recoveredFen,
  life = 'PAYMENT',
  status,
  uscc,
  policyId,
  period,
  identifiedAt,
}: Omit<HeldAndPaid, 'heirs'>): StandingBenefit => ({
  uscc,
  policyId,
  period,
  identifiedAt,
  isPaid: paidFen > 0 || (life !== 'PAYMENT' && (status === 'HANDED_OVER' || status === 'CLOSED')),
  hadFen: hadFenOf({ status, amountFen, paidFen, recoveredFen }),
});

const HELD = { _id: 0, uscc: 1, policyId: 1, period: 1, identifiedAt: 1, heirs: 1 };
const HELD_AND_PAID = { ...HELD, amountFen: 1, paidFen: 1, recoveredFen: 1, life: 1, status: 1 };
/** A grant that is not withdrawn, or of which money was paid before. */
export const HOLDS: Record<string, unknown> = { $or: [{ status: { $ne: 'WITHDRAWN' } }, { paidFen: { $gt: 0 } }] };

/** Grants that count for some enterprises: their own, and those of whom they go on from. */
export const ofHolders = (usccs: readonly string[]): Record<string, unknown> => ({
  $or: [{ uscc: { $in: [...usccs] } }, { 'heirs.uscc': { $in: [...usccs] } }],
});

const holding = (usccs: readonly string[], policyIds?: readonly string[]): Record<string, unknown> => ({
  $and: [ofHolders(usccs), HOLDS],
  ...(policyIds === undefined ? {} : { policyId: { $in: [...policyIds] } }),
});

/**
 * What enterprises hold or had: what they were given, and what those that they go on from were given before they passed
 * on. The reads of the store of grants that ask it.
 * @param noteWritten notes whose grants a session writes.
 */
export function heldGrants(
  db: Connection,
  model: Model<GrantRecord>,
  noteWritten: (grants: readonly Pick<GrantRecord, 'uscc'>[], session: ClientSession) => void,
) {
  return {
    /**
     * Which of the enterprises hold a grant under one of the policies: one that is not withdrawn, or of which money was
     * paid before.
     */
    holders: async (
      usccs: readonly string[],
      policyIds: readonly string[],
      session: ClientSession,
    ): Promise<Holding[]> =>
      forHolders(await model.find(holding(usccs, policyIds), HELD).session(session).lean<Held[]>(), usccs),

    /** What enterprises have, or were paid, under a policy in whichever version; not what was withdrawn unpaid. */
    under: async (policyId: string, usccs: readonly string[], session: ClientSession): Promise<InheritedBenefit[]> =>
      forHolders(
        await model
          .find(holding(usccs, [policyId]), { ...HELD, id: 1, paidFen: 1 })
          .session(session)
          .lean<(Held & Pick<GrantRecord, 'id' | 'paidFen'>)[]>(),
        usccs,
      ),

    /**
     * Everybody to whom anything was ever given, withdrawn or not, and who goes on from them; one may come several
     * times.
     */
    recipients: async function* (): AsyncGenerator<string> {
      const found = model.find({}, { _id: 0, uscc: 1, heirs: 1 }).lean<Pick<GrantRecord, 'uscc' | 'heirs'>>().cursor();
      for await (const { uscc, heirs = [] } of found) {
        yield uscc;
        for (const heir of heirs) yield heir.uscc;
      }
    },

    /** What each of many enterprises holds, or was paid, under any policy, with one command; with none for none. */
    heldBy: async (usccs: readonly string[]): Promise<Map<string, StandingBenefit[]>> => {
      if (usccs.length === 0) return new Map();
      const found = await findAtOnce<HeldAndPaid>(db, {
        collection: model.collection.name,
        filter: holding(usccs),
        projection: HELD_AND_PAID,
      });
      const grouped = new Map<string, StandingBenefit[]>(usccs.map((uscc) => [uscc, []]));
      for (const row of forHolders(found, usccs)) grouped.get(row.uscc)?.push(standing(row));
      return grouped;
    },

    /** The same as a transaction sees it, of those who hold something. */
    heldIn: async (usccs: readonly string[], session: ClientSession | null): Promise<Map<string, StandingBenefit[]>> =>
      byEnterprise(
        forHolders(await model.find(holding(usccs), HELD_AND_PAID).session(session).lean<HeldAndPaid[]>(), usccs).map(
          standing,
        ),
      ),

    /** Everything that is held, or was paid, under some policies. */
    heldUnder: async (policyIds: readonly string[]): Promise<StandingBenefit[]> => {
      const found = await model
        .find({ policyId: { $in: [...policyIds] }, ...HOLDS }, HELD_AND_PAID)
        .lean<HeldAndPaid[]>();
      const holders = found.flatMap(({ uscc, heirs = [] }) => [uscc, ...heirs.map((heir) => heir.uscc)]);
      return forHolders(found, [...new Set(holders)]).map(standing);
    },

    /** What enterprises were given under a policy so far, in whichever version, withdrawn or not. */
    givenUnder: async (policyId: string, usccs: readonly string[], session: ClientSession): Promise<GivenGrant[]> =>
      forHolders(
        await model
          .find(
            { policyId, ...ofHolders(usccs) },
            { _id: 0, id: 1, uscc: 1, status: 1, amountFen: 1, paidFen: 1, recoveredFen: 1, heirs: 1 },
          )
          .session(session)
          .lean<(GivenGrant & Pick<GrantRecord, 'heirs'>)[]>(),
        usccs,
      ),

    /**
     * Notes for whom what was given to an enterprise's predecessors counts as well: for it, from the day on which each
     * passed on. Again and again the same.
     */
    inherit: async (uscc: string, predecessors: readonly Predecessor[], session: ClientSession): Promise<void> => {
      for (const { uscc: predecessor, on } of predecessors) {
        const given = await model
          .find({ uscc: predecessor }, { _id: 0, id: 1, identifiedAt: 1, heirs: 1 })
          .session(session)
          .lean<Pick<GrantRecord, 'id' | 'identifiedAt' | 'heirs'>[]>();
        const passed = given.filter(
          ({ identifiedAt, heirs = [] }) => passesOn(identifiedAt, on) && !heirs.some((heir) => heir.uscc === uscc),
        );
        if (passed.length === 0) continue;
        noteWritten([{ uscc }], session);
        const heir: Heir = { uscc, on };
        await model.updateMany({ id: { $in: passed.map(({ id }) => id) } }, { $push: { heirs: heir } }, { session });
      }
    },
  };
}
