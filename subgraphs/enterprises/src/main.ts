import { createLogger, runProcess } from '@zhitong/kit';
import { enterprisesConfig } from './config.js';
import { startEnterprises } from './server.js';

const config = enterprisesConfig();
await runProcess({
  name: config.name,
  logger: createLogger({ name: config.name, level: config.logLevel }),
  start: async () => startEnterprises(config),
  details: ({ url, port }) => ({ url, port }),
});
