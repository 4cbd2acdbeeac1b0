import type { ApolloServerPlugin } from '@apollo/server';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { FetchOutcome } from './exchanges/subgraph-source.js';
import type { ExecutionExtensions } from './execution/supergraph-executor.js';
import type { GatewayContext } from './request-context.js';

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** What the gateway counts about itself, for `/metrics`. No label holds anything that a caller chose. */
export interface GatewayMetrics {
  readonly registry: Registry;
  readonly operations: ApolloServerPlugin<GatewayContext>;
  fetched(department: string, outcome: FetchOutcome, seconds: number): void;
  refused(reason: 'rate' | 'inFlight' | 'token' | 'request'): void;
  /** @param publication of the schema registry; 0 for the checked-in supergraph. */
  serving(publication: number): void;
}

export function gatewayMetrics(): GatewayMetrics {
  const registry = new Registry();
  const operation = new Histogram({
    name: 'zhitong_gateway_operation_seconds',
    help: 'Time from a parsed request to its answer.',
    labelNames: ['kind', 'result'],
    buckets: SECONDS,
    registers: [registry],
  });
  const department = new Histogram({
    name: 'zhitong_gateway_department_seconds',
    help: 'Time of one exchange with a department, a retry included.',
    labelNames: ['department', 'outcome'],
    buckets: SECONDS,
    registers: [registry],
  });
  const refusals = new Counter({
    name: 'zhitong_gateway_refusals_total',
    help: 'Requests refused before GraphQL began.',
    labelNames: ['reason'],
    registers: [registry],
  });
  const supergraph = new Gauge({
    name: 'zhitong_gateway_supergraph_publication',
    help: 'Number of the publication of the schema registry that is served; 0 for the checked-in supergraph.',
    registers: [registry],
  });
  return {
    registry,
    operations: {
      async requestDidStart() {
        const started = performance.now();
        return {
          async willSendResponse({ operation: run, errors, response: { body } }) {
            const said: ExecutionExtensions | undefined =
              body.kind === 'single' ? body.singleResult.extensions : undefined;
            const result =
              said?.partial === true ? 'partial' : errors === undefined || errors.length === 0 ? 'ok' : 'errors';
            operation.observe({ kind: run?.operation ?? 'none', result }, (performance.now() - started) / 1000);
          },
        };
      },
    },
    fetched: (name, outcome, seconds) => department.observe({ department: name, outcome }, seconds),
    refused: (reason) => refusals.inc({ reason }),
    serving: (publication) => supergraph.set(publication),
  };
}
