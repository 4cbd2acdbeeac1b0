import { runDepartment } from '@zhitong/kit/department';
import { enterprisesConfig } from './config.js';
import { startEnterprises } from './server.js';

await runDepartment({ name: 'enterprises', config: () => enterprisesConfig(), start: startEnterprises });
