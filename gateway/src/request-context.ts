import { randomUUID } from 'node:crypto';
import type { Actor, Language } from '@zhitong/kit';
import type { Cancellation } from './cancellation.js';
import type { PlaceInFlight } from './limits/in-flight.js';

/** What one request carries through the gateway and on to the departments. */
export interface GatewayContext {
  readonly actor: Actor | null;
  /** What the caller occupies with this request; whatever goes on when the client has gone away holds it. */
  readonly place: PlaceInFlight;
  readonly requestId: string;
  /** What the caller reads. */
  readonly language: Language;
  /** W3C Trace Context, version 00. */
  readonly traceparent: string;
  /** Cancelled when the client has gone away. */
  readonly clientGone: Cancellation;
}

const REQUEST_ID = /^[\w.:-]{1,100}$/;
const SPAN_DIGITS = 16;
const TRACEPARENT = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

/** The caller's own request id when it is harmless in a header and a log line, otherwise a new one. */
export function requestIdFrom(header: string | undefined): string {
  return header !== undefined && REQUEST_ID.test(header) ? header : randomUUID();
}

/** The caller's trace when its header is well formed (W3C Trace Context, section 3.2), otherwise a new trace. */
export function traceparentFrom(header: string | undefined): string {
  if (header !== undefined && TRACEPARENT.test(header)) return header;
  // Node draws the bytes of many UUIDs at once; two of them are cheaper than one call for 24 bytes.
  const hex = (): string => randomUUID().replaceAll('-', '');
  return `00-${hex()}-${hex().slice(0, SPAN_DIGITS)}-00`;
}
