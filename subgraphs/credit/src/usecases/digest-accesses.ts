import { endOfDayInShanghai, isLegalDay, startOfDayInShanghai } from '@zhitong/values';
import type { Stores } from '../stores.js';
import { confirmed, type Finding } from './findings.js';

/** A record is dated by the database as it is written: what is older than this is there for all to see. */
const SETTLED_AFTER_MS = 120_000;

/**
 * Covers the records of who read personal data, day by day, with a digest that has a chained history. What is covered
 * cannot be changed, deleted or added to unseen. Can be run again, and by two at a time: both write the same. Answers
 * how many digests were written.
 * @param before an instant from which on nothing is covered yet; two minutes before the database's present if left out
 */
export async function digestAccesses({ accessDigests }: Pick<Stores, 'accessDigests'>, before?: Date): Promise<number> {
  const settled = before ?? new Date((await accessDigests.now()).getTime() - SETTLED_AFTER_MS);
  const newest = await accessDigests.newest();
  // Of a damaged digest `verify` tells; nothing is put beside it until it is put back.
  if (newest !== null && (!isLegalDay(newest.day) || Number.isNaN(Date.parse(newest.until)))) return 0;
  const days = await accessDigests.days(newest === null ? new Date(0) : startOfDayInShanghai(newest.day), settled);
  let written = 0;
  let damaged: Error | undefined;
  for (const day of days) {
    const end = endOfDayInShanghai(day);
    const isOver = end <= settled;
    const digest = await accessDigests.digestOf(day, isOver ? end : settled);
    if (newest?.day === day) {
      if (newest.until >= digest.until || (newest.digest === digest.digest && !isOver)) continue;
      // Of a day that was touched the former digest stays, so that no later one covers it up.
      const covered = await accessDigests.digestOf(day, new Date(newest.until));
      if (covered.digest !== newest.digest) continue;
    }
    // One day whose digest somebody touched keeps no other from being covered.
    await accessDigests.put(digest).then(
      () => void (written += 1),
      (error: unknown) => void (damaged = error instanceof Error ? error : new Error(String(error))),
    );
  }
  if (damaged !== undefined) throw damaged;
  return written;
}

const finding = (day: string, message: string): Finding => ({
  kind: 'RECORD',
  record: `data_accesses/${day}`,
  message,
});

/** Compares the records of who read personal data with the digests of their days. */
export async function verifyAccesses({ accessDigests }: Pick<Stores, 'accessDigests'>): Promise<Finding[]> {
  const undated = await accessDigests.undated();
  const stray =
    undated === 0 ? [] : [finding('undated', `${undated} records of who read personal data have no moment`)];
  const digests = new Map((await accessDigests.all()).map((digest) => [digest.day, digest]));
  const newest = [...digests.values()].at(-1);
  if (newest === undefined) return stray;
  const until = new Date(newest.until);
  if (Number.isNaN(until.getTime())) return [...stray, finding(newest.day, 'its digest says no instant')];
  const days = new Set([...digests.keys(), ...(await accessDigests.days(new Date(0), until))]);
  const look = async (some: readonly string[]): Promise<Finding[]> => {
    const faults: Finding[] = [];
    for (const day of some) {
      const digest = digests.get(day);
      if (digest === undefined) faults.push(finding(day, 'records of who read personal data were added to a past day'));
      else if (!(await isAsDigested(accessDigests, digest, until)))
        faults.push(finding(day, 'the records of who read personal data are not those that were covered'));
    }
    return faults;
  };
  const nameOf = (day: string): string => `data_accesses/${day}`;
  return [...stray, ...(await confirmed([...days].sort(), nameOf, look))];
}

/** Whether a day's records are those of its digest, and none lies behind it and before the newest digest's end. */
async function isAsDigested(
  accessDigests: Stores['accessDigests'],
  digest: Awaited<ReturnType<Stores['accessDigests']['all']>>[number],
  until: Date,
): Promise<boolean> {
  const covered = new Date(digest.until);
  if (!isLegalDay(digest.day) || Number.isNaN(covered.getTime())) return false;
  const found = await accessDigests.digestOf(digest.day, covered);
  return (
    found.digest === digest.digest &&
    found.count === digest.count &&
    (await accessDigests.countOf(digest.day, until)) === digest.count
  );
}
