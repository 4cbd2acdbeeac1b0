import { describeWriteRights } from '../../rights/write-rights.js';
import { rightsOfPolicies } from '../../rights/worlds/policies.js';

describeWriteRights('policies', rightsOfPolicies(import.meta.url));
