import { reasonOf, type StreamRoute } from '@zhitong/kit';
import { CommandFailed } from '@zhitong/kit/cli';
import { mappingsIn } from '../service/mappings-in.js';
import { SourceRefused } from '../source-record.js';
import { pushRoute, type PushTools } from './push-route.js';

/**
 * The routes of all sound mappings in a department's folder that state `push`. One whose secret is not where it says
 * has no route, which is logged as an error; the others have theirs. What is wrong with faulty mappings is logged by
 * `startConnectors`.
 */
export async function pushRoutes({
  folder,
  ...tools
}: PushTools & {
  /** Folder of the mapping files. */
  readonly folder: string;
}): Promise<StreamRoute[]> {
  const routes: StreamRoute[] = [];
  for (const { file, mapping } of (await mappingsIn(folder, await tools.targets())).sound) {
    if (mapping.push === null) continue;
    try {
      routes.push(await pushRoute(file, tools));
    } catch (error) {
      if (!(error instanceof CommandFailed || error instanceof SourceRefused)) throw error;
      tools.logger.error({ mapping: file }, `no pushed deliveries are taken by this mapping: ${reasonOf(error)}`);
    }
  }
  return routes;
}
