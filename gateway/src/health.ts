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

export interface HealthOptions {
  readonly sources: readonly DepartmentSource[];
  readonly isStopping: () => boolean;
  readonly registry: Registry;
}

/** `/health/live`: the process answers. `/health/ready`: each department's state, 503 when no request can be served. `/metrics`. */
export function health({ sources, isStopping, registry }: HealthOptions): Router {
  const router = Router();
  let probe: { readonly at: number; readonly states: Promise<Record<string, DepartmentState>> } | undefined;
  const states = (): Promise<Record<string, DepartmentState>> => {
    if (probe === undefined || performance.now() - probe.at > PROBE_KEPT_MS) probe = { at: performance.now(), states: probeAll(sources) };
    return probe.states;
  };
  router.get('/health/live', (_request, response) => void response.json({ status: 'live' }));
  router.get('/health/ready', async (_request, response) => {
    const readiness = assess(await states(), isStopping());
    response.status(readiness.status === 'ready' || readiness.status === 'partial' ? 200 : 503).json(readiness);
  });
  router.get('/metrics', async (_request, response) => void response.type(registry.contentType).send(await registry.metrics()));
  return router;
}

function assess(departments: Record<string, DepartmentState>, isStopping: boolean): Readiness {
  const up = Object.values(departments).filter((state) => state === 'up').length;
  const all = Object.keys(departments).length;
  return { status: isStopping ? 'stopping' : up === all ? 'ready' : up > 0 ? 'partial' : 'unavailable', departments };
}

async function probeAll(sources: readonly DepartmentSource[]): Promise<Record<string, DepartmentState>> {
  const states = sources.map(async (source): Promise<[string, DepartmentState]> => [source.name, (await source.isAnswering(PROBE_TIMEOUT_MS)) ? 'up' : 'down']);
  return Object.fromEntries((await Promise.all(states)).sort(([one], [other]) => one.localeCompare(other)));
}
