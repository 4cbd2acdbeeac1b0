import { createLogger, runProcess } from '@zhitong/kit';
import { casesConfig } from './config.js';
import { startCases } from './server.js';

const config = casesConfig();
await runProcess({
  name: config.name,
  logger: createLogger({ name: config.name, level: config.logLevel }),
  start: async () => startCases(config),
  details: ({ url, port }) => ({ url, port }),
});
