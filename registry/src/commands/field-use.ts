import type { FieldUse } from '../usecases/reading.js';

/** One field with who uses it, as a line: how often, from when to when, and whom to speak to. */
export function fieldUseText({ coordinate, deprecated, uses }: FieldUse): string {
  const users = uses.map(({ client, version, count, first, last, contact }) =>
    [client, version, String(count), `(${first} to ${last})`, contact ?? ''].filter((part) => part !== '').join(' '),
  );
  return `${coordinate}${deprecated === null ? '' : ` (deprecated: ${deprecated})`}\t${users.join('; ') || 'nobody'}`;
}
