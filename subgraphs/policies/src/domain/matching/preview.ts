import {
  bulkCriterion,
  bulkDecider,
  type BulkCriterion,
  type BulkDecider,
  type KeyedCheck,
} from '../evaluation/bulk.js';
import { factsOfCheck } from '../criteria/check.js';
import { membersIn } from '../criteria/criteria.js';
import type { CityColumns } from '../facts/city-columns.js';
import type { Eligibility } from '../evaluation/evaluate.js';
import type { Facts } from '../facts/fact-values.js';
import { valueAt, type FactColumns } from '../facts/fact-columns.js';
import { funnelOf, type FunnelStep } from './funnel.js';
import { isPaidOut } from '../benefit/benefit-life.js';
import type { MatchablePolicy } from './match.js';
import { both, countRows, either, forEachRow, rowsWhere, without, type RowSet } from '../evaluation/row-set.js';
import { wordingOf } from '../criteria/wording.js';
import { rowsBarredByRegister } from '../policy/register-bar.js';

export interface PreviewGroup {
  readonly key: string;
  readonly eligible: number;
  readonly costFen: number;
}

export interface PreviewComparison {
  readonly gaining: number;
  readonly losing: number;
  readonly costDifferenceFen: number;
  readonly gainers: readonly string[];
  readonly losers: readonly string[];
}

export interface PreviewResult {
  readonly enterprises: number;
  readonly counts: Readonly<Record<Eligibility, number>>;
  /** Of the not eligible those that meet the conditions and that something they hold bars, or that are struck off. */
  readonly barred: number;
  /** Money that is paid; of other benefits nothing is. */
  readonly costFen: number;
  /** What benefits that are not paid are worth: taxes and fees that are not asked. */
  readonly worthFen: number;
  readonly amountUnknown: number;
  readonly funnel: readonly FunnelStep[];
  readonly missing: readonly { readonly fact: string; readonly enterprises: number }[];
  readonly bySection: readonly PreviewGroup[];
  readonly byRegion: readonly PreviewGroup[];
  readonly byScale: readonly PreviewGroup[];
  readonly comparison: PreviewComparison | null;
}

/**
 * Takes a city table by table: one table in memory, or many that stream by, so that memory need not grow with the city.
 */
export interface Preview {
  add(city: CityColumns): void;
  result(): PreviewResult;
}

/** What holders of benefits cannot have of a policy. */
export interface HeldAgainst {
  /** Whom what they hold bars: they get nothing of it. */
  readonly barred: ReadonlySet<string>;
  /** By enterprise what it had before, in fen, where only the difference is paid. */
  readonly hadFen: ReadonlyMap<string, number>;
}

const NAMED = 50;

/**
 * Previews a draft, against the published version where there is one. Amounts are summed in fen.
 * @param against what is held against the draft, and against the policy as published.
 */
export function previewOf(
  draft: MatchablePolicy,
  published: MatchablePolicy | null,
  against: { readonly draft: HeldAgainst; readonly published: HeldAgainst } = NOBODY_HOLDS,
): Preview {
  const counts = { ELIGIBLE: 0, NOT_ELIGIBLE: 0, UNDETERMINED: 0 };
  const groups = { section: groupSums(), region: groupSums(), scale: groupSums() };
  const funnel = funnelOf(draft.criteria.map(wordingOf));
  const steps = draft.criteria.map((criterion) => bulkCriterion(criterion, draft.referenceDate));
  const missing = new Map<string, number>();
  const comparison = {
    gaining: 0,
    losing: 0,
    costDifferenceFen: 0,
    gainers: new Array<string>(),
    losers: new Array<string>(),
  };
  // Most drafts change the criteria only; then each amount is worked out once.
  const sameBenefit = JSON.stringify(draft.benefit) === JSON.stringify(published?.benefit);
  const [paysNow, paidBefore] = [
    isPaidOut(draft.benefit.kind),
    published !== null && isPaidOut(published.benefit.kind),
  ];
  let costFen = 0;
  let worthFen = 0;
  let amountUnknown = 0;
  let enterprises = 0;
  let held = 0;

  const compare = (city: CityColumns, decider: BulkDecider, now: readonly (number | null | undefined)[]): void => {
    // Of a policy as it is nothing changes.
    if (published === null || published === draft) return;
    const off = rowsBarredByRegister(city.facts);
    const possible = (policy: MatchablePolicy, { barred }: HeldAgainst): RowSet =>
      withoutBarred(without(decider.outcomesOf(policy.bulk).met, off), barred, city);
    const metBefore = possible(published, against.published);
    const before = amountsByRow(sameBenefit ? draft : published, metBefore, city, against.published);
    forEachRow(either(possible(draft, against.draft), metBefore), (row) => {
      const [amountNow, amountBefore] = [now[row], before[row]];
      comparison.costDifferenceFen += (paysNow ? (amountNow ?? 0) : 0) - (paidBefore ? (amountBefore ?? 0) : 0);
      const change = rank(amountNow) - rank(amountBefore);
      if (change > 0) {
        comparison.gaining += 1;
        if (comparison.gainers.length < NAMED) comparison.gainers.push(city.usccAt(row));
      } else if (change < 0) {
        comparison.losing += 1;
        if (comparison.losers.length < NAMED) comparison.losers.push(city.usccAt(row));
      }
    });
  };

  return {
    add(city) {
      const decider = bulkDecider(city.facts);
      const outcomes = decider.outcomesOf(draft.bulk);
      const off = rowsBarredByRegister(city.facts);
      const open = decider.unknownIn(outcomes);
      const undetermined = without(open, off);
      enterprises += city.facts.rows;
      const free = withoutBarred(without(outcomes.met, off), against.draft.barred, city);
      const amounts = amountsByRow(draft, free, city, against.draft);
      const eligible = against.draft.hadFen.size === 0 ? free : both(free, rowsWhere(city.facts.rows, isIn(amounts)));
      const kept = countRows(outcomes.met) - countRows(eligible);
      held += kept;
      counts.ELIGIBLE += countRows(eligible);
      counts.NOT_ELIGIBLE += countRows(outcomes.unmet) + kept + countRows(both(open, off));
      counts.UNDETERMINED += countRows(undetermined);
      funnel.add(
        decider.everyone,
        steps.map((step) => decider.outcomesOf(step)),
      );
      for (const [fact, rows] of openFactsOf(steps, undetermined, { decider, columns: city.facts }))
        missing.set(fact, (missing.get(fact) ?? 0) + countRows(rows));
      const scales = city.facts.column('scale');
      forEachRow(eligible, (row) => {
        const known = amounts[row] ?? null;
        const fen = paysNow ? known : 0;
        costFen += fen ?? 0;
        worthFen += paysNow ? 0 : (known ?? 0);
        if (known === null) amountUnknown += 1;
        groups.section.add(city.sectionAt(row), fen);
        groups.region.add(city.regionAt(row), fen);
        groups.scale.add(textOf(valueAt(scales, row)), fen);
      });
      compare(city, decider, amounts);
    },
    result: () => ({
      enterprises,
      counts: { ...counts },
      barred: held,
      costFen,
      worthFen,
      amountUnknown,
      funnel: funnel.steps(),
      missing: [...missing]
        .filter(([, count]) => count > 0)
        .map(([fact, count]) => ({ fact, enterprises: count }))
        .sort((one, other) => other.enterprises - one.enterprises || one.fact.localeCompare(other.fact)),
      bySection: groups.section.all(),
      byRegion: groups.region.all(),
      byScale: groups.scale.all(),
      comparison: published === null ? null : { ...comparison },
    }),
  };
}

