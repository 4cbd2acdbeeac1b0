import { isLegalDay, type LegalDay } from '@zhitong/values';
import type { FactOrigins } from './fact-origin.js';
import {
  currentFacts,
  slotsOf,
  valuesOf,
  type Facts,
  type FactSlots,
  type ReadFacts,
  type UnusableFacts,
} from './fact-values.js';
import { factDefinition } from './facts.js';
import { CREDIT_FACTS, creditValues, factsOfSheet, type CreditFacts } from '../matching/match.js';

/**
 * How a sheet dates its facts: with this they can be derived for a later day on which the sheet still has its version.
 */
export interface SheetDays {
  /** The register's version of the sheet. */
  readonly version: string;
  /** LegalDay of the facts that have none of their own; null where the sheet names none. */
  readonly asOf: LegalDay | null;
  /** Facts that hold on the day for which they are returned. */
  readonly current: readonly string[];
  /** The day of facts that have one of their own and keep it, such as figures of another year; absent: none has. */
  readonly fixed?: Readonly<Record<string, LegalDay>> | undefined;
  readonly origins?: FactOrigins | undefined;
  readonly unusable?: UnusableFacts | undefined;
  readonly years?: Facts['years'];
}

/** Facts of the register in one version, without what other departments know. */
export interface VersionedFacts extends SheetDays {
  readonly slots: FactSlots;
}

/** What is known of an enterprise, as values by name and as the slots that many policies are decided on. */
export type KnownFacts = Pick<ReadFacts, 'facts' | 'slots'>;

/**
 * How a sheet of today dates its facts; undefined where that does not hold for another day: it has no version, or its
 * register returns it for another day than `today`, as around midnight.
 * @param read what was read of the sheet beside values and days
 */
export function sheetDays(
  sheet: unknown,
  version: string | null | undefined,
  today: LegalDay,
  { origins, unusable, years }: Pick<Facts, 'origins' | 'unusable' | 'years'> = {},
): SheetDays | undefined {
  if (typeof version !== 'string' || !isSheet(sheet)) return undefined;
  const dates = isRecord(sheet['dates']) ? sheet['dates'] : {};
  const current = currentFacts(sheet, dates);
  if (!current.every((fact) => dates[fact] === today)) return undefined;
  const fixed: Record<string, LegalDay> = {};
  for (const [fact, day] of Object.entries(dates)) if (isLegalDay(day) && !current.includes(fact)) fixed[fact] = day;
  return {
    version,
    asOf: isLegalDay(sheet['asOf']) ? sheet['asOf'] : null,
    current,
    ...(Object.keys(fixed).length === 0 ? {} : { fixed }),
    ...(origins === undefined ? {} : { origins }),
    ...(unusable === undefined ? {} : { unusable }),
    ...(years === undefined ? {} : { years }),
  };
}

/** Reads a sheet to be kept by its version; undefined where it cannot be, see `sheetDays`. */
export function versionedFacts(
  sheet: unknown,
  version: string | null | undefined,
  today: LegalDay,
): VersionedFacts | undefined {
  const { facts, slots } = factsOfSheet(sheet, null, today);
  const days = sheetDays(sheet, version, today, facts);
  return days && { ...days, slots };
}

/** The facts of the register among values that were stored together with what the credit department said. */
export function versionedFactsOf(values: Facts['values'], days: SheetDays): VersionedFacts {
  const { version, asOf, current, fixed, origins, unusable, years } = days;
  const slots = [...slotsOf(values)];
  for (const { number } of CREDIT_DEFINITIONS) slots[number] = undefined;
  return { version, asOf, current, fixed, origins, unusable, years, slots };
}

/** The facts as they are returned today, beside what the credit department says now. */
export function factsToday(held: VersionedFacts, credit: CreditFacts | null | undefined, today: LegalDay): KnownFacts {
  const told = creditValues(credit);
  const slots = [...held.slots];
  for (const { name, number } of CREDIT_DEFINITIONS) slots[number] = told[name];
  let values: Facts['values'] | undefined;
  let dates: Facts['dates'] | undefined;
  // Most facts are only decided on: names and days are made where a reason is shown.
  const facts: Facts = {
    get values() {
      return (values ??= valuesOf(slots));
    },
    get dates() {
      return (dates ??= datesOn(facts.values, held, { on: today, creditOn: today }));
    },
    origins: held.origins,
    unusable: held.unusable,
    years: held.years,
  };
  return { facts, slots };
}

/**
 * The day of each fact of a sheet that was returned on the day `on`, with what credit said on the day `creditOn` (null:
 * nothing).
 */
export function datesOn(
  values: Facts['values'],
  { asOf, current, fixed = {} }: Pick<SheetDays, 'asOf' | 'current' | 'fixed'>,
  { on, creditOn }: { readonly on: LegalDay; readonly creditOn: LegalDay | null },
): Record<string, LegalDay> {
  const dates: Record<string, LegalDay> = {};
  for (const fact of Object.keys(values)) {
    const day = CREDIT_FACTS.includes(fact) ? creditOn : current.includes(fact) ? on : (fixed[fact] ?? asOf);
    if (day !== null) dates[fact] = day;
  }
  return dates;
}

const CREDIT_DEFINITIONS = CREDIT_FACTS.flatMap((fact) => factDefinition(fact) ?? []);

/** True for an object with values, whatever they are. */
export const isSheet = (sheet: unknown): sheet is Record<string, unknown> =>
  isRecord(sheet) && isRecord(sheet['values']);

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
