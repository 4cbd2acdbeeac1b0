import type { OutboxCollections } from '../collections.js';

/**
 * Clears the deliveries and lanes of webhooks that no longer exist: a removal may be killed half-way, or meet events
 * that are being queued. Deliveries are read before webhooks, so a webhook that is new in between is not taken for a
 * removed one.
 */
export async function removeOrphans({ deliveries, lanes, webhooks }: OutboxCollections): Promise<void> {
  const used = new Set<string>([...(await deliveries.distinct('webhookId')), ...(await lanes.distinct('_id'))]);
  const known = new Set((await webhooks.find({}, { projection: { _id: 1 } }).toArray()).map(({ _id }) => _id));
  const orphans = [...used].filter((id) => !known.has(id));
  if (orphans.length === 0) return;
  await deliveries.deleteMany({ webhookId: { $in: orphans } });
  await lanes.deleteMany({ _id: { $in: orphans } });
}