const NO_VALUES: Facts['values'] = {};
const NOTHING_HELD: HeldAgainst = { barred: new Set(), hadFen: new Map() };
const NOBODY_HOLDS = { draft: NOTHING_HELD, published: NOTHING_HELD };

/** The rows without the enterprises that are barred. */
const withoutBarred = (rows: RowSet, barred: ReadonlySet<string>, city: CityColumns): RowSet =>
  barred.size === 0
    ? rows
    : both(
        rows,
        rowsWhere(city.facts.rows, (row) => !barred.has(city.usccAt(row))),
      );

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const isIn =
  (amounts: readonly (number | null | undefined)[]) =>
  (row: number): boolean =>
    amounts[row] !== undefined;

/**
 * Of the rows that are eligible the amount in fen, null where nobody knows it; undefined for the others, and where
 * nothing is left after what was had before.
 */
function amountsByRow(
  { amount }: MatchablePolicy,
  eligible: RowSet,
  { facts, usccAt }: CityColumns,
  { hadFen }: HeldAgainst,
): readonly (number | null | undefined)[] {
  const amounts = new Array<number | null | undefined>(facts.rows).fill(undefined);
  forEachRow(eligible, (row) => {
    const had = hadFen.size === 0 ? 0 : (hadFen.get(usccAt(row)) ?? 0);
    const fen = amount.of(amount.facts.length === 0 ? NO_VALUES : facts.valuesAt(row, amount.facts), had);
    amounts[row] = had > 0 && fen === 0 ? undefined : fen;
  });
  return amounts;
}

/** Eligible for more comes before eligible for less or for an unknown amount, and that before not eligible. */
const rank = (amount: number | null | undefined): number => (amount === undefined ? -1 : (amount ?? 0));

function groupSums() {
  const sums = new Map<string, { eligible: number; costFen: number }>();
  return {
    add(key: string, fen: number | null): void {
      let sum = sums.get(key);
      if (sum === undefined) {
        sum = { eligible: 0, costFen: 0 };
        sums.set(key, sum);
      }
      sum.eligible += 1;
      sum.costFen += fen ?? 0;
    },
    all: (): PreviewGroup[] =>
      [...sums]
        .map(([key, sum]) => ({ key, ...sum }))
        .sort((one, other) => other.eligible - one.eligible || one.key.localeCompare(other.key)),
  };
}

/** By fact the undetermined rows for which it is missing and could still play a part. */
function openFactsOf(
  criteria: readonly BulkCriterion[],
  undetermined: RowSet,
  { decider, columns }: { decider: BulkDecider; columns: FactColumns },
): ReadonlyMap<string, RowSet> {
  const found = new Map<string, RowSet>();
  const walk = (criterion: BulkCriterion, within: RowSet): void => {
    const open = both(within, decider.unknownIn(decider.outcomesOf(criterion)));
    if (countRows(open) === 0) return;
    if (criterion.kind !== 'check') {
      for (const member of membersIn<KeyedCheck>(criterion)) walk(member, open);
      return;
    }
    for (const fact of factsOfCheck(criterion.check)) {
      const column = columns.column(fact);
      const missing =
        column === undefined
          ? open
          : both(
              open,
              rowsWhere(columns.rows, (row) => valueAt(column, row) === undefined),
            );
      found.set(fact, either(found.get(fact) ?? missing, missing));
    }
  };
  for (const criterion of criteria) walk(criterion, undetermined);
  return found;
}
