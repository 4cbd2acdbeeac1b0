import { isLegalDay, type LegalDay } from '@zhitong/values';
import type { FactOrigins } from '../domain/facts/fact-origin.js';
import type { Facts, UnusableFacts } from '../domain/facts/fact-values.js';
import { storedValues } from '../domain/facts/stored-facts.js';
import type { Predecessor } from '../domain/grant/succession.js';
import type { SheetDays } from '../domain/facts/versioned-facts.js';

/** The facts of one enterprise as this department last read them from the graph. */
export interface EnterpriseFactsRecord {
  uscc: string;
  name: string;
  industry: { code: string; name: string };
  region: { code: string; name: string };
  readonly values: Facts['values'];
  readonly dates: Facts['dates'];
  /**
   * How the register dated them in which version; none where that does not hold for another day, and in records of
   * earlier releases.
   */
  told?: ToldDays | undefined;
  /** What of the stored values cannot be used, where `told` does not say it; never stored. */
  unusable?: UnusableFacts | undefined;
  /** Whom it goes on from; left out where it goes on from nobody. */
  predecessors?: readonly Predecessor[] | undefined;
  /** The reading of the whole register in which it was last seen. */
  readingId: string;
  readAt: Date;
}

/** What the days of the facts are made of, in place of eighty times the same few. */
export interface ToldDays extends SheetDays {
  /** The day on which the register returned them last. */
  on: LegalDay;
  /** The day on which the credit department returned its part; null: never. */
  creditOn: LegalDay | null;
}

/** What a reading compares before it asks for facts. */
export interface HeldVersion extends Pick<
  EnterpriseFactsRecord,
  'uscc' | 'name' | 'industry' | 'region' | 'predecessors'
> {
  readonly told?: Pick<ToldDays, 'version' | 'creditOn'> | undefined;
  /** The facts of the credit department, no others. */
  readonly values: Facts['values'];
}

/** Whatever stands in the place of each part: an earlier release or a hand may have written it. */
type AsStored<Of> = { readonly [Name in keyof Of]?: unknown };

/**
 * A record of facts as it can be decided on, see `storedValues`: a part of another form than it should have is as if it
 * were not there, so that one bad record stops nobody.
 */
export function usableRecord(held: EnterpriseFactsRecord): EnterpriseFactsRecord {
  const { uscc, name, readingId, readAt } = held;
  const { industry, region, told, dates, predecessors }: AsStored<EnterpriseFactsRecord> = held;
  const { values, unusable } = storedValues(held.values);
  const days = usableDays(told, unusable);
  return {
    ...{ uscc, name, readingId, readAt, values },
    industry: placeIn(industry),
    region: placeIn(region),
    dates: isRecord(dates) ? daysIn(dates) : {},
    ...(days === undefined ? {} : { told: days }),
    ...(days !== undefined || unusable === undefined ? {} : { unusable }),
    ...predecessorsIn(predecessors),
  };
}

/** The part of a record that a reading compares, in the same way. */
export function usableVersion(held: HeldVersion): HeldVersion {
  const { uscc, name, told } = held;
  const { industry, region, predecessors }: AsStored<HeldVersion> = held;
  return {
    ...{ uscc, name, told, values: storedValues(held.values).values },
    industry: placeIn(industry),
    region: placeIn(region),
    ...predecessorsIn(predecessors),
  };
}

/** Whether a record, as it is stored, holds something that cannot be used as it is. */
export function isFaulty(held: EnterpriseFactsRecord): boolean {
  const { industry, region, told, dates, predecessors }: AsStored<EnterpriseFactsRecord> = held;
  return (
    storedValues(held.values).values !== held.values ||
    [industry, region].some((place) => !isRecord(place) || !isText(place['code']) || !isText(place['name'])) ||
    !isRecord(dates) ||
    (told !== undefined && !isUsableAsItIs(told)) ||
    (predecessors !== undefined && !isSame(predecessorsIn(predecessors).predecessors, predecessors))
  );
}

/** In whatever order its parts are stored. */
function isUsableAsItIs(told: unknown): boolean {
  const usable: AsStored<ToldDays> | undefined = usableDays(told);
  if (usable === undefined || !isRecord(told)) return false;
  return Object.keys({ ...told, ...usable }).every((name) => isSame(told[name], usable[name as keyof ToldDays]));
}

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

const isText = (value: unknown): value is string => typeof value === 'string';

/** A code with its name, empty where it is not there: nothing in the city has an empty code. */
export function placeIn(value: unknown): { code: string; name: string } {
  const { code, name }: { readonly code?: unknown; readonly name?: unknown } = isRecord(value) ? value : {};
  return { code: isText(code) ? code : '', name: isText(name) ? name : '' };
}

const daysIn = (dates: Readonly<Record<string, unknown>>): Facts['dates'] =>
  Object.fromEntries(Object.entries(dates).flatMap(([fact, day]) => (isLegalDay(day) ? [[fact, day]] : [])));

function predecessorsIn(value: unknown): { readonly predecessors?: readonly Predecessor[] } {
  if (!Array.isArray(value)) return {};
  const isPredecessor = (one: unknown): one is Predecessor =>
    isRecord(one) && isText(one['uscc']) && isLegalDay(one['on']);
  return { predecessors: value.filter(isPredecessor) };
}

/** How a record dates its facts; undefined where that cannot be used: the record is read anew then. */
function usableDays(told: unknown, unusable?: UnusableFacts): ToldDays | undefined {
  if (!isRecord(told)) return undefined;
  const { version, on, asOf, creditOn, current, fixed, origins, years } = told;
  if (!isText(version) || !isLegalDay(on)) return undefined;
  const bad = isRecord(told['unusable']) ? { ...(told['unusable'] as UnusableFacts), ...unusable } : unusable;
  return {
    version,
    asOf: isLegalDay(asOf) ? asOf : null,
    current: Array.isArray(current) ? current.filter(isText) : [],
    ...(isRecord(fixed) ? { fixed: daysIn(fixed) } : {}),
    ...(isOrigins(origins) ? { origins } : {}),
    ...(bad === undefined ? {} : { unusable: bad }),
    ...(isRecord(years) ? { years: storedValues(years).values } : {}),
    on,
    creditOn: isLegalDay(creditOn) ? creditOn : null,
  };
}

const isOrigins = (value: unknown): value is FactOrigins =>
  isRecord(value) && isRecord(value['own']) && Array.isArray(value['current']);

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
