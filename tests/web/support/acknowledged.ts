import { appendFileSync } from 'node:fs';
import path from 'node:path';
import type { Response } from 'playwright-core';

/** The folder in which a run writes the mutations that were acknowledged; nothing is written without it. */
const folder = process.env['ZHITONG_PRESSED'];

interface Answer {
  readonly data?: Readonly<Record<string, { readonly refusal?: unknown } | null>> | null;
  readonly errors?: readonly unknown[];
}

/** Writes the name of a mutation that a page sent and the graph did without an error and without a refusal. */
export async function noteAcknowledged(response: Response): Promise<void> {
  const sent = response.request().postData();
  if (folder === undefined || sent === null || !sent.includes('mutation ')) return;
  // A window that is closed meanwhile has no answer any more.
  const answer = (await response.json().catch(() => ({}))) as Answer;
  const done = Object.values(answer.data ?? {});
  if (answer.errors !== undefined || done.length === 0) return;
  if (done.some((payload) => payload === null || payload.refusal != null)) return;
  const { operationName } = JSON.parse(sent) as { operationName?: unknown };
  appendFileSync(path.join(folder, 'mutations.txt'), `${String(operationName)}\n`);
}
