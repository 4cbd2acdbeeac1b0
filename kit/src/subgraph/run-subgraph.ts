import type { SubgraphConfig } from '../config.js';
import { createLogger } from '../logger.js';
import { runProcess } from '../server/run-process.js';
import type { RunningSubgraph } from '../server/start-subgraph.js';

/**
 * A department's `main`: reads its configuration, starts it, and runs it until it is asked to stop. What is wrong with
 * the configuration is one line on standard error, as is everything else that keeps it from starting.
 * @param config reads the environment; throws what is wrong with it.
 */
export async function runDepartment<Config extends SubgraphConfig>({
  name,
  config,
  start,
}: {
  name: string;
  config: () => Config;
  start: (config: Config) => Promise<RunningSubgraph>;
}): Promise<void> {
  const logger = createLogger({ name, level: 'info' });
  await runProcess({
    name,
    logger,
    start: async () => {
      const read = config();
      logger.level = read.logLevel;
      return start(read);
    },
    details: ({ url, port }) => ({ url, port }),
  });
}
