/**
 * A property of something that was thrown, whatever it is and whichever realm its class belongs to; undefined where
 * there is none.
 */
export function propertyOf(thrown: unknown, name: string): unknown {
  return (typeof thrown === 'object' && thrown !== null) || typeof thrown === 'function'
    ? (thrown as unknown as Readonly<Record<string, unknown>>)[name]
    : undefined;
}

/** The system's code of an error (`ECONNREFUSED`), or the empty text. */
export function systemCodeOf(thrown: unknown): string {
  const code = propertyOf(thrown, 'code');
  return typeof code === 'string' ? code : '';
}
