import type { Grouping } from './kept-figures.js';
import { RATES, type FigureName, type RateName } from './statistics.js';

/** What one of the figures' readers can take from another: each case in the second counts in the first, too. */
type Difference = readonly [whole: string, part: string];

const restsOfRates = Object.fromEntries(
  (Object.keys(RATES) as RateName[]).map((name): [string, Difference] => [
    `rest_${name}`,
    [`denominator_${name}`, `numerator_${name}`],
  ]),
);

/** Amounts that nobody shows and everybody can work out of two that are shown; a rest before what is made of it. */
export const DIFFERENCES: Readonly<Record<string, Difference>> = {
  ...restsOfRates,
  rest_answeredDirectly: ['count_resolved', 'count_answeredDirectly'],
  rest_overdue: ['count_received', 'count_overdue'],
  rest_escalated: ['count_received', 'count_escalated'],
  openInTime: ['rest_resolution', 'count_overdue'],
  withdrawn: ['count_received', 'denominator_resolution'],
  answeredLate: ['count_resolved', 'numerator_onTime'],
  processAlone: ['numerator_processSatisfaction', 'numerator_satisfaction'],
  resultAlone: ['numerator_resultSatisfaction', 'numerator_satisfaction'],
  timeNotTold: ['count_received', 'denominator_promiseBroken'],
};

const ofRate = (name: RateName, ...further: string[]): readonly string[] => [
  `numerator_${name}`,
  `rest_${name}`,
  ...further,
];

/** The amounts that become known with each figure, alone or beside another one: few enterprises may stand for none. */
export const KNOWN_WITH: Readonly<Record<FigureName, readonly string[]>> = {
  received: ['count_received'],
  assigned: ['count_assigned'],
  resolved: ['count_resolved'],
  answeredDirectly: ['count_answeredDirectly', 'rest_answeredDirectly'],
  overdue: ['count_overdue', 'rest_overdue', 'openInTime'],
  escalated: ['count_escalated', 'rest_escalated'],
  closed: ['count_closed'],
  response: ofRate('response'),
  onTime: ofRate('onTime', 'answeredLate'),
  resolution: ofRate('resolution', 'withdrawn'),
  processSatisfaction: ofRate('processSatisfaction'),
  resultSatisfaction: ofRate('resultSatisfaction'),
  satisfaction: ofRate('satisfaction', 'processAlone', 'resultAlone'),
  promiseBroken: ofRate('promiseBroken', 'timeNotTold'),
};

/** Of what an amount is a part; itself for a count. */
export const wholeOf = (amount: string): string =>
  DIFFERENCES[amount]?.[0] ?? amount.replace(/^numerator_/, 'denominator_');

/**
 * The amount that decides whether a figure of the whole city is told: itself, of a rate all that it is made of. Parts
 * of it are told however few they are (“of 130 answers three were late”), because no attribute tells where to look for
 * those few; whoever learns in which group they are has one.
 */
export const decidingInTotal = (figure: FigureName): string =>
  figure in RATES ? `denominator_${figure}` : `count_${figure}`;

/** What the cases of one enterprise with the same keys add up to in a period. */
export interface FigureRow {
  readonly keys: Readonly<Record<Grouping, string>>;
  readonly complainant: string;
  /** Under the names of `countersOf`. */
  readonly sums: Readonly<Record<string, number>>;
}

/** The sums of a row with the differences between them. */
export function amountsOf(sums: FigureRow['sums']): Record<string, number> {
  const amounts: Record<string, number> = { ...sums };
  for (const [name, [whole, part]] of Object.entries(DIFFERENCES))
    amounts[name] = (amounts[whole] ?? 0) - (amounts[part] ?? 0);
  return amounts;
}

/** A row with the amounts that are made of its sums. */
export type AmountRow = FigureRow & { readonly amounts: Readonly<Record<string, number>> };
