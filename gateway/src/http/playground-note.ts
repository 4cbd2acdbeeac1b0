import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

const noteSchema = z.object({ variables: z.record(z.string(), z.unknown()) });

/** What the playground's first operation is run with, by the names of its variables. */
export type FirstVariables = z.infer<typeof noteSchema>['variables'];

const fileIn = (dataDir: string): string => path.join(dataDir, 'playground.json');

/** The variables that whoever filled the graph noted for the playground; undefined when nothing was noted. */
export function readPlaygroundNote(dataDir: string): FirstVariables | undefined {
  try {
    return noteSchema.parse(JSON.parse(readFileSync(fileIn(dataDir), 'utf8'))).variables;
  } catch {
    return undefined; // Nothing is loaded here of which the result is known.
  }
}

/** Notes variables for `readPlaygroundNote`. */
export function writePlaygroundNote(dataDir: string, variables: FirstVariables): void {
  writeFileSync(fileIn(dataDir), `${JSON.stringify({ variables })}\n`);
}

export function forgetPlaygroundNote(dataDir: string): void {
  rmSync(fileIn(dataDir), { force: true });
}
