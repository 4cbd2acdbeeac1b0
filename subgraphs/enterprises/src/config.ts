import { subgraphConfig, type SubgraphConfig } from '@zhitong/kit';

/** Configuration of the enterprises department's process; the only reader of the environment here. */
export const enterprisesConfig = (): SubgraphConfig => subgraphConfig('enterprises', 4001);
