import { badUserInput } from '@zhitong/kit';
import type { LedgerSealResolvers, QueryResolvers } from '../generated/resolvers-types.js';
import type { Seal } from '../domain/ledger/seal.js';
import type { OpenProof } from '../usecases/open-proof.js';
import { said } from '../domain/refusal-words.js';

/** Seals of one answer at most: three years of days. */
const MOST_SEALS = 1_000;

const sealFields = {
  cutoff: ({ cutoff }: Seal) => new Date(cutoff),
  size: ({ treeSize }: Seal) => treeSize,
  commitmentCount: ({ treeSize }: Seal) => treeSize,
};

/** A seal as the graph shows it: everything that its hash covers. */
export const LedgerSeal: LedgerSealResolvers = sealFields;

/** The seals after a number, for everybody: nothing of what they cover can be learned from them. */
export const ledgerSeals: NonNullable<QueryResolvers['ledgerSeals']> = async (_root, { after, first }, { stores }) => {
  if (first < 1 || first > MOST_SEALS)
    throw badUserInput(said('SEALS_OUTSIDE', { first, most: MOST_SEALS }), ['first']);
  if (after < 0) throw badUserInput(said('SEAL_NEGATIVE', { after }), ['after']);
  return stores.seals.after(after, first);
};

/** A proof as the graph shows it. */
export const shownProof = (proof: OpenProof | undefined) =>
  proof ? { seal: proof.seal, entryCount: proof.entries.length, file: JSON.stringify(proof) } : null;

/** What the newest daily verification found. */
export const ledgerVerification: NonNullable<QueryResolvers['ledgerVerification']> = async (
  _root,
  _args,
  { stores },
) => {
  const newest = await stores.verifications.newest();
  return newest && { ...newest, at: new Date(newest.at), findings: [...newest.findings] };
};
