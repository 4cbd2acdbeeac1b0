/** Why an outbox call was refused; nothing was changed. */
export type OutboxErrorCode = 'INVALID' | 'NOT_FOUND' | 'DUPLICATE';

/** A refused outbox call. The message says which value and why; `code` lets a resolver or command translate it. */
export class OutboxError extends Error {
  constructor(
    readonly code: OutboxErrorCode,
    message: string,
  ) {
    super(message);
    this.name = 'OutboxError';
  }
}
