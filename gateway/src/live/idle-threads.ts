import path from 'node:path';
import { Worker } from 'node:worker_threads';

/** A thread that has loaded its libraries is kept so long for the next graph. */
const KEPT_MS = 60_000;
const LIMITS = { maxOldGenerationSizeMb: 2_048, stackSizeMb: 16 };
/** The built one also where this file runs from its source. */
const WORKER = path.resolve(import.meta.dirname, '..', '..', 'dist', 'live', 'graph-worker.js');

/** Threads for graphs; the last that was given back is kept for a minute, for whoever publishes several times. */
export class IdleThreads {
  #idle: { readonly worker: Worker; readonly timer: NodeJS.Timeout } | undefined;
  #isStopped = false;

  /** One that nobody else has; who takes it listens to it. */
  take(): Worker {
    const { worker, timer } = this.#idle ?? {};
    clearTimeout(timer);
    this.#idle = undefined;
    if (worker !== undefined) forgetListeners(worker);
    const taken = worker ?? new Worker(WORKER, { resourceLimits: LIMITS });
    taken.unref(); // A gateway that stops does not wait for it.
    return taken;
  }

  /** Takes one back that works and does nothing. */
  async giveBack(worker: Worker): Promise<void> {
    forgetListeners(worker);
    worker.on('error', () => undefined);
    if (this.#isStopped || this.#idle !== undefined) {
      await worker.terminate();
      return;
    }
    worker.once('exit', () => {
      if (this.#idle?.worker === worker) this.#idle = undefined;
    });
    this.#idle = { worker, timer: setTimeout(() => void this.#end(), KEPT_MS).unref() };
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#end();
  }

  async #end(): Promise<void> {
    const idle = this.#idle;
    this.#idle = undefined;
    clearTimeout(idle?.timer);
    await idle?.worker.terminate();
  }
}

/** Without a name all would go, those by which a worker hears its thread among them. */
function forgetListeners(worker: Worker): void {
  for (const event of ['message', 'error', 'exit']) worker.removeAllListeners(event);
}
