import { Decimal } from 'decimal.js';
import { FEN_OF_YUAN } from '@zhitong/values';
import type { CriterionOver, ParameterTest, Test } from '../criteria/criteria.js';
import { outcomeOf, type Situation } from '../evaluation/evaluate.js';
import { evaluateFormula, parseFormula, type FormulaProblem, type FormulaValue } from './formula.js';
import { missingFacts } from '../evaluation/missing-facts.js';

/** Money paid, a subsidy, a fee not asked, a tax not asked, a loan or its interest. */
export const BENEFIT_KINDS = ['cash', 'subsidy', 'fee_waiver', 'tax', 'loan'] as const;
export type BenefitKind = (typeof BENEFIT_KINDS)[number];

/** How much: a sum in fen, a formula that gives yuan, or nothing because the source did not say. */
export type Amount =
  | { readonly kind: 'fixed'; readonly fen: number }
  | { readonly kind: 'formula'; readonly text: string }
  /** `keys`: how the policy file said that it does not know. */
  | { readonly kind: 'notStated'; readonly keys: readonly ('amount_yuan' | 'formula')[] };

/** A row of the benefit table. The first row that is met counts; additive rows are added to it. */
export interface TierOver<Leaf> {
  readonly when: readonly CriterionOver<Leaf>[];
  readonly amount: Amount;
  readonly additive: boolean;
}

export type Tier = TierOver<Test>;
/** A row as a policy states it: values and the formula may name dated parameters. */
export type StatedTier = TierOver<Test | ParameterTest>;

/** To whole multiples of `unitFen`. */
export interface Rounding {
  readonly unitFen: number;
  readonly mode: 'DOWN' | 'HALF_UP' | 'UP';
}

export type Instalments =
  | { readonly kind: 'shares'; readonly shares: readonly string[] }
  | { readonly kind: 'amounts'; readonly fen: readonly number[] };

export interface BenefitOver<Leaf> {
  readonly kind: BenefitKind;
  readonly text: string;
  /** Counts where no row of `tiers` does; null where the policy only has rows. */
  readonly amount: Amount | null;
  readonly tiers: readonly TierOver<Leaf>[];
  /** Of several rows that are met the highest counts, not the first [从高不重复]. */
  readonly highestOnly: boolean;
  readonly capFen: number | null;
  /** What was paid under the policy before is taken off [升档补差]. */
  readonly topUpDifference: boolean;
  readonly rounding: Rounding;
  readonly instalments: Instalments | null;
  /** What a formula cannot say. */
  readonly formulaNote: string;
}

/** A benefit that can be worked out. */
export type Benefit = BenefitOver<Test>;
/** A benefit as a policy states it. */
export type StatedBenefit = BenefitOver<Test | ParameterTest>;

export const TO_THE_FEN: Rounding = { unitFen: 1, mode: 'HALF_UP' };
/** Ten trillion yuan in fen: more is a mistake in the policy or the facts. */
export const MAX_FEN = 1_000_000_000_000_000;

/** What an enterprise would have, or why nobody can say. */
export type Award =
  | {
      readonly known: true;
      readonly fen: number;
      /** Rows of the table that counted, by place. */
      readonly tiers: readonly number[];
      readonly instalmentsFen: readonly number[];
    }
  | {
      readonly known: false;
      readonly reason: 'MISSING_FACTS' | 'NOT_STATED' | 'DIVISION_BY_ZERO' | 'OUT_OF_RANGE';
      readonly missing: readonly string[];
    };

type Sum =
  | { readonly ok: true; readonly yuan: Decimal; readonly tiers: readonly number[] }
  | { readonly ok: false; readonly award: Award };

const unknown = (
  reason: Exclude<Award, { known: true }>['reason'],
  missing: readonly string[] = [],
): { readonly ok: false; readonly award: Award } => ({
  ok: false,
  award: { known: false, reason, missing: [...new Set(missing)].sort() },
});

const NOTHING: Sum = { ok: true, yuan: new Decimal(0), tiers: [] };

/**
 * What an enterprise that meets the policy would have: the row of the table that counts, with additive rows, less what
 * it had before where only the difference is paid, within the cap, rounded, and cut into instalments whose sum is the
 * amount. A negative result of a formula is nothing. Never throws.
 */
export function awardOf(benefit: Benefit, situation: Situation, alreadyPaidFen = 0): Award {
  const base = baseOf(benefit, situation);
  if (!base.ok) return base.award;
  const added = addedOf(benefit, situation);
  if (!added.ok) return added.award;
  const fen = base.yuan.plus(added.yuan).times(FEN_OF_YUAN);
  const capped = benefit.capFen === null ? fen : Decimal.min(fen, benefit.capFen);
  const due = Decimal.max(0, rounded(capped, benefit.rounding).minus(benefit.topUpDifference ? alreadyPaidFen : 0));
  if (due.greaterThan(MAX_FEN)) return { known: false, reason: 'OUT_OF_RANGE', missing: [] };
  const whole = due.toNumber();
  return {
    known: true,
    fen: whole,
    tiers: [...base.tiers, ...added.tiers],
    instalmentsFen: inInstalments(whole, benefit.instalments),
  };
}

