export * from './check/index.js';
export * from './mapped.js';
export * from './mapping/index.js';
export * from './runs/index.js';
export * from './source-record.js';
export * from './sources/index.js';
export * from './target.js';
