import { runDepartment } from '@zhitong/kit/department';
import { creditConfig } from './config.js';
import { startCredit } from './server.js';

await runDepartment({ name: 'credit', config: () => creditConfig(), start: startCredit });
