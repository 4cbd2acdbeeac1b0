import { askGraph, serviceToken } from '@zhitong/kit/graph';
import { z } from 'zod';
import type { CasesConfig } from '../config.js';
import type { RegisteredDepartment } from '../models/department-list.js';

/** The business-environment office, for which this process reads the graph. */
const DEPARTMENT = 'YSB';
/** An officer may be waiting for the answer. */
const TIMEOUT_MS = 5_000;
const QUERY = 'query CasesDepartments { departments { code name } }';
const shape = z.object({ departments: z.array(z.object({ code: z.string(), name: z.string().nullable() })) });

/** Answers all departments of the city, from the register that owns them. @throws GraphUnreachable */
export type DepartmentsSource = () => Promise<readonly RegisteredDepartment[]>;

/** Reads the departments through the graph, under this department's own identity. */
export function graphDepartments(config: Pick<CasesConfig, 'graphUrl' | 'graphToken' | 'mode' | 'dataDir'>): DepartmentsSource {
  const token = serviceToken({ name: 'cases', department: DEPARTMENT, token: config.graphToken, mode: config.mode, dataDir: config.dataDir });
  return async () => (await askGraph({ url: config.graphUrl, token, query: QUERY, shape, timeoutMs: TIMEOUT_MS })).departments;
}
