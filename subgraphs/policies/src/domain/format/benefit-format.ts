import { Decimal } from 'decimal.js';
import { fenOfYuan, yuanOfFen } from '@zhitong/values';
import {
  BENEFIT_KINDS,
  TO_THE_FEN,
  type Amount,
  type Instalments,
  type Rounding,
  type StatedBenefit,
  type StatedTerm,
  type StatedTier,
} from '../benefit/benefit.js';
import { shown, type Problem } from '../problem.js';
import { said } from '../refusal-words.js';
import type { Parameters } from '../parameters/parameters.js';
import { writeCriterion } from '../criteria/write-criteria.js';
import { isRow, RecordReader } from './record-reader.js';
import { readStatedCriteria } from '../parameters/stated-criteria.js';

const MAX_TIERS = 100;
const MAX_INSTALMENTS = 24;
/** Ten years. */
const MOST_MONTHS = 120;
const NOTHING: StatedBenefit = {
  kind: 'cash',
  text: '',
  amount: null,
  tiers: [],
  highestOnly: false,
  capFen: null,
  topUpDifference: false,
  rounding: TO_THE_FEN,
  instalments: null,
  formulaNote: '',
};

/** Reads `benefit` of a policy; problems are added to the reader's. */
export function readBenefit(policy: RecordReader, problems: Problem[], parameters: Parameters): StatedBenefit {
  const reader = policy.record('benefit');
  if (reader === null) {
    if (!policy.has('benefit')) policy.refuse('benefit', 'WRONG_SHAPE', said('NEEDED'));
    return NOTHING;
  }
  const benefit: StatedBenefit = {
    kind: reader.choice('kind', BENEFIT_KINDS, 'cash'),
    text: reader.text('text_zh', { most: 2_000, needed: false }),
    amount: readAmount(reader),
    tiers: readTiers(reader, problems, parameters),
    highestOnly: reader.flag('highest_only'),
    capFen: reader.fen('cap_yuan'),
    topUpDifference: reader.flag('top_up_difference'),
    rounding: readRounding(reader),
    instalments: readInstalments(reader),
    ...readTerms(reader, problems, parameters),
    ...readTaxPayable(reader),
    ...(reader.flag('at_most') ? { atMost: true } : {}),
    formulaNote: reader.text('formula_note', { most: 2_000, needed: false }),
  };
  reader.finish();
  return benefit;
}

/** `amount_yuan` or `formula`; a key with null says that the source does not give it. */
function readAmount(reader: RecordReader): Amount | null {
  const keys = (['amount_yuan', 'formula'] as const).filter((key) => reader.has(key));
  const fen = reader.fen('amount_yuan');
  const formula = reader.text('formula', { most: 1_000, needed: false });
  if (fen !== null && formula !== '') reader.refuse('formula', 'WRONG_SHAPE', said('AMOUNT_AND_FORMULA'));
  if (fen !== null) return { kind: 'fixed', fen };
  if (formula !== '') return { kind: 'formula', text: formula };
  return keys.length === 0 ? null : { kind: 'notStated', keys };
}

function readTiers(reader: RecordReader, problems: Problem[], parameters: Parameters): StatedTier[] {
  return (reader.list('tiers', MAX_TIERS) ?? []).flatMap((row, index) => {
    const key = `tiers[${String(index)}]`;
    if (!isRow(row)) {
      reader.refuse(key, 'WRONG_SHAPE', said('TIER_NO_OBJECT', { value: shown(row) }));
      return [];
    }
    const tier = new RecordReader(row, reader.at(key), problems);
    const when = readStatedCriteria(tier.raw('when'), tier.at('when'), parameters);
    problems.push(...when.problems);
    const amount = readAmount(tier);
    if (amount === null) tier.refuse('amount_yuan', 'WRONG_SHAPE', said('TIER_WITHOUT_AMOUNT'));
    const additive = tier.flag('additive');
    tier.finish();
    return amount === null ? [] : [{ when: when.criteria, amount, additive }];
  });
}

/** `tax_payable_formula`: what of a tax is still to be paid; no other kind of benefit leaves a tax. */
function readTaxPayable(reader: RecordReader): Pick<StatedBenefit, 'taxPayable'> {
  const text = reader.text('tax_payable_formula', { most: 1_000, needed: false });
  if (text === '') return {};
  if (reader.raw('kind') !== 'tax') reader.refuse('tax_payable_formula', 'WRONG_SHAPE', said('TAX_PAYABLE_OF_TAX'));
  return { taxPayable: { kind: 'formula', text } };
}

/** `instalment_terms`: for each instalment from when, until when, so many months after the approval, and if what. */
function readTerms(
  reader: RecordReader,
  problems: Problem[],
  parameters: Parameters,
): Pick<StatedBenefit, 'terms'> | Record<string, never> {
  const rows = reader.list('instalment_terms', MAX_INSTALMENTS);
  if (rows === null) return {};
  const terms = rows.flatMap((row, index) => {
    const key = `instalment_terms[${String(index)}]`;
    if (!isRow(row)) {
      reader.refuse(key, 'WRONG_SHAPE', said('TERM_NO_OBJECT', { value: shown(row) }));
      return [];
    }
    const term = new RecordReader(row, reader.at(key), problems);
    const when = term.has('when') ? readStatedCriteria(term.raw('when'), term.at('when'), parameters) : null;
    problems.push(...(when?.problems ?? []));
    const months = term.whole('after_months', { least: 0, most: MOST_MONTHS, whenAbsent: -1 });
    const read = {
      from: term.day('from'),
      until: term.day('until'),
      afterMonths: months < 0 ? null : months,
      when: when?.criteria ?? [],
    };
    term.finish();
    return [read];
  });
  return { terms };
}

