import { badUserInput } from '@zhitong/kit';
import type { Context } from '../context.js';
import type { Refusal, RefusalCode } from '../generated/resolvers-types.js';
import type { EnterpriseField, EnterpriseRecord } from '../models/enterprise.js';
import type { CommandOutcome } from '../usecases/commands.js';
import { STORED_FIELDS } from './enterprise-fields.js';

const KEY = /^[\x21-\x7e]{8,64}$/;
const EVERY_FIELD: EnterpriseField[] = [...new Set(Object.values(STORED_FIELDS).flat())].sort();

/** An idempotency key: 8 to 64 printable ASCII characters without spaces, so that a repeat can be recognised. */
export function idempotencyKeyArgument(key: string): string {
  if (!KEY.test(key)) throw badUserInput('idempotencyKey must have 8 to 64 printable characters without spaces; a UUID is a good one.', ['input', 'idempotencyKey']);
  return key;
}

/** A payload that says why nothing was done. */
export function refused(code: RefusalCode, message: string, path: string[], details: unknown = null): { refusal: Refusal } {
  return { refusal: { code, message, path, details } };
}

/** A command's outcome as a payload. */
export async function payloadOf({ uscc, refusal }: CommandOutcome, { loaders }: Context): Promise<{ enterprise: EnterpriseRecord | undefined } | { refusal: Refusal }> {
  if (refusal !== null) return refused(refusal.code, refusal.message, [...refusal.path], refusal.details);
  return { enterprise: await loaders.enterprise(uscc, { fields: EVERY_FIELD }) };
}
