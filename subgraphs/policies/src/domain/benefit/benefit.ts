import { FEN_OF_YUAN, rational, type LegalDay, type Rational } from '@zhitong/values';
import type { CriterionOver, ParameterTest, Test } from '../criteria/criteria.js';
import { outcomeOf, type Situation } from '../evaluation/evaluate.js';
import { evaluateFormula, parseFormula, type FormulaProblem, type FormulaValue } from './formula.js';
import { missingFacts } from '../evaluation/missing-facts.js';

/**
 * Money paid, a subsidy, interest paid on a loan [贴息]; a fee not asked, a tax not asked, a loan, a qualification. What
 * becomes of each says `lifeOf`.
 */
export const BENEFIT_KINDS = [
  'cash',
  'subsidy',
  'fee_waiver',
  'tax',
  'loan',
  'interest_subsidy',
  'qualification',
] as const;
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

/** A term of an instalment as a policy states it. */
export type StatedTerm = InstalmentTermOver<Test | ParameterTest>;
export type InstalmentTerm = InstalmentTermOver<Test>;

/** To whole multiples of `unitFen`. */
export interface Rounding {
  readonly unitFen: number;
  readonly mode: 'DOWN' | 'HALF_UP' | 'UP';
}

export type Instalments =
  | { readonly kind: 'shares'; readonly shares: readonly string[] }
  | { readonly kind: 'amounts'; readonly fen: readonly number[] };

/** When an instalment is due, and on what condition of its own. */
export interface InstalmentTermOver<Leaf> {
  /** Not before this day. */
  readonly from: LegalDay | null;
  /** Not after this day. */
  readonly until: LegalDay | null;
  /** Not before so many months after the approval. */
  readonly afterMonths: number | null;
  /** All of them must be met when it is due. */
  readonly when: readonly CriterionOver<Leaf>[];
}

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
  /** One for each instalment; left out where all are due at once, without a condition of their own. */
  readonly terms?: readonly InstalmentTermOver<Leaf>[];
  /** What of a tax is still to be paid [应纳税额]; left out where the policy does not say. */
  readonly taxPayable?: Amount;
  /** The amount is a limit [最高]: how much it is, somebody decides. Left out where it is not. */
  readonly atMost?: boolean;
  /** What a formula cannot say. */
  readonly formulaNote: string;
}

/** Every condition of a benefit: of the rows of its table and of its instalments. */
export const conditionsOf = <Leaf>({ tiers, terms = [] }: BenefitOver<Leaf>): CriterionOver<Leaf>[] =>
  [...tiers, ...terms].flatMap(({ when }) => when);

/** The same benefit with other conditions. */
export const mapConditions = <Leaf, Other>(
  { tiers, terms, ...rest }: BenefitOver<Leaf>,
  conditions: Readonly<
    Record<'tier' | 'term', (when: readonly CriterionOver<Leaf>[]) => readonly CriterionOver<Other>[]>
  >,
): BenefitOver<Other> => ({
  ...rest,
  tiers: tiers.map((tier) => ({ ...tier, when: conditions.tier(tier.when) })),
  ...(terms === undefined ? {} : { terms: terms.map((term) => ({ ...term, when: conditions.term(term.when) })) }),
});

/** Every amount of a benefit: its own, those of its rows, and what of a tax is still to be paid. */
export const amountsOf = <Leaf>({
  amount,
  tiers,
  taxPayable,
}: Pick<BenefitOver<Leaf>, 'amount' | 'tiers' | 'taxPayable'>): Amount[] => [
  ...(amount === null ? [] : [amount]),
  ...tiers.map((tier) => tier.amount),
  ...(taxPayable === undefined ? [] : [taxPayable]),
];

/** The same benefit with other amounts. */
export const mapAmounts = <Leaf>(
  benefit: BenefitOver<Leaf>,
  change: (amount: Amount) => Amount,
): BenefitOver<Leaf> => ({
  ...benefit,
  amount: benefit.amount === null ? null : change(benefit.amount),
  tiers: benefit.tiers.map((tier) => ({ ...tier, amount: change(tier.amount) })),
  ...(benefit.taxPayable === undefined ? {} : { taxPayable: change(benefit.taxPayable) }),
});

/** A benefit that can be worked out. */
export type Benefit = BenefitOver<Test>;
/** A benefit as a policy states it. */
export type StatedBenefit = BenefitOver<Test | ParameterTest>;

export const TO_THE_FEN: Rounding = { unitFen: 1, mode: 'HALF_UP' };
/** Ten trillion yuan in fen: more is a mistake in the policy or the facts. */
export const MAX_FEN = 1_000_000_000_000_000;
const ZERO = rational(0);
const MOST_FEN = rational(MAX_FEN);
const FEN_OF_YUAN_EXACT = rational(FEN_OF_YUAN);

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
      readonly reason: 'MISSING_FACTS' | 'NOT_STATED' | 'DIVISION_BY_ZERO' | 'OUT_OF_RANGE' | 'AT_MOST';
      readonly missing: readonly string[];
      /** With AT_MOST the limit, in fen. */
      readonly mostFen?: number;
    };

type Sum =
  | { readonly ok: true; readonly yuan: Rational; readonly tiers: readonly number[] }
  | { readonly ok: false; readonly award: Award };

