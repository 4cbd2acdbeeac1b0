import { readFileSync } from 'node:fs';

/** Reads a JSON table of `demo/data`; the place is the same seen from `src/` and from `dist/`. */
export function readTable(file: string): unknown {
  return JSON.parse(readFileSync(new URL(`../data/${file}`, import.meta.url), 'utf8'));
}
