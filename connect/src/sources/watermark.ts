import { Decimal } from 'decimal.js';
import { SourceRefused } from '../source-record.js';

const STAMP = /^(\d{4})-(\d{2})-(\d{2})(?:([ T])(\d{2}):(\d{2}):(\d{2})(\.\d+)?)?(Z|[+-]\d{2}(?::?\d{2})?)?$/;

/**
 * A watermark less its overlap, in the form that the source writes: rows that were committed late with an older stamp
 * are read once more. A day goes back by whole days, a number by so many steps.
 *
 * @param overlap seconds of a time, steps of a number
 * @throws SourceRefused for a text that is neither
 * @example lessOverlap('2024-03-05 00:00:10.5', 20) //=> '2024-03-04 23:59:50.5'
 * @example lessOverlap('2024-03-05', 3600) //=> '2024-03-04'
 */
export function lessOverlap(mark: string, overlap: number): string {
  const stamp = STAMP.exec(mark);
  if (stamp === null) {
    if (/^-?\d+(?:\.\d+)?$/.test(mark)) return new Decimal(mark).minus(overlap).toFixed();
    throw new SourceRefused('WATERMARK', { mark });
  }
  const [
    ,
    year = '',
    month = '',
    day = '',
    between,
    hours = '00',
    minutes = '00',
    seconds = '00',
    fraction = '',
    zone = '',
  ] = stamp;
  const isDay = between === undefined;
  const at = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hours), Number(minutes), Number(seconds));
  const back = new Date(at - (isDay ? Math.ceil(overlap / 86_400) * 86_400 : overlap) * 1000).toISOString();
  return isDay ? back.slice(0, 10) : `${back.slice(0, 10)}${between}${back.slice(11, 19)}${fraction}${zone}`;
}
