import { Pool } from 'undici';
import type { DepartmentAddress } from '../config.js';

/** A department's report is a few hundred bytes. */
const MOST_BYTES = 65_536;

/** How a department stands, by its own word. */
export interface DepartmentReadiness {
  /** `not-ready`: it responds and cannot work, `reasons` say why. `down`: it does not respond. */
  readonly state: 'up' | 'not-ready' | 'down';
  /** By what was looked at, what is wrong; for operators, not for callers. */
  readonly reasons: Readonly<Record<string, string>>;
}

/** Asks one department how it is, over a connection of its own: a full pool is no sign of ill health. */
export interface DepartmentHealth {
  readonly name: string;
  readiness(): Promise<DepartmentReadiness>;
  close(): Promise<void>;
}

/**
 * Asks a department's own `/health/ready`. One that has no such address, because it was written elsewhere, is up when
 * `isAnswering` says that it responds to the simplest query.
 * @param timeoutMs for the whole exchange.
 */
export function departmentHealth({
  name,
  url,
  socket,
  timeoutMs,
  isAnswering,
}: DepartmentAddress & { name: string; timeoutMs: number; isAnswering: () => Promise<boolean> }): DepartmentHealth {
  const pool = new Pool(new URL(url).origin, {
    connections: 1,
    connect: { timeout: timeoutMs, ...(socket === undefined ? {} : { socketPath: socket }) },
  });
  const asked = async (): Promise<{ status: number; text: string }> => {
    const signal = AbortSignal.timeout(timeoutMs);
    const { statusCode, body } = await pool.request({
      method: 'GET',
      path: '/health/ready',
      headers: { accept: 'application/json' },
      signal,
    });
    let text = '';
    for await (const chunk of body.setEncoding('utf8')) {
      text += String(chunk);
      if (text.length > MOST_BYTES) break;
    }
    return { status: statusCode, text };
  };
  return {
    name,
    readiness: async () => {
      try {
        const { status, text } = await asked();
        const reasons = reasonsIn(text);
        if (reasons === undefined)
          return (await isAnswering())
            ? { state: 'up', reasons: {} }
            : {
                state: 'down',
                reasons: { answer: `HTTP ${status} to /health/ready, and no answer to { __typename }` },
              };
        return { state: status === 200 ? 'up' : 'not-ready', reasons };
      } catch (error) {
        return { state: 'down', reasons: { answer: wordFor(error) } };
      }
    },
    close: async () => pool.close(),
  };
}

/** Why there was no answer, in one word: the system's code (`ECONNREFUSED`), or the error's name (`TimeoutError`). */
function wordFor(error: unknown): string {
  if (typeof error !== 'object' || error === null) return 'none';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return 'name' in error && typeof error.name === 'string' ? error.name : 'none';
}

/** What a report says is not `ok`; undefined where the text is no report. */
function reasonsIn(text: string): Record<string, string> | undefined {
  let report: unknown;
  try {
    report = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (
    typeof report !== 'object' ||
    report === null ||
    !('checks' in report) ||
    typeof report.checks !== 'object' ||
    report.checks === null
  )
    return undefined;
  return Object.fromEntries(
    Object.entries(report.checks).flatMap(([what, word]): [string, string][] =>
      word === 'ok' ? [] : [[what, String(word)]],
    ),
  );
}
