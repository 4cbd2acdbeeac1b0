import { parentPort } from 'node:worker_threads';
import { GraphQLError } from 'graphql';
import { plannableGraph } from '../execution/plannable-graph.js';
import { PlannerLost, type Planner } from '../execution/planner.js';
import { graphFacts } from './graph-facts.js';
import type { FromThread, ToThread } from './graph-thread.js';

// A thread of its own for one graph after another: it reads the graph, and plans what nobody has asked of it before.
const say = (told: FromThread): void => parentPort?.postMessage(told);
let planner: Planner | undefined;

function read(supergraphSdl: string): FromThread {
  const graph = plannableGraph(supergraphSdl);
  planner = graph.planner;
  return { kind: 'facts', facts: graphFacts(graph) };
}

const answer = async (asked: ToThread): Promise<void> => {
  try {
    if (asked.kind === 'read') say(read(asked.supergraphSdl));
    else if (asked.kind === 'forget') planner = undefined;
    else {
      if (planner === undefined) throw new PlannerLost('No graph is read.');
      say({ kind: 'plan', id: asked.id, plan: await planner.plan(asked.operation, asked.isCautious) });
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    say({ kind: 'refused', id: 'id' in asked ? asked.id : null, reason, isCallers: error instanceof GraphQLError });
  }
};
parentPort?.on('message', (asked: ToThread) => void answer(asked));
