export { demoCity } from './city.js';
export { randomStream } from './random.js';
export type { RandomStream } from './random.js';
export type * from './types.js';
