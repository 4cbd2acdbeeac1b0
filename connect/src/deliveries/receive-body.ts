import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import type { IncomingMessage } from 'node:http';

/** How a body ended that could not be taken. */
export class BodyRefused extends Error {
  override readonly name = 'BodyRefused';
  constructor(
    readonly status: 400 | 408 | 413,
    message: string,
  ) {
    super(message);
  }
}

/**
 * Writes a request's body to a new file that only its owner may read, part by part.
 * @returns hexadecimal SHA-256 of the body
 * @throws BodyRefused 413 as soon as it is longer than `most` bytes, by its header before a byte is read; 408 when it
 *   has not come within `seconds`; 400 when it broke off
 */
export async function receiveBody(
  request: IncomingMessage,
  file: string,
  { most, seconds }: { readonly most: number; readonly seconds: number },
): Promise<string> {
  const tooLong = (): BodyRefused => new BodyRefused(413, `A delivery may have ${String(most)} bytes at most.`);
  if (Number(request.headers['content-length'] ?? 0) > most) throw tooLong();
  const digest = createHash('sha256');
  const out = createWriteStream(file, { flags: 'wx', mode: 0o600 });
  let bytes = 0;
  let fail: (error: BodyRefused) => void = () => undefined;
  const take = (part: Buffer): void => {
    bytes += part.length;
    if (bytes > most) {
      fail(tooLong());
      return;
    }
    digest.update(part);
    if (!out.write(part)) request.pause();
  };
  const late = setTimeout(() => {
    fail(new BodyRefused(408, `The body has not come within ${String(seconds)} seconds.`));
  }, seconds * 1000);
  try {
    await new Promise<void>((resolve, reject) => {
      fail = reject;
      const brokenOff = (): void => reject(new BodyRefused(400, 'The body broke off.'));
      request.once('error', brokenOff);
      request.once('close', () => {
        if (!request.complete) brokenOff();
      });
      request.on('data', take);
      request.once('end', () => out.end());
      out.on('drain', () => request.resume());
      out.once('error', reject);
      out.once('finish', resolve);
    });
  } finally {
    clearTimeout(late);
    request.off('data', take);
    // The file is there, or never will be, before the caller removes it.
    if (!out.destroy().closed) await once(out, 'close');
    // What still comes is thrown away: the request stays open for the answer.
    request.resume();
  }
  return digest.digest('hex');
}
