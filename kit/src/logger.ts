import { pino, type DestinationStream, type Logger } from 'pino';
import { WITHHELD, withoutPersonalData } from './personal-data/without-personal-data.js';

export type { Logger };

/** Personal data and secrets that no log line may hold, wherever they stand in a logged object. */
const NEVER_LOGGED: ReadonlySet<string> = new Set([
  'authorization',
  'token',
  'telephone',
  'phone',
  'identitynumber',
  'contact',
  'complainant',
  'secret',
  'variables',
  'cursor',
  'after',
  'before',
]);
/** What the logger itself writes into each line. */
const OWN_FIELDS: ReadonlySet<string> = new Set(['level', 'time', 'pid', 'hostname', 'name']);

/**
 * A JSON logger on standard error; standard output stays free for what a command prints. Every line is cleaned as it is
 * written: by the names of fields, and by what texts hold, see `withoutPersonalData`.
 * @param destination where lines go instead.
 */
export function createLogger({
  name,
  level,
  destination = pino.destination({ dest: 2, sync: false }),
}: {
  name: string;
  level: string;
  destination?: DestinationStream;
}): Logger {
  return pino({ name, level, hooks: { streamWrite: cleanLine } }, destination);
}

/** A line of the log as it may be kept. */
function cleanLine(line: string): string {
  let fields: unknown;
  try {
    fields = JSON.parse(line);
  } catch {
    return withoutPersonalData(line);
  }
  if (typeof fields !== 'object' || fields === null) return withoutPersonalData(line);
  return `${JSON.stringify(Object.fromEntries(Object.entries(fields).map(([key, value]) => (OWN_FIELDS.has(key) ? [key, value] : [withoutPersonalData(key), clean(value, key)]))))}\n`;
}

function clean(value: unknown, key: string): unknown {
  if (NEVER_LOGGED.has(key.toLowerCase())) return WITHHELD;
  if (typeof value === 'string') return withoutPersonalData(value);
  if (typeof value === 'number') return withoutPersonalData(String(value)) === String(value) ? value : WITHHELD;
  if (Array.isArray(value)) return value.map((member) => clean(member, ''));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => [withoutPersonalData(name), clean(member, name)]),
    );
  return value;
}
