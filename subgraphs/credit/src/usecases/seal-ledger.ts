import type { Clock } from '@zhitong/kit';
import type { Outbox } from '@zhitong/kit/outbox';
import { dayInShanghai, startOfDayInShanghai } from '@zhitong/values';
import { GENESIS } from '../domain/ledger/hash-chain.js';
import type { SealedHead } from '../domain/ledger/merkle.js';
import { isCommitment, openChain, openChainOf } from '../domain/ledger/open-chain.js';
import { makeSeal, type Seal } from '../domain/ledger/seal.js';
import type { Stores } from '../stores.js';

/**
 * A transaction of MongoDB lives at most 60 seconds, and an entry's time is taken within its transaction: what was
 * recorded before this much ago is there for all to see, or never will be.
 */
const SETTLED_AFTER_MS = 120_000;
const BEGINNING = '0000';
/** Chains that are read at once. */
const BATCH = 500;

/** The last instant up to which the ledger can be sealed now. */
export const settledBefore = (clock: Clock): string => new Date(clock.now().getTime() - SETTLED_AFTER_MS).toISOString();

/** Midnight in Shanghai with which the last whole day ended, as far as it can be sealed. */
export const lastWholeDay = (clock: Clock): string =>
  startOfDayInShanghai(dayInShanghai(settledBefore(clock))).toISOString();

/**
 * Seals the heads of all chains as they were at `cutoff`, and tells of the seal. Goes on with a seal that was begun and
 * not finished, with the instant of that one; returns the newest seal when nothing would be new. Safe to run by two at
 * a time: both come to the same seal, and it is told once.
 * @param outbox where the event of the seal goes; nothing is told without one
 */
export async function sealLedger({
  stores,
  cutoff,
  outbox,
}: {
  stores: Stores;
  cutoff: string;
  outbox?: Pick<Outbox, 'append'>;
}): Promise<Seal> {
  const { seals } = stores;
  const newest = await seals.newest();
  if (newest !== null && newest.hash !== null && newest.cutoff >= cutoff) return finishedSeal(await seals.finished());
  if (newest === null || newest.hash !== null) await seals.open({ no: (newest?.no ?? 0) + 1, cutoff });
  const open = await seals.newest();
  if (open === null) throw new Error('a seal was begun and is gone');
  const before = (await seals.all()).findLast(({ no }) => no < open.no) ?? null;
  await seals.collectHeads(open, before?.cutoff ?? BEGINNING);
  await putOpenHeads(stores, open.no);
  const heads = await seals.headsAt(open.no);
  const seal = makeSeal({ no: open.no, cutoff: open.cutoff, heads, previousHash: before?.hash ?? GENESIS });
  await seals.finish(seal, async (session) => {
    const { no, root, treeSize, previousHash, hash } = seal;
    await outbox?.append(
      [
        {
          type: 'cn.zhitong.ledger.sealed',
          subject: String(no),
          data: { no, cutoff: seal.cutoff, root, treeSize, previousHash, hash },
        },
      ],
      { session },
    );
  });
  return finishedSeal(await seals.finished());
}

/**
 * Puts beside the heads of commitments those of their open chains: of the commitments that changed, and of all where
 * none was sealed so yet.
 */
async function putOpenHeads({ seals, entries }: Stores, no: number): Promise<void> {
  const changed = (await seals.hasSealed(/^open\//, no)) ? await seals.changedHeads(no) : await seals.headsAt(no);
  const commitments = changed.filter(({ commitmentId }) => isCommitment(commitmentId));
  for (let from = 0; from < commitments.length; from += BATCH) {
    const heads = new Map(commitments.slice(from, from + BATCH).map((head) => [head.commitmentId, head]));
    const open: SealedHead[] = [];
    for (const [commitmentId, chain] of await entries.chains([...heads.keys()])) {
      const sealed = chain.filter(({ seq }) => seq <= (heads.get(commitmentId)?.seq ?? 0));
      const last = sealable(commitmentId, sealed);
      if (last) open.push({ commitmentId: openChainOf(commitmentId), seq: last.seq, hash: last.hash });
    }
    await seals.putHeads(no, open);
  }
}

/** The head of an open chain; none of a damaged one, which keeps no other from its seal and which `verify` names. */
function sealable(commitmentId: string, chain: Parameters<typeof openChain>[1]): { seq: number; hash: string } | null {
  try {
    return openChain(commitmentId, chain).at(-1) ?? null;
  } catch {
    return null;
  }
}

function finishedSeal(seal: Seal | null): Seal {
  if (seal === null) throw new Error('the ledger has no finished seal');
  return seal;
}
