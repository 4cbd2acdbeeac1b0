import type { Clock, Logger } from '@zhitong/kit';
import type { Outbox } from '@zhitong/kit/outbox';
import { dayInShanghai } from '@zhitong/values';
import type { StoredVerification } from '../models/ledger-verification.js';
import type { Stores } from '../stores.js';
import { findingText } from './findings.js';
import { verifyLedger } from './verify-ledger.js';

/** Findings that are kept in words; all are counted. */
const MOST_FINDINGS = 100;

/**
 * Verifies everything once a day and keeps what was found. Whatever was touched is an alarm: an error in the log and an
 * event, each day until it is mended; the department goes on with all that is sound.
 */
export async function verifyDaily({
  stores,
  outbox,
  clock,
  logger,
}: {
  stores: Stores;
  outbox: Pick<Outbox, 'append'>;
  clock: Clock;
  logger: Logger;
}): Promise<StoredVerification> {
  const on = dayInShanghai(clock.now());
  const newest = await stores.verifications.newest();
  if (newest !== null && newest.on >= on) return newest;
  const { commitments, entries, records, seals, findings } = await verifyLedger({ stores });
  const verification: StoredVerification = {
    on,
    at: clock.now().toISOString(),
    ...{ commitments, entries, records, seals },
    findingCount: findings.length,
    findings: findings.slice(0, MOST_FINDINGS).map(findingText),
  };
  await stores.verifications.keep(verification, async (session) => {
    if (findings.length === 0) return;
    await outbox.append(
      [{ type: 'cn.zhitong.ledger.touched', subject: on, data: { on, findingCount: findings.length } }],
      { session },
    );
  });
  const counts = { commitments, entries, records, seals };
  if (findings.length === 0) logger.info(counts, 'the ledger was verified, and nothing was touched');
  else
    logger.error(
      { ...counts, findingCount: findings.length, findings: verification.findings },
      'the ledger was touched: call the auditors, and keep the database as it is',
    );
  return verification;
}
