import path from 'node:path';
import { pushRoutes, rowCorrections, startConnectors } from '@zhitong/connect';
import type { RunningSubgraph } from '@zhitong/kit';
import { startDepartment } from '@zhitong/kit/subgraph';
import { serviceToken } from '@zhitong/kit/graph';
import { departmentTypeDefs } from '@zhitong/kit/schema';
import type { EnterprisesConfig } from './config.js';
import { contextFactory } from './context.js';
import { heardEvents } from './events-inbox.js';
import { CREDIT_GATE_NEEDS, graphCreditGate } from './graph/credit-gate.js';
import { ASKED_BY_RECEIVERS, openDepartment } from './service.js';
import { resolvers } from './resolvers/index.js';
import { followingJob } from './usecases/projects/follow-pledges.js';

/** The department's public contract, whole. */
export const typeDefs = departmentTypeDefs(import.meta.dirname);

/** Starts the enterprises department's process. */
export async function startEnterprises(config: EnterprisesConfig): Promise<RunningSubgraph> {
  return startDepartment({
    config,
    typeDefs,
    resolvers,
    open: async ({ connection, logger, clock, jobs, metrics, allowedHosts }) => {
      const credit = graphCreditGate({ url: config.graphUrl, token: serviceToken(config, { logger }) });
      const department = await openDepartment({
        connection,
        logger,
        clock,
        allowedHosts,
        factAuthorities: config.factAuthorities,
        calendarOverrides: config.calendarOverrides,
        credit,
      });
      const following = jobs.start(followingJob({ ...department, connection, credit, clock, logger }));
      const connectors = {
        ...department,
        connection,
        clock,
        logger,
        folder: config.connectorsFolder,
        targets: department.connectorTargets,
      };
      const files = path.join(config.dataDir, 'connectors', config.name);
      await startConnectors({ ...connectors, jobs, metrics, rejects: files });
      return {
        outbox: department.outbox,
        needs: { askedByReceivers: ASKED_BY_RECEIVERS, own: async () => Promise.resolve(CREDIT_GATE_NEEDS) },
        routes: await pushRoutes({
          ...connectors,
          environment: config.environment,
          spool: path.join(files, 'pushed'),
        }),
        loads: ['demo'],
        hears: { handle: heardEvents(department.stores), received: following.nudge },
        context: contextFactory({
          ...department,
          corrections: rowCorrections(connectors),
          clock,
          financialDepartments: config.financialDepartments,
          factAuthorities: config.factAuthorities,
          maskers: config.maskers,
        }),
      };
    },
  });
}
