import { graphRegister, serviceToken, type RegisterSource } from '@zhitong/kit/graph';
import type { CreditConfig } from '../config.js';

/** The registry, asked through the graph under the identity of the office that keeps the ledger. */
export const creditRegister = ({ graphUrl, graphToken, ledgerOffice, mode, dataDir }: Pick<CreditConfig, 'graphUrl' | 'graphToken' | 'ledgerOffice' | 'mode' | 'dataDir'>): RegisterSource =>
  graphRegister({ url: graphUrl, token: serviceToken({ name: 'credit', department: ledgerOffice, token: graphToken, mode, dataDir }) });
