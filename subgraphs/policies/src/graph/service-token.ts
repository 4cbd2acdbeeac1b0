import { serviceToken as tokenOf, type ServiceToken } from '@zhitong/kit/graph';
import type { PoliciesConfig } from '../config.js';

export type { ServiceToken } from '@zhitong/kit/graph';

const DEPARTMENT = 'YSB';

/** The bearer token with which this department reads the graph. */
export const serviceToken = ({ graphToken, mode, dataDir }: Pick<PoliciesConfig, 'graphToken' | 'mode' | 'dataDir'>): ServiceToken =>
  tokenOf({ name: 'policies', department: DEPARTMENT, token: graphToken, mode, dataDir });
