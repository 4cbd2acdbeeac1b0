import { isLegalDay } from '@zhitong/values';

/** The fewest enterprises that make a city. */
const FEWEST_ENTERPRISES = 200;

/** A demo city as a command line asks for it. */
export interface AskedCity {
  readonly enterprises: string;
  /** YYYY-MM-DD; today when left out. */
  readonly date?: string;
}

/** What a demo city is made from. */
export interface CitySettings {
  /** The day on which it stands, YYYY-MM-DD. */
  readonly referenceDate: string;
  readonly enterprises: number;
}

/** The settings of the city that was asked for, or what is wrong with one of them, by its name on the command line. */
export function citySettings(
  { enterprises, date }: AskedCity,
  today: string,
): CitySettings | { readonly problem: string } {
  const count = Number(enterprises);
  if (!Number.isInteger(count) || count < FEWEST_ENTERPRISES)
    return { problem: `--enterprises is ${enterprises}; the demo city has ${FEWEST_ENTERPRISES} or more.` };
  if (date !== undefined && !isLegalDay(date)) return { problem: `--date is ${date}; write a day as YYYY-MM-DD.` };
  return { referenceDate: date ?? today, enterprises: count };
}
