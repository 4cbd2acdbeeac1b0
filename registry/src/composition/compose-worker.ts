import { parentPort } from 'node:worker_threads';
import type { GraphVersion } from '../domain/schema-diff.js';
import { composeGraph, graphVersion } from './compose-graph.js';
import type { GraphQuestion } from './composed-graph.js';

// A thread of its own: who waits for one composition does not keep the others waiting.
let kept: { readonly sdl: string; readonly version: GraphVersion } | undefined;

/** The graph that counts is the same from one check to the next, until something is published. */
function versionOf(sdl: string): GraphVersion {
  if (kept?.sdl !== sdl) kept = { sdl, version: graphVersion(sdl) };
  return kept.version;
}

parentPort?.on('message', (question: GraphQuestion) => parentPort?.postMessage(composeGraph(question, versionOf)));
