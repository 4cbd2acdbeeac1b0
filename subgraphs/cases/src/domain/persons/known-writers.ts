import { isOfAnOffice } from '../access.js';
import type { CaseChange, CaseEvent, Complainant } from '../case-event.js';
import { applyEvent, replay } from '../history.js';

/** Moves with words of whoever brought the case, whoever took them down. */
const OF_THE_ENTERPRISE: ReadonlySet<CaseChange['type']> = new Set(['SUBMITTED', 'SUPPLEMENTED', 'ABSORBED']);

/** Whose account took a case down from the mouth of whoever brought it; null where no desk did. */
const takenDownBy = ([first]: readonly CaseEvent[]): string | null =>
  first?.by.party === 'DESK' && first.change.type === 'SUBMITTED' ? first.by.sub : null;

/** What of a history happened while the case was a named one; nothing of one that was anonymous from the start. */
const named = (history: readonly CaseEvent[]): readonly CaseEvent[] => {
  const [first] = history;
  if (first?.change.type !== 'SUBMITTED' || first.change.intake.complainant.anonymous) return [];
  const turn = history.findIndex(({ change }) => change.type === 'CORRECTED' && change.correction.anonymous === true);
  return turn < 0 ? history : history.slice(0, turn);
};

/** Departments that had a case while it was a named one. */
function hadIt([first, ...rest]: readonly CaseEvent[]): Set<string> {
  const departments = new Set<string>();
  if (first === undefined) return departments;
  let view = replay([first]);
  for (const event of [undefined, ...rest]) {
    if (event !== undefined) view = applyEvent(view, event);
    for (const code of [
      view.receivedBy,
      view.assignment?.lead,
      ...(view.assignment?.assisting ?? []),
      ...view.checkers,
    ])
      if (code != null) departments.add(code);
  }
  return departments;
}

/**
 * Whether words of an anonymous case come from somebody who knew who brought it, and can give it away: whoever brought
 * it, the coordinator, the account that took it down, and who had it while it was a named one. Theirs alone are masked
 * by what is known of the enterprise. Words of somebody who did not know are at most a guess: masked by what is known,
 * a right one would be told from a wrong one, by himself or by another office that reads them.
 * @param at where in the history the change stands
 * @param joined histories of the cases that it is joined with, which one enterprise brought
 */
export function knewWhoBroughtIt(
  history: readonly CaseEvent[],
  at: number,
  joined: readonly (readonly CaseEvent[])[] = [],
): boolean {
  const event = history[at];
  if (event === undefined || OF_THE_ENTERPRISE.has(event.change.type)) return true;
  const { by } = event;
  if (!isOfAnOffice(by) || by.knewWho === true) return true;
  if ([history, ...joined].some((each) => takenDownBy(each) === by.sub)) return true;
  const before = named(history);
  return before.length > 0 && (by.party === 'AUDITOR' || (by.department !== null && hadIt(before).has(by.department)));
}

/**
 * Who in the offices knows by a case whose it is, apart from the coordinator: the account that took it down, and the
 * departments that had it while it was a named one; of a part of another case who knows that one.
 * @param histories the case's own, and those of the cases that it was split off
 */
export const knowersOf = (histories: readonly (readonly CaseEvent[])[]): ReadonlySet<string> =>
  new Set(
    histories.flatMap((history) => {
      const account = takenDownBy(history);
      const had = [...hadIt(named(history))].map((code) => `department ${code}`);
      return account === null ? had : [`account ${account}`, ...had];
    }),
  );

/** Whose words a change has that some account took down or wrote at a desk; null where somebody else said them. */
function saidAtDesk({ by, change }: CaseEvent, histories: readonly (readonly CaseEvent[])[]): string | null {
  if (change.type !== 'ABSORBED') return by.party === 'DESK' ? by.sub : null;
  const from = histories.find(([first]) => first?.caseNumber === change.from);
  return from === undefined || change.wording !== undefined ? null : takenDownBy(from);
}

/**
 * By which of some cases, which one enterprise brought, words are masked of somebody who knew who it was: what an
 * account took down, or wrote, by those alone that it took down itself, everything else by all. It does not know who
 * speaks for the enterprise in a case that another one took down, and would find it out by what is masked of its own
 * words, or somebody else for it.
 * @param at where in the first of the histories the change stands
 * @returns whether it is masked by each of them
 */
export function maskedBy(histories: readonly (readonly CaseEvent[])[], at: number): boolean[] {
  const event = histories[0]?.[at];
  const account = event === undefined ? null : saidAtDesk(event, histories);
  const own = histories.map((each) => account !== null && takenDownBy(each) === account);
  return own.includes(true) ? own : histories.map(() => true);
}

/** Who brought a case as that was taken down or corrected, without who brought others that go on in it. */
export function withoutAbsorbed<Who extends Pick<Complainant, 'formerly'>>(
  complainant: Who,
  history: readonly CaseEvent[],
): Who {
  const { formerly = [] } = complainant;
  const left = formerly.map((contact) => JSON.stringify(contact));
  for (const { change } of history)
    for (const contact of change.type === 'ABSORBED' ? (change.contacts ?? []) : []) {
      const place = left.indexOf(JSON.stringify(contact));
      if (place >= 0) left.splice(place, 1);
    }
  return left.length === formerly.length
    ? complainant
    : { ...complainant, formerly: formerly.filter((contact) => left.includes(JSON.stringify(contact))) };
}
