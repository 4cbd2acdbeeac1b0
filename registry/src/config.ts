import { kitConfig, parseEnvironment, type Environment, type KitConfig } from '@zhitong/kit';
import type { GraphBesideConfig } from '@zhitong/gateway/beside';
import { registrySettings } from '@zhitong/gateway/feed';
import { gatewayConfig, type TokenAuthority } from '@zhitong/gateway/identity';
import { z } from 'zod';
import type { CheckSettings } from './usecases/examine.js';

const schema = z.object({
  ...registrySettings,
  REGISTRY_USAGE_DAYS: z.coerce.number().int().min(1).max(400).default(7),
  REGISTRY_ENUM_ADDITIONS: z.enum(['dangerous', 'breaking']).default('dangerous'),
  ZHITONG_TOKEN: z.string().min(1).optional(),
});

export interface RegistryConfig extends KitConfig {
  /** Undefined: the embedded server of the data folder, as for the departments. */
  readonly mongoUri: string | undefined;
  readonly database: string;
  readonly settings: CheckSettings;
  /** How bearer tokens are verified: as the gateway does it. */
  readonly tokens: TokenAuthority;
  /** The caller's own token, for the command line. */
  readonly token: string | undefined;
  /** Where the registry's graph is served, and how callers are admitted: as at the gateway. */
  readonly service: Omit<GraphBesideConfig, 'tokens'> & { readonly port: number };
}

/**
 * Parses the registry's environment; the only place of the registry that reads it.
 * @throws StartProblem naming each variable that is wrong and why.
 */
export function registryConfig(environment: Environment = process.env): RegistryConfig {
  const kit = kitConfig(environment);
  const env = parseEnvironment(schema, environment);
  const gateway = gatewayConfig(environment);
  return {
    ...kit,
    mongoUri: env.REGISTRY_MONGODB_URI ?? kit.mongo.uri,
    database: env.REGISTRY_DATABASE,
    settings: { usageDays: env.REGISTRY_USAGE_DAYS, enumAdditionsBreak: env.REGISTRY_ENUM_ADDITIONS === 'breaking' },
    tokens: gateway.tokens,
    token: env.ZHITONG_TOKEN,
    service: { ...gateway, port: env.REGISTRY_PORT },
  };
}
