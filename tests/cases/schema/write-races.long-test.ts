import { describeWriteRaces } from '../../rights/write-rights.js';
import { rightsOfCases } from '../../rights/worlds/cases.js';

describeWriteRaces('cases', rightsOfCases(import.meta.url));
