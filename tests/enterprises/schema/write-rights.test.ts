import { describeWriteRights } from '../../rights/write-rights.js';
import { rightsOfEnterprises } from '../../rights/worlds/enterprises.js';

describeWriteRights('enterprises', rightsOfEnterprises(import.meta.url));
