import type { SourceSurroundings } from './sources/index.js';

/** The environment in which mappings find their secrets. */
export const secretsEnvironment = (): SourceSurroundings['environment'] => process.env;
