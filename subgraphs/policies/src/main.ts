import { createLogger, runProcess } from '@zhitong/kit';
import { policiesConfig } from './config.js';
import { startPolicies } from './server.js';

const config = policiesConfig();
await runProcess({
  name: config.name,
  logger: createLogger({ name: config.name, level: config.logLevel }),
  start: async () => startPolicies(config),
  details: ({ url, port }) => ({ url, port }),
});
