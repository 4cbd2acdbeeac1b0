import { describeWriteRaces } from '../write-rights.js';
import { rightsOfPolicies } from '../worlds/policies.js';

describeWriteRaces('policies', rightsOfPolicies(import.meta.url));
