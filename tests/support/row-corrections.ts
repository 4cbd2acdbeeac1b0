import path from 'node:path';
import { rowCorrections, type CorrectionTools, type RowCorrections } from '@zhitong/connect';
import { createLogger } from '@zhitong/kit';

const SUBGRAPHS = path.resolve(import.meta.dirname, '..', '..', 'subgraphs');

/** Corrections of refused rows by the mappings that a department ships. */
export const correctionsOf = (name: string, tools: Omit<CorrectionTools, 'folder' | 'logger'>): RowCorrections =>
  rowCorrections({
    ...tools,
    folder: path.join(SUBGRAPHS, name, 'connectors'),
    logger: createLogger({ name: 'test', level: 'silent' }),
  });
