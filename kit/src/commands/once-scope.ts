/** Who commands, and for whom: the part of an actor that separates idempotency keys. */
export interface ActingFor {
  /** The account. */
  readonly sub: string;
  readonly roles: readonly string[];
  /** The enterprise for which the account acts. */
  readonly uscc?: string | undefined;
  /** The department for which the account acts. */
  readonly department?: string | undefined;
}

/**
 * The scope of an idempotency key: account, roles, the enterprise or department acted for, and the mutation. One
 * account may act for two enterprises, or for a department today and for an enterprise tomorrow, and chooses its keys
 * without thinking of that; a key of the one must never answer, or swallow, what is asked for the other. Written as
 * JSON, so that no two scopes are spelt alike, whatever characters an account holds.
 */
export function onceScope({ sub, roles, uscc, department }: ActingFor, mutation: string): string {
  return JSON.stringify([sub, [...new Set(roles)].sort(), uscc ?? null, department ?? null, mutation]);
}
