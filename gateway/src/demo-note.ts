import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

const noteSchema = z.object({ uscc: z.string() });

const fileIn = (dataDir: string): string => path.join(dataDir, 'demo-enterprise.json');

/** The demo enterprise that the launcher found in the graph, for the playground's first query. */
export function readDemoEnterprise(dataDir: string): string | undefined {
  try {
    return noteSchema.parse(JSON.parse(readFileSync(fileIn(dataDir), 'utf8'))).uscc;
  } catch {
    return undefined; // No demo city was loaded here.
  }
}

/** Notes a demo enterprise's USCC for `readDemoEnterprise`. */
export function writeDemoEnterprise(dataDir: string, uscc: string): void {
  writeFileSync(fileIn(dataDir), `${JSON.stringify({ uscc })}\n`);
}

export function forgetDemoEnterprise(dataDir: string): void {
  rmSync(fileIn(dataDir), { force: true });
}
