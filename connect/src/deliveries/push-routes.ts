import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { reasonOf, type StreamRoute, type SubgraphConfig } from '@zhitong/kit';
import { CommandFailed } from '@zhitong/kit/cli';
import { soundMapping } from '../commands/mapping-files.js';
import { SourceRefused } from '../source-record.js';
import { pushRoute, type PushTools } from './push-route.js';

/**
 * The routes of all mappings in a department's folder that state `push`. A mapping that cannot be used, or whose secret
 * is not where it says, has no route, which is logged as an error; the others have theirs.
 * @param config the department's, whose environment holds the secrets and whose data folder the bodies
 * @param folder where its mappings are (`*.yaml`), unless `<NAME>_CONNECTORS` says otherwise; none where there is none
 */
export async function pushRoutes(
  config: Pick<SubgraphConfig, 'name' | 'dataDir' | 'environment' | 'connectors'>,
  folder: string,
  tools: Omit<PushTools, 'spool' | 'environment'>,
): Promise<StreamRoute[]> {
  const { environment, connectors = folder } = config;
  const spool = path.join(config.dataDir, 'departments', config.name, 'pushed');
  const routes: StreamRoute[] = [];
  for (const file of await mappingsIn(connectors))
    try {
      const { mapping } = await soundMapping(file, await tools.targets());
      if (mapping.push !== null) routes.push(await pushRoute(file, { ...tools, environment, spool }));
    } catch (error) {
      if (!(error instanceof CommandFailed || error instanceof SourceRefused)) throw error;
      tools.logger.error({ mapping: file }, `no pushed deliveries are taken by this mapping: ${reasonOf(error)}`);
    }
  for (const route of routes) tools.logger.info({ path: route.path }, 'pushed deliveries are taken');
  return routes;
}

async function mappingsIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return names
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => path.join(folder, name));
}
