import { isLegalDay, type LegalDay } from '@zhitong/values';
import { allFacts, attributeOf, factDefinition, factNamed, isNumeric, type FactDefinition } from './facts.js';
import { readYears } from './year-facts.js';
import { readOrigins, type FactOrigins } from './fact-origin.js';
import { shown, type Problem } from '../problem.js';
import { said, saidOf, VALUE_PHRASE, type Said } from '../refusal-words.js';

/** One of a collection, by its attributes; what is absent is not known. */
export type FactItem = Readonly<Record<string, boolean | number | string>>;

/** A fact's value. Money is yuan, a rate is per cent, a date `YYYY-MM-DD`, a collection its items. */
export type FactValue = boolean | number | string | readonly string[] | readonly FactItem[];

/** True for a list of titles; one that is empty may be of either kind. */
export const isTitles = (value: FactValue): value is readonly string[] =>
  typeof value === 'object' && (value.length === 0 || typeof value[0] === 'string');

/** True for a collection; one that is empty may be of either kind. */
export const isCollection = (value: FactValue): value is readonly FactItem[] =>
  typeof value === 'object' && (value.length === 0 || typeof value[0] === 'object');

/** What is known of one enterprise. A fact that is absent is not known, which is not the same as "no". */
export interface Facts {
  readonly values: Readonly<Record<string, FactValue>>;
  /** The day that a value stands for, where it was reported. */
  readonly dates: Readonly<Record<string, LegalDay>>;
  /** Who recorded them; absent where that is not known. */
  readonly origins?: FactOrigins | undefined;
  /** What was reported and cannot be used, with the value and why; absent where there is none. */
  readonly unusable?: UnusableFacts | undefined;
  /** Figures of years before the newest known ones, by name with the year; absent where there are none. */
  readonly years?: Readonly<Record<string, FactValue>> | undefined;
}

/** Reported values that cannot be used, by fact: the value as it is shown, and what is wrong with it. */
export type UnusableFacts = Readonly<Record<string, string>>;

/**
 * One enterprise's values by the number of the fact, undefined where nothing is known. Facts as objects have keys of
 * their own each, which makes every look-up by name a search; many policies are decided for one enterprise on slots.
 */
export type FactSlots = readonly (FactValue | undefined)[];

/** Puts values into slots; names that the vocabulary does not have are left out. */
export const slotsOf = (values: Facts['values']): FactSlots => slotsWith(values);

function slotsWith(values: Facts['values']): (FactValue | undefined)[] {
  const slots = new Array<FactValue | undefined>(NAMES.length).fill(undefined);
  for (const fact of Object.keys(values)) {
    const definition = factDefinition(fact);
    if (definition !== null) slots[definition.number] = values[fact];
  }
  return slots;
}

/** The values in slots by name. */
export function valuesOf(slots: FactSlots): Facts['values'] {
  const values: Record<string, FactValue> = {};
  for (const [number, name] of NAMES.entries()) {
    const value = slots[number];
    if (value !== undefined) values[name] = value;
  }
  return values;
}

const NAMES = allFacts().map(({ name }) => name);

export const NO_FACTS: Facts = { values: {}, dates: {} };

/** Ten trillion yuan: beyond any enterprise, and its fen are still whole safe integers. */
export const MAX_NUMBER = 10_000_000_000_000;
const MAX_TEXT = 200;
const MAX_TITLES = 500;
const MAX_ITEMS = 500;

const isText = (value: unknown): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= MAX_TEXT;

/**
 * Why `value` cannot be a value of this fact, or null when it can. Text of a closed list (`ENUM`) must be on it;
 * whether a title or a free text is a known one is not asked, since new titles appear every year.
 */
export function wrongValue(definition: FactDefinition, value: unknown): Said | null {
  const { type, values } = definition;
  if (type === 'RECORDS') return wrongItems(definition, value);
  if (type === 'BOOLEAN') return typeof value === 'boolean' ? null : said('MUST_BE_TRUE_OR_FALSE');
  if (isNumeric(type)) {
    if (typeof value !== 'number' || !Number.isFinite(value)) return said('MUST_BE_NUMBER');
    if (Math.abs(value) > MAX_NUMBER) return said('MUST_LIE_WITHIN', { most: MAX_NUMBER });
    return type === 'INTEGER' && !Number.isInteger(value) ? said('MUST_BE_WHOLE') : null;
  }
  if (type === 'DATE') return isLegalDay(value) ? null : said('MUST_BE_DAY');
  if (type === 'TITLES') {
    if (!Array.isArray(value) || value.length > MAX_TITLES) return said('MUST_BE_TITLES', { most: MAX_TITLES });
    return value.every(isText) ? null : said('MUST_HOLD_TITLES', { most: MAX_TEXT });
  }
  if (!isText(value)) return said('MUST_BE_TEXT', { most: MAX_TEXT });
  return type === 'ENUM' && !values.includes(value) ? said('MUST_BE_ONE_OF', { choices: values.join(', ') }) : null;
}

