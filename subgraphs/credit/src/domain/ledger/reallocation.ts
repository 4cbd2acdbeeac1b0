import type { LegalDay } from '@zhitong/values';
import type { EntryDraft } from './ledger-entry.js';
import { move, type Posting } from './postings.js';

/** The standing transfers of a ledger, in order of the day on which each took effect. */
function transfersOf(entries: readonly EntryDraft[]): { readonly on: LegalDay; readonly to: string }[] {
  const reversed = new Set(entries.flatMap(({ body }) => (body.kind === 'CORRECTED' ? [body.reverses] : [])));
  return entries
    .flatMap(({ seq, effectiveOn, body }) =>
      body.kind === 'TRANSFERRED' && !reversed.has(seq) ? [{ on: effectiveOn, to: body.to, seq }] : [],
    )
    .sort((a, b) => (a.on === b.on ? a.seq - b.seq : a.on < b.on ? -1 : 1));
}

/** The department that owed a promise on a day; null when the entries hold no promise. */
export function holderOn(entries: readonly EntryDraft[], day: LegalDay): string | null {
  const [first] = entries;
  if (first?.body.kind !== 'PROMISED') return null;
  return transfersOf(entries).findLast(({ on }) => on <= day)?.to ?? first.body.terms.promisor;
}

/**
 * Drafts with what they move put where it belongs: on every day all that is outstanding lies with the department that
 * owed the promise on that day. A payment that is recorded after a transfer and was made before it would else leave the
 * successor with less than nothing. What is moved for that stands in entries of its own, before the drafts.
 */
export function withReallocation(before: readonly EntryDraft[], drafts: readonly EntryDraft[]): readonly EntryDraft[] {
  const all = [...before, ...drafts];
  const [first] = drafts;
  if (first === undefined || !all.some(({ body }) => body.kind === 'TRANSFERRED')) return drafts;
  const moves = [...movesByDay(all)];
  const { commitmentId, recordedAt, recordedBy } = first;
  const added = moves.map(([effectiveOn, postings], index): EntryDraft => ({
    commitmentId,
    seq: first.seq + index,
    effectiveOn,
    recordedAt,
    recordedBy,
    body: { kind: 'REALLOCATED' },
    postings,
  }));
  return [...added, ...drafts.map((draft) => ({ ...draft, seq: draft.seq + moves.length }))];
}

/**
 * For each day on which something lies with a department that did not owe the promise, what moves to the one that did.
 */
function movesByDay(entries: readonly EntryDraft[]): Map<LegalDay, Posting[]> {
  const moving = entries.filter(({ postings }) => postings.some(({ account }) => account === 'OUTSTANDING'));
  const days = [
    ...new Set([...moving, ...entries.filter(({ body }) => body.kind === 'TRANSFERRED')].map(dayOf)),
  ].sort();
  const balances = new Map<string, number>();
  const moves = new Map<LegalDay, Posting[]>();
  for (const day of days) {
    for (const { account, department, amount } of moving.filter((entry) => dayOf(entry) === day).flatMap(postingsOf))
      if (account === 'OUTSTANDING') balances.set(department, (balances.get(department) ?? 0) + amount);
    const holder = holderOn(entries, day);
    const postings = [...balances].flatMap(([department, balance]) =>
      department === holder || balance === 0 || holder === null
        ? []
        : move(balance, { account: 'OUTSTANDING', department }, { account: 'OUTSTANDING', department: holder }),
    );
    for (const { department, amount } of postings) balances.set(department, (balances.get(department) ?? 0) + amount);
    if (postings.length > 0) moves.set(day, postings);
  }
  return moves;
}

const dayOf = ({ effectiveOn }: EntryDraft): LegalDay => effectiveOn;
const postingsOf = ({ postings }: EntryDraft): readonly Posting[] => postings;
