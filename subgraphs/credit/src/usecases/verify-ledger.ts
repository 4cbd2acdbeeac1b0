import { auditFigures } from '../domain/audit/audit-figures.js';
import { commitmentRecord } from '../domain/ledger/commitment-record.js';
import { canonical, checkChain } from '../domain/ledger/hash-chain.js';
import { isCommitment, openChain, openChainOf } from '../domain/ledger/open-chain.js';
import { checkSealedHeads, type OwnSealedHead, type Seal } from '../domain/ledger/seal.js';
import type { CheckpointDifference } from '../models/checkpoint.js';
import type { StoredCommitment } from '../models/commitment.js';
import type { StoredEntry } from '../models/ledger-entry.js';
import type { Stores } from '../stores.js';
import { verifyReckonings } from './arrears/verify-reckonings.js';
import { verifyAccesses } from './digest-accesses.js';
import { confirmed, type Finding } from './findings.js';
import { checkCheckpoints } from './make-checkpoint.js';
import { namesInOrder, those } from './names-in-order.js';
import { verifyRunning } from './verify-running.js';
import { verifyRecords } from './verify-records.js';
import { verifySeals } from './verify-seals.js';
import { unguardedEntries, verifyUses } from './verify-uses.js';

export interface Verification {
  readonly commitments: number;
  readonly entries: number;
  /** Records of all registers, those that were taken away too. */
  readonly records: number;
  readonly seals: number;
  readonly newestSeal: Seal | null;
  /**
   * In order of commitment number and position; then records, seals and checkpoints. Empty when nothing was touched.
   */
  readonly findings: readonly Finding[];
}

const BATCH = 500;

/**
 * Recomputes everything: each entry's hash and chain, the figures that audits add up, the summaries, receipts and
 * consents, the records of all registers by their histories, those of who read personal data by their digests, the
 * reckonings of debts, the figures that run along for audits, what each seal covers, the seals' roots and their chain,
 * the checkpoints' sums. A damaged thing is named, and everything else is looked at all the same.
 * @param published seals' roots that were published elsewhere, by number: a history that was rewritten whole, seals
 *   included, is found by these alone.
 * @param advance called after each batch with the number of commitments in it.
 */
export async function verifyLedger({
  stores,
  published = new Map(),
  advance = () => undefined,
}: {
  stores: Stores;
  published?: ReadonlyMap<number, string>;
  advance?: (count: number) => void;
}): Promise<Verification> {
  const seals = await stores.seals.all();
  const cutoffs = new Map(seals.map(({ no, cutoff }) => [no, cutoff]));
  const findings: Finding[] = await strays(stores);
  let commitments = 0;
  const sources = [
    those(stores.entries.commitmentIds(), () => true),
    those(stores.commitments.ids(), () => true),
    those(stores.seals.sealedIds(), isCommitment),
  ];
  for await (const ids of namesInOrder(sources, BATCH)) {
    findings.push(
      ...(await confirmed(
        ids,
        (id) => id,
        async (some) => lookAt(stores, some, cutoffs),
      )),
    );
    commitments += ids.length;
    advance(ids.length);
  }
  const { records, findings: ofRecords } = await verifyRecords(stores, cutoffs);
  findings.push(
    ...ofRecords,
    ...(await verifyUses(stores)),
    ...(await verifyReckonings(stores)),
    ...(await verifyAccesses(stores)),
    // Of a ledger that is damaged itself its figures say nothing.
    ...(findings.some(({ kind }) => kind === 'ENTRY') ? [] : await verifyRunning(stores)),
    ...(await verifySeals(stores, seals, published)),
  );
  const checkpoint = await checkCheckpoints(stores);
  if (checkpoint) findings.push(checkpointFinding(checkpoint));
  const entries = await stores.entries.count();
  return { commitments, entries, records, seals: seals.length, newestSeal: seals.at(-1) ?? null, findings };
}

