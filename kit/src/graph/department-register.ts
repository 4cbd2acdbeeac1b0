import type { Connection } from 'mongoose';
import type { Clock } from '../clock.js';
import type { SubgraphConfig } from '../config.js';
import type { Jobs } from '../jobs/open-jobs.js';
import type { Logger } from '../logger.js';
import { graphRegister } from './graph-register.js';
import { openRegister, registerListsStore, type Register } from './register.js';
import { serviceToken } from './service-token.js';

/**
 * What a department's process knows of the registry: asked through the graph under the department's own identity, kept
 * in its own database, and read anew by a job.
 * @param config its `register` names the subgraph that keeps the registry.
 */
export function departmentRegister({
  config,
  connection,
  logger,
  clock,
  jobs,
}: {
  config: Pick<SubgraphConfig, 'name' | 'graphUrl' | 'graphToken'> & { readonly register: string };
  connection: Connection;
  logger: Logger;
  clock: Clock;
  jobs: Pick<Jobs, 'start'>;
}): Register {
  const source = graphRegister({ url: config.graphUrl, token: serviceToken(config, { logger }) });
  const register = openRegister({
    source,
    store: registerListsStore(connection),
    clock,
    logger,
    keptBy: config.register,
  });
  jobs.start(register.job);
  return register;
}
