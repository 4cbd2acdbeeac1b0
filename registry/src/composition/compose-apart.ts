import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { fault, type ComposedGraph, type GraphQuestion } from './compose-graph.js';

/** As a function, so that what decides about schemas does not know where they are composed. */
export type ComposeGraph = (question: GraphQuestion) => Promise<ComposedGraph>;

/** 10,000 types take ten seconds on two slow cores. */
const TIMEOUT_MS = 120_000;
const LIMITS = { maxOldGenerationSizeMb: 3_072, stackSizeMb: 32 };
/** The built one also where this file runs from its source. */
const WORKER = path.resolve(import.meta.dirname, '..', '..', 'dist', 'composition', 'compose-worker.js');

/**
 * Composes in a thread of its own, with bounds on time and memory: a schema that takes too much of either is refused as
 * one that does not compose, and harms nobody else.
 */
export const composeApart =
  ({ timeoutMs = TIMEOUT_MS }: { timeoutMs?: number } = {}): ComposeGraph =>
  (question) =>
    new Promise((resolve, reject) => {
      const worker = new Worker(WORKER, { workerData: question, resourceLimits: LIMITS });
      const settle = (end: () => void): void => {
        clearTimeout(timer);
        end();
        void worker.terminate();
      };
      const timer = setTimeout(
        () => settle(() => resolve(fault(`The composition took longer than ${timeoutMs} ms and was given up.`))),
        timeoutMs,
      );
      worker.once('message', (composed: ComposedGraph) => settle(() => resolve(composed)));
      worker.once('error', (error: Error & { code?: string }) =>
        settle(() => {
          if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') resolve(fault('The composition took too much memory.'));
          else reject(error);
        }),
      );
      worker.once('exit', (code) =>
        settle(() => reject(new Error(`The composition ended without a result (${code}).`))),
      );
    });
