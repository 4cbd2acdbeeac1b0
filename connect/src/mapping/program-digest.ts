import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

let known: string | undefined;

/**
 * Digest of the program by which records are mapped: this package and the values that it reads. What was mapped by
 * another program is mapped anew, so that a mended reader is never passed over.
 */
export function programDigest(): string {
  if (known !== undefined) return known;
  const own = path.dirname(import.meta.dirname);
  const values = path.resolve(own, '..', '..', 'values', path.basename(own));
  const sum = createHash('sha256');
  for (const folder of [own, values])
    for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.[jt]s$/.test(name))
      .sort())
      sum.update(file).update(readFileSync(path.join(folder, file)));
  known = sum.digest('hex');
  return known;
}
