import { runDepartment } from '@zhitong/kit/subgraph';
import { enterprisesConfig } from './config.js';
import { startEnterprises } from './server.js';

await runDepartment({ name: 'enterprises', config: () => enterprisesConfig(), start: startEnterprises });
