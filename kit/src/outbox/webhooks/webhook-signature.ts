import { randomBytes, timingSafeEqual } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { OutboxError } from '../outbox-error.js';

// Standard Webhooks 1.0.0: 24 to 64 random bytes, base64, after the prefix.
const PREFIX = 'whsec_';
const SECRET_BYTES = 32;
const SHORTEST_SECRET = 24;
const LONGEST_SECRET = 64;

/** A new signing secret. */
export const newWebhookSecret = (): string => PREFIX + randomBytes(SECRET_BYTES).toString('base64');

/**
 * Checks a secret that was chosen elsewhere.
 * @throws OutboxError INVALID; the message does not repeat the secret.
 */
export function checkWebhookSecret(secret: string): string {
  const encoded = secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : '';
  const bytes = Buffer.from(encoded, 'base64');
  if (bytes.toString('base64') !== encoded || bytes.length < SHORTEST_SECRET || bytes.length > LONGEST_SECRET) {
    throw new OutboxError(
      'INVALID',
      `A webhook's secret is ${PREFIX} and ${SHORTEST_SECRET} to ${LONGEST_SECRET} bytes in base64.`,
    );
  }
  return secret;
}

/** The headers that the Standard Webhooks specification asks for. `id` stays the same when a message is sent again. */
export function signatureHeaders({
  secret,
  id,
  at,
  body,
}: {
  secret: string;
  id: string;
  at: Date;
  body: string;
}): Record<string, string> {
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(secret).sign(id, at, body),
  };
}

export interface SignedMessage {
  readonly id: string;
  readonly timestamp: string;
  readonly signatures: string;
  readonly body: string;
}

/**
 * The message's moment in whole seconds when it lies within `toleranceSeconds` of now; undefined otherwise or when
 * malformed.
 */
export function freshTimestamp({
  timestamp,
  now,
  toleranceSeconds,
}: {
  timestamp: string;
  now: Date;
  toleranceSeconds: number;
}): Date | undefined {
  if (!/^\d{1,12}$/.test(timestamp)) return undefined;
  const at = new Date(Number(timestamp) * 1000);
  return Math.abs(now.getTime() - at.getTime()) <= toleranceSeconds * 1000 ? at : undefined;
}

/**
 * True when one of the message's signatures (several while a secret is being changed) was made with `secret`. The
 * library's own check reads the machine's clock, so only its signing is used; time is judged by {@link freshTimestamp}.
 */
export function isSignedWith(secret: string, { id, timestamp, signatures, body }: SignedMessage): boolean {
  return isAmong(signatures, new Webhook(secret).sign(id, new Date(Number(timestamp) * 1000), body));
}

/** Whether one of the signatures is the right one, in a time that does not tell how far it is right. */
function isAmong(signatures: string, right: string): boolean {
  const expected = Buffer.from(right);
  return signatures.split(' ').some((signature) => {
    const given = Buffer.from(signature);
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
}
