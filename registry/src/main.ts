import { createLogger, runProcess } from '@zhitong/kit';
import { registryConfig } from './config.js';
import { startRegistry } from './server.js';

const logger = createLogger({ name: 'schema registry', level: 'info' });

await runProcess({
  name: 'schema registry',
  logger,
  start: async () => {
    const config = registryConfig();
    logger.level = config.logLevel;
    return startRegistry({ config, logger });
  },
  details: ({ url, port }) => ({ url, port }),
});
