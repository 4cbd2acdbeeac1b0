import { isStartedByNpm } from '../config.js';

const EVERY_MS = 1_000;

/**
 * Calls `gone` once when the npm that started this process is gone: it passes SIGTERM on, and when it is killed nobody
 * would notify this process. Does nothing for a process that was not started by an npm script, whose parent may well
 * end before it.
 */
export function watchParent(gone: () => void, isByNpm = isStartedByNpm()): void {
  const parent = process.ppid;
  if (!isByNpm || parent <= 1 || process.send !== undefined) return;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    gone();
  }, EVERY_MS).unref();
}
