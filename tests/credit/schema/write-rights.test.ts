import { describeWriteRights } from '../../rights/write-rights.js';
import { rightsOfCredit } from '../../rights/worlds/credit.js';

describeWriteRights('credit', rightsOfCredit(import.meta.url));
