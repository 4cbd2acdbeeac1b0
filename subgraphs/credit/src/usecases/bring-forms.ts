import type { Logger } from '@zhitong/kit';
import { standingConsents } from '../models/ledger.js';
import { RECORD_KINDS } from '../models/record-kinds.js';
import type { Stores } from '../stores.js';

/** Raised when the normal form of numbers changes, or a record gets a number of that form anew. */
const NUMBERS = 4;
const STATES = 2;
/** Raised when a register is added to `record-kinds.ts`. */
const RECORDS = 2;
/** Chains that are read at once. */
const BATCH = 200;

/**
 * Brings what earlier releases stored into the present form: the normal forms of receipts, contracts, documents, cases
 * and other systems, the consents of waivers, the state of promises that were waived in part. Done once, at the first
 * start of a release; what cannot be brought (one receipt that was booked twice, spelt in two ways) stays, and is told
 * in the log. Records from before their histories were kept are taken over first, and are marked so.
 */
export async function bringForms(stores: Stores, logger: Logger): Promise<void> {
  await stores.forms.bring('records', RECORDS, async () => {
    for (const kind of RECORD_KINDS) {
      const records = await stores.history.bringInAll(kind);
      if (records > 0) logger.info({ kind, records }, 'records were taken over into the chained history');
    }
  });
  await stores.arrears.enterFormerReceipts();
  await stores.forms.bring('numbers', NUMBERS, async () => {
    const usedTwice = await stores.references.giveNormalForms();
    if (usedTwice > 0) logger.warn({ usedTwice }, 'receipts were booked twice, spelt in two ways; both stay');
    const ledTwice = await stores.externalNumbers.giveNormalForms();
    if (ledTwice > 0) logger.warn({ ledTwice }, 'numbers of other systems were delivered in two spellings; both stay');
    await stores.arrears.giveIdentities();
    await stores.creditRecords.giveKeys();
    await stores.consents.giveNormalForms();
    const waived = await stores.entries.waived();
    for (let from = 0; from < waived.length; from += BATCH)
      for (const chain of (await stores.entries.chains(waived.slice(from, from + BATCH))).values())
        await stores.consents.addMissing(standingConsents(chain));
  });
  await stores.forms.bring('states', STATES, async () => stores.commitments.restate());
}
