import path from 'node:path';
import { IdleThreads, type ThreadSettings } from '@zhitong/kit';
import { fault, type ComposedGraph, type ComposeGraph, type GraphQuestion } from './composed-graph.js';

/** 10,000 types take half a minute on two slow cores. */
const TIMEOUT_MS = 120_000;
const THREADS: ThreadSettings = {
  // The built one also where this file runs from its source.
  program: path.resolve(import.meta.dirname, '..', '..', 'dist', 'composition', 'compose-worker.js'),
  limits: { maxOldGenerationSizeMb: 3_072, maxYoungGenerationSizeMb: 96, stackSizeMb: 32 },
};

export interface ComposeSettings {
  readonly timeoutMs?: number;
  /** A thread loads its libraries at once, while there is nothing to compose yet. */
  readonly isAhead?: boolean;
}

/** Where schemas are composed. */
export interface ComposeThreads {
  readonly compose: ComposeGraph;
  /** Ends the thread that waits; no process waits for it. */
  stop(): Promise<void>;
}

/**
 * Composes in threads of their own, with bounds on time and memory: a schema that takes too much of either is refused
 * as one that does not compose, and harms nobody else. A thread that is done waits for the next question, which takes
 * half as long in it.
 */
export function composeThreads({ timeoutMs = TIMEOUT_MS, isAhead = false }: ComposeSettings = {}): ComposeThreads {
  const threads = new IdleThreads(THREADS);
  if (isAhead) void threads.giveBack(threads.take());
  return { compose: (question) => composeIn(threads, question, timeoutMs), stop: () => threads.stop() };
}

const composeIn = (threads: IdleThreads, question: GraphQuestion, timeoutMs: number): Promise<ComposedGraph> =>
  new Promise((resolve, reject) => {
    const worker = threads.take();
    worker.ref();
    const end = (): void => {
      clearTimeout(timer);
      void worker.terminate();
    };
    const timer = setTimeout(() => {
      end();
      resolve(fault(`The composition took longer than ${timeoutMs} ms and was given up.`));
    }, timeoutMs);
    worker.once('message', (composed: ComposedGraph) => {
      clearTimeout(timer);
      void threads.giveBack(worker);
      resolve(composed);
    });
    worker.once('error', (error: Error & { code?: string }) => {
      end();
      if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') resolve(fault('The composition took too much memory.'));
      else reject(error);
    });
    worker.once('exit', (code) => {
      end();
      reject(new Error(`The composition ended without a result (${code}).`));
    });
    worker.postMessage(question);
  });
