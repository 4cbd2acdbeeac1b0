import { createLogger, runProcess } from '@zhitong/kit';
import { creditConfig } from './config.js';
import { startCredit } from './server.js';

const config = creditConfig();
await runProcess({
  name: config.name,
  logger: createLogger({ name: config.name, level: config.logLevel }),
  start: async () => startCredit(config),
  details: ({ url, port }) => ({ url, port }),
});
