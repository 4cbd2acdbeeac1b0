import { describeWriteRaces } from '../../rights/write-rights.js';
import { rightsOfCredit } from '../../rights/worlds/credit.js';

describeWriteRaces('credit', rightsOfCredit(import.meta.url));
