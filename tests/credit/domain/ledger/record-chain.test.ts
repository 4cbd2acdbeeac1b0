import { GENESIS } from '../../../../subgraphs/credit/src/domain/ledger/hash-chain.js';
import {
  chainRecord,
  checkRecordChain,
  type RecordDraft,
  type RecordEntry,
} from '../../../../subgraphs/credit/src/domain/ledger/record-chain.js';

const draft = (seq: number, changes: Partial<RecordDraft> = {}): RecordDraft => ({
  chain: 'arrears/QK-1',
  seq,
  recordedAt: `2026-11-0${String(seq)}T02:00:00.000Z`,
  change: 'WRITTEN',
  open: `{"principal":${String(seq)}}`,
  named: null,
  ...changes,
});
/** A history whose entries each follow the one before them. */
const historyOf = (...drafts: readonly RecordDraft[]): RecordEntry[] =>
  drafts.reduce<RecordEntry[]>((made, each) => [...made, chainRecord(each, made.at(-1)?.hash ?? GENESIS)], []);
const whole = historyOf(draft(1), draft(2), draft(3));

it('a history that nobody touched is right', () => expect(checkRecordChain(whole)).toBeNull());

// Whoever can write can make the hash of one entry fit what it says: the entry after it then follows something else.
it.each<[string, RecordEntry[], number]>([
  ['an entry that was made again with a fitting hash', put(2, chainRecord(draft(2, { open: '{}' }), hashOf(1))), 3],
  ['an entry that follows no entry of the history', put(2, chainRecord(draft(2), 'f'.repeat(64))), 2],
  ['a first entry that follows another book', put(1, chainRecord(draft(1), 'f'.repeat(64))), 1],
  ['an entry of which the content was changed alone', put(2, { ...entry(2), open: '{}' }), 2],
  ['an entry that is gone', [entry(1), entry(3)], 2],
  ['an entry that stands twice', [entry(1), entry(2), entry(2), entry(3)], 2],
  ['an entry with a field beside', put(3, { ...entry(3), note: 1 } as RecordEntry), 3],
  ['one that was recorded before the one in front', historyOf(draft(1), draft(2, { recordedAt: '2026-10-01' })), 2],
  ['one that takes over what has a history', historyOf(draft(1), draft(2, { change: 'BROUGHT_IN' })), 2],
  ['one that takes away and leaves something', historyOf(draft(1), draft(2, { change: 'REMOVED' })), 2],
])('%s is found at its place', (_what, entries, seq) => {
  expect(checkRecordChain(entries)?.seq).toBe(seq);
});

function entry(seq: number): RecordEntry {
  const found = whole[seq - 1];
  if (!found) throw new Error(`there is no entry ${String(seq)}`);
  return found;
}
function hashOf(seq: number): string {
  return entry(seq).hash;
}
function put(seq: number, other: RecordEntry): RecordEntry[] {
  return whole.map((each) => (each.seq === seq ? other : each));
}
