/** Source of the present moment; tests and replays put their own in. */
export interface Clock {
  now(): Date;
}

/** The machine's clock. */
export const systemClock: Clock = { now: () => new Date() };

const shanghai = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai', year: 'numeric', month: '2-digit', day: '2-digit' });

/** Days begin on a quarter of an hour of universal time. */
const QUARTER_MS = 900_000;
let lastAnswer = { quarter: NaN, day: '' };

/** The calendar day in Asia/Shanghai, `YYYY-MM-DD`, on which a moment falls. Every request asks for today, so the last answer is kept. */
export function dayInShanghai(moment: Date): string {
  const quarter = Math.floor(moment.getTime() / QUARTER_MS);
  if (quarter !== lastAnswer.quarter) lastAnswer = { quarter, day: shanghai.format(moment) };
  return lastAnswer.day;
}
