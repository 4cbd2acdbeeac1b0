import { graphRegister, serviceToken, type RegisterSource } from '@zhitong/kit/graph';
import type { CasesConfig } from '../config.js';

/** The business-environment office, for which this process reads the graph. */
const DEPARTMENT = 'YSB';

/** The registry, asked through the graph under this department's own identity. */
export const casesRegister = ({ graphUrl, graphToken, mode, dataDir }: Pick<CasesConfig, 'graphUrl' | 'graphToken' | 'mode' | 'dataDir'>): RegisterSource =>
  graphRegister({ url: graphUrl, token: serviceToken({ name: 'cases', department: DEPARTMENT, token: graphToken, mode, dataDir }) });