const unknown = (
  reason: Exclude<Award, { known: true }>['reason'],
  missing: readonly string[] = [],
): { readonly ok: false; readonly award: Award } => ({
  ok: false,
  award: { known: false, reason, missing: [...new Set(missing)].sort() },
});

const NOTHING: Sum = { ok: true, yuan: ZERO, tiers: [] };

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
  const fen = base.yuan.plus(added.yuan).times(FEN_OF_YUAN_EXACT);
  const cap = benefit.capFen === null ? fen : rational(benefit.capFen);
  const capped = fen.greaterThan(cap) ? cap : fen;
  const had = rational(benefit.topUpDifference ? alreadyPaidFen : 0);
  const due = notNegative(roundedWithin(capped, benefit).minus(had));
  if (due.greaterThan(MOST_FEN)) return { known: false, reason: 'OUT_OF_RANGE', missing: [] };
  const whole = due.toNumber();
  // What a bank lends is the bank's to decide, whatever a policy calls it.
  if (benefit.atMost === true || benefit.kind === 'loan')
    return { known: false, reason: 'AT_MOST', missing: [], mostFen: whole };
  return {
    known: true,
    fen: whole,
    tiers: [...base.tiers, ...added.tiers],
    instalmentsFen: inInstalments(whole, benefit.instalments),
  };
}

/**
 * Whether the difference to what was had before is nothing [差额为零]: there is nothing to offer, to grant or to decide on,
 * though the conditions are met.
 * @param hadFen what was taken off of it.
 */
export const isNothingLeft = (award: Award, hadFen: number): boolean =>
  hadFen > 0 && (award.known ? award.fen : award.mostFen) === 0;

/** What of a tax an enterprise has still to pay, in fen; null where the policy does not say or a fact is missing. */
export function taxPayableFen({ taxPayable }: Pick<Benefit, 'taxPayable'>, situation: Situation): number | null {
  const tax = taxPayable === undefined ? null : valueOf(taxPayable, situation, []);
  if (tax?.ok !== true) return null;
  const fen = rounded(tax.yuan.times(FEN_OF_YUAN_EXACT), TO_THE_FEN);
  return fen.greaterThan(MOST_FEN) ? null : fen.toNumber();
}

/**
 * The most that a policy gives anybody, in fen: its cap, or where it states sums the highest row with all that are
 * added. Null where only a formula says how much.
 */
export function mostOf({
  amount,
  tiers,
  capFen,
  rounding,
}: Pick<Benefit, 'amount' | 'tiers' | 'capFen' | 'rounding'>): number | null {
  const one = [...(amount === null ? [] : [amount]), ...tiers.flatMap((row) => (row.additive ? [] : [row.amount]))];
  const added = tiers.flatMap((row) => (row.additive ? [row.amount] : []));
  if ([...one, ...added].some(({ kind }) => kind !== 'fixed')) return capFen;
  const fenOf = (sum: Amount): number => (sum.kind === 'fixed' ? sum.fen : 0);
  const most = Math.max(0, ...one.map(fenOf)) + added.reduce((sum, row) => sum + fenOf(row), 0);
  const capped = rational(Math.min(most, capFen ?? most));
  return roundedWithin(capped, { capFen, rounding }).toNumber();
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
  if (amount.kind === 'fixed') return { ok: true, yuan: rational(amount.fen).dividedBy(FEN_OF_YUAN_EXACT), tiers };
  if (amount.kind === 'notStated') return unknown('NOT_STATED');
  const value = formulaValue(amount.text, facts.values);
  return value.ok ? { ok: true, yuan: notNegative(value.value), tiers } : unknown(value.reason, value.missing);
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

/** Facts that the formula of an amount asks for, by name with the year where it names one. */
export function factsOfAmount(amount: Amount): readonly string[] {
  if (amount.kind !== 'formula') return [];
  const formula = parsedFormula(amount.text);
  return formula.ok ? formula.facts : [];
}

function rounded(fen: Rational, { unitFen, mode }: Rounding): Rational {
  // Most are to the fen, where the two divisions would only cost.
  if (unitFen === 1) return fen.rounded(mode);
  const unit = rational(unitFen);
  return fen.dividedBy(unit).rounded(mode).times(unit);
}

/** Rounded as the policy says, but never beyond its cap: 1,250 at most, to the hundred, are not 1,300. */
function roundedWithin(fen: Rational, { capFen, rounding }: Pick<Benefit, 'capFen' | 'rounding'>): Rational {
  const whole = rounded(fen, rounding);
  return capFen !== null && whole.greaterThan(rational(capFen)) ? rational(capFen) : whole;
}

const notNegative = (value: Rational): Rational => (ZERO.greaterThan(value) ? ZERO : value);

/**
 * Cuts an amount into instalments. By shares, each is rounded down to the fen and the last takes the rest; by fixed
 * sums, each takes its sum while the amount lasts, and the last takes what is left.
 */
export function inInstalments(fen: number, instalments: Instalments | null): number[] {
  if (instalments === null) return [fen];
  const planned =
    instalments.kind === 'amounts'
      ? instalments.fen
      : instalments.shares.map((share) => rational(fen).times(rational(share)).floor().toNumber());
  let left = fen;
  return planned.map((part, index) => {
    const due = index === planned.length - 1 ? left : Math.min(part, left);
    left -= due;
    return due;
  });
}
