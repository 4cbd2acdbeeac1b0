import { describeWriteRaces } from '../../rights/write-rights.js';
import { rightsOfPolicies } from '../../rights/worlds/policies.js';

describeWriteRaces('policies', rightsOfPolicies(import.meta.url));
