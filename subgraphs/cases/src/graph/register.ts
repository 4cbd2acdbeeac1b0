import type { Logger } from '@zhitong/kit';
import { graphRegister, serviceToken, type RegisterSource } from '@zhitong/kit/graph';
import type { CasesConfig } from '../config.js';

/** The registry, asked through the graph under this department's own identity. */
export const casesRegister = (config: Pick<CasesConfig, 'name' | 'graphUrl' | 'graphToken'>, logger: Logger): RegisterSource =>
  graphRegister({ url: config.graphUrl, token: serviceToken(config, { logger }) });
