import { Decimal } from 'decimal.js';
import {
  type DatedFigure,
  type DatedValue,
  type DayRange,
  isLegalDay,
  type LegalDay,
  rangesOverlap,
} from '@zhitong/values';
import { MAX_NUMBER } from '../facts/fact-values.js';
import type { FactDefinition } from '../facts/facts.js';
import { unshownIn } from '../format/readable-text.js';
import { shown } from '../problem.js';
import { said, saidOf, VALUE_SENTENCE, type Said } from '../refusal-words.js';

/** What the values of a parameter are; MONEY is yuan, as in facts. */
export const PARAMETER_TYPES = ['INTEGER', 'NUMBER', 'MONEY', 'DATE'] as const;
export type ParameterType = (typeof PARAMETER_TYPES)[number];

/**
 * A figure that a document sets for a time and many policies refer to [政策参数], for example a national target. It never
 * changes; criteria and formulas name it with `$` before its name.
 */
export interface ParameterDefinition extends Pick<DatedFigure<unknown>, 'name' | 'label' | 'unit'> {
  /** What it means. */
  readonly meaning: string;
  readonly type: ParameterType;
}

/** A dated value as a record. Records are added, never changed; a correction takes one's place. */
export interface ParameterValue extends DatedValue<number | LegalDay> {
  /** Counts the records of the parameter from 1. */
  readonly revision: number;
  readonly from: LegalDay;
  /** The record in whose place it stands; null for one of its own. */
  readonly corrects: number | null;
}

/** A parameter with the values that stand. */
export interface Parameter extends ParameterDefinition {
  readonly values: readonly ParameterValue[];
}

/** Parameters by name. */
export type Parameters = ReadonlyMap<string, Parameter>;
export const NO_PARAMETERS: Parameters = new Map();

/** Beyond this a number is not exact in the arithmetic of the language. */
export const MAX_PARAMETER_DIGITS = 15;
const MAX_DECIMALS = 6;
const NAME = /^[A-Za-z][A-Za-z0-9]{1,59}$/;
const MAX_LABEL = 100;
const MAX_MEANING = 500;
const MAX_UNIT = 10;

/** The name in a value that is `"$name"`; null for any other value. */
export const parameterName = (value: unknown): string | null =>
  typeof value === 'string' && value.startsWith('$') ? value.slice(1) : null;

/** The records that no other one corrects, earliest first. */
export function standingValues<Value extends ParameterValue>(records: readonly Value[]): Value[] {
  const corrected = new Set(records.map(({ corrects }) => corrects));
  return records
    .filter(({ revision }) => !corrected.has(revision))
    .sort((one, other) => (one.from < other.from ? -1 : 1));
}

export const windowOf = ({ from, until }: Pick<ParameterValue, 'from' | 'until'>): DayRange => ({ from, to: until });

/** True when the parameter has a value for at least one day of the window. */
export const hasValueWithin = (parameter: Parameter, window: DayRange): boolean =>
  parameter.values.some((value) => rangesOverlap(windowOf(value), window));

/** What of an input is wrong, with the name of its field. */
export interface Wrong extends Said {
  readonly field: string;
}

/** What is wrong with a definition, or null. */
export function wrongDefinition({ name, label, meaning, unit }: ParameterDefinition): Wrong | null {
  for (const [field, text] of Object.entries({ label, meaning, unit })) {
    const unshown = unshownIn(field, text);
    if (unshown !== null) return { field, ...unshown };
  }
  if (!NAME.test(name))
    return {
      field: 'name',
      ...said('PARAMETER_NAME', { value: shown(name) }),
    };
  if (label === '' || label.length > MAX_LABEL)
    return { field: 'label', ...said('PARAMETER_LABEL', { most: MAX_LABEL }) };
  if (meaning.length > MAX_MEANING)
    return {
      field: 'meaning',
      ...said('PARAMETER_MEANING', { length: meaning.length, most: MAX_MEANING }),
    };
  return unit.length > MAX_UNIT
    ? { field: 'unit', ...said('PARAMETER_UNIT', { length: unit.length, most: MAX_UNIT }) }
    : null;
}

/** What is wrong with a value for a parameter of that type, or null. */
export function wrongParameterValue(
  type: ParameterType,
  { from, until, value }: { readonly from: LegalDay; readonly until: LegalDay | null; readonly value: unknown },
): Wrong | null {
  const typed = type === 'DATE' ? (isLegalDay(value) ? null : said('IS_NO_DAY')) : wrongNumber(type, value);
  if (typed !== null) return { field: 'value', ...saidOf(VALUE_SENTENCE, typed, { value: shown(value) }) };
  return until !== null && until < from ? { field: 'until', ...said('VALUE_BACKWARDS', { until, from }) } : null;
}

function wrongNumber(type: Exclude<ParameterType, 'DATE'>, value: unknown): Said | null {
  if (typeof value !== 'number' || !Number.isFinite(value)) return said('IS_NO_NUMBER');
  if (Math.abs(value) > MAX_NUMBER) return said('LIES_OUTSIDE', { most: MAX_NUMBER });
  const exact = new Decimal(value);
  if (type === 'INTEGER' && !exact.isInteger()) return said('IS_NOT_WHOLE');
  if (exact.decimalPlaces() > MAX_DECIMALS || exact.precision(true) > MAX_PARAMETER_DIGITS)
    return said('TOO_MANY_DIGITS', { decimals: MAX_DECIMALS, digits: MAX_PARAMETER_DIGITS });
  return null;
}

/** Where a value of a test stands, what may stand there. */
export interface Place {
  readonly type: FactDefinition['type'];
  readonly unit: string;
}

/** Why a parameter cannot stand where such a value does, or null when it can: kinds and units must agree. */
export function misfit({ name, type, unit }: ParameterDefinition, place: Place): Said | null {
  const fits = type === place.type || (type === 'INTEGER' && place.type === 'NUMBER');
  if (!fits) return said('PARAMETER_OF_TYPE', { name, type, needed: place.type });
  return unit === place.unit
    ? null
    : said('PARAMETER_IN_UNIT', {
        name,
        unit: unit === '' ? 'no unit' : unit,
        needed: place.unit === '' ? 'no unit' : place.unit,
      });
}
