import path from 'node:path';
import { pushRoutes } from '@zhitong/connect';
import type { RunningSubgraph } from '@zhitong/kit';
import { startDepartment } from '@zhitong/kit/subgraph';
import { departmentTypeDefs } from '@zhitong/kit/schema';
import type { EnterprisesConfig } from './config.js';
import { contextFactory } from './context.js';
import { openDepartment } from './service.js';
import { resolvers } from './resolvers/index.js';

/** The department's public contract, whole. */
export const typeDefs = departmentTypeDefs(import.meta.dirname);
const CONNECTORS = path.join(import.meta.dirname, '..', 'connectors');

/** Starts the enterprises department's process. */
export async function startEnterprises(config: EnterprisesConfig): Promise<RunningSubgraph> {
  return startDepartment({
    config,
    typeDefs,
    resolvers,
    open: async ({ connection, logger, clock, allowedHosts }) => {
      const department = await openDepartment({
        connection,
        logger,
        clock,
        allowedHosts,
        factAuthorities: config.factAuthorities,
      });
      return {
        outbox: department.outbox,
        routes: await pushRoutes(config, CONNECTORS, {
          connection,
          logger,
          clock,
          outbox: department.outbox,
          targets: department.connectorTargets,
        }),
        loads: ['demo'],
        context: contextFactory({
          ...department,
          clock,
          financialDepartments: config.financialDepartments,
          factAuthorities: config.factAuthorities,
        }),
      };
    },
  });
}
