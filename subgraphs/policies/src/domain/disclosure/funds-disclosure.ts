import {
  addDays,
  type BehindPart,
  includesDay,
  type LegalDay,
  monthOf,
  type Period,
  SMALLEST_CELL,
  standsForEnough,
  wholeMonths,
} from '@zhitong/values';
import { toldStretches, type PolicyMonth } from './published-figures.js';

/** What one policy paid in one month; a policy is of one department. */
export interface PaidCell extends PolicyMonth {
  readonly policy: string;
  readonly department: string;
}

/** What was paid in one month, in all or of one group. */
export interface PaidMonth extends BehindPart {
  readonly month: string;
  readonly key: string;
}

/** Everything of which the public sees sums: by month in all, by department, by district, and by policy. */
export interface PaidTable {
  readonly months: readonly PaidMonth[];
  readonly departments: readonly PaidMonth[];
  readonly districts: readonly PaidMonth[];
  readonly policies: readonly PaidCell[];
}

/** Which figures must not be shown, by `month` or `month key`. */
export interface WithheldFunds {
  readonly months: ReadonlySet<string>;
  readonly departments: ReadonlySet<string>;
  readonly districts: ReadonlySet<string>;
  readonly policies: ReadonlySet<string>;
}

/** The name of a cell. */
export const cellOf = (month: string, key: string): string => `${month} ${key}`;

interface Cell extends BehindPart {
  readonly name: string;
}
/** Cells whose sum the public sees too. */
type Line = readonly Cell[];

const isSmall = (enterprises: number): boolean => enterprises > 0 && enterprises < SMALLEST_CELL;

/**
 * Withholds in a line whose sum is shown one cell more where what is withheld could be worked out, the smallest first;
 * true when it did. What is withheld together has to stand for enough different enterprises: of three that were paid
 * under each of two policies the two sums are the money of three.
 */
function complement(line: Line, withheld: Set<string>): boolean {
  const hidden = line.filter(({ name }) => withheld.has(name));
  if (hidden.length === 0 || (hidden.length > 1 && standsForEnough(hidden))) return false;
  const [next] = line
    .filter(({ name }) => !withheld.has(name))
    .sort((a, b) => a.enterprises - b.enterprises || (a.name < b.name ? -1 : 1));
  if (next === undefined) return false;
  withheld.add(next.name);
  return true;
}

/** Withholds in all lines until nothing that is withheld stands alone in one of them. */
function settle(lines: readonly Line[], withheld: Set<string>): Set<string> {
  let changed = true;
  while (changed) {
    changed = false;
    for (const line of lines) if (complement(line, withheld)) changed = true;
  }
  return withheld;
}

function groupedBy<Row>(rows: readonly Row[], keyOf: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row]);
  return groups;
}

const cells = (rows: readonly PaidMonth[]): (Cell & { readonly month: string })[] =>
  rows.map(({ month, key, enterprises, few }) => ({ name: cellOf(month, key), month, enterprises, few }));
const linesByMonth = (rows: readonly PaidMonth[]): Line[] => [...groupedBy(cells(rows), ({ month }) => month).values()];
const smallOf = (line: readonly Cell[]): Set<string> =>
  new Set(line.filter(({ enterprises }) => isSmall(enterprises)).map(({ name }) => name));

/**
 * Decides what of the funds is shown to the public, month by month: no cell that stands for one to four enterprises,
 * and none from which with its neighbours one could be worked out. The sums of which cells are neighbours are those
 * that are shown elsewhere: of a month over its groups, of a department's month over its policies, and of a policy over
 * a stretch of months, which is what its statistics of one day tell more than those of an earlier one.
 * @param unfinished the month that is still running: never told
 */
export function withheldFunds(
  { months, departments, districts, policies }: PaidTable,
  unfinished: string,
): WithheldFunds {
  const byDepartment = settle(linesByMonth(departments), smallOf(cells(departments)));
  const policyCells = policies.map((cell) => ({ ...cell, name: cellOf(cell.month, cell.policy) }));
  const byPolicy = smallOf(policyCells);
  for (const { name, month } of policyCells) if (month === unfinished) byPolicy.add(name);
  const ofDepartments = groupedBy(policyCells, ({ month, department }) => cellOf(month, department));
  for (const [name, line] of ofDepartments) {
    // A department's sum that is not shown must not be the sum of policies that are.
    const [first] = [...line].sort((a, b) => a.enterprises - b.enterprises);
    if (byDepartment.has(name) && first !== undefined && !line.some((cell) => byPolicy.has(cell.name)))
      byPolicy.add(first.name);
  }
  const told = [...ofDepartments].filter(([name]) => !byDepartment.has(name)).map(([, line]) => line);
  const over = policyCells.filter(({ month }) => month < unfinished).sort((a, b) => (a.month < b.month ? -1 : 1));
  const ofPolicies = [...groupedBy(over, ({ policy }) => policy).values()].flatMap(toldStretches);
  settle([...told, ...ofPolicies, ...groupedBy(policyCells, ({ month }) => month).values()], byPolicy);
  return {
    months: new Set(months.filter(({ enterprises }) => isSmall(enterprises)).map(({ month }) => month)),
    departments: byDepartment,
    districts: settle(linesByMonth(districts), smallOf(cells(districts))),
    policies: byPolicy,
  };
}

/** A period of whole months. */
export interface PublicPeriod {
  readonly from: string;
  readonly to: string;
  /** Those of its months in which something was paid. */
  readonly months: readonly string[];
  /** False when no month that was asked for is over yet: then nothing can be shown. */
  readonly isOver: boolean;
}

/**
 * The whole calendar months that a period touches, without the one that is running and those to come: the only periods
 * that are shown to the public, so that nobody can subtract one day from another.
 * @param paidIn months in which something was paid
 */
export function publicPeriod(
  { from, to, today }: Period & { readonly today: LegalDay },
  paidIn: readonly string[],
): PublicPeriod {
  const asked = wholeMonths({ from, to });
  const over = addDays(monthOf(today).from, -1);
  const told = { from: asked.from, to: asked.to < over ? asked.to : over };
  const isOver = told.from <= told.to;
  return {
    from: asked.from,
    to: isOver ? told.to : asked.to,
    months: isOver ? paidIn.filter((month) => includesDay(told, `${month}-01`)) : [],
    isOver,
  };
}
