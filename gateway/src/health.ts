import { Router } from 'express';
import type { Registry } from 'prom-client';
import type { DepartmentHealth, DepartmentReadiness } from './department-health.js';

/** However often the state is asked for, the departments are asked at most once in this time. */
const KEPT_MS = 1_000;

/** How the hub stands, in detail; for operators. */
export interface Readiness {
  /** `partial`: serving, some departments are not ready. `unavailable`: none is ready. `stopping`: finishing what is in flight. */
  readonly status: 'ready' | 'partial' | 'unavailable' | 'stopping';
  readonly departments: Readonly<Record<string, DepartmentReadiness>>;
}

/** Asks the departments how they are, once in a while however often it is called. */
export function hubReadiness({ departments, isStopping }: { departments: readonly Pick<DepartmentHealth, 'name' | 'readiness'>[]; isStopping: () => boolean }): () => Promise<Readiness> {
  let asked: { readonly at: number; readonly answers: Promise<Record<string, DepartmentReadiness>> } | undefined;
  return async () => {
    if (asked === undefined || performance.now() - asked.at > KEPT_MS) asked = { at: performance.now(), answers: askAll(departments) };
    return assess(await asked.answers, isStopping());
  };
}

/**
 * For everybody: `/health/live` (the process answers) and `/health/ready` (each department's state in one word; 503 when no request can
 * be served).
 */
export function health(readiness: () => Promise<Readiness>): Router {
  const router = Router();
  router.get('/health/live', (_request, response) => void response.json({ status: 'live' }));
  router.get('/health/ready', async (_request, response) => {
    const { status, departments } = await readiness();
    const words = Object.fromEntries(Object.entries(departments).map(([name, { state }]) => [name, state === 'up' ? 'up' : 'down']));
    response.status(isServing(status) ? 200 : 503).json({ status, departments: words });
  });
  return router;
}

/** For operators: `/health/departments` (what is wrong with which department, in its own words) and `/metrics`. */
export function operations(readiness: () => Promise<Readiness>, registry: Registry): Router {
  const router = Router();
  router.get('/health/departments', async (_request, response) => {
    const found = await readiness();
    response.status(isServing(found.status) ? 200 : 503).json(found);
  });
  router.get('/metrics', async (_request, response) => void response.type(registry.contentType).send(await registry.metrics()));
  return router;
}

const isServing = (status: Readiness['status']): boolean => status === 'ready' || status === 'partial';

function assess(departments: Record<string, DepartmentReadiness>, isStopping: boolean): Readiness {
  const up = Object.values(departments).filter(({ state }) => state === 'up').length;
  const all = Object.keys(departments).length;
  return { status: isStopping ? 'stopping' : up === all ? 'ready' : up > 0 ? 'partial' : 'unavailable', departments };
}

async function askAll(departments: readonly Pick<DepartmentHealth, 'name' | 'readiness'>[]): Promise<Record<string, DepartmentReadiness>> {
  const answers = await Promise.all(departments.map(async (department): Promise<[string, DepartmentReadiness]> => [department.name, await department.readiness()]));
  return Object.fromEntries(answers.sort(([one], [other]) => one.localeCompare(other)));
}
