import path from 'node:path';
import type { Environment } from '@zhitong/kit';
import type { SourceSurroundings } from './sources/index.js';

/** The environment in which mappings find their secrets. */
export const secretsEnvironment = (): SourceSurroundings['environment'] => process.env;

/**
 * The folder of a department's mapping files: `<NAME>_CONNECTORS_DIR`, else `connectors` beside its sources.
 * @param name of the subgraph
 * @param sources its folder of sources, as `import.meta.dirname` of a file there
 */
export function connectorsFolder(name: string, sources: string, environment: Environment = process.env): string {
  const stated = environment[`${name.toUpperCase()}_CONNECTORS_DIR`] ?? '';
  return path.resolve(stated === '' ? path.join(sources, '..', 'connectors') : stated);
}
