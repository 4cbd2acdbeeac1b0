import { auditFigures } from '../domain/audit/audit-figures.js';
import { commitmentRecord } from '../domain/ledger/commitment-record.js';
import { canonical, checkChain, GENESIS } from '../domain/ledger/hash-chain.js';
import type { SealedHead } from '../domain/ledger/merkle.js';
import { checkSeal, checkSealedHeads, type Seal } from '../domain/ledger/seal.js';
import type { CheckpointDifference } from '../models/checkpoint.js';
import type { StoredCommitment } from '../models/commitment.js';
import type { StoredEntry } from '../models/ledger-entry.js';
import type { Stores } from '../stores.js';
import { checkCheckpoints } from './make-checkpoint.js';

/** Something that is not as it was written: an entry of the ledger, a seal, or the sums kept for audits. */
export type Finding =
  | { readonly kind: 'ENTRY'; readonly commitmentId: string; readonly seq: number; readonly message: string }
  | { readonly kind: 'SEAL'; readonly seal: number; readonly message: string }
  | { readonly kind: 'CHECKPOINT'; readonly of: string; readonly message: string };

export interface Verification {
  readonly commitments: number;
  readonly entries: number;
  readonly seals: number;
  readonly newestSeal: Seal | null;
  /**
   * In order of commitment number and position; seals and checkpoints after entries. Empty when nothing was touched.
   */
  readonly findings: readonly Finding[];
}

const BATCH = 500;

/**
 * Recomputes everything: each entry's hash and chain, the figures that audits add up, the summaries, what each seal
 * covers, the seals' roots and their chain, the checkpoints' sums.
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
  const findings: Finding[] = [];
  let commitments = 0;
  let entries = 0;
  for await (const ids of batches(stores)) {
    const [chains, summaries, sealed] = await Promise.all([
      stores.entries.chains(ids),
      stores.commitments.summaries(ids),
      stores.seals.headsOf(ids, cutoffs),
    ]);
    for (const commitmentId of ids) {
      const chain = chains.get(commitmentId) ?? [];
      commitments += 1;
      entries += chain.length;
      const fault =
        checkCommitment(commitmentId, chain, summaries.get(commitmentId)) ??
        checkSealedHeads(chain, sealed.get(commitmentId) ?? []);
      if (fault) findings.push({ kind: 'ENTRY', commitmentId, seq: fault.seq, message: fault.message });
    }
    advance(ids.length);
  }
  findings.push(...(await checkSeals(stores, seals, published)));
  const checkpoint = await checkCheckpoints(stores);
  if (checkpoint) findings.push(checkpointFinding(checkpoint));
  return { commitments, entries, seals: seals.length, newestSeal: seals.at(-1) ?? null, findings };
}

/** The first finding in words, with the place that it names. */
export function findingText(finding: Finding): string {
  switch (finding.kind) {
    case 'ENTRY':
      return `commitment ${finding.commitmentId}, entry ${finding.seq}: ${finding.message}`;
    case 'SEAL':
      return `seal ${finding.seal}: ${finding.message}`;
    case 'CHECKPOINT':
      return `${finding.of}: ${finding.message}`;
  }
}

const checkpointFinding = (difference: CheckpointDifference): Finding => ({
  kind: 'CHECKPOINT',
  of:
    'commitmentId' in difference
      ? `commitment ${difference.commitmentId}`
      : `group ${difference.groupBy} ${difference.key}`,
  message: `the sums kept for ${difference.on} are not those of its entries`,
});

/** Numbers of all commitments that entries, summaries or seals know of, in order and in batches. */
async function* batches(stores: Stores): AsyncGenerator<string[]> {
  const sources = [stores.entries.commitmentIds(), stores.commitments.ids(), stores.seals.sealedIds()];
  const next = await Promise.all(sources.map(async (source) => source.next()));
  let batch: string[] = [];
  for (;;) {
    const ids = next.flatMap(({ done, value }) => (done === true ? [] : [value]));
    if (ids.length === 0) break;
    const smallest = ids.reduce((a, b) => (a < b ? a : b));
    batch.push(smallest);
    for (const [index, source] of sources.entries()) {
      const head = next[index];
      if (head?.done !== true && head?.value === smallest) next[index] = await source.next();
    }
    if (batch.length === BATCH) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}

function checkCommitment(
  commitmentId: string,
  chain: readonly StoredEntry[],
  summary: StoredCommitment | undefined,
): { seq: number; message: string } | null {
  const fault = checkChain(commitmentId, chain);
  if (fault) return fault;
  const find = (seq: number) => chain.find((entry) => entry.seq === seq);
  for (const entry of chain) {
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

async function checkSeals(
  { seals: store }: Stores,
  seals: readonly Seal[],
  published: ReadonlyMap<number, string>,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  let previous: Seal | null = null;
  const heads = new Map<string, SealedHead>();
  for (const seal of seals) {
    for (const head of await store.changedHeads(seal.no)) heads.set(head.commitmentId, head);
    const inOrder = [...heads.values()].sort((a, b) => (a.commitmentId < b.commitmentId ? -1 : 1));
    const expectedNo: number = (previous?.no ?? 0) + 1;
    if (seal.no !== expectedNo)
      findings.push({ kind: 'SEAL', seal: expectedNo, message: `seal ${expectedNo} is missing` });
    const fault = checkSeal(seal, { previousHash: previous?.hash ?? GENESIS, heads: inOrder });
    if (fault) findings.push({ kind: 'SEAL', ...fault });
    const root = published.get(seal.no);
    if (root !== undefined && root !== seal.root)
      findings.push({
        kind: 'SEAL',
        seal: seal.no,
        message: `seal ${seal.no} was published with another root, ${root}`,
      });
    previous = seal;
  }
  for (const no of published.keys())
    if (!seals.some((seal) => seal.no === no))
      findings.push({ kind: 'SEAL', seal: no, message: `seal ${no} was published and is missing` });
  return findings;
}
