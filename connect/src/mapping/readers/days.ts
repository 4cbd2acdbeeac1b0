import { isLegalDay, normalText, SHANGHAI_OFFSET, dayInShanghai } from '@zhitong/values';
import { dayOfSerial, type WorkbookCalendar } from '../../sources/workbook/spreadsheet-dates.js';
import { accept, refuse, textOf, type FilledCell, type Reading, type Shown } from './reading.js';

/** The zone of times that state none. */
export type TimeZone = 'Asia/Shanghai' | 'UTC';

export interface DayOptions {
  readonly timeZone: TimeZone;
  /** Of serial numbers in sources that do not say it themselves. */
  readonly calendar: WorkbookCalendar;
}

/** A day as written, its time of day if there is one, and the offset if that is stated. */
interface Moment {
  readonly day: string;
  readonly time: string | null;
  readonly offset: string | null;
}

const EXPECTED = '应当像 2024-03-05、2024/3/5、2024.3.5、20240305 或 2024年3月5日';
const DIGITS = '〇一二三四五六七八九';
const CHINESE_DAY =
  /^([〇一二三四五六七八九]{4}) ?年 ?([一二三四五六七八九十]{1,2}) ?月 ?([一二三四五六七八九十]{1,3})(?: ?[日号])?/;
const DAY =
  /^(\d{4})(?:年(\d{1,2})月(\d{1,2})(?:[日号]|(?!\d))|(?:-(\d{1,2})-(\d{1,2})|\/(\d{1,2})\/(\d{1,2})|\.(\d{1,2})\.(\d{1,2})\.?|(\d{2})(\d{2}))(?!\d))/;
/** A day with blanks between its parts, as forms have them: `2024 年 3 月 5 日`. */
const SPACED = /^(\d{4}) ?([-/.年]) ?(\d{1,2}) ?([-/.月]) ?(\d{1,2})(?: ?([日号]))?/;
const STAMP = /^(\d{8})(\d{2})(\d{2})(\d{2})$/;
const TIME =
  /^[T ]?\s*(上午|中午|下午|晚上|am|pm)?\s*(\d{1,2})(?::|时|点)(?:(\d{1,2})(?:(?::|分)(?:(\d{1,2})(?:\.\d+)?秒?)?)?)?\s*(am|pm)?\s*(z|[+-]\d{2}:?\d{2})?$/i;
/** Serial numbers of the years 1927 to 2099: others are more likely something else. */
const SERIAL = /^[1-7]\d{4}(?:\.\d+)?$/;
const [FIRST_SERIAL, LAST_SERIAL] = [10_000, 73_050];

/**
 * A day in the calendar of Asia/Shanghai. A day that is not whole (a year, a month) is refused, and nothing is filled
 * in.
 */
export function dayReader(options: DayOptions, shown: Shown) {
  return (cell: FilledCell): Reading<string> => {
    const read = momentOf(cell, options, shown);
    if (!read.ok) return read;
    const { day, time, offset } = read.moment;
    if (time === null || (offset === null && options.timeZone === 'Asia/Shanghai')) return accept(day);
    return accept(dayInShanghai(`${day}T${time}${offset ?? 'Z'}`));
  };
}

/** A moment as RFC 3339 in UTC; of a day without a time its first. */
export function instantReader(options: DayOptions, shown: Shown) {
  return (cell: FilledCell): Reading<string> => {
    const read = momentOf(cell, options, shown);
    if (!read.ok) return read;
    const { day, time, offset } = read.moment;
    const zone = offset ?? (options.timeZone === 'UTC' ? 'Z' : SHANGHAI_OFFSET);
    return accept(new Date(`${day}T${time ?? '00:00:00'}${zone}`).toISOString());
  };
}

/** A year, also as 2024年 and 2024年度. */
export function yearReader(shown: Shown) {
  return (cell: FilledCell): Reading<number> => {
    const year = /^(\d{4})(?:年度?)?$/.exec(normalText(textOf(cell)).replace(/\.0+$/, ''))?.[1];
    if (year === undefined || Number(year) < 1900 || Number(year) > 2199)
      return refuse(`${shown(textOf(cell))} 不是年份，应当像 2024`);
    return accept(Number(year));
  };
}

type MomentRead = { readonly ok: true; readonly moment: Moment } | { readonly ok: false; readonly reason: string };

