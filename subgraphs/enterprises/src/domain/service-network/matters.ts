import { normalText } from '@zhitong/values';

/** Why one is told to call somebody. */
export type DirectoryBasis =
  'LOOKS_AFTER_ENTERPRISE' | 'STEWARD_OF_PROJECT' | 'LEADS_PROJECT' | 'CITY_LINE' | 'DISTRICT_LINE';

/** A line of the directory, as far as decides whether it is listed. */
export interface ListedLine {
  /** District; null: the whole city. */
  readonly region: string | null;
  /** Words for what it is called; empty: anything. */
  readonly matters: readonly string[];
}

const form = (text: string): string => normalText(text).toLowerCase();

/**
 * Whether a line is for a district and a matter. A line of the whole city is for every district; one without words is
 * for everything; a word counts when it stands in what is asked, or what is asked in it.
 */
export function isLineFor(
  { region, matters }: ListedLine,
  asked: { readonly region: string | null; readonly matter: string | null },
): boolean {
  if (region !== null && asked.region !== null && region !== asked.region) return false;
  if (asked.matter === null || matters.length === 0) return true;
  const matter = form(asked.matter);
  return matters.map(form).some((word) => matter.includes(word) || word.includes(matter));
}
