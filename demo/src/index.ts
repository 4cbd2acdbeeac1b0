export { citySettings, type AskedCity, type CitySettings } from './asked-city.js';
export { demoCity, demoEnterprises } from './city.js';
export { randomStream } from './random.js';
export type { RandomStream } from './random.js';
export type * from './types.js';