function readRounding(reader: RecordReader): Rounding {
  const rounding = reader.record('rounding');
  if (rounding === null) return TO_THE_FEN;
  const unitFen = rounding.fen('unit_yuan');
  if (unitFen === null || unitFen < 1) rounding.refuse('unit_yuan', 'OUT_OF_RANGE', said('ROUNDING_UNIT'));
  const mode = rounding.choice('mode', ['DOWN', 'HALF_UP', 'UP'], 'HALF_UP');
  rounding.finish();
  return { unitFen: unitFen === null || unitFen < 1 ? 1 : unitFen, mode };
}

function readInstalments(reader: RecordReader): Instalments | null {
  const shares = reader.list('instalments', MAX_INSTALMENTS);
  const sums = reader.list('instalments_yuan', MAX_INSTALMENTS);
  if (shares !== null && sums !== null) reader.refuse('instalments', 'WRONG_SHAPE', said('SHARES_AND_SUMS'));
  if (shares !== null) {
    const wrong = shares.findIndex((share) => typeof share !== 'number' || share <= 0 || share > 1);
    if (wrong >= 0 || shares.length === 0)
      reader.refuse(`instalments[${String(Math.max(0, wrong))}]`, 'OUT_OF_RANGE', said('BAD_SHARE'));
    return {
      kind: 'shares',
      shares: shares.flatMap((share) =>
        typeof share === 'number' && Number.isFinite(share) ? [new Decimal(share).toFixed()] : [],
      ),
    };
  }
  if (sums === null) return null;
  const fen = sums.map(fenOfYuan);
  const wrong = fen.findIndex((part) => part === null || part === 0);
  if (wrong >= 0 || fen.length === 0)
    reader.refuse(
      `instalments_yuan[${String(Math.max(0, wrong))}]`,
      'OUT_OF_RANGE',
      said('NO_AMOUNT_ABOVE_NOTHING', { value: shown(sums[Math.max(0, wrong)]) }),
    );
  return { kind: 'amounts', fen: fen.filter((part) => part !== null) };
}

/** A benefit as a policy file holds it. */
export function writeBenefit(benefit: StatedBenefit): Record<string, unknown> {
  const { instalments, rounding } = benefit;
  const rounds = rounding.unitFen !== TO_THE_FEN.unitFen || rounding.mode !== TO_THE_FEN.mode;
  return {
    kind: benefit.kind,
    ...(benefit.amount === null ? {} : writeAmount(benefit.amount)),
    ...(benefit.taxPayable?.kind === 'formula' ? { tax_payable_formula: benefit.taxPayable.text } : {}),
    ...(benefit.formulaNote === '' ? {} : { formula_note: benefit.formulaNote }),
    ...(benefit.tiers.length === 0 ? {} : { tiers: benefit.tiers.map(writeTier) }),
    ...(benefit.capFen === null ? {} : { cap_yuan: yuanOfFen(benefit.capFen) }),
    ...(instalments?.kind === 'shares' ? { instalments: instalments.shares.map(Number) } : {}),
    ...(instalments?.kind === 'amounts' ? { instalments_yuan: instalments.fen.map(yuanOfFen) } : {}),
    ...(benefit.terms === undefined ? {} : { instalment_terms: benefit.terms.map(writeTerm) }),
    ...(benefit.atMost === true ? { at_most: true } : {}),
    ...(benefit.topUpDifference ? { top_up_difference: true } : {}),
    ...(benefit.highestOnly ? { highest_only: true } : {}),
    ...(rounds ? { rounding: { unit_yuan: yuanOfFen(rounding.unitFen), mode: rounding.mode } } : {}),
    text_zh: benefit.text,
  };
}

const writeTier = (tier: StatedTier): Record<string, unknown> => ({
  when: tier.when.map(writeCriterion),
  ...writeAmount(tier.amount),
  ...(tier.additive ? { additive: true } : {}),
});

const writeTerm = ({ from, until, afterMonths, when }: StatedTerm): Record<string, unknown> => ({
  ...(from === null ? {} : { from }),
  ...(until === null ? {} : { until }),
  ...(afterMonths === null ? {} : { after_months: afterMonths }),
  ...(when.length === 0 ? {} : { when: when.map(writeCriterion) }),
});

function writeAmount(amount: Amount): Record<string, unknown> {
  switch (amount.kind) {
    case 'fixed':
      return { amount_yuan: yuanOfFen(amount.fen) };
    case 'formula':
      return { formula: amount.text };
    case 'notStated':
      return Object.fromEntries(amount.keys.map((key) => [key, null]));
  }
}