const checkpointFinding = (difference: CheckpointDifference): Finding => ({
  kind: 'CHECKPOINT',
  of:
    'commitmentId' in difference
      ? `commitment ${difference.commitmentId}`
      : `group ${difference.groupBy} ${difference.key}`,
  message: `the sums kept for ${difference.on} are not those of its entries`,
});

/** What belongs to no commitment, and what stands twice. */
async function strays({ entries, commitments }: Stores): Promise<Finding[]> {
  const finding = (commitmentId: string, message: string): Finding => ({
    kind: 'ENTRY',
    commitmentId,
    seq: 1,
    message,
  });
  return [
    ...(await entries.nameless()).map((name) => finding(name, 'entries are stored that belong to no commitment')),
    ...(await commitments.misnamed()).map((name) => finding(name, 'summaries are stored twice or without a number')),
  ];
}

async function lookAt(
  stores: Stores,
  ids: readonly string[],
  cutoffs: ReadonlyMap<number, string>,
): Promise<Finding[]> {
  const [chains, summaries, sealed] = await Promise.all([
    stores.entries.chains(ids),
    stores.commitments.summaries(ids),
    stores.seals.headsOf([...ids, ...ids.map(openChainOf)], cutoffs),
  ]);
  const findings: Finding[] = [];
  const sound = new Map<string, StoredEntry[]>();
  for (const commitmentId of ids) {
    const chain = chains.get(commitmentId) ?? [];
    const fault =
      checkCommitment(commitmentId, chain, summaries.get(commitmentId)) ??
      checkSealedHeads(chain, sealed.get(commitmentId) ?? []) ??
      checkOpenHeads(commitmentId, chain, sealed.get(openChainOf(commitmentId)) ?? []);
    if (fault) findings.push({ kind: 'ENTRY', commitmentId, seq: fault.seq, message: fault.message });
    else sound.set(commitmentId, chain);
  }
  return [...findings, ...(await unguardedEntries(stores, sound))];
}

function checkOpenHeads(
  commitmentId: string,
  chain: readonly StoredEntry[],
  sealed: readonly OwnSealedHead[],
): { seq: number; message: string } | null {
  return sealed.length === 0 ? null : checkSealedHeads(openChain(commitmentId, chain), sealed);
}

/** What every stored entry has; anything else was added behind the ledger's back. */
const ENTRY_FIELDS = [
  ...['body', 'commitmentId', 'effectiveOn', 'figures', 'hash', 'postings', 'previousHash', 'recordedAt'],
  ...['recordedBy', 'seq'],
].join();

function checkCommitment(
  commitmentId: string,
  chain: readonly StoredEntry[],
  summary: StoredCommitment | undefined,
): { seq: number; message: string } | null {
  const fault = checkChain(commitmentId, chain);
  if (fault) return fault;
  const find = (seq: number) => chain.find((entry) => entry.seq === seq);
  for (const entry of chain) {
    if (Object.keys(entry).sort().join() !== ENTRY_FIELDS)
      return { seq: entry.seq, message: `entry ${entry.seq} does not have the fields of an entry` };
    if (!alike(entry.figures, auditFigures(entry, find)))
      return { seq: entry.seq, message: `the figures that audits add up do not agree with entry ${entry.seq}` };
  }
  const last = chain.at(-1);
  if (!last) return { seq: 1, message: 'all entries of the commitment are missing' };
  if (!summary) return { seq: 1, message: 'the commitment has entries and no summary' };
  if (summary.version > last.seq)
    return { seq: last.seq + 1, message: `the summary knows ${summary.version} entries; this one is missing` };
  if (summary.version < last.seq)
    return {
      seq: summary.version + 1,
      message: `the summary knows ${summary.version} entries; this one was added behind the ledger's back`,
    };
  const expected = commitmentRecord(chain);
  if (!expected || !alike(summary, { ...expected, headHash: last.hash }))
    return { seq: last.seq, message: 'the summary does not agree with the entries' };
  return null;
}

/** Equal in canonical form; what has none (a fraction, a value of another type) is equal to nothing. */
function alike(a: unknown, b: unknown): boolean {
  try {
    return canonical(a) === canonical(b);
  } catch {
    return false;
  }
}
