import { tokenVerifier } from '@zhitong/gateway/identity';
import type { Actor } from '@zhitong/kit';
import { CommandFailed } from '@zhitong/kit/cli';
import { GraphQLError } from 'graphql';
import type { ComposeGraph } from '../composition/composed-graph.js';
import type { RegistryConfig } from '../config.js';
import { RegistryRefusal } from '../domain/registry-refusal.js';
import { connectRegistry, type Registry } from '../service.js';

/** What one command does. */
export type Work<Result> = (registry: Registry, actor: Actor) => Promise<Result>;

/**
 * Opens the registry for one command and says for whom: the bearer token in `ZHITONG_TOKEN`, verified as the gateway
 * verifies it, so that a right is one rule on either way in.
 * @throws CommandFailed in one line for a token that is not accepted and for what the registry refuses
 */
export async function withRegistry<Result>(
  config: RegistryConfig,
  work: Work<Result>,
  compose?: ComposeGraph,
): Promise<Result> {
  const actor = await callerOf(config);
  const { registry, close } = await connectRegistry(config, compose);
  try {
    return await work(registry, actor);
  } catch (error) {
    // A report is the command's own to print.
    throw error instanceof RegistryRefusal && error.report === null ? new CommandFailed(error.message) : error;
  } finally {
    await close();
  }
}

async function callerOf({ token, tokens, mode }: RegistryConfig): Promise<Actor> {
  if (token === undefined)
    throw new CommandFailed(
      `ZHITONG_TOKEN must hold a bearer token that says who publishes${mode === 'development' ? ', for example ZHITONG_TOKEN=$(npm run --silent token -- --role ADMIN)' : ''}.`,
    );
  try {
    return await tokenVerifier(tokens)(token);
  } catch (error) {
    throw error instanceof GraphQLError ? new CommandFailed(error.message) : error;
  }
}
