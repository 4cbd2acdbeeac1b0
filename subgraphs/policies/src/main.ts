import { runDepartment } from '@zhitong/kit/subgraph';
import { policiesConfig } from './config.js';
import { startPolicies } from './server.js';

await runDepartment({ name: 'policies', config: () => policiesConfig(), start: startPolicies });
