import { randomStream } from '@zhitong/demo';

/**
 * So many values of each collection are edited, drawn by a seed; all of them by
 * `TAMPER_EDITS=1000 npm run test:long -- tamper-suite`. Every other kind of attack is made on each collection.
 */
const EDITS = Number(process.env['TAMPER_EDITS'] ?? 3);

/** Those of the places of values in a collection that are edited. */
export const drawn = (collection: string, places: readonly (readonly string[])[]): (readonly string[])[] =>
  randomStream('credit', `tamper ${collection}`).shuffle(places).slice(0, EDITS);

/** Another value of the same type. */
export function other(value: unknown): unknown {
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'string') return `${value}x`;
  if (value instanceof Date) return new Date(value.getTime() + 1);
  if (Array.isArray(value)) return [...(value as unknown[]), 'x'];
  return typeof value === 'object' && value !== null ? { ...value, x: 1 } : 'x';
}

/** The places of all values within one, however deep: `['contract', 'signedOn']`, `['payments', '0', 'amount']`. */
export function placesOf(value: unknown, place: readonly string[] = []): (readonly string[])[] {
  const isPlain = Array.isArray(value) || Object.getPrototypeOf(value ?? 0) === Object.prototype;
  const fields = isPlain ? Object.entries(value as object) : [];
  return fields.length === 0 ? [place] : fields.flatMap(([key, field]) => placesOf(field, [...place, key]));
}
/** The value at such a place. */
export const at = (value: unknown, place: readonly string[]): unknown =>
  place.reduce<unknown>((inner, key) => Reflect.get(inner as object, key), value);
