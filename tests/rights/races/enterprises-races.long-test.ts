import { describeWriteRaces } from '../write-rights.js';
import { rightsOfEnterprises } from '../worlds/enterprises.js';

describeWriteRaces('enterprises', rightsOfEnterprises(import.meta.url));
