import { GENESIS } from '../domain/ledger/hash-chain.js';
import type { SealedHead } from '../domain/ledger/merkle.js';
import { checkSeal, type Seal } from '../domain/ledger/seal.js';
import type { Stores } from '../stores.js';
import type { Finding } from './findings.js';

/** What every stored head has, beside its seal. */
const HEAD_FIELDS = 'commitmentId,hash,seq';

const finding = (seal: number, message: string): Finding => ({ kind: 'SEAL', seal, message });

/**
 * Recomputes the seals: their numbers, their chain, the roots over the heads that are stored for them.
 * @param published seals' roots that were published elsewhere, by number
 */
export async function verifySeals(
  { seals: store }: Pick<Stores, 'seals'>,
  seals: readonly Seal[],
  published: ReadonlyMap<number, string>,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  let previous: Seal | null = null;
  const heads = new Map<string, SealedHead>();
  for (const seal of seals) {
    const changed = await store.changedHeads(seal.no);
    const unchanged = changed.find(({ commitmentId, seq }) => (heads.get(commitmentId)?.seq ?? 0) >= seq);
    if (unchanged)
      findings.push(finding(seal.no, `a head of ${unchanged.commitmentId} is stored for seal ${seal.no} once more`));
    for (const head of changed) heads.set(head.commitmentId, head);
    if (new Set(changed.map(({ commitmentId }) => commitmentId)).size < changed.length)
      findings.push(finding(seal.no, `a head is stored twice for seal ${seal.no}`));
    if (changed.some((head) => Object.keys(head).sort().join() !== HEAD_FIELDS))
      findings.push(finding(seal.no, `a head of seal ${seal.no} does not have the fields of a head`));
    const inOrder = [...heads.values()].sort((a, b) => (a.commitmentId < b.commitmentId ? -1 : 1));
    const expectedNo: number = (previous?.no ?? 0) + 1;
    if (seal.no !== expectedNo) findings.push(finding(expectedNo, `seal ${expectedNo} is missing`));
    const fault = checkSeal(seal, { previousHash: previous?.hash ?? GENESIS, heads: inOrder });
    if (fault) findings.push({ kind: 'SEAL', ...fault });
    const root = published.get(seal.no);
    if (root !== undefined && root !== seal.root)
      findings.push(finding(seal.no, `seal ${seal.no} was published with another root, ${root}`));
    previous = seal;
  }
  for (const no of published.keys())
    if (!seals.some((seal) => seal.no === no)) findings.push(finding(no, `seal ${no} was published and is missing`));
  const known = new Set<unknown>((await store.stored()).map(({ no }) => no));
  for (const no of await store.numbersOfHeads())
    if (!known.has(no)) findings.push(finding(Number(no), `heads are stored for seal ${String(no)}, which is missing`));
  return findings;
}
