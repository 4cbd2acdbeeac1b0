import type { Clock } from '@zhitong/kit';
import { dayInShanghai, startOfDayInShanghai } from '@zhitong/values';
import { GENESIS } from '../domain/ledger/hash-chain.js';
import { makeSeal, type Seal } from '../domain/ledger/seal.js';
import type { Stores } from '../stores.js';

/**
 * A transaction of MongoDB lives at most 60 seconds, and an entry's time is taken within its transaction: what was
 * recorded before this much ago is there for all to see, or never will be.
 */
const SETTLED_AFTER_MS = 120_000;
const BEGINNING = '0000';

/** The last instant up to which the ledger can be sealed now. */
export const settledBefore = (clock: Clock): string => new Date(clock.now().getTime() - SETTLED_AFTER_MS).toISOString();

/** Midnight in Shanghai with which the last whole day ended, as far as it can be sealed. */
export const lastWholeDay = (clock: Clock): string =>
  startOfDayInShanghai(dayInShanghai(settledBefore(clock))).toISOString();

/**
 * Seals the heads of all chains as they were at `cutoff`. Goes on with a seal that was begun and not finished, with the
 * instant of that one; returns the newest seal when nothing would be new. Safe to run by two at a time: both come to
 * the same seal.
 */
export async function sealLedger({ stores: { seals }, cutoff }: { stores: Stores; cutoff: string }): Promise<Seal> {
  const newest = await seals.newest();
  if (newest !== null && newest.hash !== null && newest.cutoff >= cutoff) return finishedSeal(await seals.finished());
  if (newest === null || newest.hash !== null) await seals.open({ no: (newest?.no ?? 0) + 1, cutoff });
  const open = await seals.newest();
  if (open === null) throw new Error('a seal was begun and is gone');
  const before = (await seals.all()).findLast(({ no }) => no < open.no) ?? null;
  await seals.collectHeads(open, before?.cutoff ?? BEGINNING);
  const heads = await seals.headsAt(open.no);
  await seals.finish(makeSeal({ no: open.no, cutoff: open.cutoff, heads, previousHash: before?.hash ?? GENESIS }));
  return finishedSeal(await seals.finished());
}

function finishedSeal(seal: Seal | null): Seal {
  if (seal === null) throw new Error('the ledger has no finished seal');
  return seal;
}
