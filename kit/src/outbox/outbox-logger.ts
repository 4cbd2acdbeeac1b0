/**
 * The part of a pino logger that the outbox and the inbox use. They log ids and reasons, never an event's data or a
 * secret.
 */
export interface OutboxLogger {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}
