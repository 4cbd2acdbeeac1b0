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

/** Reads the departments through the graph, under the identity of the office that keeps the ledger. */
export function graphDepartments(config: Pick<CreditConfig, 'graphUrl' | 'graphToken' | 'ledgerOffice' | 'mode' | 'dataDir'>): DepartmentsSource {
  const token = serviceToken({ name: 'credit', department: config.ledgerOffice, token: config.graphToken, mode: config.mode, dataDir: config.dataDir });
  return async () => (await askGraph({ url: config.graphUrl, token, query: QUERY, shape, timeoutMs: TIMEOUT_MS })).departments;
}
