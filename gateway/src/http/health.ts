import { Router } from 'express';
import type { Registry } from 'prom-client';
import type { DepartmentHealth, DepartmentReadiness } from '../exchanges/subgraph-health.js';

/** However often the state is asked for, the departments are asked at most once in this time. */
const KEPT_MS = 1_000;

/** How the hub stands, in detail; for operators. */
export interface Readiness {
  /**
   * `partial`: serving, some departments are not ready. `unavailable`: none is ready. `stopping`: finishing what is in
   * flight.
   */
  readonly status: 'ready' | 'partial' | 'unavailable' | 'stopping';
  readonly departments: Readonly<Record<string, DepartmentReadiness>>;
}

/** Asks the departments how they are, once in a while however often it is called. */
export function hubReadiness({
  departments,
  isStopping,
}: {
  departments: () => readonly Pick<DepartmentHealth, 'name' | 'readiness'>[];
  isStopping: () => boolean;
}): () => Promise<Readiness> {
  let asked: { readonly at: number; readonly answers: Promise<Record<string, DepartmentReadiness>> } | undefined;
  return async () => {
    if (asked === undefined || performance.now() - asked.at > KEPT_MS)
      asked = { at: performance.now(), answers: askAll(departments()) };
    return assess(await asked.answers, isStopping());
  };
}

/**
 * For everybody: `/health/live`: the process runs. `/health/ready`: 200 when requests can be served, else 503, and
 * nothing of who is down.
 */
export function publicHealth(readiness: () => Promise<Readiness>): Router {
  const router = Router();
  router.get('/health/live', (_request, response) => void response.json({ status: 'live' }));
  router.get('/health/ready', async (_request, response) => {
    const isReady = isServing((await readiness()).status);
    response.status(isReady ? 200 : 503).json({ status: isReady ? 'ready' : 'not ready' });
  });
  return router;
}

/**
 * For those who run the hub: `/health/ready` names each department's state and, in its own words, what is wrong with
 * it; `/metrics` for Prometheus.
 */
export function operationsRoutes({
  readiness,
  registry,
}: {
  readiness: () => Promise<Readiness>;
  registry: Registry;
}): Router {
  const router = Router();
  router.get('/health/live', (_request, response) => void response.json({ status: 'live' }));
  router.get('/health/ready', async (_request, response) => {
    const found = await readiness();
    response.status(isServing(found.status) ? 200 : 503).json(found);
  });
  router.get(
    '/metrics',
    async (_request, response) => void response.type(registry.contentType).send(await registry.metrics()),
  );
  return router;
}

const isServing = (status: Readiness['status']): boolean => status === 'ready' || status === 'partial';

function assess(departments: Record<string, DepartmentReadiness>, isStopping: boolean): Readiness {
  const up = Object.values(departments).filter(({ state }) => state === 'up').length;
  const all = Object.keys(departments).length;
  return { status: isStopping ? 'stopping' : up === all ? 'ready' : up > 0 ? 'partial' : 'unavailable', departments };
}

async function askAll(
  departments: readonly Pick<DepartmentHealth, 'name' | 'readiness'>[],
): Promise<Record<string, DepartmentReadiness>> {
  const answers = await Promise.all(
    departments.map(async (department): Promise<[string, DepartmentReadiness]> => [
      department.name,
      await department.readiness(),
    ]),
  );
  return Object.fromEntries(answers.sort(([one], [other]) => one.localeCompare(other)));
}
