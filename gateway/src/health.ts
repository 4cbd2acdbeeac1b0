import { Router } from 'express';
import type { Registry } from 'prom-client';
import type { DepartmentSource } from './department-source.js';

const PROBE_TIMEOUT_MS = 2_000;
/** However often the state is asked for, the departments are asked at most once in this time. */
const PROBE_KEPT_MS = 1_000;

export type DepartmentState = 'up' | 'down';
export interface Readiness {
  /** `partial`: serving, some departments are down. `unavailable`: none is up. `stopping`: finishing what is in flight. */
  readonly status: 'ready' | 'partial' | 'unavailable' | 'stopping';
  readonly departments: Readonly<Record<string, DepartmentState>>;
}

export interface ReadinessOptions {
  readonly sources: readonly DepartmentSource[];
  readonly isStopping: () => boolean;
}

/** Says how the gateway and each department stand. */
export type ReadReadiness = () => Promise<Readiness>;

export function readiness({ sources, isStopping }: ReadinessOptions): ReadReadiness {
  let probe: { readonly at: number; readonly states: Promise<Record<string, DepartmentState>> } | undefined;
  return async () => {
    if (probe === undefined || performance.now() - probe.at > PROBE_KEPT_MS) probe = { at: performance.now(), states: probeAll(sources) };
    return assess(await probe.states, isStopping());
  };
}

/** For everybody: `/health/live`: the process answers. `/health/ready`: 200 when requests can be served, else 503, and nothing of who is down. */
export function publicHealth(read: ReadReadiness): Router {
  const router = Router();
  router.get('/health/live', (_request, response) => void response.json({ status: 'live' }));
  router.get('/health/ready', async (_request, response) => {
    const isReady = isServing(await read());
    response.status(isReady ? 200 : 503).json({ status: isReady ? 'ready' : 'not ready' });
  });
  return router;
}

/** For those who run the hub: `/health/ready` names each department's state; `/metrics` for Prometheus. */
export function operationsRoutes({ read, registry }: { read: ReadReadiness; registry: Registry }): Router {
  const router = Router();
  router.get('/health/live', (_request, response) => void response.json({ status: 'live' }));
  router.get('/health/ready', async (_request, response) => {
    const state = await read();
    response.status(isServing(state) ? 200 : 503).json(state);
  });
  router.get('/metrics', async (_request, response) => void response.type(registry.contentType).send(await registry.metrics()));
  return router;
}

const isServing = ({ status }: Readiness): boolean => status === 'ready' || status === 'partial';

function assess(departments: Record<string, DepartmentState>, isStopping: boolean): Readiness {
  const up = Object.values(departments).filter((state) => state === 'up').length;
  const all = Object.keys(departments).length;
  return { status: isStopping ? 'stopping' : up === all ? 'ready' : up > 0 ? 'partial' : 'unavailable', departments };
}

async function probeAll(sources: readonly DepartmentSource[]): Promise<Record<string, DepartmentState>> {
  const states = sources.map(async (source): Promise<[string, DepartmentState]> => [source.name, (await source.isAnswering(PROBE_TIMEOUT_MS)) ? 'up' : 'down']);
  return Object.fromEntries((await Promise.all(states)).sort(([one], [other]) => one.localeCompare(other)));
}
