import { WriteConcern, type TransactionOptions } from 'mongodb';

/** Reads of one moment, and a commit that survives the loss of a server. */
export const TRANSACTION: TransactionOptions = {
  readConcern: { level: 'snapshot' },
  writeConcern: new WriteConcern('majority', undefined, true),
};
