import type { LegalDay, Rate } from '@zhitong/values';
import type { ClientSession, Connection } from 'mongoose';
import { WITHOUT_BUSINESS } from '../../domain/register-entry.js';
import type { ServiceRole } from '../../domain/service-network/roles.js';
import type { StoredEnterprise } from '../enterprise.js';

/** What decides who looks after an enterprise. */
export interface ServedEnterprise extends Pick<
  StoredEnterprise,
  'uscc' | 'industry' | 'region' | 'statisticalCategory' | 'stewardId' | 'version'
> {
  readonly servedRoles: readonly ServiceRole[];
  readonly revenueYuan: number | null;
}

/** At how many enterprises somebody fills a role. */
export interface Coverage {
  readonly role: ServiceRole;
  readonly all: Rate;
  readonly aboveDesignatedSize: Rate;
  readonly byRegion: readonly { readonly region: StoredEnterprise['region']; readonly served: Rate }[];
}

/** Which enterprises. */
export interface ServedConditions {
  readonly usccs?: readonly string[] | undefined;
  readonly regions?: readonly string[] | undefined;
}

const FIELDS = {
  _id: 0,
  uscc: 1,
  industry: 1,
  region: 1,
  statisticalCategory: 1,
  stewardId: 1,
  version: 1,
  servedRoles: 1,
  'latestFacts.values.annualRevenueYuan': 1,
  'latestFacts.values.revenueYuan': 1,
};
const AT_ONCE = 5_000;

type Read = Omit<ServedEnterprise, 'revenueYuan' | 'servedRoles'> & {
  servedRoles?: ServiceRole[];
  latestFacts?: { values?: { annualRevenueYuan?: number; revenueYuan?: number } } | null;
};

export type ServedEnterpriseStore = ReturnType<typeof servedEnterpriseStore>;

/** The register as the service network sees it: whole columns at once, and who looks after whom written in bulk. */
export function servedEnterpriseStore(db: Connection) {
  const collection = db.collection<StoredEnterprise>('enterprises');
  return {
    /** Enterprises that carry on business, at most `most` and one more, which shows that there are too many. */
    find: async (
      { usccs, regions }: ServedConditions,
      most: number,
      session?: ClientSession,
    ): Promise<ServedEnterprise[]> =>
      (
        await collection
          .find<Read>(
            {
              ...(usccs === undefined ? {} : { uscc: { $in: [...usccs] } }),
              ...(regions === undefined || regions.length === 0 ? {} : { 'region.code': { $in: [...regions] } }),
              status: { $nin: [...WITHOUT_BUSINESS] },
            },
            { projection: FIELDS, batchSize: AT_ONCE, ...(session === undefined ? {} : { session }) },
          )
          .limit(most + 1)
          .toArray()
      ).map(({ latestFacts, servedRoles = [], statisticalCategory, ...rest }) => ({
        ...rest,
        statisticalCategory: statisticalCategory ?? null,
        servedRoles,
        revenueYuan: latestFacts?.values?.annualRevenueYuan ?? latestFacts?.values?.revenueYuan ?? null,
      })),

    /** Of how many enterprises that carry on business somebody fills a role, by district. */
    coverage: async (role: ServiceRole): Promise<Coverage> => {
      const one = (condition: object): object => ({ $sum: { $cond: [condition, 1, 0] } });
      const isServed =
        role === 'STEWARD'
          ? { $eq: [{ $type: '$stewardId' }, 'string'] }
          : { $in: [role, { $ifNull: ['$servedRoles', []] }] };
      const isAbove = { $gt: ['$statisticalCategory', ''] };
      const groups = await collection
        .aggregate<{
          _id: StoredEnterprise['region'];
          all: number;
          served: number;
          above: number;
          servedAbove: number;
        }>([
          { $match: { status: { $nin: [...WITHOUT_BUSINESS] } } },
          {
            $group: {
              _id: '$region',
              all: { $sum: 1 },
              served: one(isServed),
              above: one(isAbove),
              servedAbove: one({ $and: [isServed, isAbove] }),
            },
          },
          { $sort: { '_id.code': 1 } },
        ])
        .toArray();
      const sum = (of: 'all' | 'served' | 'above' | 'servedAbove'): number =>
        groups.reduce((total, group) => total + group[of], 0);
      return {
        role,
        all: { numerator: sum('served'), denominator: sum('all') },
        aboveDesignatedSize: { numerator: sum('servedAbove'), denominator: sum('above') },
        byRegion: groups.map(({ _id, all, served }) => ({
          region: _id ?? null,
          served: { numerator: served, denominator: all },
        })),
      };
    },

    /** Writes the day of the latest visit; null for none. It is no change of the record. */
    setLastVisited: async (uscc: string, lastVisitedOn: LegalDay | null, session: ClientSession): Promise<void> => {
      await collection.updateOne({ uscc }, { $set: { lastVisitedOn } }, { session });
    },

    /** Writes who fills a role, null for nobody any more, and grows the versions. */
    setHolders: async (
      role: ServiceRole,
      holders: readonly { readonly uscc: string; readonly officialId: string | null }[],
      session: ClientSession,
    ): Promise<void> => {
      for (let at = 0; at < holders.length; at += AT_ONCE)
        await collection.bulkWrite(
          holders.slice(at, at + AT_ONCE).map(({ uscc, officialId }) => ({
            updateOne: {
              filter: { uscc },
              update: {
                ...(role === 'STEWARD' ? { $set: { stewardId: officialId } } : {}),
                ...(officialId === null ? { $pull: { servedRoles: role } } : { $addToSet: { servedRoles: role } }),
                $inc: { version: 1 },
              },
            },
          })),
          { session, ordered: false },
        );
    },
  };
}
