import { parentPort, workerData } from 'node:worker_threads';
import { composeGraph, type GraphQuestion } from './compose-graph.js';

// A thread of its own: who waits for one composition does not keep the others waiting.
parentPort?.postMessage(composeGraph(workerData as GraphQuestion));