/** Why a value is no list of items of a collection, or null when it is. */
function wrongItems({ name: collection }: FactDefinition, value: unknown): Said | null {
  if (!Array.isArray(value) || value.length > MAX_ITEMS) return said('MUST_BE_ITEMS', { most: MAX_ITEMS });
  for (const item of value as readonly unknown[]) {
    if (!isRecord(item) || Object.keys(item).length === 0) return said('MUST_HAVE_ATTRIBUTES');
    for (const [name, one] of Object.entries(item)) {
      const attribute = factDefinition(attributeOf(collection, name));
      if (attribute === null) return said('HAS_NO_ATTRIBUTE', { name: shown(name) });
      const wrong = wrongValue(attribute, one);
      if (wrong !== null)
        return saidOf({ en: '{name}: {value} {why}', zh: '{name}：{value} {why}' }, wrong, { name, value: shown(one) });
    }
  }
  return null;
}

/** Whether a value is one of a fact of the vocabulary. */
function isUsable(fact: string, value: unknown): value is FactValue {
  const definition = factDefinition(fact);
  return definition !== null && wrongValue(definition, value) === null;
}

/** A sheet of facts as it arrives, and what in it could not be used. */
export interface ReadFacts {
  readonly facts: Facts;
  /** The values once more, for deciding many policies. */
  readonly slots: FactSlots;
  readonly problems: readonly Problem[];
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** How the values of a sheet count. */
export interface SheetReading {
  /** The day for which values stand that have none of their own; null: they have none. */
  readonly day: LegalDay | null;
  /** Facts that another department owns: what the sheet says of them does not count. */
  readonly ignored: readonly string[];
  /** What that department says. */
  readonly beside: Facts;
}

const ALL_OF_IT: SheetReading = { day: null, ignored: [], beside: NO_FACTS };

/**
 * Reads a fact sheet `{ values: {name: value}, dates: {name: day} }` from another department. Null means not known. A
 * value of the wrong type and a name that the vocabulary does not have are left out and reported, so that one bad
 * figure makes one fact unknown instead of refusing an enterprise. Never throws.
 */
export function readFacts(sheet: unknown, { day, ignored, beside }: SheetReading = ALL_OF_IT): ReadFacts {
  const slots = slotsWith(beside.values);
  if (!isRecord(sheet) || !isRecord(sheet['values']))
    return { facts: beside, slots, problems: [{ place: 'values', code: 'WRONG_SHAPE', ...said('NO_FACT_SHEET') }] };
  const told = sheet['values'];
  const problems: Problem[] = [];
  let all = true;
  for (const name of Object.keys(told)) {
    const value = told[name];
    if (value === null || value === undefined || ignored.includes(name)) {
      all = false;
      continue;
    }
    const definition = factNamed(name);
    const wrong = definition === null ? said('NOT_IN_VOCABULARY') : wrongValue(definition, value);
    if (definition !== null && wrong === null) {
      slots[definition.number] = value as FactValue; // wrongValue has just established that it has the fact's type
      continue;
    }
    all = false;
    problems.push({
      place: `values.${name}`,
      code: definition === null ? 'UNKNOWN_FACT' : 'WRONG_TYPE',
      ...saidOf(VALUE_PHRASE, wrong ?? said('NOT_IN_VOCABULARY'), { value: shown(value) }),
    });
  }
  const unusable = unusableOf(problems);
  const years = readYears(sheet, isUsable);
  const own = isRecord(sheet['dates']) ? sheet['dates'] : {};
  const origins = readOrigins(sheet, currentFacts(sheet, own));
  // A copy of the whole costs a fraction of one that is made name by name.
  const values = all ? { ...(told as Record<string, FactValue>), ...beside.values } : valuesOf(slots);
  let dates: Facts['dates'] | undefined;
  return {
    facts: {
      values,
      get dates() {
        return (dates ??= datesOf(values, { own, day, beside }));
      },
      ...(origins === undefined ? {} : { origins }),
      ...(unusable === undefined ? {} : { unusable }),
      ...(years === undefined ? {} : { years }),
    },
    slots,
    problems,
  };
}

/**
 * The facts of a sheet that hold on the day for which it is told: those that it names, or in sheets of earlier releases
 * all that have a day of their own.
 */
export const currentFacts = (sheet: Record<string, unknown>, dates: Record<string, unknown>): readonly string[] => {
  const named: unknown = sheet['current'];
  const dated = Object.keys(dates).filter((fact) => isLegalDay(dates[fact]));
  return Array.isArray(named) ? dated.filter((fact) => named.includes(fact)) : dated;
};

/** What is wrong with the values of a sheet, by fact; undefined where nothing is. */
export const unusableOf = (problems: readonly Problem[]): UnusableFacts | undefined =>
  problems.length === 0
    ? undefined
    : Object.fromEntries(problems.map(({ place, message }) => [place.replace(/^values\./, ''), message]));

/** Days are only asked for where a reason is shown or a sheet is stored, so they are made when they are. */
function datesOf(
  values: Facts['values'],
  { own, day, beside }: { own: Record<string, unknown>; day: LegalDay | null; beside: Facts },
): Facts['dates'] {
  const dates: Record<string, LegalDay> = {};
  for (const name of Object.keys(values)) {
    const date = beside.values[name] === undefined ? own[name] : beside.dates[name];
    if (isLegalDay(date)) dates[name] = date;
    else if (day !== null && beside.values[name] === undefined) dates[name] = day;
  }
  return dates;
}
