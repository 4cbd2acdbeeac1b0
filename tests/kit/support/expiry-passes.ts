import { setTimeout } from 'node:timers/promises';
import type { TestDatabase } from '@zhitong/kit/testing';

/**
 * Waits until the server has looked twice for documents that expired: whatever was due before this call is gone after
 * it.
 */
export async function expiryPasses({ connection }: TestDatabase): Promise<void> {
  const passes = async (): Promise<number> => {
    const status = await connection.getClient().db('admin').command({ serverStatus: 1 });
    return Number((status['metrics'] as { ttl: { passes: number | bigint } }).ttl.passes);
  };
  const before = await passes();
  while ((await passes()) < before + 2) await setTimeout(50);
}
