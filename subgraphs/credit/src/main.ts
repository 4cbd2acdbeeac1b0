import { runDepartment } from '@zhitong/kit/subgraph';
import { creditConfig } from './config.js';
import { startCredit } from './server.js';

await runDepartment({ name: 'credit', config: () => creditConfig(), start: startCredit });
