import type { LegalDay } from '@zhitong/values';
import type { Facts, FactValue } from './fact-values.js';
import { yearOfFact } from './facts.js';

/**
 * The value of a fact in one year: the newest known one where it is of that year, else what is known of earlier years;
 * undefined where nothing is.
 */
function valueInYear(name: string, facts: Facts): { readonly value: FactValue; readonly day: LegalDay } | undefined {
  const asked = yearOfFact(name);
  if (asked === null) return undefined;
  const { fact, year } = asked;
  const [newest, day] = [facts.values[fact], facts.dates[fact]];
  if (newest !== undefined && day?.startsWith(`${String(year)}-`) === true) return { value: newest, day };
  const earlier = facts.years?.[name];
  return earlier === undefined ? undefined : { value: earlier, day: `${String(year)}-12-31` };
}

/** Facts with those of single years that are asked for, under their names with the year; others stay as they are. */
export function withYears(facts: Facts, names: readonly string[]): Facts {
  if (names.length === 0) return facts;
  const values: Record<string, FactValue> = { ...facts.values };
  const dates: Record<string, LegalDay> = { ...facts.dates };
  for (const name of names) {
    const found = valueInYear(name, facts);
    if (found === undefined) continue;
    values[name] = found.value;
    dates[name] = found.day;
  }
  return { ...rest(facts), values, dates };
}

/** What facts hold beside values and days. */
const rest = ({ origins, unusable, years }: Facts) => ({ origins, unusable, years });
