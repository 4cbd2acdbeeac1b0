import type { Dispatcher } from 'undici';
import type { Cancellation } from '../cancellation.js';

/** Why one HTTP exchange with a department had no response. */
export type PostFault = 'unreachable' | 'closed' | 'timeout' | 'too-large' | 'cancelled';

export class PostFailed extends Error {
  readonly fault: PostFault;

  constructor(fault: PostFault, message: string) {
    super(message);
    this.name = 'PostFailed';
    this.fault = fault;
  }
}

export interface PostRequest {
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string;
  /** For the whole exchange, connecting and reading the body included. */
  readonly timeoutMs: number;
  readonly maxBytes: number;
  readonly cancel?: Cancellation | undefined;
}

export interface PostAnswer {
  readonly status: number;
  readonly text: string;
}

const UNREACHABLE = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/**
 * One POST over a keep-alive pool, returned as text. It speaks to undici's dispatcher directly: this is the hot path,
 * and the streams of the higher interfaces cost more than planning the operation.
 * @throws PostFailed when there is no complete response in time.
 */
export function post(
  pool: Dispatcher,
  { path, headers, body, timeoutMs, maxBytes, cancel }: PostRequest,
): Promise<PostAnswer> {
  return new Promise((resolve, reject) => {
    if (cancel?.isCancelled === true) {
      reject(goneAway());
      return;
    }
    let controller: Dispatcher.DispatchController | undefined;
    let over = false;
    let status = 0;
    let received = 0;
    const chunks: Buffer[] = [];

    const finish = (): boolean => {
      if (over) return false;
      over = true;
      clearTimeout(timer);
      stopListening?.();
      return true;
    };
    const fail = (failure: PostFailed): void => {
      if (!finish()) return;
      controller?.abort(failure);
      reject(failure);
    };
    const timer = setTimeout(
      () => fail(new PostFailed('timeout', `no complete answer within ${timeoutMs} ms`)),
      timeoutMs,
    );
    const stopListening = cancel?.onCancel(() => fail(goneAway()));

    pool.dispatch(
      { method: 'POST', path, headers, body, headersTimeout: 0, bodyTimeout: 0 },
      {
        onRequestStart(started) {
          controller = started;
          if (over) started.abort(new PostFailed('cancelled', 'no longer wanted'));
        },
        onResponseStart(_controller, statusCode) {
          status = statusCode;
        },
        onResponseData(_controller, chunk) {
          received += chunk.length;
          if (received > maxBytes) fail(new PostFailed('too-large', `more than ${maxBytes} bytes`));
          else chunks.push(chunk);
        },
        onResponseEnd() {
          if (!finish()) return;
          const text =
            chunks.length === 1 && chunks[0] !== undefined
              ? chunks[0].toString('utf8')
              : Buffer.concat(chunks).toString('utf8');
          resolve({ status, text });
        },
        onResponseError(_controller, error) {
          if (finish()) reject(error instanceof PostFailed ? error : connectionFailure(error));
        },
      },
    );
  });
}

const goneAway = (): PostFailed => new PostFailed('cancelled', 'the client went away');

function connectionFailure(error: Error): PostFailed {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
  return new PostFailed(UNREACHABLE.has(code) ? 'unreachable' : 'closed', `${code}: ${error.message}`);
}
