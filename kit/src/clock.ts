/** Source of the present moment; tests and replays put their own in. */
export interface Clock {
  now(): Date;
}

/** The machine's clock. */
export const systemClock: Clock = { now: () => new Date() };

const shanghai = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai', year: 'numeric', month: '2-digit', day: '2-digit' });

/** The calendar day in Asia/Shanghai, `YYYY-MM-DD`, on which a moment falls. */
export function dayInShanghai(moment: Date): string {
  return shanghai.format(moment);
}
