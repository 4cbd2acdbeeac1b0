import { LRUCache } from 'lru-cache';
import { serviceToken as tokenOf, type ServiceToken } from '@zhitong/kit/graph';
import type { PoliciesConfig } from '../config.js';

export type { ServiceToken } from '@zhitong/kit/graph';

const DEPARTMENT = 'YSB';

/** How long a token is used again, far within its life: a reading of the register asks some hundred times. */
const KEPT_MS = 60_000;

/** The bearer token with which this department reads the graph. */
export function serviceToken({ graphToken, mode, dataDir }: Pick<PoliciesConfig, 'graphToken' | 'mode' | 'dataDir'>): ServiceToken {
  const fresh = tokenOf({ name: 'policies', department: DEPARTMENT, token: graphToken, mode, dataDir });
  const kept = new LRUCache<'token', string>({ max: 1, ttl: KEPT_MS });
  return async () => {
    const known = kept.get('token');
    if (known !== undefined) return known;
    const token = await fresh();
    kept.set('token', token);
    return token;
  };
}
