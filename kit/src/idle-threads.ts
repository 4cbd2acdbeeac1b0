import { Worker, type ResourceLimits } from 'node:worker_threads';

export interface ThreadSettings {
  /** The built program that a thread runs. */
  readonly program: string;
  readonly limits: ResourceLimits;
  /** A thread that waits is ended after so long; left out: it is kept. */
  readonly keptMs?: number;
}

/** Threads for one piece of work after another; one that waits is kept: its libraries are loaded, its code is warm. */
export class IdleThreads {
  readonly #settings: ThreadSettings;
  #idle: { readonly worker: Worker; readonly timer: NodeJS.Timeout | undefined } | undefined;
  #isStopped = false;

  constructor(settings: ThreadSettings) {
    this.#settings = settings;
  }

  /** One that nobody else has; who takes it listens to it. */
  take(): Worker {
    const { worker, timer } = this.#idle ?? {};
    clearTimeout(timer);
    this.#idle = undefined;
    if (worker !== undefined) forgetListeners(worker);
    const taken = worker ?? new Worker(this.#settings.program, { resourceLimits: this.#settings.limits });
    taken.unref(); // A process that stops does not wait for it.
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
    const { keptMs } = this.#settings;
    this.#idle = {
      worker,
      timer: keptMs === undefined ? undefined : setTimeout(() => void this.#end(), keptMs).unref(),
    };
    worker.unref();
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
