import type { Rate } from '@zhitong/values';

/** What a figure counts, in the words that the schema shows. */
export interface FigureDefinition {
  readonly formula: string;
}

/**
 * Plain counts. What counts towards each is made of the case's history in case-facts.ts; "known" is the end of the day
 * `knownOn`.
 */
export const COUNTS = {
  received: { formula: 'cases received in the period' },
  assigned: {
    formula:
      'assignments made in the period, each for the department that it was made to, whatever became of it afterwards',
  },
  resolved: {
    formula:
      'answers given in the period, each for the department that gave it, also where the case was reopened afterwards',
  },
  answeredDirectly: { formula: 'answers given in the period at the desk, without assignment' },
  overdue: { formula: 'cases received in the period that were known to be unanswered after their last day in time' },
  escalated: {
    formula:
      'cases received in the period that were known to have been brought to the coordinator, the joint meeting or the leadership',
  },
  closed: { formula: 'closings in the period, also where the case was reopened afterwards' },
} as const satisfies Record<string, FigureDefinition>;
export type CountName = keyof typeof COUNTS;

/** Every rate of the subgraph, once. The numerator always implies the denominator. */
export const RATES = {
  response: {
    formula:
      'first contacts made in the period on or before their due day / these, and those that were missing when their due day, which lies in the period, had passed',
  },
  onTime: {
    formula:
      'answers given in the period on or before their due day / these, and those that were missing when their due day, which lies in the period, had passed: answered late, returned late, handed on late or still owed; an assignment to the desk counts where it ran out',
  },
  resolution: {
    formula:
      'cases whose latest answer was known to stand, not reopened since / cases received in the period and not known to be withdrawn or to go on in another case; a declined one is not resolved',
  },
  processSatisfaction: {
    formula:
      'ratings with a process of 3 to 5 / ratings given in the period, also where the case was reopened afterwards',
  },
  resultSatisfaction: {
    formula:
      'ratings with a result of 3 to 5 / ratings given in the period, also where the case was reopened afterwards',
  },
  satisfaction: {
    formula:
      'ratings with process and result of 3 to 5 / ratings given in the period, also where the case was reopened afterwards',
  },
  promiseBroken: {
    formula:
      'cases received in the period whose matter took longer than was promised, as the enterprise told / those in which it told how long the matter took, not known to be withdrawn or to go on in another case',
  },
} as const satisfies Record<string, FigureDefinition>;
export type RateName = keyof typeof RATES;
export type FigureName = CountName | RateName;
export const FIGURE_NAMES = [...Object.keys(COUNTS), ...Object.keys(RATES)] as readonly FigureName[];

/** All figures of one group of cases. */
export interface Figures {
  readonly counts: Readonly<Record<CountName, number>>;
  readonly rates: Readonly<Record<RateName, Rate>>;
}

/** Builds all figures from two functions that return one count and one ratio. */
export function assembleFigures(count: (name: CountName) => number, ratio: (name: RateName) => Rate): Figures {
  return {
    counts: {
      received: count('received'),
      assigned: count('assigned'),
      resolved: count('resolved'),
      answeredDirectly: count('answeredDirectly'),
      overdue: count('overdue'),
      escalated: count('escalated'),
      closed: count('closed'),
    },
    rates: {
      response: ratio('response'),
      onTime: ratio('onTime'),
      resolution: ratio('resolution'),
      processSatisfaction: ratio('processSatisfaction'),
      resultSatisfaction: ratio('resultSatisfaction'),
      satisfaction: ratio('satisfaction'),
      promiseBroken: ratio('promiseBroken'),
    },
  };
}

/** The figures of nothing. */
export const NO_FIGURES: Figures = assembleFigures(
  () => 0,
  () => ({ numerator: 0, denominator: 0 }),
);
