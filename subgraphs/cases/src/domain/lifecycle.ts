import { isOpen, OPEN_STATUSES, STATUSES, type CaseStatus, type CaseView } from './case-view.js';
import type { Party } from './case-event.js';
import { TRANSITIONS, type Transition } from './moves/transitions.js';

export type Move = Transition['move'];

/** What one of `parties` may do with the case now, in the order of the table. */
export function legalMoves(view: CaseView, parties: readonly Party[]): Move[] {
  return TRANSITIONS.filter((row) =>
    partiesOf(row, view).some((party) => parties.includes(party) && hindranceOf(row, view, party) === null),
  ).map((row) => row.move);
}

/** Legal: in which capacity the move is made. Illegal: why, and what these parties may do instead. */
export type MoveVerdict =
  | { readonly legal: true; readonly party: Party }
  | {
      readonly legal: false;
      readonly reason: string;
      readonly notAllowedToParty: boolean;
      readonly legalMoves: readonly Move[];
    };

/** Judges one move. `parties` are the capacities of the person acting, the strongest first. */
export function judgeMove(view: CaseView, move: Move, parties: readonly Party[]): MoveVerdict {
  const row = TRANSITIONS.find((candidate) => candidate.move === move);
  if (!row) throw new RangeError(`"${move}" is not a move of the lifecycle`);
  const allowed = partiesOf(row, view);
  const candidates = parties.filter((candidate) => allowed.includes(candidate));
  const party = candidates.find((candidate) => hindranceOf(row, view, candidate) === null) ?? candidates[0];
  const refuse = (reason: string, notAllowedToParty: boolean): MoveVerdict => ({
    legal: false,
    reason,
    notAllowedToParty,
    legalMoves: legalMoves(view, parties),
  });
  if (party === undefined) return refuse(`${move} is for ${allowed.join(' or ')}`, true);
  const hindrance = hindranceOf(row, view, party);
  return hindrance === null ? { legal: true, party } : refuse(hindrance, false);
}

/** Who may make a move of this case. */
const partiesOf = (row: Transition, { complainant }: Pick<CaseView, 'complainant'>): readonly Party[] =>
  complainant.uscc === null ? [...row.by, ...(row.onBehalf ?? [])] : row.by;

function hindranceOf(row: Transition, view: CaseView, party: Party): string | null {
  if (!row.from.includes(view.status)) return `${row.move} is not possible while the case is ${view.status}`;
  return row.hindrance?.(view, party) ?? null;
}

/** The table as GitHub Markdown, for the README. */
export function lifecycleTable(): string {
  const lines = TRANSITIONS.map(
    (row) =>
      `| ${row.move} | ${row.from.length === STATUSES.length ? 'any' : sameAsOpen(row.from)} | ${row.to.join(', ')} | ${[...row.by, ...(row.onBehalf ?? []).map((party) => `${party} for one from elsewhere`)].join(', ')} |`,
  );
  return [
    '| move | from | to | by |',
    '|---|---|---|---|',
    '| SUBMITTED | (new) | RECEIVED | ENTERPRISE, DESK, COORDINATOR |',
    ...lines,
  ].join('\n');
}

/** A document with the table in place of the one that it has. @throws Error when it has none */
export function withLifecycleTable(document: string): string {
  const table = /\| move \| from \| to \| by \|\n(?:\|.*\|\n?)+/;
  if (!table.test(document)) throw new Error('The document has no table of moves.');
  return document.replace(table, () => `${lifecycleTable()}\n`);
}

const sameAsOpen = (from: readonly CaseStatus[]): string =>
  from.length === OPEN_STATUSES.length && from.every(isOpen) ? 'any open status' : from.join(', ');
