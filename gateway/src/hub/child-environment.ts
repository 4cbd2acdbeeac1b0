import { subgraphConfig } from '@zhitong/kit';
import type { HubConfig } from './config.js';
import { departmentSockets } from './department-sockets.js';
import { eventRouteVariables } from './event-routes.js';

const LOOPBACK = '127.0.0.1';

/**
 * The variables of every child process: what the operator has set, and what the launcher adds to it. A setting that was given is kept;
 * the launcher fills in what is missing (graph, sockets) and adds the routes between the departments to the receivers and secrets that
 * were given. Its own are the data folder as an absolute path, the key, the mode, and `NODE_ENV` for the libraries.
 * @param graph address of the gateway on this machine.
 * @param mongoUri the embedded MongoDB; undefined: every department has one that was configured.
 * @throws Error that names a variable which cannot be used.
 */
export function childEnvironment({ config, graph, internalKey, mongoUri }: { config: HubConfig; graph: string; internalKey: string; mongoUri: string | undefined }): Record<string, string> {
  const { kit, departments, given } = config;
  const present = Object.fromEntries(Object.entries(given).filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== ''));
  const routes = eventRouteVariables({ departments, host: LOOPBACK, internalKey, given: (name, port) => subgraphConfig(name, port, given) });
  return {
    ...departmentSockets(departments.map(({ name }) => name), kit.dataDir),
    ZHITONG_GRAPH_URL: graph,
    ...present,
    ...routes,
    ZHITONG_DATA_DIR: kit.dataDir,
    ZHITONG_INTERNAL_KEY: internalKey,
    ZHITONG_MODE: kit.mode,
    NODE_ENV: 'production', // For the libraries, which check themselves at every step otherwise; our own mode is the line above.
    APOLLO_TELEMETRY_DISABLED: '1',
    ...(mongoUri === undefined ? {} : { MONGODB_URI: mongoUri }),
  };
}

/** The same for a department: under the launcher only the gateway is for callers from outside. */
export const departmentEnvironment = (environment: Record<string, string>): Record<string, string> => ({ ...environment, ZHITONG_HOST: LOOPBACK });
