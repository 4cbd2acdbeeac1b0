export { rowCorrections, type CorrectionTools, type RowCorrections } from './correct-row.js';
