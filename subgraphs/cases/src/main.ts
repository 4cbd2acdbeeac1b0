import { runDepartment } from '@zhitong/kit/subgraph';
import { casesConfig } from './config.js';
import { startCases } from './server.js';

await runDepartment({ name: 'cases', config: () => casesConfig(), start: startCases });