function baseOf(benefit: Benefit, situation: Situation): Sum {
  const rows = benefit.tiers.flatMap((tier, index) => (tier.additive ? [] : [{ tier, index }]));
  let best: Extract<Sum, { ok: true }> | null = null;
  for (const { tier, index } of rows) {
    const sum = rowOf(tier, index, situation);
    if (sum === null) continue;
    if (!sum.ok || !benefit.highestOnly) return sum;
    if (best === null || sum.yuan.greaterThan(best.yuan)) best = sum;
  }
  if (best !== null) return best;
  return benefit.amount === null ? NOTHING : valueOf(benefit.amount, situation, []);
}

function addedOf(benefit: Benefit, situation: Situation): Sum {
  let sum = NOTHING;
  for (const [index, tier] of benefit.tiers.entries()) {
    const row = tier.additive ? rowOf(tier, index, situation) : null;
    if (row === null || !sum.ok) continue;
    if (!row.ok) return row;
    sum = { ok: true, yuan: sum.yuan.plus(row.yuan), tiers: [...sum.tiers, ...row.tiers] };
  }
  return sum;
}

/** Null when the row does not apply. */
function rowOf(tier: Tier, index: number, situation: Situation): Sum | null {
  const outcome = outcomeOf(tier.when, situation);
  if (outcome === 'NOT_MET') return null;
  if (outcome === 'UNKNOWN') return unknown('MISSING_FACTS', missingFacts(tier.when, situation).all);
  return valueOf(tier.amount, situation, [index]);
}

function valueOf(amount: Amount, { facts }: Situation, tiers: readonly number[]): Sum {
  if (amount.kind === 'fixed') return { ok: true, yuan: new Decimal(amount.fen).dividedBy(FEN_OF_YUAN), tiers };
  if (amount.kind === 'notStated') return unknown('NOT_STATED');
  const value = formulaValue(amount.text, facts.values);
  return value.ok ? { ok: true, yuan: Decimal.max(0, value.value), tiers } : unknown(value.reason, value.missing);
}

const parsed = new Map<string, ReturnType<typeof parseFormula>>();
const MAX_PARSED = 2_000;

/** Formulas are parsed once: the same few hundred run for every enterprise. */
function parsedFormula(text: string): ReturnType<typeof parseFormula> {
  const known = parsed.get(text);
  if (known !== undefined) return known;
  if (parsed.size >= MAX_PARSED) parsed.clear();
  const formula = parseFormula(text);
  parsed.set(text, formula);
  return formula;
}

function formulaValue(text: string, values: Situation['facts']['values']): FormulaValue {
  const formula = parsedFormula(text);
  if (formula.ok) return evaluateFormula(formula.formula, values);
  // It was right when it was saved; a value that a parameter was given since made it wrong.
  return {
    ok: false,
    missing: [],
    reason: formula.problem.code === 'DIVISION_BY_ZERO' ? 'DIVISION_BY_ZERO' : 'OUT_OF_RANGE',
  };
}

/** What is wrong with the formula of an amount, or null. */
export function formulaProblem(amount: Amount): FormulaProblem | null {
  if (amount.kind !== 'formula') return null;
  const formula = parsedFormula(amount.text);
  return formula.ok ? null : formula.problem;
}

/** Dated parameters that the formula of an amount names, without the `$`. */
export function parametersOfAmount(amount: Amount): readonly string[] {
  if (amount.kind !== 'formula') return [];
  const formula = parsedFormula(amount.text);
  return formula.ok ? formula.parameters : [];
}

/** Facts that the formula of an amount asks for. */
export function factsOfAmount(amount: Amount): readonly string[] {
  if (amount.kind !== 'formula') return [];
  const formula = parsedFormula(amount.text);
  return formula.ok ? formula.facts : [];
}

function rounded(fen: Decimal, { unitFen, mode }: Rounding): Decimal {
  const how = { DOWN: Decimal.ROUND_DOWN, HALF_UP: Decimal.ROUND_HALF_UP, UP: Decimal.ROUND_UP }[mode];
  // Most are to the fen, where the two divisions would only cost.
  return unitFen === 1 ? fen.toDecimalPlaces(0, how) : fen.dividedBy(unitFen).toDecimalPlaces(0, how).times(unitFen);
}

/**
 * Cuts an amount into instalments. By shares, each is rounded down to the fen and the last takes the rest; by fixed
 * sums, each takes its sum while the amount lasts, and the last takes what is left.
 */
export function inInstalments(fen: number, instalments: Instalments | null): number[] {
  if (instalments === null) return [fen];
  const planned =
    instalments.kind === 'amounts'
      ? instalments.fen
      : instalments.shares.map((share) => new Decimal(fen).times(share).floor().toNumber());
  let left = fen;
  return planned.map((part, index) => {
    const due = index === planned.length - 1 ? left : Math.min(part, left);
    left -= due;
    return due;
  });
}
