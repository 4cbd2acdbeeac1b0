import path from 'node:path';
import { startConnectors } from '@zhitong/connect';
import type { RunningSubgraph } from '@zhitong/kit';
import { startDepartment } from '@zhitong/kit/subgraph';
import { departmentTypeDefs } from '@zhitong/kit/schema';
import type { EnterprisesConfig } from './config.js';
import { contextFactory } from './context.js';
import { openDepartment } from './service.js';
import { resolvers } from './resolvers/index.js';

/** The department's public contract, whole. */
export const typeDefs = departmentTypeDefs(import.meta.dirname);

/** Starts the enterprises department's process. */
export async function startEnterprises(config: EnterprisesConfig): Promise<RunningSubgraph> {
  return startDepartment({
    config,
    typeDefs,
    resolvers,
    open: async ({ connection, logger, clock, jobs, metrics, allowedHosts }) => {
      const department = await openDepartment({
        connection,
        logger,
        clock,
        allowedHosts,
        factAuthorities: config.factAuthorities,
      });
      await startConnectors({
        ...department,
        connection,
        jobs,
        clock,
        logger,
        metrics,
        folder: config.connectorsFolder,
        rejects: path.join(config.dataDir, 'connectors', config.name),
        targets: department.connectorTargets,
      });
      return {
        outbox: department.outbox,
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
