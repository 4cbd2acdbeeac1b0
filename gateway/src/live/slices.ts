import { setTimeout } from 'node:timers/promises';

/** So long the thread is held at a stretch where it has nothing else to do. */
const SLICE_MS = 1;
/** So long it is left to requests after each slice. */
const REST_MS = 3;
/** Where requests keep it busy, a slice may be this part of what they last took of it. */
const SHARE = 1 / 3;
const LONGEST_MS = 20;

/**
 * Work that takes long on the thread that answers requests, done in slices between which it answers them. The busier
 * the thread, the longer the slices, so that the work ends after some four times its own length under any load, and a
 * request that waits for others anyway waits a third longer.
 */
export class Slices {
  #since = performance.now();
  #slice = SLICE_MS;

  /** Called between small steps: waits when a slice is over. */
  async pause(): Promise<void> {
    const ended = performance.now();
    if (ended - this.#since < this.#slice) return;
    await setTimeout(REST_MS);
    this.#since = performance.now();
    this.#slice = Math.min(LONGEST_MS, Math.max(SLICE_MS, (this.#since - ended) * SHARE));
  }
}
