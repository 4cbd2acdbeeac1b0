import { setTimeout } from 'node:timers/promises';

const PAUSE_MS = 15;

/** Looks again and again until something has happened; between the looks there is time for it to happen. */
export async function until(hasHappened: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await hasHappened())) await setTimeout(PAUSE_MS);
}
