import { parseEnvironment, subgraphConfig, type SubgraphConfig } from '@zhitong/kit';
import { z } from 'zod';

/** Configuration of the policies department's process; the only reader of the environment here. */
export interface PoliciesConfig extends SubgraphConfig {
  /** The graph from which facts are read. */
  readonly graphUrl: string;
  /** Bearer token of this department's machine identity; undefined: one is signed with the development key. */
  readonly graphToken: string | undefined;
  /** Per source of events (`urn:zhitong:enterprises`) the secret with which it signs. */
  readonly eventSecrets: Readonly<Record<string, string>>;
}

const schema = z.object({
  ZHITONG_GRAPH_URL: z.url().default('http://127.0.0.1:4000/graphql'),
  POLICIES_GRAPH_TOKEN: z.string().min(1).optional(),
  POLICIES_EVENT_SECRETS: z.string().default('{}').transform((text, context) => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      context.addIssue('must be a JSON object of event sources and their secrets');
      return z.NEVER;
    }
  }).pipe(z.record(z.string(), z.string())),
});

/**
 * Parses the environment.
 * @throws Error naming each variable that is wrong and why.
 */
export function policiesConfig(): PoliciesConfig {
  const config = subgraphConfig('policies', 4003);
  const env = parseEnvironment(schema, config.environment);
  return { ...config, graphUrl: env.ZHITONG_GRAPH_URL, graphToken: env.POLICIES_GRAPH_TOKEN, eventSecrets: env.POLICIES_EVENT_SECRETS };
}
