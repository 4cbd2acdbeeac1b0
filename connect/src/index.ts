export * from './mapped.js';
export * from './runs/index.js';
export * from './source-record.js';
export * from './target.js';
