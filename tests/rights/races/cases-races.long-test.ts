import { describeWriteRaces } from '../write-rights.js';
import { rightsOfCases } from '../worlds/cases.js';

describeWriteRaces('cases', rightsOfCases(import.meta.url));
