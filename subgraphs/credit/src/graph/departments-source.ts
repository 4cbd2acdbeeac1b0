import type { Logger } from '@zhitong/kit';
import { askGraph, serviceToken } from '@zhitong/kit/graph';
import { z } from 'zod';
import type { CreditConfig } from '../config.js';
import type { RegisteredDepartment } from '../models/department-list.js';

/** A reader may be waiting for the answer. */
const TIMEOUT_MS = 5_000;
const QUERY = 'query CreditDepartments { departments { code name } }';
const shape = z.object({ departments: z.array(z.object({ code: z.string(), name: z.string().nullable() })) });

/** Answers all departments of the city, from the register that owns them. @throws GraphUnreachable */
export type DepartmentsSource = () => Promise<readonly RegisteredDepartment[]>;

/** Reads the departments through the graph, under this department's own identity. */
export function graphDepartments(config: Pick<CreditConfig, 'name' | 'graphUrl' | 'graphToken'>, logger: Logger): DepartmentsSource {
  const token = serviceToken(config, { logger });
  return async () => (await askGraph({ url: config.graphUrl, token, query: QUERY, shape, timeoutMs: TIMEOUT_MS })).departments;
}
