import { addDays, type FenTotal, type LegalDay } from '@zhitong/values';
import { allocate } from '../ledger/as-of.js';
import type { AuditFigures } from './audit-figures.js';

/** The groupings of an audit with figures that run along: those with few groups. */
export const RUNNING_GROUPINGS = ['DEPARTMENT', 'DISTRICT', 'YEAR', 'KIND'] as const;
export type RunningGrouping = (typeof RUNNING_GROUPINGS)[number];

const COUNTS = ['promisedCount', 'count', 'overdueCount'] as const;
const AMOUNTS = ['promised', 'fulfilled', 'waived', 'outstanding', 'overdue'] as const;
/** Every figure that runs along: counts of all promises, then amounts in fen of promises of money. */
export const RUNNING_FIGURES = [...COUNTS, ...AMOUNTS] as const;

/** Figures of promises, or what is added to them. */
export type RunningSums = Readonly<Record<(typeof RUNNING_FIGURES)[number], FenTotal>>;

/** What is added to the figures of a group on a day and on every later one. */
export interface RunningStep extends RunningSums {
  readonly groupBy: RunningGrouping;
  readonly key: string;
  readonly day: LegalDay;
}

/** What is read of an entry. */
export interface FiguredEntry {
  readonly effectiveOn: LegalDay;
  readonly figures: AuditFigures;
}

const sums = (figure: (name: (typeof RUNNING_FIGURES)[number]) => FenTotal): RunningSums => ({
  promisedCount: figure('promisedCount'),
  count: figure('count'),
  overdueCount: figure('overdueCount'),
  promised: figure('promised'),
  fulfilled: figure('fulfilled'),
  waived: figure('waived'),
  outstanding: figure('outstanding'),
  overdue: figure('overdue'),
});

/** Steps added up by group and day. */
export class RunningTotals {
  readonly #steps = new Map<string, RunningStep>();

  /** Adds steps, or takes them away. */
  add(steps: Iterable<RunningStep>, sign: 1n | -1n = 1n): this {
    for (const step of steps) {
      const { groupBy, key, day } = step;
      const name = `${groupBy}|${day}|${key}`;
      const before = this.#steps.get(name);
      this.#steps.set(name, { groupBy, key, day, ...sums((figure) => (before?.[figure] ?? 0n) + sign * step[figure]) });
    }
    return this;
  }

  /** What is left, without what added up to nothing. */
  steps(): RunningStep[] {
    return [...this.#steps.values()].filter((step) => RUNNING_FIGURES.some((figure) => step[figure] !== 0n));
  }
}

/**
 * What a commitment adds to the figures of its groups, by the day from which it does, with all knowledge that is in
 * `entries`. The steps of all commitments up to a day add up to the audit as of that day.
 * @param from only steps of this day and later ones
 */
export function runningSteps(entries: readonly FiguredEntry[], from: LegalDay = ''): RunningStep[] {
  const facets = entries.find(({ figures }) => figures.facets !== null)?.figures.facets;
  if (!facets) return [];
  const inOrder = entries.toSorted((a, b) =>
    a.effectiveOn === b.effectiveOn ? 0 : a.effectiveOn < b.effectiveOn ? -1 : 1,
  );
  const first = [facets.promisedOn, inOrder[0]?.effectiveOn ?? facets.promisedOn].sort()[0] ?? '';
  // What is due on a day is overdue from the day after it.
  const due = facets.instalments.map(({ dueOn }) => addDays(dueOn, 1)).filter((day) => day > first);
  const days = [...new Set([...inOrder.map(({ effectiveOn }) => effectiveOn), ...due])].sort();
  const totals = new RunningTotals();
  let counted: Counted = NOTHING;
  let before: RunningStep[] = [];
  let at = 0;
  for (const [index, day] of days.entries()) {
    for (let entry = inOrder[at]; entry !== undefined && entry.effectiveOn <= day; entry = inOrder[(at += 1)])
      counted = countedWith(counted, entry);
    if ((days[index + 1] ?? day) < from) continue;
    const now = position(counted, day);
    if (day >= from)
      totals.add(now).add(
        before.map((step) => ({ ...step, day })),
        -1n,
      );
    before = now;
  }
  return totals.steps();
}

/** Steps added up by month: each has the first day of its month. */
export const inMonths = (steps: Iterable<RunningStep>): RunningStep[] =>
  new RunningTotals().add([...steps].map((step) => ({ ...step, day: `${step.day.slice(0, 7)}-01` }))).steps();

/**
 * What entries that were added change: the steps with them without those of before. Up to the first day of what was
 * added both are the same.
 * @param after begins with all entries of `before`
 */
export function stepsBetween(before: readonly FiguredEntry[], after: readonly FiguredEntry[]): RunningStep[] {
  const [from] = after
    .slice(before.length)
    .map(({ effectiveOn }) => effectiveOn)
    .sort();
  if (from === undefined) return [];
  return new RunningTotals().add(runningSteps(after, from)).add(runningSteps(before, from), -1n).steps();
}

/** What a commitment's entries up to a day amount to. */
interface Counted {
  readonly facets: AuditFigures['facets'];
  readonly holder: AuditFigures['holder'];
  readonly promised: number;
  readonly fulfilled: number;
  readonly waived: number;
}
const NOTHING: Counted = { facets: null, holder: null, promised: 0, fulfilled: 0, waived: 0 };

const countedWith = ({ facets, holder, promised, fulfilled, waived }: Counted, { figures }: FiguredEntry): Counted => ({
  facets: facets ?? figures.facets,
  holder: figures.holder !== null && figures.holder.seq >= (holder?.seq ?? 0) ? figures.holder : holder,
  promised: promised + figures.promised,
  fulfilled: fulfilled + figures.fulfilled,
  waived: waived + figures.waived,
});

/** How a commitment stands on a day, once for each grouping; nothing where it was not promised, or by mistake. */
function position({ facets, holder, promised, fulfilled, waived }: Counted, day: LegalDay): RunningStep[] {
  if (!facets || !holder || promised <= 0) return [];
  const outstanding = promised - fulfilled - waived;
  const overdue = allocate(facets.instalments, fulfilled + waived, day).reduce(
    (sum, instalment) => sum + (instalment.daysOverdue > 0 ? instalment.outstanding : 0),
    0,
  );
  const count = (isCounted: boolean): FenTotal => (isCounted ? 1n : 0n);
  const money = (amount: number): FenTotal => (facets.measure === 'MONEY' ? BigInt(amount) : 0n);
  const figures: RunningSums = {
    promisedCount: 1n,
    count: count(outstanding > 0),
    overdueCount: count(overdue > 0),
    promised: money(promised),
    fulfilled: money(fulfilled),
    waived: money(waived),
    outstanding: money(outstanding),
    overdue: money(overdue),
  };
  const keys: Readonly<Record<RunningGrouping, string>> = {
    DEPARTMENT: holder.promisor,
    DISTRICT: facets.districtCode,
    YEAR: facets.promisedOn.slice(0, 4),
    KIND: facets.kind,
  };
  return RUNNING_GROUPINGS.map((groupBy) => ({ groupBy, key: keys[groupBy], day, ...figures }));
}
