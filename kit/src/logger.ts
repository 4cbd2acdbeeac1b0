import { pino, type Logger } from 'pino';

export type { Logger };

/** Personal data and secrets that no log line may hold, wherever they stand in a logged object. */
const NEVER_LOGGED = ['authorization', 'token', 'telephone', 'phone', 'identityNumber', 'contact', 'complainant', 'secret', 'variables'];

/** A JSON logger on standard error; standard output stays free for what a command answers. */
export function createLogger({ name, level }: { name: string; level: string }): Logger {
  const paths = NEVER_LOGGED.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]);
  return pino({ name, level, redact: { paths, censor: '[withheld]' } }, pino.destination({ dest: 2, sync: false }));
}
