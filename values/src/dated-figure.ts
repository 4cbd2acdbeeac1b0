import { addDays } from './day-arithmetic.js';
import { includesDay, rangesOverlap, rangeText, type DayRange } from './day-range.js';
import { isLegalDay, type LegalDay } from './legal-day.js';

/** A value of a figure with the days on which it counts, both included, and the document that sets it. */
export interface DatedValue<Value> {
  /** Null where the document applies to what was before it, too. */
  readonly from: LegalDay | null;
  /** Null while nobody has said until when. */
  readonly until: LegalDay | null;
  readonly value: Value;
  /** The document as it is cited, with its article: never empty. */
  readonly source: string;
}

/**
 * A figure that law or another document sets for a time: a rate, a term, a limit. The model are the parameters of
 * openfisca (name, unit, values by day with their references). The figures of credit and cases are written in the
 * program, those of policies are records in this form; `figureFaults` checks both.
 */
export interface DatedFigure<Value> {
  /** As the program names it. */
  readonly name: string;
  /** What officials call it. */
  readonly label: string;
  /** Chinese unit as written behind a value; empty where there is none. */
  readonly unit: string;
  readonly values: readonly DatedValue<Value>[];
  /**
   * The last day on which the values are known to be complete, for figures that are published again and again; else
   * null.
   */
  readonly completeThrough: LegalDay | null;
}

/** What makes the values of a figure unusable. `at` is the place of the value that is wrong. */
export interface FigureFault {
  readonly at: number;
  readonly code: 'NO_SUCH_DAY' | 'ENDS_BEFORE_IT_BEGINS' | 'NO_SOURCE' | 'OVERLAP';
  /** To follow the name of the figure: `has two values for days of 2027-01-01 – …`. */
  readonly message: string;
}

/** The days on which a value counts. */
const daysOf = ({ from, until }: DatedValue<unknown>): DayRange => ({ from, to: until });

/**
 * Everything that is wrong with the values of a figure: a day that does not exist, an end before the beginning, a
 * missing source, two values for one day.
 * @example figureFaults([{ from: '2026-01-01', until: null, value: 5, source: '' }]).map(({ code }) => code) //=> ['NO_SOURCE']
 */
export function figureFaults(values: readonly DatedValue<unknown>[]): FigureFault[] {
  return values.flatMap((value, at): FigureFault[] => {
    const { from, until, source } = value;
    const wrongDay = [from, until].find((day) => day !== null && !isLegalDay(day));
    if (wrongDay !== undefined)
      return [
        {
          at,
          code: 'NO_SUCH_DAY',
          message: `has a value for ${JSON.stringify(wrongDay)}, which is no existing day, YYYY-MM-DD`,
        },
      ];
    if (from !== null && until !== null && until < from)
      return [
        {
          at,
          code: 'ENDS_BEFORE_IT_BEGINS',
          message: `has a value that ends on ${until}, before it begins on ${from}`,
        },
      ];
    const isTwice = values.slice(0, at).some((earlier) => rangesOverlap(daysOf(earlier), daysOf(value)));
    return [
      ...(source.trim() === ''
        ? [{ at, code: 'NO_SOURCE' as const, message: `has no source for its value of ${rangeText(daysOf(value))}` }]
        : []),
      ...(isTwice
        ? [{ at, code: 'OVERLAP' as const, message: `has two values for days of ${rangeText(daysOf(value))}` }]
        : []),
    ];
  });
}

/**
 * A figure whose values can be used.
 * @throws RangeError that names the figure and the first fault of its values
 * @example datedFigure({ name: 'term', label: '期限', unit: '天', values: [{ from: null, until: null, value: 30, source: '示例' }] }).unit //=> '天'
 */
export function datedFigure<Value>({
  completeThrough = null,
  ...figure
}: Omit<DatedFigure<Value>, 'completeThrough'> & { readonly completeThrough?: LegalDay | null }): DatedFigure<Value> {
  const [fault] = figureFaults(figure.values);
  if (fault !== undefined) throw new RangeError(`The figure ${figure.name} ${fault.message}.`);
  return { ...figure, completeThrough };
}

/**
 * Values of which each counts until the day before the next one, as rates that are published again and again do; the
 * last one has no end.
 * @throws RangeError for a day that does not exist
 * @example successive([{ from: '2026-01-20', value: 300, source: '示例' }, { from: '2026-02-20', value: 290, source: '示例' }])[0].until //=> '2026-02-19'
 */
export function successive<Value>(
  values: readonly (Omit<DatedValue<Value>, 'from' | 'until'> & { readonly from: LegalDay })[],
): DatedValue<Value>[] {
  return values.map((value, at) => {
    const next = values[at + 1];
    return { ...value, until: next === undefined ? null : addDays(next.from, -1) };
  });
}

/**
 * The value that counts on a day; null when none does.
 * @example valueOn({ values: [{ from: '2026-01-01', until: null, value: 5, source: '示例' }] }, '2025-12-31') //=> null
 */
export function valueOn<Dated extends DatedValue<unknown>>(
  { values }: { readonly values: readonly Dated[] },
  day: LegalDay,
): Dated | null {
  return values.find((value) => includesDay(daysOf(value), day)) ?? null;
}

/**
 * What a figure is on a day on which it must be something.
 * @throws RangeError that names the figure and the day when no value counts
 * @example figureOn(datedFigure({ name: 'term', label: '期限', unit: '天', values: [{ from: null, until: null, value: 30, source: '示例' }] }), '2026-01-01') //=> 30
 */
export function figureOn<Value>(figure: DatedFigure<Value>, day: LegalDay): Value {
  const found = valueOn(figure, day);
  if (found === null) throw new RangeError(`The figure ${figure.name} has no value on ${day}.`);
  return found.value;
}
