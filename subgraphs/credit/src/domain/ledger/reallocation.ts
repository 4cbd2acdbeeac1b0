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

/** Says of each day which department owed a promise on it; null when the entries hold no promise. */
function holders(entries: readonly EntryDraft[]): (day: LegalDay) => string | null {
  const [first] = entries;
  if (first?.body.kind !== 'PROMISED') return () => null;
  const { promisor } = first.body.terms;
  const transfers = transfersOf(entries);
  return (day) => transfers.findLast(({ on }) => on <= day)?.to ?? promisor;
}

/** The department that owed a promise on a day; null when the entries hold no promise. */
export const holderOn = (entries: readonly EntryDraft[], day: LegalDay): string | null => holders(entries)(day);

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
  const holderOf = holders(entries);
  const moved = new Map<LegalDay, Posting[]>();
  for (const { effectiveOn, body, postings } of entries) {
    const moving = postings.filter(({ account }) => account === 'OUTSTANDING');
    if (moving.length === 0 && body.kind !== 'TRANSFERRED') continue;
    const ofDay = moved.get(effectiveOn);
    if (ofDay === undefined) moved.set(effectiveOn, moving);
    else ofDay.push(...moving);
  }
  const balances = new Map<string, number>();
  const moves = new Map<LegalDay, Posting[]>();
  for (const [day, ofDay] of [...moved].sort(([a], [b]) => (a < b ? -1 : 1))) {
    for (const { department, amount } of ofDay) balances.set(department, (balances.get(department) ?? 0) + amount);
    const holder = holderOf(day);
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
