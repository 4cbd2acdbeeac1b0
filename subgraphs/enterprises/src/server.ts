import { readFileSync } from 'node:fs';
import type { RunningSubgraph } from '@zhitong/kit';
import { startDepartment } from '@zhitong/kit/department';
import type { EnterprisesConfig } from './config.js';
import { contextFactory } from './context.js';
import { openDepartment } from './department.js';
import { resolvers } from './resolvers/index.js';

/** The department's public contract. */
export const typeDefs = readFileSync(new URL('../schema.graphql', import.meta.url), 'utf8');

/** Starts the enterprises department's process. */
export async function startEnterprises(config: EnterprisesConfig): Promise<RunningSubgraph> {
  return startDepartment({
    config,
    typeDefs,
    resolvers,
    open: async ({ connection, logger, clock, allowedHosts }) => {
      const department = await openDepartment({ connection, logger, clock, allowedHosts });
      return { outbox: department.outbox, loads: ['demo'], context: contextFactory({ ...department, clock, financialDepartments: config.financialDepartments, factAuthorities: config.factAuthorities }) };
    },
  });
}
