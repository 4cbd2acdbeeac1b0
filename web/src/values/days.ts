const SHANGHAI = 'Asia/Shanghai';
const dayFormat = new Intl.DateTimeFormat('en-CA', { timeZone: SHANGHAI });
const momentFormat = new Intl.DateTimeFormat('sv-SE', { timeZone: SHANGHAI, dateStyle: 'short', timeStyle: 'short' });

/** The day in Shanghai, YYYY-MM-DD, wherever the browser is. */
export const dayInShanghai = (moment: Date = new Date()): string => dayFormat.format(moment);

/** A moment of the graph (RFC 3339) as day and minute in Shanghai, for example "2026-11-28 09:05". */
export const momentText = (moment: string): string => momentFormat.format(new Date(moment));

/**
 * The last moment of a deadline. The end of a day is midnight of the next in the graph; a person reads the last day on
 * which it is in time, for example "2026-12-03 24:00".
 */
export function deadlineText(moment: string): string {
  const text = momentText(moment);
  return text.endsWith(' 00:00') ? `${dayInShanghai(new Date(Date.parse(moment) - 1))} 24:00` : text;
}

/** The first day of the year in which a day lies. */
export const firstOfYear = (day: string): string => `${day.slice(0, 4)}-01-01`;
