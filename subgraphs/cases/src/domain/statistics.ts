import type { LegalDay, Period, Rate } from '@zhitong/values';

/** The day bounds of a count: `from` and `to` inclusive, `today` for what is overdue now. */
export interface CountedPeriod extends Period {
  readonly today: LegalDay;
}

/** A condition on one stored case, as data: the tests evaluate it here, the database evaluates the same thing there. */
export type Condition =
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly field: string; readonly is: string | boolean }
  | { readonly field: string; readonly oneOf: readonly string[] }
  | { readonly field: string; readonly atLeast: number }
  | { readonly field: string; readonly present: true }
  | { readonly field: string; readonly inPeriod: true }
  | { readonly field: string; readonly beforeToday: true };

const all = (...conditions: Condition[]): Condition => ({ all: conditions });
const any = (...conditions: Condition[]): Condition => ({ any: conditions });
const inPeriod = (field: string): Condition => ({ field, inPeriod: true });
const beforeToday = (field: string): Condition => ({ field, beforeToday: true });
const present = (field: string): Condition => ({ field, present: true });
const is = (field: string, value: string | boolean): Condition => ({ field, is: value });
const atLeast = (field: string, value: number): Condition => ({ field, atLeast: value });

/** The grade from which on a rating counts as satisfied; the same as in satisfaction.ts, repeated as data. */
const SATISFIED = 3;

export interface CountDefinition {
  readonly formula: string;
  readonly counts: Condition;
}

/** Plain counts. `formula` is the wording that the schema shows. */
export const COUNTS = {
  received: { formula: 'cases received in the period', counts: inPeriod('receivedOn') },
  assigned: {
    formula: 'cases assigned in the period to the department that now leads them',
    counts: inPeriod('assignedOn'),
  },
  resolved: { formula: 'cases whose latest answer was given in the period', counts: inPeriod('resolvedOn') },
  answeredDirectly: {
    formula: 'cases answered in the period at the desk, without assignment',
    counts: all(inPeriod('resolvedOn'), is('answeredDirectly', true)),
  },
  overdue: {
    formula: 'cases received in the period, not answered yet, whose last day in time lies before today',
    counts: all(inPeriod('receivedOn'), beforeToday('lastDayInTime')),
  },
  escalated: {
    formula: 'cases received in the period that were brought to the coordinator, the joint meeting or the leadership',
    counts: all(inPeriod('receivedOn'), { field: 'escalation', oneOf: ['COORDINATOR', 'JOINT_MEETING', 'LEADERSHIP'] }),
  },
  closed: { formula: 'cases closed in the period', counts: all(inPeriod('closedOn'), is('status', 'CLOSED')) },
} as const satisfies Record<string, CountDefinition>;
export type CountName = keyof typeof COUNTS;

export interface RateDefinition {
  readonly formula: string;
  readonly numerator: Condition;
  readonly denominator: Condition;
}

const ANSWERED_STATUSES = ['RESOLVED', 'RATED', 'CLOSED'];
const NOT_WITHDRAWN = [
  'RECEIVED',
  'ASSIGNED',
  'RETURNED',
  'AWAITING_RULING',
  'ACCEPTED',
  'IN_PROGRESS',
  'WAITING',
  'REOPENED',
  ...ANSWERED_STATUSES,
];

/** Every rate of the subgraph, once. The numerator always implies the denominator. */
export const RATES = {
  response: {
    formula:
      'first contact on or before its due day / cases assigned in the period whose first contact was made or fell due',
    numerator: all(inPeriod('assignedOn'), is('contactedInTime', true)),
    denominator: all(inPeriod('assignedOn'), any(present('contactedInTime'), beforeToday('lastDayForContact'))),
  },
  onTime: {
    formula:
      'answered on or before the due day / cases answered in the period, and cases still unanswered whose last day in time lies in the period and before today',
    numerator: all(inPeriod('resolvedOn'), is('answeredInTime', true)),
    denominator: any(
      all(inPeriod('resolvedOn'), present('answeredInTime')),
      all(inPeriod('lastDayInTime'), beforeToday('lastDayInTime')),
    ),
  },
  resolution: {
    formula: 'answered and not reopened / cases received in the period and not withdrawn',
    numerator: all(inPeriod('receivedOn'), { field: 'status', oneOf: ANSWERED_STATUSES }),
    denominator: all(inPeriod('receivedOn'), { field: 'status', oneOf: NOT_WITHDRAWN }),
  },
  processSatisfaction: {
    formula: 'process rated 3 to 5 / cases rated in the period',
    numerator: all(inPeriod('rating.ratedOn'), atLeast('rating.process', SATISFIED)),
    denominator: inPeriod('rating.ratedOn'),
  },
  resultSatisfaction: {
    formula: 'result rated 3 to 5 / cases rated in the period',
    numerator: all(inPeriod('rating.ratedOn'), atLeast('rating.result', SATISFIED)),
    denominator: inPeriod('rating.ratedOn'),
  },
  satisfaction: {
    formula: 'process and result both rated 3 to 5 / cases rated in the period',
    numerator: all(
      inPeriod('rating.ratedOn'),
      atLeast('rating.process', SATISFIED),
      atLeast('rating.result', SATISFIED),
    ),
    denominator: inPeriod('rating.ratedOn'),
  },
} as const satisfies Record<string, RateDefinition>;
export type RateName = keyof typeof RATES;

/** All figures of one group of cases. */
export interface Figures {
  readonly counts: Readonly<Record<CountName, number>>;
  readonly rates: Readonly<Record<RateName, Rate>>;
}

/**
 * Whether one stored case (plain record, nested fields by dots) meets a condition. Missing and null fields meet
 * nothing.
 */
export function meets(condition: Condition, row: Readonly<Record<string, unknown>>, period: CountedPeriod): boolean {
  if ('all' in condition) return condition.all.every((part) => meets(part, row, period));
  if ('any' in condition) return condition.any.some((part) => meets(part, row, period));
  const value = condition.field
    .split('.')
    .reduce<unknown>((at, key) => (at !== null && typeof at === 'object' ? Reflect.get(at, key) : undefined), row);
  if ('is' in condition) return value === condition.is;
  if ('oneOf' in condition) return typeof value === 'string' && condition.oneOf.includes(value);
  if ('atLeast' in condition) return typeof value === 'number' && value >= condition.atLeast;
  if ('present' in condition) return value !== null && value !== undefined;
  if (typeof value !== 'string') return false;
  return 'inPeriod' in condition ? value >= period.from && value <= period.to : value < period.today;
}

/** The figures of cases held in memory: the reference that the database's result is tested against. */
export function figuresOf(rows: readonly Readonly<Record<string, unknown>>[], period: CountedPeriod): Figures {
  const count = (condition: Condition): number => rows.filter((row) => meets(condition, row, period)).length;
  return assembleFigures(
    (name) => count(COUNTS[name].counts),
    (name) => ({ numerator: count(RATES[name].numerator), denominator: count(RATES[name].denominator) }),
  );
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
    },
  };
}

/** The figures of nothing. */
export const NO_FIGURES: Figures = figuresOf([], { from: '', to: '', today: '' });
