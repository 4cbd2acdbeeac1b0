import { describeWriteRaces } from '../write-rights.js';
import { rightsOfCredit } from '../worlds/credit.js';

describeWriteRaces('credit', rightsOfCredit(import.meta.url));
