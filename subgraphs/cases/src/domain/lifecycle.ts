import { isOpen, OPEN_STATUSES, STATUSES, type CaseStatus, type CaseView } from './case-view.js';
import type { Party } from './case-event.js';
import { hindered, hindranceWords, type Hindrance } from './moves/hindrances.js';
import { STATUS_IN_CHINESE } from './words.js';
import { TRANSITIONS, type Transition } from './moves/transitions.js';

export type Move = Transition['move'];

/** What one of `parties` may do with the case now, in the order of the table. */
export function legalMoves(view: CaseView, parties: readonly Party[]): Move[] {
  return TRANSITIONS.filter((row) =>
    partiesOf(row, view, parties).some((party) => parties.includes(party) && hindranceOf(row, view, party) === null),
  ).map((row) => row.move);
}

/** A move that these parties may make of such a case, and what of this one bars it now. */
export interface BlockedMove {
  readonly move: Move;
  readonly hindrance: Hindrance;
}

/**
 * The moves of `parties` that something else bars than where the case stands: for what comes later, or came before,
 * there is nothing to be told. In the order of the table.
 */
export function blockedMoves(view: CaseView, parties: readonly Party[]): BlockedMove[] {
  return TRANSITIONS.flatMap((row): BlockedMove[] => {
    const allowed = partiesOf(row, view, parties);
    const hindrances = parties.filter((party) => allowed.includes(party)).map((party) => hindranceOf(row, view, party));
    const [first = null] = hindrances;
    if (first === null || hindrances.includes(null) || first.code === 'NOT_WHILE') return [];
    return [{ move: row.move, hindrance: first }];
  });
}

/** Legal: in which capacity the move is made. Illegal: why, and what these parties may do instead. */
export type MoveVerdict =
  | { readonly legal: true; readonly party: Party }
  | {
      readonly legal: false;
      /** In English; `hindrance` has the words of both languages. */
      readonly reason: string;
      /** Null when the move is not for these parties at all. */
      readonly hindrance: Hindrance | null;
      readonly notAllowedToParty: boolean;
      readonly legalMoves: readonly Move[];
    };

/** Judges one move. `parties` are the capacities of the person acting, the strongest first. */
export function judgeMove(view: CaseView, move: Move, parties: readonly Party[]): MoveVerdict {
  const row = TRANSITIONS.find((candidate) => candidate.move === move);
  if (!row) throw new RangeError(`"${move}" is not a move of the lifecycle`);
  const allowed = partiesOf(row, view, parties);
  const candidates = parties.filter((candidate) => allowed.includes(candidate));
  const party = candidates.find((candidate) => hindranceOf(row, view, candidate) === null) ?? candidates[0];
  const refuse = (reason: string, hindrance: Hindrance | null): MoveVerdict => ({
    legal: false,
    reason,
    hindrance,
    notAllowedToParty: hindrance === null,
    legalMoves: legalMoves(view, parties),
  });
  if (party === undefined) return refuse(`${move} is for ${allowed.join(' or ')}`, null);
  const hindrance = hindranceOf(row, view, party);
  return hindrance === null ? { legal: true, party } : refuse(hindranceWords(hindrance).en, hindrance);
}

/** Who may make a move of this case; `parties` are the capacities of the person acting. */
function partiesOf(
  { by, onBehalf = [], notOnBehalfBeside }: Transition,
  { complainant }: Pick<CaseView, 'complainant'>,
  parties: readonly Party[],
): readonly Party[] {
  if (complainant.uscc !== null) return by;
  const isInterested = notOnBehalfBeside !== undefined && parties.includes(notOnBehalfBeside);
  return [...by, ...onBehalf.filter((party) => party !== 'DESK' || !isInterested)];
}

function hindranceOf(row: Transition, view: CaseView, party: Party): Hindrance | null {
  const { status } = view;
  if (!row.from.includes(status))
    return hindered('NOT_WHILE', { move: row.move, status, statusInChinese: STATUS_IN_CHINESE[status] });
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
