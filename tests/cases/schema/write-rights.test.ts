import { describeWriteRights } from '../../rights/write-rights.js';
import { rightsOfCases } from '../../rights/worlds/cases.js';

describeWriteRights('cases', rightsOfCases(import.meta.url));
