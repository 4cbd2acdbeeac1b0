import type { ApolloServerPlugin } from '@apollo/server';
import type { ExecutionExtensions } from '../execution/supergraph-executor.js';
import type { GatewayContext } from '../request-context.js';

/** An answer names at most so many errors one by one; an outage under a long list would repeat itself. */
export const MOST_ERRORS = 100;

/**
 * Keeps the list of errors readable in each answer: `extensions.omittedErrors` counts the rest, those that the executor
 * has not named among them.
 */
export function listedErrors(): ApolloServerPlugin<GatewayContext> {
  return {
    async requestDidStart() {
      return {
        async willSendResponse({ response }) {
          if (response.body.kind !== 'single') return;
          const { singleResult } = response.body;
          const { omittedErrors = 0, ...extensions } = (singleResult.extensions ?? {}) as ExecutionExtensions;
          const errors = singleResult.errors ?? [];
          const omitted = Math.max(0, errors.length - MOST_ERRORS) + omittedErrors;
          const added = {
            ...extensions,
            ...(omitted > 0 ? { omittedErrors: omitted } : {}),
          };
          if (errors.length > MOST_ERRORS) singleResult.errors = errors.slice(0, MOST_ERRORS);
          if (Object.keys(added).length > 0) singleResult.extensions = added;
          else delete singleResult.extensions;
        },
      };
    },
  };
}
