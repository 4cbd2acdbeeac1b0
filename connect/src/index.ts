export * from './source-record.js';
export * from './target.js';
