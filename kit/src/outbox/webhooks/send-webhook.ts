import { request, type Dispatcher as HttpAgent } from 'undici';
import type { Clock } from '../../clock.js';
import type { CloudEvent } from '../cloud-event.js';
import { ForbiddenReceiver } from './receiver-guard.js';
import { signatureHeaders } from './webhook-signature.js';
import type { Timers } from '../../jobs/timers.js';

const MOST_RESPONSE_BYTES = 64 * 1024;
const TOO_MANY_REQUESTS = 429;
const GONE = 410;

/**
 * How one attempt ended. `accepted`: any 2xx. `refused`: the receiver responded with something else, or stands where
 * events may not be sent. `unreachable`: no response in
 * time, no connection, or a status that says the receiver is unwell (5xx, 429). `gone`: 410, it wants no more.
 */
export type SendOutcome =
  | { readonly kind: 'accepted'; readonly status: number }
  | {
      readonly kind: 'refused' | 'unreachable';
      readonly status?: number;
      readonly reason: string;
      readonly retryAfterMs?: number;
    }
  | { readonly kind: 'gone'; readonly status: number; readonly reason: string };

export type SendWebhook = (message: { url: string; secret: string; event: CloudEvent }) => Promise<SendOutcome>;

/** Sends one event as a signed POST in CloudEvents structured mode. Never throws; redirects are not followed. */
export function sendWebhook({
  agent,
  clock,
  timers,
  timeoutMs,
}: {
  agent: HttpAgent;
  clock: Clock;
  timers: Timers;
  timeoutMs: number;
}): SendWebhook {
  return async ({ url, secret, event }) => {
    const body = JSON.stringify(event);
    const abort = new AbortController();
    const cancel = timers.after(timeoutMs, () => abort.abort());
    try {
      const response = await request(url, {
        dispatcher: agent,
        method: 'POST',
        signal: abort.signal,
        headers: {
          'content-type': 'application/cloudevents+json; charset=utf-8',
          'user-agent': 'zhitong-outbox',
          ...signatureHeaders({ secret, id: event.id, at: clock.now(), body }),
        },
        body,
      });
      // The body of the response is of no use, but it must be read for the connection to be used again.
      await response.body.dump({ limit: MOST_RESPONSE_BYTES, signal: abort.signal });
      return judge(response.statusCode, response.headers['retry-after'], clock.now());
    } catch (error) {
      if (error instanceof ForbiddenReceiver) return { kind: 'refused', reason: `not sent: ${error.message}` };
      const reason = abort.signal.aborted ? `no answer within ${timeoutMs} ms` : `no connection: ${describe(error)}`;
      return { kind: 'unreachable', reason };
    } finally {
      cancel();
    }
  };
}

function judge(status: number, retryAfter: string | string[] | undefined, now: Date): SendOutcome {
  if (status >= 200 && status < 300) return { kind: 'accepted', status };
  const reason = `answered ${status}`;
  if (status === GONE) return { kind: 'gone', status, reason };
  const kind = status >= 500 || status === TOO_MANY_REQUESTS ? 'unreachable' : 'refused';
  const retryAfterMs = typeof retryAfter === 'string' ? readRetryAfter(retryAfter, now) : undefined;
  return { kind, status, reason, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
}

/** RFC 9110, section 10.2.3: seconds or a date. */
function readRetryAfter(text: string, now: Date): number | undefined {
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : Math.max(at - now.getTime(), 0);
}

function describe(error: unknown): string {
  if (typeof error !== 'object' || error === null) return 'unknown';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return 'name' in error && typeof error.name === 'string' ? error.name : 'unknown';
}
