import { checkRecordChain, type RecordEntry } from '../domain/ledger/record-chain.js';
import { checkSealedHeads } from '../domain/ledger/seal.js';
import { contentText, joinedContent } from '../models/record-content.js';
import { chainOf, keyOf, kindOf, RECORD_KINDS, type RecordKind } from '../models/record-kinds.js';
import type { Stores } from '../stores.js';
import { confirmed, type Finding } from './findings.js';
import { namesInOrder, those } from './names-in-order.js';

/** Chains that are looked at together. */
const BATCH = 500;

/**
 * Compares the registers with their records' histories: each history with its hashes, its positions and what was sealed
 * of it, each record with the last entry of its history, and each register with the histories that there are.
 * @param cutoffs of the seals, by number
 */
export async function verifyRecords(
  stores: Stores,
  cutoffs: ReadonlyMap<number, string>,
): Promise<{ records: number; findings: Finding[] }> {
  const { history, seals } = stores;
  const findings: Finding[] = [];
  let records = 0;
  const isRecord = (name: string): boolean => kindOf(name) !== null;
  for (const name of await history.strays())
    findings.push(finding(name, 'an entry of the history belongs to no register'));
  for await (const batch of namesInOrder(
    [those(history.names(), isRecord), those(seals.sealedIds(), isRecord)],
    BATCH,
  )) {
    findings.push(
      ...(await confirmed(
        batch,
        (chain) => chain,
        async (chains) => lookAt(stores, chains, cutoffs),
      )),
    );
    records += batch.length;
  }
  const registers = RECORD_KINDS.map(async (kind) => unwritten(stores, kind));
  findings.push(...(await Promise.all(registers)).flat());
  return { records, findings };
}

/** It is begun, and it is finished. */
const WRITES_OF_A_SEAL = 2;

/** What is wrong with a record, given its history and what stands in its register; null when nothing is. */
export function recordFault(entries: readonly RecordEntry[], stored: readonly object[]): string | null {
  const fault = checkRecordChain(entries);
  if (fault) return `of its history ${fault.message}`;
  const last = entries.at(-1);
  if (kindOf(last?.chain ?? '') === 'seals' && entries.length > WRITES_OF_A_SEAL)
    return 'a seal is begun once and finished once; this one was made again';
  if (kindOf(last?.chain ?? '') === 'published_disclosures' && entries.length > 1)
    return 'a disclosure is published once; this one was made again';
  if (!last) return 'its whole history is missing';
  if (stored.length > 1) return `it stands ${stored.length} times in its register`;
  const [record] = stored;
  if (last.open === null) return record ? 'it was taken away, and stands in its register again' : null;
  if (!record) return 'it is missing in its register';
  return isContent(record, last.open, last.named) ? null : 'it is not as the last entry of its history has it';
}

/** Whether a stored record is what an entry holds; what cannot be read is not. */
function isContent(record: object, open: string, named: string | null): boolean {
  try {
    return contentText(record) === joinedContent(open, named);
  } catch {
    return false;
  }
}

async function lookAt(
  { history, seals }: Stores,
  chains: readonly string[],
  cutoffs: ReadonlyMap<number, string>,
): Promise<Finding[]> {
  const stored = new Map<string, object[]>();
  for (const kind of RECORD_KINDS) {
    const keys = chains.filter((chain) => kindOf(chain) === kind).flatMap((chain) => keyIn(kind, chain));
    for (const [chain, found] of await history.records(kind, keys)) stored.set(chain, found);
  }
  const [entries, sealed] = await Promise.all([history.chains(chains), seals.headsOf(chains, cutoffs)]);
  return chains.flatMap((chain) => {
    const own = entries.get(chain) ?? [];
    const message =
      recordFault(own, stored.get(chain) ?? []) ?? checkSealedHeads(own, sealed.get(chain) ?? [])?.message ?? null;
    return message === null ? [] : [finding(chain, message)];
  });
}

/** Records of a register that nobody wrote by the one way there is. */
async function unwritten(stores: Stores, kind: RecordKind): Promise<Finding[]> {
  const findings: Finding[] = [];
  const nameOf = (key: object): string => chainOf(kind, key);
  for await (const keys of stores.history.keysInBatches(kind))
    findings.push(...(await confirmed(keys, nameOf, async (some) => withoutHistory(stores, kind, some))));
  return findings;
}

async function withoutHistory(
  { history }: Pick<Stores, 'history'>,
  kind: RecordKind,
  keys: readonly object[],
): Promise<Finding[]> {
  const chains = [...new Set(keys.map((key) => chainOf(kind, key)))];
  const known = await history.chains(chains);
  return chains
    .filter((chain) => !known.has(chain))
    .map((chain) => finding(chain, 'it stands in its register, and no entry of the history wrote it'));
}

/** The key in a name; of a damaged name none, so that its record counts as missing. */
function keyIn(kind: RecordKind, chain: string): object[] {
  try {
    return [keyOf(kind, chain)];
  } catch {
    return [];
  }
}

const finding = (record: string, message: string): Finding => ({ kind: 'RECORD', record, message });
