import path from 'node:path';
import type { Worker } from 'node:worker_threads';
import type { IdleThreads, ThreadSettings } from '@zhitong/kit';
import { GraphQLError } from 'graphql';
import { PlannerLost, type Plan, type Planner } from '../execution/planner.js';
import type { GraphFacts } from './graph-facts.js';

/** What the thread is asked. */
export type ToThread =
  | { readonly kind: 'read'; readonly supergraphSdl: string }
  | { readonly kind: 'forget' }
  | { readonly kind: 'plan'; readonly id: number; readonly operation: string; readonly isCautious: boolean };

/** What it says: a graph's facts, a plan, or why not; without an id, of reading the graph. */
export type FromThread =
  | { readonly kind: 'facts'; readonly facts: GraphFacts }
  | { readonly kind: 'plan'; readonly id: number; readonly plan: Plan }
  | { readonly kind: 'refused'; readonly id: number | null; readonly reason: string; readonly isCallers: boolean };

interface Question {
  readonly resolve: (plan: Plan) => void;
  readonly reject: (error: Error) => void;
}

/** Threads for graphs: kept for a minute, for whoever publishes several times. */
export const GRAPH_THREADS: ThreadSettings = {
  // The built one also where this file runs from its source.
  program: path.resolve(import.meta.dirname, '..', '..', 'dist', 'live', 'graph-worker.js'),
  limits: { maxOldGenerationSizeMb: 2_048, stackSizeMb: 16 },
  keptMs: 60_000,
};
/** A city's graph takes seconds; one of 10,000 types, half a minute on two slow cores. */
const READ_WITHIN_MS = 120_000;

/**
 * A graph in a thread of its own, which reads it and plans its operations: the thread that answers requests waits for
 * neither. When the thread ends (it took too much memory), another one is begun with the next operation to be planned.
 */
export class GraphThread implements Planner {
  readonly #supergraphSdl: string;
  readonly #threads: IdleThreads;
  readonly #questions = new Map<number, Question>();
  #worker: Worker | undefined;
  #asked = 0;
  #isStopped = false;

  private constructor(supergraphSdl: string, threads: IdleThreads) {
    this.#supergraphSdl = supergraphSdl;
    this.#threads = threads;
  }

  /** @throws Error when the supergraph is none, or reading it takes too much time or memory */
  static async start(
    supergraphSdl: string,
    threads: IdleThreads,
  ): Promise<{ readonly thread: GraphThread; readonly facts: GraphFacts }> {
    const thread = new GraphThread(supergraphSdl, threads);
    try {
      return { thread, facts: await thread.#read() };
    } catch (error) {
      await thread.#end();
      throw error;
    }
  }

  /** @throws GraphQLError and Error as the planner's, PlannerLost */
  async plan(operation: string, isCautious: boolean): Promise<Plan> {
    if (this.#isStopped) throw new PlannerLost('The graph is not served any more.');
    const worker = this.#worker ?? this.#begin();
    const id = (this.#asked += 1);
    return new Promise((resolve, reject) => {
      this.#questions.set(id, { resolve, reject });
      worker.postMessage({ kind: 'plan', id, operation, isCautious } satisfies ToThread);
    });
  }

  /** Lets go of the thread, which then waits for another graph. */
  async stop(): Promise<void> {
    const worker = this.#worker;
    if (this.#isStopped || worker === undefined || this.#questions.size > 0) {
      await this.#end();
      return;
    }
    this.#isStopped = true;
    this.#worker = undefined;
    worker.postMessage({ kind: 'forget' } satisfies ToThread);
    await this.#threads.giveBack(worker);
  }

  async #end(): Promise<void> {
    this.#isStopped = true;
    await this.#worker?.terminate();
  }

  async #read(): Promise<GraphFacts> {
    const worker = this.#begin();
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`reading it took longer than ${READ_WITHIN_MS} ms`)),
        READ_WITHIN_MS,
      ).unref();
      const settle = (end: () => void): void => {
        clearTimeout(timer);
        end();
      };
      worker.once('message', (said: FromThread) =>
        settle(() => {
          if (said.kind === 'facts') resolve(said.facts);
          else reject(new Error(said.kind === 'refused' ? said.reason : 'its thread answers another question'));
        }),
      );
      worker.once('error', (error) => settle(() => reject(error)));
      worker.once('exit', (code) => settle(() => reject(new Error(`its thread ended (${code})`))));
    });
  }

  #begin(): Worker {
    const worker = this.#threads.take();
    worker.on('message', (said: FromThread) => this.#hear(said));
    worker.on('error', () => undefined); // Its end says all.
    worker.on('exit', () => {
      if (this.#worker === worker) this.#worker = undefined;
      for (const { reject } of this.#questions.values()) reject(new PlannerLost('The planner ended.'));
      this.#questions.clear();
    });
    worker.postMessage({ kind: 'read', supergraphSdl: this.#supergraphSdl } satisfies ToThread);
    this.#worker = worker;
    return worker;
  }

  #hear(said: FromThread): void {
    if (said.kind === 'facts' || said.id === null) return;
    const question = this.#questions.get(said.id);
    this.#questions.delete(said.id);
    if (said.kind === 'plan') question?.resolve(said.plan);
    else question?.reject(said.isCallers ? new GraphQLError(said.reason) : new Error(said.reason));
  }
}
