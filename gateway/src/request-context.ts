import { randomBytes, randomUUID } from 'node:crypto';
import type { Actor } from '@zhitong/kit';

/** What one request carries through the gateway and on to the departments. */
export interface GatewayContext {
  readonly actor: Actor | null;
  /** The signed statement of who asks; each department checks it. */
  readonly assertion: string;
  readonly requestId: string;
  /** W3C Trace Context, version 00. */
  readonly traceparent: string;
  /** Aborted when the client has gone away. */
  readonly clientGone: AbortSignal;
  /** Departments that did not answer; filled while the operation runs. */
  readonly unavailable: Set<string>;
}

const REQUEST_ID = /^[\w.:-]{1,100}$/;
const TRACEPARENT = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

/** The caller's own request id when it is harmless in a header and a log line, otherwise a new one. */
export function requestIdFrom(header: string | undefined): string {
  return header !== undefined && REQUEST_ID.test(header) ? header : randomUUID();
}

/** The caller's trace when its header is well formed (W3C Trace Context, section 3.2), otherwise a new trace. */
export function traceparentFrom(header: string | undefined): string {
  if (header !== undefined && TRACEPARENT.test(header)) return header;
  const id = randomBytes(24).toString('hex');
  return `00-${id.slice(0, 32)}-${id.slice(32)}-00`;
}
