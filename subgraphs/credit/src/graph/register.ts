import type { Logger } from '@zhitong/kit';
import { graphRegister, serviceToken, type RegisterSource } from '@zhitong/kit/graph';
import type { CreditConfig } from '../config.js';

/** The registry, asked through the graph under the identity of the office that keeps the ledger. */
export const creditRegister = (config: Pick<CreditConfig, 'name' | 'graphUrl' | 'graphToken'>, logger: Logger): RegisterSource =>
  graphRegister({ url: config.graphUrl, token: serviceToken(config, { logger }) });
