import type { IncomingMessage } from 'node:http';

/** The request's body is larger than it may be. */
export class BodyTooLarge extends Error {
  /** HTTP status that says so. */
  readonly status = 413;

  constructor(limit: number) {
    super(`The body may have ${limit} bytes at most.`);
    this.name = 'BodyTooLarge';
  }
}

/**
 * Reads a request's body as UTF-8 text.
 * @param limit bytes at most.
 * @throws BodyTooLarge as soon as more has come; what still comes is thrown away.
 */
export async function readBody(request: IncomingMessage, limit: number): Promise<string> {
  return (await readBytes(request, limit)).toString('utf8');
}

/** Reads a request's body byte for byte; else as `readBody`. */
export function readBytes(request: IncomingMessage, limit: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let received = 0;
    request.on('data', (chunk: Buffer) => {
      received += chunk.length;
      if (received <= limit) chunks.push(chunk);
      else {
        chunks.length = 0;
        reject(new BodyTooLarge(limit));
      }
    });
    request.once('end', () =>
      resolve(chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks)),
    );
    request.once('error', reject);
    request.once('close', () => {
      if (!request.complete) reject(new Error('The connection closed before the body had come.'));
    });
  });
}
