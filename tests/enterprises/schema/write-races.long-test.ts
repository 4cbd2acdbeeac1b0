import { describeWriteRaces } from '../../rights/write-rights.js';
import { rightsOfEnterprises } from '../../rights/worlds/enterprises.js';

describeWriteRaces('enterprises', rightsOfEnterprises(import.meta.url));
