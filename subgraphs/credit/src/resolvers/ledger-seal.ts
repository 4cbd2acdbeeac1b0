import { badUserInput } from '@zhitong/kit';
import type { LedgerSeal, QueryResolvers } from '../generated/resolvers-types.js';
import type { Seal } from '../domain/ledger/seal.js';

/** Seals of one answer at most: three years of days. */
const MOST_SEALS = 1_000;

/** A seal as the graph shows it: everything that its hash covers. */
export const shownSeal = ({ no, cutoff, root, treeSize, previousHash, hash }: Seal): LedgerSeal => ({
  no,
  cutoff: new Date(cutoff),
  root,
  previousHash,
  hash,
  commitmentCount: treeSize,
});

/** The seals after a number, for everybody: nothing of what they cover can be learned from them. */
export const ledgerSeals: NonNullable<QueryResolvers['ledgerSeals']> = async (_root, { after, first }, { stores }) => {
  if (first < 1 || first > MOST_SEALS)
    throw badUserInput(`first is ${String(first)}; 1 to ${String(MOST_SEALS)} seals can be asked for.`, ['first']);
  if (after < 0)
    throw badUserInput(`after is ${String(after)}; seals are counted from 1, and 0 asks for all.`, ['after']);
  return (await stores.seals.after(after, first)).map(shownSeal);
};
