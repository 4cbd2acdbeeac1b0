import { addDays, isLegalDay } from '@zhitong/values';
import type { Cell } from '../../source-record.js';

/** The calendar of a workbook: the year in which its serial numbers of days begin. */
export type WorkbookCalendar = 1900 | 1904;

/**
 * Number formats that every workbook has without stating them, and that show a day: ECMA-376 part 1, 18.8.30; 27 to 58
 * East Asian.
 */
const BUILT_IN_DATES = new Set([14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58]);

const SECONDS_OF_DAY = 86_400;
/** Day 60 of the 1900 calendar is 29 February 1900, which never was: Excel keeps it for the sake of Lotus 1-2-3. */
const NEVER_WAS = 60;

/** Whether a number format shows a day of a calendar: one of time alone, or of hours passed, does not. */
export function showsDay(formatId: number, code: string | undefined): boolean {
  if (code === undefined) return BUILT_IN_DATES.has(formatId);
  const [first = ''] = code
    .replace(/"[^"]*"/g, '')
    .replace(/\\./g, '')
    .replace(/[_*]./g, '')
    .split(';');
  const bare = first.replace(/\[[^\]]*\]/g, '');
  return /[yd]/i.test(bare.replace(/General/gi, '').replace(/Red|Standard/gi, ''));
}

/**
 * The day, and the time of day if there is one, that a serial number means: `YYYY-MM-DD` or `YYYY-MM-DDTHH:mm:ss`. Null
 * for a number that means none: below one, the day that never was, beyond 2199.
 * @example dayOfSerial('45356', 1900) //=> '2024-03-05'
 * @example dayOfSerial('43894.5', 1904) //=> '2024-03-05T12:00:00'
 */
export function dayOfSerial(text: string, calendar: WorkbookCalendar): string | null {
  const serial = Number(text);
  if (!Number.isFinite(serial) || serial < (calendar === 1900 ? 1 : 0) || serial > 120_000) return null;
  const seconds = Math.round(serial * SECONDS_OF_DAY);
  const [whole, rest] = [Math.floor(seconds / SECONDS_OF_DAY), seconds % SECONDS_OF_DAY];
  if (calendar === 1900 && whole === NEVER_WAS) return null;
  const day =
    calendar === 1904 ? addDays('1904-01-01', whole) : addDays('1899-12-31', whole > NEVER_WAS ? whole - 1 : whole);
  if (!isLegalDay(day)) return null;
  return rest === 0 ? day : `${day}T${new Date(rest * 1000).toISOString().slice(11, 19)}`;
}

/** A number that is a year and no day: the days that it would be lie in 1905 to 1910. */
const YEAR = /^(?:19|2[01])\d\d(?:\.0*)?$/;

/** A cell that shows a day. One in which somebody has typed a year alone shows a day of 1905, and is a fault. */
export function dayCell(serial: string, calendar: WorkbookCalendar): Cell {
  const day = dayOfSerial(serial, calendar);
  if (day === null) return { kind: 'fault', text: `单元格显示为日期，但 ${serial.slice(0, 20)} 不是存在的日期` };
  return YEAR.test(serial)
    ? { kind: 'fault', text: `单元格显示为 ${day}，存的却是 ${serial}：像是只填了年份，请填写完整的日期` }
    : { kind: 'date', text: day };
}