function momentOf(cell: FilledCell, { calendar }: DayOptions, shown: Shown): MomentRead {
  const given = textOf(cell);
  if (cell.kind === 'date') return written(given, shown);
  if (cell.kind === 'boolean') return refuse(`“${given}”不是日期，${EXPECTED}`);
  const text = normalText(given).replace(/\s+/g, ' ');
  if (SERIAL.test(text) && Number(text) >= FIRST_SERIAL && Number(text) <= LAST_SERIAL) {
    const system = cell.kind === 'number' ? (cell.workbook ?? calendar) : calendar;
    const day = dayOfSerial(text, system);
    if (day !== null) return written(day, shown);
  }
  return written(text, shown);
}

function written(given: string, shown: Shown): MomentRead {
  if (/民国|民國/.test(given)) return refuse(`${shown(given)} 是民国纪年，请换成公历，例如 2024-03-05`);
  const text = arabic(
    given
      .replace(/[—–−‐‑]/g, '-')
      .replace(/\(?(?:星期|周)[一二三四五六日天]\)?/, ' ')
      .replace(/\s+/g, ' ')
      .trim(),
  ).replace(SPACED, '$1$2$3$4$5$6');
  const stamp = STAMP.exec(text);
  const whole = stamp === null ? text : `${stamp[1] ?? ''} ${stamp.slice(2).join(':')}`;
  const match = DAY.exec(whole);
  if (match === null) return refuse(`${shown(given)} ${partial(text) ?? '不是日期'}，${EXPECTED}`);
  const [year = '', month = '', day = ''] = match.slice(1).filter((part) => (part as string | undefined) !== undefined);
  const legal = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  if (!isLegalDay(legal)) return refuse(`${shown(given)} 不是存在的日期（1900 年至 2199 年）`);
  const rest = whole.slice(match[0].length);
  if (rest.trim() === '') return { ok: true, moment: { day: legal, time: null, offset: null } };
  const time = timeOf(rest);
  if (time === null) return refuse(`${shown(given)} 的时间部分无法识别，应当像 2024-03-05 14:20:00`);
  return { ok: true, moment: { day: legal, ...time } };
}

function timeOf(text: string): { readonly time: string; readonly offset: string | null } | null {
  const match = TIME.exec(text);
  if (match === null) return null;
  const [, before = '', hours = '', minutes = '0', seconds = '0', after = '', zone] = match;
  const half = (before + after).toLowerCase();
  const isLater = ['下午', '晚上', 'pm'].includes(half);
  const given = Number(hours);
  const hour = isLater && given < 12 ? given + 12 : ['上午', 'am'].includes(half) && given === 12 ? 0 : given;
  if (hour > 23 || Number(minutes) > 59 || Number(seconds) > 59) return null;
  const offset =
    zone === undefined ? null : zone.toUpperCase() === 'Z' ? 'Z' : zone.replace(/^([+-]\d{2}):?(\d{2})$/, '$1:$2');
  return {
    time: [hour, Number(minutes), Number(seconds)].map((part) => String(part).padStart(2, '0')).join(':'),
    offset,
  };
}

/** A day in Chinese numerals in digits; every other text as it is. */
function arabic(text: string): string {
  const plain = text.replace(/[零○Ｏ]/g, '〇');
  const match = CHINESE_DAY.exec(plain);
  if (match === null) return text;
  const [all, year = '', month = '', day = ''] = match;
  const digits = [...year].map((digit) => String(DIGITS.indexOf(digit))).join('');
  return `${digits}-${String(numeral(month))}-${String(numeral(day))}${plain.slice(all.length)}`;
}

/** The number of a numeral up to ninety-nine: 十, 十二, 三十一. */
function numeral(text: string): number {
  const [tens = '', ones = ''] = text.includes('十') ? text.split('十') : ['0', text];
  const value = (digit: string, otherwise: number): number =>
    digit === '' ? otherwise : digit === '0' ? 0 : DIGITS.indexOf(digit);
  return value(tens, 1) * 10 + value(ones, 0);
}

/** What an incomplete day is. */
function partial(text: string): string | null {
  if (/^\d{4}(?:年|年度)?$/.test(text)) return '只有年份，没有月和日';
  if (/^\d{4}(?:[-/.]\d{1,2}|年\d{1,2}月)$/.test(text)) return '只有年月，没有日';
  if (/^\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}$/.test(text)) return '的年、月、日顺序不明';
  return null;
}
