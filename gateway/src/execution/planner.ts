import { operationFromDocument, type Supergraph } from '@apollo/federation-internals';
import { QueryPlanner, type QueryPlan } from '@apollo/query-planner';
import { parse } from 'graphql';
import { mendPlanner, planCautiously } from './mended-planner.js';

/** What the planner says of an operation: plain data. */
export type Plan = QueryPlan['node'];

/** Plans operations, in this thread or in another. */
export interface Planner {
  /**
   * @param operation One operation under internal names.
   * @param isCautious whether nothing is moved into an exchange before, see `planCautiously`.
   * @throws Error when it cannot be planned; PlannerLost when that cannot be known now.
   */
  plan(operation: string, isCautious: boolean): Plan | Promise<Plan>;
}

/** The planner ended before it answered: another try may do. */
export class PlannerLost extends Error {}

/**
 * Ways of planning that the planner weighs up: enough for any sensible operation, and a bound on the time that others
 * take.
 */
const PLANNER = { debug: { maxEvaluatedPlans: 1_000 } };

/** Apollo's planner over a graph; it plans at once, in the thread that asks. */
export function plannerOver(supergraph: Supergraph): Planner {
  mendPlanner();
  const planner = new QueryPlanner(supergraph, PLANNER);
  const api = supergraph.apiSchema();
  return {
    plan: (operation, isCautious) => {
      const document = parse(operation, { noLocation: true });
      const plan = (): Plan => planner.buildQueryPlan(operationFromDocument(api, document)).node;
      return isCautious ? planCautiously(plan) : plan();
    },
  };
}
